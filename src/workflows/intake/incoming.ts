import type { z } from 'zod';
import { type EventKind, reportedEvents } from '../../core/events/event.ts';
import { incomingEnvelope } from '../../core/events/incoming.ts';
import type { CountryCode } from '../../core/identity/region.ts';
import { inShopCurrency, LARGEST_AMOUNT, type Money } from '../../core/shared/money.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { type Instant, parseInstant, whyNoInstant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import { explain, type FieldFault } from './explain.ts';
import { readSubject } from './subject.ts';

/** What reading an incoming event depends on besides the event. */
export interface Reading {
  readonly currency: string;
  /** Where phone numbers without a country code belong. */
  readonly region: CountryCode | null;
  readonly now: Instant;
  /** Who reports it where the event does not say. */
  readonly source: string;
}

/** Clocks disagree; more than this ahead of ours, an event cannot have happened. */
const SKEW_MS = 86_400_000;
const CONTROL = /\p{Cc}/u;

/** Reads one incoming event, or says which field is wrong and why. */
export function readIncoming(item: unknown, reading: Reading): Result<OfferedEvent, FieldFault> {
  const envelope = incomingEnvelope.safeParse(item, { reportInput: true });
  if (!envelope.success) return err(explain(envelope.error));
  const { kind, id, source, occurredAt, customer, text } = envelope.data;
  if (CONTROL.test(id) || !id.isWellFormed())
    return err({ field: 'id', message: 'holds characters that cannot be written' });
  const at = readOccurredAt(occurredAt, reading.now);
  if (!at.ok) return at;
  const subject = readSubject(customer, reading.region);
  if (!subject.ok) return subject;
  const schema: z.ZodType = reportedEvents[kind];
  const body = schema.safeParse(envelope.data.body, { reportInput: true });
  if (!body.success) return err(explain(body.error, 'body'));
  const fault = unusable(body.data, 'body', reading.currency);
  if (fault !== null) return err(fault);
  return ok({
    kind,
    body: body.data,
    subject: subject.value,
    ...(text === undefined || text === '' ? {} : { private: { text } }),
    occurredAt: at.value,
    source: source ?? reading.source,
    sourceId: id,
  } as Extract<OfferedEvent, { kind: EventKind }>);
}

/** An instant that exists and is not in the future, give or take a day for clocks that disagree. */
export function readOccurredAt(text: string, now: Instant): Result<Instant, FieldFault> {
  const at = parseInstant(text);
  if (at === null) return err({ field: 'occurredAt', message: whyNoInstant(text) });
  return at > now + SKEW_MS ? err({ field: 'occurredAt', message: 'lies in the future' }) : ok(at);
}

/** What no schema can see: money without a rate to the shop's currency, text that cannot be stored. */
function unusable(value: unknown, path: string, currency: string): FieldFault | null {
  if (typeof value === 'string')
    return value.isWellFormed() && !value.includes('\u0000')
      ? null
      : { field: path, message: 'holds characters that cannot be written' };
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      const fault = unusable(entry, `${path}[${index}]`, currency);
      if (fault !== null) return fault;
    }
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (isMoney(value)) return unconvertible(value, path, currency);
  for (const [key, entry] of Object.entries(value)) {
    const fault = unusable(entry, `${path}.${key}`, currency);
    if (fault !== null) return fault;
  }
  return null;
}

function isMoney(value: object): value is Money {
  return 'amount' in value && 'currency' in value;
}

/** Why an amount has no exact value in the shop's currency; null when it has. */
export function unconvertible(money: Money, path: string, currency: string): FieldFault | null {
  if (money.currency === currency) return null;
  if (money.rate === undefined)
    return {
      field: `${path}.rate`,
      message: `is missing: the amount is in ${money.currency} and the shop counts in ${currency}`,
    };
  const tooLarge = { field: `${path}.rate`, message: `makes the amount too large in ${currency}` };
  try {
    return inShopCurrency(money, currency) > LARGEST_AMOUNT ? tooLarge : null;
  } catch {
    return tooLarge;
  }
}
