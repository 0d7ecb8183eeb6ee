import { z } from 'zod';
import { at, pageOf, pageQuery, person, staffName, standing, uuid } from './common.ts';
import { evidenceEntry, measureView } from './customers.ts';
import { ruleTrace } from './trace.ts';

export const appealState = z.enum([
  'filed',
  'under_review',
  'information_asked',
  'upheld',
  'partly_upheld',
  'rejected',
  'withdrawn',
]);
export const appealGround = z.enum([
  'not_me',
  'wrong_facts',
  'shop_fault',
  'disproportionate',
  'changed_behaviour',
  'other',
]);

export const appealRow = z.object({
  id: uuid,
  customer: person,
  measure: z.object({ id: uuid, type: z.enum(['warning', 'restriction', 'block']), title: z.string() }),
  type: z.enum(['appeal', 'application']),
  state: appealState,
  ground: appealGround,
  round: z.int(),
  filedAt: at,
  dueAt: at,
  overdue: z.boolean(),
  /** Working days of the shop's calendar until it is due; negative: so many late. */
  workingDays: z.int(),
  reviewer: staffName.nullable(),
  decidedAt: at.nullable(),
  decidedBy: staffName.nullable(),
});
export type AppealRow = z.infer<typeof appealRow>;

export const appealsQuery = z.object({
  ...pageQuery,
  show: z.enum(['open', 'closed']).default('open'),
  /** Only this customer's. */
  customer: uuid.optional(),
});
/** Open ones by deadline, what is overdue first; closed ones the last decided first. */
export const appealsPage = pageOf(appealRow).extend({ open: z.int(), overdue: z.int() });

const attachment = z.object({ id: uuid, name: z.string(), type: z.string(), bytes: z.int() });

/** How a decision with these corrections would turn out. */
const consequence = z.object({
  measure: measureView,
  /** voided: as if it had never been · lifted: ends now · reduced: milder or shorter · stands: as it is. */
  result: z.enum(['voided', 'lifted', 'reduced', 'stands']),
  why: z.string(),
  until: at.nullable(),
});

export const appealDetail = appealRow.extend({
  language: z.string(),
  /** What was said on both sides, oldest first; the first is the appeal itself. */
  exchange: z.array(
    z.object({
      at,
      from: z.enum(['customer', 'shop']),
      kind: z.enum(['filed', 'asked', 'given', 'decided', 'withdrawn']),
      name: z.string().nullable(),
      text: z.string().nullable(),
      attachments: z.array(attachment),
    }),
  ),
  /** Events the customer pointed at. */
  disputed: z.array(uuid),
  measureDetail: measureView,
  /** Who approved the measure: none of them may decide, unless nobody else works for the shop. */
  approvedBy: z.array(staffName),
  /** The rules as they were judged when the measure began; empty for one that staff took by themselves. */
  traces: z.array(ruleTrace),
  events: z.array(evidenceEntry),
  /** Why staff took it, where they did so by themselves or wrote a note. */
  reason: z.string().nullable(),
  informationUntil: at.nullable(),
  customerStanding: standing,
  earlier: z.array(z.object({ id: uuid, type: z.enum(['appeal', 'application']), state: appealState, filedAt: at })),
  notices: z.array(z.object({ id: uuid, kind: z.string(), issuedAt: at })),
  /** What this person may do now; when something is missing, why. `from`: not before then (a lone reviewer's day to think). */
  may: z.object({
    take: z.boolean(),
    ask: z.boolean(),
    decide: z.boolean(),
    why: z.string().nullable(),
    from: at.nullable(),
  }),
  /** To be sent back with a decision: what has changed since is not decided unseen (409, why `changed-meanwhile`). */
  seen: z.string(),
});
export type AppealDetail = z.infer<typeof appealDetail>;

export const corrections = z.array(z.object({ event: uuid, as: z.enum(['void', 'shop_fault']) })).max(500);

export const appealPreviewAsk = z.object({ corrections, lift: z.boolean().default(false) });
export const appealPreview = z.object({
  standingNow: standing,
  standingThen: standing,
  /** The rules behind the measure, judged again without what was marked. */
  traces: z.array(ruleTrace),
  consequences: z.array(consequence),
  /** What these corrections amount to: nothing falls, all of it falls, or part of it. */
  suggests: z.enum(['upheld', 'partly_upheld', 'rejected']),
});
export type AppealPreview = z.infer<typeof appealPreview>;

export const appealAsk = z.object({ question: z.string().trim().min(10).max(2_000) });
export const appealDecide = z.object({
  outcome: z.enum(['upheld', 'partly_upheld', 'rejected']),
  corrections,
  /** Ends the measure although its evidence stands: too much for what happened, or an application granted. */
  lift: z.boolean().default(false),
  /** Goes to the customer. */
  reason: z.string().trim().min(20).max(4_000),
  seen: z.string().min(1).max(64),
});
