import { z } from 'zod';
import { ruleTrace } from './traces.ts';

const uuid = z.uuid();
const staff = uuid;

export const measureType = z.enum(['warning', 'restriction', 'block']);
export type MeasureType = z.infer<typeof measureType>;

/** Where a measure bites. */
export const surface = z.enum(['purchase', 'return', 'contact', 'review', 'login']);
export type Surface = z.infer<typeof surface>;

/** One thing a restriction demands. The words people read for each are in `languages/<code>/words/policy.json`. */
export const obligation = z.enum([
  'prepayment_only',
  'returns_need_photos',
  'returns_need_approval',
  'no_free_returns',
  'order_limit',
  'one_variant_per_article',
  'signature_on_delivery',
  'fixed_delivery_address',
  'official_channels_only',
  'reviews_need_approval',
  'manual_review',
]);
export type Obligation = z.infer<typeof obligation>;

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'is not a name in lower case with hyphens');

const what = {
  type: measureType,
  obligations: z.array(obligation).max(11),
  surfaces: z.array(surface).max(5),
};

/** Instants inside measure events are ISO 8601 text, like every instant that leaves the core. */
const at = z.iso.datetime();

/** Why a grave case passed over milder steps; null where none did. */
const skipped = z.enum(['threat', 'fraud', 'danger_to_staff']).nullable();

/** Measures: what the shop did about conduct. `measure.started` carries all a statement of reasons needs. */
export const measureEvents = {
  'measure.started': z.strictObject({
    measure: uuid,
    /** The proposal it answers; null where a person took it unasked. */
    proposal: uuid.nullable(),
    ...what,
    ladder: name.nullable(),
    step: z.int().min(1).max(20).nullable(),
    rules: z.array(name).max(200),
    policyVersion: z.int().min(1).nullable(),
    evidence: z.array(uuid).max(2_000),
    until: at,
    skipped,
    proposedBy: z.enum(['policy', 'staff']),
    approvedBy: z.array(staff).min(1).max(2),
    softened: z.boolean(),
  }),
  'measure.changed': z.strictObject({
    measure: uuid,
    ...what,
    /** Which step of its ladder it counts as from here on; left out: as before. */
    step: z.int().min(1).max(20).nullable().optional(),
    until: at,
    by: staff,
  }),
  'measure.lifted': z.strictObject({
    measure: uuid,
    because: z.enum(['staff', 'earned', 'appeal', 'undo', 'application']),
    by: staff.nullable(),
  }),
  'measure.expired': z.strictObject({ measure: uuid }),
  'measure.voided': z.strictObject({ measure: uuid, by: staff }),
  /** It does not bite while an appeal against it is overdue. Its time stands still. */
  'measure.suspended': z.strictObject({ measure: uuid, appeal: uuid }),
  /** The appeal was answered or withdrawn: what was left of its time runs on. */
  'measure.resumed': z.strictObject({ measure: uuid, appeal: uuid, until: at }),
} as const;

const proposal = { proposal: uuid, ladder: name, step: z.int().min(1).max(20), rules: z.array(name).max(200) };

/**
 * What the policy proposes, and what people answered. `proposal.made` says all of it: it opens a proposal or, while it is
 * open, says anew what it proposes and why. A declined proposal does not come back until there is newer evidence. A
 * proposal is approved by the `measure.started` that names it.
 */
export const proposalEvents = {
  'proposal.made': z.strictObject({
    proposal: uuid,
    /** Ladder, step and how many answers the ladder has had: the same as long as it is the same proposal. */
    key: z.string().max(120),
    type: z.enum(['watch', ...measureType.options]),
    ladder: name,
    step: z.int().min(1).max(20),
    rules: z.array(name).max(200),
    gravity: z.enum(['minor', 'serious', 'grave']),
    obligations: what.obligations,
    surfaces: what.surfaces,
    /** When a measure begun at that moment would end. */
    until: at,
    skipped,
    policyVersion: z.int().min(1).nullable(),
    evidence: z.array(uuid).max(2_000),
    trace: z.array(ruleTrace).max(200),
    /** False: it was open already, and this says what has changed. Timelines leave those out. */
    opens: z.boolean(),
  }),
  'proposal.withdrawn': z.strictObject(proposal),
  'proposal.declined': z.strictObject({ ...proposal, evidence: z.array(uuid).max(2_000), by: staff }),
  'proposal.first_approval': z.strictObject({ ...proposal, by: staff }),
  'proposal.colleague_asked': z.strictObject({ ...proposal, by: staff, colleague: staff }),
  'proposal.reopened': z.strictObject({ ...proposal, by: staff }),
} as const;

/**
 * What was answered at surfaces. `decision.made`: an answer that something stood in the way of. `decisions.allowed`: plain allows of a
 * moment, which name nobody: how many there were at each surface. Their ids are consecutive from `first` to `last`.
 */
export const decisionEvents = {
  'decisions.allowed': z.strictObject({
    first: uuid,
    last: uuid,
    from: at,
    to: at,
    surfaces: z.partialRecord(surface, z.int().min(1)),
  }),
  'decision.made': z.strictObject({
    decision: uuid,
    surface,
    outcome: z.enum(['allow', 'challenge', 'review', 'deny']),
    obligations: z.array(obligation).max(11),
    measures: z.array(uuid).max(50),
    policyVersion: z.int().min(1).nullable(),
    allowListed: z.boolean(),
    /** Entries of lists, live rules, and measured customers whom somebody is like, that were reasons. */
    entries: z.array(uuid).max(50).optional(),
    live: z.array(name).max(50).optional(),
    likenesses: z
      .array(z.strictObject({ customer: uuid, measures: z.array(uuid).max(50) }))
      .max(10)
      .optional(),
    /** Made while it could not be known whether what it rests on still held. */
    stale: z.boolean().optional(),
  }),
} as const;

/** Corrections are new events: the corrected one stays readable, and counts no more (or again). */
export const correctionEvents = {
  'event.corrected': z.strictObject({
    event: uuid,
    as: z.enum(['void', 'shop_fault', 'counts']),
    by: staff,
  }),
} as const;
