import { err, ok, type Result } from '../../core/shared/result.ts';
import { customerRefusal } from './refusal.ts';
import type { AppealRefused } from './types.ts';

export const SHORTEST_TEXT = 10;
export const LONGEST_TEXT = 5_000;

/** What a customer wrote, as it is kept: plain text whatever it looks like, without characters that cannot be shown. */
export function readText(given: string): Result<string, AppealRefused> {
  const text = given
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|\p{Cs}/gu, '')
    .trim();
  const length = [...text].length;
  if (length < SHORTEST_TEXT) return err(customerRefusal('no-text', { count: SHORTEST_TEXT }));
  return length > LONGEST_TEXT ? err(customerRefusal('text-too-long', { count: LONGEST_TEXT })) : ok(text);
}
