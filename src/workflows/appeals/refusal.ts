import type { Instant } from '../../core/shared/time.ts';
import { type Language, say, sayDate } from '../../core/shared/words.ts';
import type { Shop } from '../../ports.ts';
import type { Refused } from '../desk/refused.ts';
import type { AppealRefused, CustomerRefusal, HearingRefused, StaffRefusal } from './types.ts';

type Values = NonNullable<AppealRefused['values']>;

const KIND: Readonly<Partial<Record<CustomerRefusal, 'not-found' | 'invalid'>>> = {
  'unknown-measure': 'not-found',
  'unknown-appeal': 'not-found',
  'no-text': 'invalid',
  'text-too-long': 'invalid',
  'unknown-event': 'invalid',
};

/** A refusal of what a customer asked. Its own message is a code; `refusalWords` says it in the customer's language. */
export function customerRefusal(why: CustomerRefusal, values?: Values): AppealRefused {
  const kind =
    KIND[why] ??
    (why.startsWith('file') || why.startsWith('pdf') || why.startsWith('picture') || why === 'too-many-files'
      ? 'invalid'
      : 'conflict');
  const refused: Refused =
    kind === 'invalid' ? { kind, field: FIELD[why] ?? 'files', message: why } : { kind, message: why };
  return { ...refused, why, values };
}

const FIELD: Readonly<Partial<Record<CustomerRefusal, string>>> = {
  'no-text': 'text',
  'text-too-long': 'text',
  'unknown-event': 'disputed',
};

/** The refusal in a sentence for the customer, with dates as the shop's days. */
export function refusalWords(language: Language, shop: Pick<Shop, 'timeZone'>, refused: AppealRefused): string {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(refused.values ?? {}))
    values[name] = name === 'until' || name === 'from' ? sayDate(language, value as Instant, shop.timeZone) : value;
  return say(language, `appeals.refused.${refused.why}`, values);
}

/** A refusal of what staff asked. */
export const hearingRefusal = (why: StaffRefusal, refused: Refused): HearingRefused => ({ ...refused, why });
