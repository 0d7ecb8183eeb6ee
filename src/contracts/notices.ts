import { z } from 'zod';
import { mailTroubles, outboxStates } from '../core/notices/outbox.ts';
import { at, pageOf, pageQuery, person, uuid } from './common.ts';

const words = z.object({ text: z.string(), lang: z.string().optional() });
const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), words: z.array(words) }),
  z.object({ kind: z.literal('quote'), words: z.array(words) }),
  z.object({ kind: z.literal('list'), items: z.array(z.array(words)) }),
  z.object({
    kind: z.literal('facts'),
    rows: z.array(z.object({ label: z.string(), value: z.string(), note: z.string().optional() })),
  }),
  z.object({ kind: z.literal('link'), text: z.string(), href: z.string(), primary: z.boolean() }),
]);

/** A notice as a document, in one language; see `NoticeDocument` of the core. */
export const noticeDocument = z.object({
  kind: z.string(),
  language: z.string(),
  dir: z.enum(['ltr', 'rtl']),
  subject: z.string(),
  lead: z.string(),
  sections: z.array(z.object({ id: z.string(), title: z.string().nullable(), blocks: z.array(block) })),
});
export type NoticeView = z.infer<typeof noticeDocument>;

/** A paragraph of the shop's own for the customer. */
export const personal = z.string().trim().max(1_500);

/** What a notice would say: about a proposal as it is, about something milder, or about a measure staff would take. */
export const noticePreviewAsk = z.object({
  language: z.string().max(20).optional(),
  personal: personal.optional(),
  /** Another effect than the proposed one, as in soften; without it the proposal's own. */
  effect: z
    .object({
      type: z.enum(['warning', 'restriction', 'block']),
      obligations: z.array(z.string()).max(11).default([]),
      surfaces: z.array(z.string()).max(5).default([]),
      until: at,
    })
    .optional(),
  /** Only for a measure that staff take by themselves. */
  reason: z.string().trim().max(1_000).optional(),
});

export const noticePreview = z.object({
  document: noticeDocument,
  /** The customer's own language, as far as it is known, and those the shop can speak. */
  theirs: z.string(),
  languages: z.array(z.object({ code: z.string(), name: z.string() })),
  /** How hard it is to read, where a formula exists for the language. `age`: about who can read it easily. */
  readability: z.object({ formula: z.string(), score: z.number(), age: z.int(), easy: z.boolean() }).nullable(),
  /** What in the personal paragraph should be said otherwise; `must`: it is refused as it is. */
  findings: z.array(
    z.object({
      quote: z.string(),
      kind: z.enum(['insult', 'threat', 'pressure', 'shame', 'discrimination']),
      why: z.string(),
      must: z.boolean(),
    }),
  ),
});
export type NoticePreview = z.infer<typeof noticePreview>;

export const outboxState = z.enum(outboxStates);
/** See the core's `mailTroubles`. */
export const mailTrouble = z.enum(mailTroubles);

export const outboxRow = z.object({
  id: uuid,
  /** The kind of what it tells: "measure.started", "appeal.decided", "team.blocked", "portal.code", "portal.link". */
  kind: z.string(),
  audience: z.enum(['customer', 'team']),
  customer: person.nullable(),
  subject: z.string().nullable(),
  state: outboxState,
  attempts: z.int(),
  /** Why it is not there, for programs. */
  trouble: mailTrouble.nullable(),
  /** What the mail server said, where one said something. */
  error: z.string().nullable(),
  createdAt: at,
  sentAt: at.nullable(),
  nextAt: at.nullable(),
  notice: uuid.nullable(),
  messageId: z.string().nullable(),
});
export type OutboxRowView = z.infer<typeof outboxRow>;

export const outboxQuery = z.object({ ...pageQuery, state: outboxState.optional() });
export const outboxPage = pageOf(outboxRow).extend({
  counts: z.record(outboxState, z.int()),
  /** Whether the shop has a mail server: without one messages wait here. */
  mailServer: z.boolean(),
});

/** A notice as it was sent, word for word. */
export const issuedNotice = z.object({
  id: uuid,
  kind: z.string(),
  customer: person,
  measure: uuid.nullable(),
  appeal: uuid.nullable(),
  issuedAt: at,
  document: noticeDocument,
  text: z.string(),
  /** How it went out; the newest way first. */
  outbox: outboxRow.nullable(),
});
export type IssuedNoticeView = z.infer<typeof issuedNotice>;

export const issuedNoticeRow = issuedNotice
  .pick({ id: true, kind: true, measure: true, appeal: true, issuedAt: true })
  .extend({
    subject: z.string(),
    language: z.string(),
    state: outboxState.nullable(),
  });

export const mailSettings = z.object({
  configured: z.boolean(),
  /** Without one of its own, the shop uses the installation's. */
  installation: z.boolean(),
  host: z.string(),
  port: z.int(),
  security: z.enum(['implicit', 'starttls', 'none']),
  user: z.string().nullable(),
  /** The password is never sent back; this says that there is one. */
  hasPassword: z.boolean(),
  from: z.string(),
  fromName: z.string().nullable(),
  dkim: z.object({ domain: z.string(), selector: z.string() }).nullable(),
});
export const changeMail = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  security: z.enum(['implicit', 'starttls', 'none']),
  user: z.string().trim().max(254).nullable(),
  /** Left out: keeps the one there is. */
  password: z.string().max(500).nullable().optional(),
  from: z.email().max(254),
  fromName: z.string().trim().max(120).nullable(),
  dkim: z
    .object({
      domain: z.string().trim().min(1).max(253),
      selector: z.string().trim().min(1).max(63),
      privateKey: z.string().max(10_000).optional(),
    })
    .nullable(),
});
/** What became of a test message to the reader's own address; why, in the reader's language, where it was not taken. */
export const mailTested = z.object({ ok: z.boolean(), message: z.string() });

export const branding = z.object({
  accentColour: z.string().nullable(),
  /** What is used where the chosen colour would not be readable: the nearest that is, on light and on dark. */
  light: z.string(),
  dark: z.string(),
  logo: z.boolean(),
});
export const changeBranding = z.object({
  accentColour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .nullable(),
});
