import { z } from 'zod';
import { appealRow } from './appeals.ts';
import { at, gravity, pageOf, pageQuery, person, staffName, standing, stepType, units, uuid } from './common.ts';
import { connectionState, platformName } from './connections.ts';
import { evidenceEntry } from './customers.ts';
import { personal } from './notices.ts';
import { ruleTrace } from './trace.ts';

export const proposalRow = z.object({
  id: uuid,
  customer: person.extend({ standing }),
  status: z.enum(['open', 'approved', 'declined', 'withdrawn']),
  type: stepType,
  gravity,
  /** The title of the weightiest rule, and the figure that says it best ("62 % sent back; the policy says 50 %"). */
  title: z.string(),
  headline: z
    .object({ metric: z.string(), unit: z.string(), value: z.number().nullable(), threshold: z.number() })
    .nullable(),
  ladder: z.string(),
  step: z.int(),
  openedAt: at,
  decidedAt: at.nullable(),
  decidedBy: staffName.nullable(),
  colleague: staffName.nullable(),
  needsSecond: z.boolean(),
  firstApprover: staffName.nullable(),
});
export type ProposalRow = z.infer<typeof proposalRow>;

export const reviewQuery = z.object({
  ...pageQuery,
  status: z.enum(['open', 'approved', 'declined', 'withdrawn']).default('open'),
  gravity: gravity.optional(),
  /** Only open proposals: me, whom a colleague asked; or a second person, after a first has agreed. */
  waitingFor: z.enum(['me', 'second']).optional(),
});
/** Open ones: the gravest first, and of those the one that waits longest. Others: the last answered first. */
export const reviewPage = pageOf(proposalRow).extend({ open: z.int() });

const effect = z.object({
  type: stepType,
  obligations: z.array(z.object({ name: z.string(), words: z.string() })),
  surfaces: z.array(z.string()),
  until: at,
});

export const proposalDetail = proposalRow.extend({
  effect,
  /** Stands for the effect without its end, the rules and the evidence; to be sent back with an approval or a softer choice. */
  seen: z.string(),
  skipped: z.enum(['threat', 'fraud', 'danger_to_staff']).nullable(),
  traces: z.array(ruleTrace),
  /** The events the traces name (counted and excluded), so that evidence can be read in place; at most 200, newest first. */
  events: z.array(evidenceEntry),
  /** `orderedValue` less what was cancelled, returned, refunded without a return and lost in disputes is `lifetimeValue`. */
  customerFacts: z.object({
    since: at,
    orders: z.int(),
    orderedValue: units,
    cancelledValue: units,
    returnedValue: units,
    refundedValue: units,
    disputedValue: units,
    lifetimeValue: units,
    measuresBefore: z.int(),
  }),
  /**
   * What became of the shop's other proposals that share a rule and the ladder. `changedAfterwards`: approved at least 30 days
   * ago, and nothing on the same ladder has been proposed for that customer since.
   */
  similar: z.object({ approved: z.int(), declined: z.int(), changedAfterwards: z.int() }),
  /** The customer's other open proposals. */
  alsoOpen: z.array(z.object({ id: uuid, type: stepType, title: z.string() })),
  /** Milder steps one may choose instead, mildest first. */
  softer: z.array(effect),
  /** What happens on the ladder next if nothing changes; null on the last step. */
  nextStep: effect.omit({ until: true }).nullable(),
  policyVersion: z.int().nullable(),
  /** What this staff member may do now; when something is missing, why. */
  may: z.object({
    approve: z.boolean(),
    soften: z.boolean(),
    decline: z.boolean(),
    ask: z.boolean(),
    why: z.string().nullable(),
  }),
});
export type ProposalDetail = z.infer<typeof proposalDetail>;

/** `seen` of the detail that was on screen: what has changed since is not answered unseen, but refused (409, why `changed-meanwhile`). */
const seen = z.string().min(1).max(64);

export const approve = z.object({ seen, note: z.string().trim().max(1_000).optional(), personal: personal.optional() });
export const soften = z.object({
  seen,
  type: z.enum(['warning', 'restriction', 'block']),
  obligations: z.array(z.string()).max(11).default([]),
  surfaces: z.array(z.string()).max(5).default([]),
  until: at,
  reason: z.string().trim().min(3).max(1_000),
  personal: personal.optional(),
});
export const decline = z.object({ reason: z.string().trim().min(3).max(1_000) });
export const ask = z.object({ colleague: uuid, question: z.string().trim().min(1).max(1_000) });

/** What an answer did; `undoUntil` says how long it can still be taken back. */
export const answered = z.object({
  proposal: uuid,
  status: z.enum(['open', 'approved', 'declined', 'withdrawn']),
  measure: uuid.nullable(),
  waitingForSecond: z.boolean(),
  undoUntil: at.nullable(),
});

/** Something done about a customer lately: a line such as "Warned about returns until 3 May", and by whom. */
const change = z.object({
  at,
  kind: z.enum(['started', 'ended', 'declined']),
  type: stepType,
  /** Why a measure ended: time, staff, earned, appeal, undo, application or voided. */
  endedBecause: z.string().nullable(),
  until: at,
  rule: z.object({ id: z.string(), title: z.string() }).nullable(),
  customer: person,
  by: z.string().nullable(),
});
export type HomeChange = z.infer<typeof change>;

/** GET …/home: what needs a person now, and what changed. */
export const home = z.object({
  customers: z.int(),
  open: z.int(),
  openGrave: z.int(),
  askedOfYou: z.int(),
  waitingForSecond: z.int(),
  endingSoon: z.int(),
  /** Entries of the lists that end within 30 days. */
  entriesEnding: z.int(),
  proposals: z.array(proposalRow),
  changes: z.array(change),
  standings: z.record(standing, z.int()),
  /** Per week, oldest first, at most 26: minor units. */
  trend: z.array(z.object({ week: z.string(), ordered: units, returned: units })),
  /** Appeals that wait, what is overdue first; `appealsOverdue` climbs to the top. */
  appeals: z.array(appealRow),
  appealsOpen: z.int(),
  appealsOverdue: z.int(),
  /** Messages that a person must look at. */
  mailFailed: z.int(),
  mailWaiting: z.int(),
  /** Pairs of customers who may be one person, or of whom one says that they are not, and nobody has answered. */
  linksWaiting: z.int(),
  /** What about the connected shop system needs a person. Null: none is connected. */
  shopSystem: z
    .object({ platform: platformName, state: connectionState, refused: z.int(), actsFailed: z.int() })
    .nullable(),
  /** Webhooks to other systems that were switched off because nobody took them. */
  webhooksOff: z.int(),
  importRunning: uuid.nullable(),
  assessing: z.int(),
});
export type Home = z.infer<typeof home>;
