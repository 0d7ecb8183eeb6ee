import { z } from 'zod';
import type { CustomerId, EventId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';
import { accountEvents } from './accounts.ts';
import { appealEvents, noticeEvents } from './appeals.ts';
import { claimEvents, complaintEvents } from './claims.ts';
import { evasionEvents, linkEvents } from './links.ts';
import { entryEvents } from './lists.ts';
import { correctionEvents, decisionEvents, measureEvents, proposalEvents } from './measures.ts';
import { messageEvents, reviewEvents } from './messages.ts';
import { objectionEvents } from './objections.ts';
import { orderEvents } from './orders.ts';
import { paymentEvents } from './payments.ts';
import { birthYear, postalAddress } from './person.ts';
import { refundEvents, returnEvents } from './returns.ts';

/** What shops and their systems may report. */
export const reportedEvents = {
  ...orderEvents,
  ...paymentEvents,
  ...returnEvents,
  ...refundEvents,
  ...claimEvents,
  ...complaintEvents,
  ...messageEvents,
  ...reviewEvents,
  'account.created': accountEvents['account.created'],
  'account.closed': accountEvents['account.closed'],
  'note.added': accountEvents['note.added'],
} as const;

/** Every kind of event with the schema of its body. Bodies hold no personal data: that travels sealed beside them. */
export const eventBodies = {
  ...reportedEvents,
  ...accountEvents,
  ...measureEvents,
  ...proposalEvents,
  ...decisionEvents,
  ...correctionEvents,
  ...appealEvents,
  ...noticeEvents,
  ...entryEvents,
  ...linkEvents,
  ...evasionEvents,
  ...objectionEvents,
} as const;

export type EventKind = keyof typeof eventBodies;
export type ReportedEventKind = keyof typeof reportedEvents;
export type EventBody<K extends EventKind> = z.infer<(typeof eventBodies)[K]>;

interface Envelope {
  readonly id: EventId;
  /** Place in the shop's ledger, from 1 without gaps. */
  readonly seq: number;
  /** Null for an event about somebody the shop does not know (a decision for a stranger). */
  readonly customer: CustomerId | null;
  /** When it happened. */
  readonly occurredAt: Instant;
  /** When Evenhand learnt of it. */
  readonly recordedAt: Instant;
  /** Which system reported it, and its own id there: together they make a redelivery recognisable. */
  readonly source: string;
  readonly sourceId: string;
}

/** An event as the core reads it: the ledger row without hashes and sealed personal data. */
export type LedgerEvent = {
  readonly [K in EventKind]: Envelope & { readonly kind: K; readonly body: EventBody<K> };
}[EventKind];

export type EventOf<K extends EventKind> = Extract<LedgerEvent, { kind: K }>;

/** Personal data of an event, kept only encrypted with the customer's own key. */
export const privatePart = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  email: z.string().trim().max(254).optional(),
  phone: z.string().trim().max(40).optional(),
  externalId: z.string().trim().max(120).optional(),
  /** Which language the customer reads, as a tag. */
  language: z.string().max(35).optional(),
  address: postalAddress.optional(),
  birthYear: birthYear.optional(),
  /** What the shop recognises a device by. */
  device: z.string().trim().max(120).optional(),
  /** What the payment provider calls the card; never a card number. */
  card: z.string().trim().max(120).optional(),
  text: z.string().max(20_000).optional(),
  reason: z.string().max(2_000).optional(),
});
export type PrivatePart = z.infer<typeof privatePart>;

export function isEventKind(text: string): text is EventKind {
  return Object.hasOwn(eventBodies, text);
}
