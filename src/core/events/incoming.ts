import { z } from 'zod';
import { type ReportedEventKind, reportedEvents } from './event.ts';
import { birthYear, postalAddress } from './person.ts';

/** Who an incoming event is about. One of the four is enough; more make the customer recognisable in more places. */
export const customerReference = z
  .strictObject({
    /** Evenhand's own id. An unknown one is refused. */
    id: z.uuid().optional(),
    /** The customer's number in the shop's own system. */
    externalId: z.string().trim().min(1).max(120).optional(),
    email: z.string().trim().min(3).max(254).optional(),
    phone: z.string().trim().min(3).max(40).optional(),
    name: z.string().trim().min(1).max(200).optional(),
    /** Which language they read, where the shop knows: what is written to them is written in it. */
    language: z
      .string()
      .trim()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'is not a language tag such as "nl"')
      .max(35)
      .optional(),
    /** Where they live, or where their goods go. */
    address: postalAddress.optional(),
    birthYear: birthYear.optional(),
    /** What the shop recognises a device by; compared exactly. */
    device: z.string().trim().min(4).max(120).optional(),
    /** What the payment provider calls the card, the same for the same card; never a card number. */
    card: z.string().trim().min(4).max(120).optional(),
  })
  .refine((c) => c.id !== undefined || c.externalId !== undefined || c.email !== undefined || c.phone !== undefined, {
    message: 'needs at least one of id, externalId, email or phone',
  });
export type CustomerReference = z.infer<typeof customerReference>;

const written = (most: number) => z.string().trim().min(1).max(most);

/** From where an event was seen to come: counted for live rules, and never kept. */
export const seenFrom = z.strictObject({
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  /** What the shop recognises a device by. */
  device: z.string().trim().min(4).max(120).optional(),
  /** What the payment provider calls the card, the same for the same card; never a card number. */
  card: z.string().trim().min(4).max(120).optional(),
  address: z
    .strictObject({
      street: written(200),
      postcode: written(20).optional(),
      city: written(120).optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'is not an ISO 3166 country code such as NL')
        .optional(),
    })
    .optional(),
});

const kinds = Object.keys(reportedEvents) as [ReportedEventKind, ...ReportedEventKind[]];

/** The outside of an incoming event; `body` is then read by the schema of its kind, so that errors name the exact field. */
export const incomingEnvelope = z.strictObject({
  kind: z.enum(kinds),
  /** The source's own id of this event: the same id again changes nothing. */
  id: z.string().trim().min(1).max(200),
  /** Which system reports it; "api" unless said otherwise. */
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9:._-]{0,59}$/, 'is a short lower-case name such as "webshop"')
    .refine((name) => name !== 'evenhand' && !name.startsWith('staff:'), {
      message: 'is a name under which Evenhand and its staff record; choose another',
    })
    .optional(),
  occurredAt: z.string(),
  customer: customerReference,
  /** From where it came, where the shop saw that: counted for live rules at the moment, and not kept. */
  seen: seenFrom.optional(),
  body: z.record(z.string(), z.unknown()).default({}),
  /** Free text (a message, a note, a review): kept encrypted only. */
  text: z.string().max(20_000).optional(),
});
export type IncomingEnvelope = z.infer<typeof incomingEnvelope>;
