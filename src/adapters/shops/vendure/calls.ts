import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { Json, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { signWebhook } from '../../net/standard-webhooks.ts';

/** Our plug-in is there and was not yet given what Evenhand showed. */
export interface Unfinished {
  readonly unfinished: true;
}

/**
 * Asks our plug-in something. It takes what is signed with the secret of its webhooks; after a change of secret, with either of the two. The
 * id follows from what is asked and when, so that two requests are never one.
 */
export async function ask<T>(
  { connection, hookSecret, hookSecrets, fetch, now }: Reach,
  what: Json,
  shape: z.ZodType<T>,
): Promise<Result<T | Unfinished, PlatformFault>> {
  const body = JSON.stringify(what);
  const id = `ask_${createHash('sha256').update(`${now}.${body}`).digest('hex').slice(0, 32)}`;
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`${connection.address}/evenhand`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signWebhook(hookSecrets ?? [hookSecret], id, now, body) },
      body,
    });
    text = await answer.text();
  } catch (error) {
    return err({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'The request failed.' });
  }
  const value = parsed(text);
  if (!answer.ok) return isUnfinished(value) ? ok({ unfinished: true }) : err(faultOf(answer.status, value));
  const read = shape.safeParse(value);
  return read.success ? ok(read.data) : err({ kind: 'drift', path: read.error.issues[0]?.path.join('.') || 'answer' });
}

/** The same, where a plug-in that was not finished can do nothing. */
export async function askFinished<T>(reach: Reach, what: Json, shape: z.ZodType<T>): Promise<Result<T, PlatformFault>> {
  const answer = await ask(reach, what, shape);
  if (!answer.ok) return answer;
  return wasUnfinished(answer.value)
    ? err({ kind: 'unavailable', detail: 'The plug-in has not been given its options yet.' })
    : ok(answer.value);
}

export const wasUnfinished = <T>(value: T | Unfinished): value is Unfinished =>
  typeof value === 'object' && value !== null && 'unfinished' in value;

function faultOf(status: number, value: unknown): PlatformFault {
  if (status === 401) return { kind: 'unauthorised' };
  // A 404 of the plug-in is a thing that is gone; any other is a server without the plug-in.
  if (
    status === 404 &&
    typeof value === 'object' &&
    value !== null &&
    'error' in value &&
    value.error === 'Nothing of that kind'
  )
    return { kind: 'gone' };
  if (status === 404 || status === 405) return { kind: 'forbidden', scope: 'plug-in' };
  if (status === 429) return { kind: 'limited', retryAfterMs: 30_000 };
  return status >= 500 || status < 400
    ? { kind: 'unavailable', detail: `It answered ${status}.` }
    : { kind: 'refused', detail: `It answered ${status}.` };
}

const isUnfinished = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'configured' in value && value.configured === false;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
