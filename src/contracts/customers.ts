import { z } from 'zod';
import { at, gravity, pageOf, pageQuery, person, standing, stepType, units, uuid } from './common.ts';
import { conditionTrace, ruleTrace } from './trace.ts';

/** A row of the customers table. Money in minor units of the shop's currency. */
export const customerRow = person.extend({
  standing,
  standingSince: at.nullable(),
  standingUntil: at.nullable(),
  orders: z.int(),
  orderedValue: units,
  returns: z.int(),
  returnedValue: units,
  /** Returned ÷ ordered over all time, 0–1 (or above); null when nothing was ordered. */
  returnShare: z.number().nullable(),
  firstAt: at,
  lastAt: at,
  openProposal: z.boolean(),
});
export type CustomerRow = z.infer<typeof customerRow>;

/** Which customers, in which order. It travels in bodies: what is typed to find somebody is personal data, which no address holds. */
export const customersSearch = z.strictObject({
  ...pageQuery,
  /** Beginning of a name, or a whole e-mail address, phone, customer number or order number. */
  q: z.string().max(120).optional(),
  /** Any of these; none: all. */
  standing: z.array(standing).max(standing.options.length).default([]),
  sort: z.enum(['recent', 'value', 'returned']).default('recent'),
});

export const customersPage = pageOf(customerRow).extend({
  /** How many there are with each standing in the whole shop (not only this page). */
  counts: z.record(standing, z.int()),
});

export const measureView = z.object({
  id: uuid,
  customer: person,
  type: z.enum(['warning', 'restriction', 'block']),
  state: z.enum(['active', 'suspended', 'expired', 'lifted', 'voided']),
  obligations: z.array(z.object({ name: z.string(), words: z.string() })),
  surfaces: z.array(z.string()),
  ladder: z.string().nullable(),
  step: z.int().nullable(),
  rules: z.array(z.object({ id: z.string(), title: z.string() })),
  policyVersion: z.int().nullable(),
  startedAt: at,
  until: at,
  endedAt: at.nullable(),
  endedBecause: z.string().nullable(),
});
export type MeasureView = z.infer<typeof measureView>;

/** A metric beside every threshold the policy compares it with, and how it went over the past year. */
export const metricReading = z.object({
  rule: z.object({ id: z.string(), title: z.string(), gravity, outcome: z.enum(['true', 'false', 'unknown']) }),
  condition: conditionTrace,
  /** Evenly spaced over the past 12 months, oldest first; null: unknown at that time. */
  sparkline: z.array(z.number().nullable()),
});

export const customerDetail = customerRow.extend({
  email: z.string().nullable(),
  phone: z.string().nullable(),
  erased: z.boolean(),
  because: z.array(z.object({ id: z.string(), title: z.string() })),
  lifetimeValue: units,
  refundedValue: units,
  eventCount: z.int(),
  kindCounts: z.record(z.string(), z.int()),
  traces: z.array(ruleTrace),
  readings: z.array(metricReading),
  measures: z.array(measureView),
  proposals: z.array(z.object({ id: uuid, type: stepType, title: z.string(), openedAt: at })),
  allowListed: z.boolean(),
  policyVersion: z.int().nullable(),
});
export type CustomerDetail = z.infer<typeof customerDetail>;

/** One event on the timeline. `body` is the event's body by kind; `text` the sealed free text, where the reader may see it. */
export const timelineEntry = z.object({
  id: uuid,
  seq: z.int(),
  kind: z.string(),
  occurredAt: at,
  recordedAt: at,
  source: z.string(),
  body: z.record(z.string(), z.unknown()),
  text: z.string().nullable(),
  by: z.string().nullable(),
  /** Set when a later correction changed how it counts. */
  corrected: z.enum(['void', 'shop_fault', 'counts']).nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** An event as evidence: with what was found out about the same return, claim, dispute, message, review or complaint, oldest first. */
export const evidenceEntry = timelineEntry.extend({
  outcomes: z.array(z.object({ kind: z.string(), occurredAt: at, body: z.record(z.string(), z.unknown()) })).max(5),
});
export type EvidenceEntry = z.infer<typeof evidenceEntry>;

export const timelineQuery = z.object({
  ...pageQuery,
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  /** Families: orders, payments, returns, refunds, claims, messages, reviews, complaints, accounts, notes, measures, appeals, decisions, corrections. */
  family: z.union([z.string(), z.array(z.string())]).optional(),
  /** Jump to this event: the page starts so that it is included. */
  around: uuid.optional(),
});
export const timelinePage = pageOf(timelineEntry);

export const newNote = z.object({ text: z.string().trim().min(1).max(5_000), pinned: z.boolean().default(false) });
export const correction = z.object({
  event: uuid,
  as: z.enum(['void', 'shop_fault', 'counts']),
  reason: z.string().trim().min(3).max(1_000),
});
export const newMeasure = z.object({
  type: z.enum(['warning', 'restriction', 'block']),
  obligations: z.array(z.string()).max(11).default([]),
  surfaces: z.array(z.string()).max(5).default([]),
  until: at,
  reason: z.string().trim().min(3).max(1_000),
  rule: z.string().max(80).optional(),
  evidence: z.array(uuid).max(200).default([]),
  /** A paragraph of the shop's own for the customer. */
  personal: z.string().trim().max(1_500).optional(),
});
export const liftMeasure = z.object({ reason: z.string().trim().min(3).max(1_000) });
export const measuresQuery = z.object({
  ...pageQuery,
  state: z.enum(['active', 'suspended', 'expired', 'lifted', 'voided']).optional(),
  type: z.enum(['warning', 'restriction', 'block']).optional(),
  /** Only measures in force that end within seven days, the soonest first. */
  ending: z.enum(['week']).optional(),
});
export const measuresPage = pageOf(measureView);
