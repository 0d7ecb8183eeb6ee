import { z } from 'zod';

const uuid = z.uuid();
const staff = uuid;
/** Instants inside events are ISO 8601 text, like every instant that leaves the core. */
const at = z.iso.datetime();

/** An appeal says the measure is wrong; an application grants that it was right and asks to have it ended, because something changed. */
export const appealType = z.enum(['appeal', 'application']);
export type AppealType = z.infer<typeof appealType>;

/** What a customer says is wrong. */
export const appealGround = z.enum([
  'not_me',
  'wrong_facts',
  'shop_fault',
  'disproportionate',
  'changed_behaviour',
  'other',
]);
export type AppealGround = z.infer<typeof appealGround>;

export const appealOutcome = z.enum(['upheld', 'partly_upheld', 'rejected']);
export type AppealOutcome = z.infer<typeof appealOutcome>;

/** Appeals, step by step. What people wrote travels sealed beside the body (`text`), files by their ids. */
export const appealEvents = {
  'appeal.filed': z.strictObject({
    appeal: uuid,
    measure: uuid,
    type: appealType,
    ground: appealGround,
    /** Events the customer says are wrong, where they pointed at some. */
    disputed: z.array(uuid).max(200),
    attachments: z.array(uuid).max(5),
    /** 1 for the first about this measure. */
    round: z.int().min(1).max(20),
    language: z.string().min(2).max(20),
    /** When the shop must have answered. */
    dueAt: at,
  }),
  'appeal.taken': z.strictObject({ appeal: uuid, by: staff }),
  /** While the customer is asked, the shop's own deadline waits: `dueAt` is where it stands from here on. */
  'appeal.information_asked': z.strictObject({ appeal: uuid, by: staff, until: at, dueAt: at }),
  'appeal.information_given': z.strictObject({ appeal: uuid, attachments: z.array(uuid).max(5), dueAt: at }),
  'appeal.decided': z.strictObject({
    appeal: uuid,
    outcome: appealOutcome,
    by: staff,
    /** The only person of the shop, who took the measure too: decided after a day to think and with a written reason. */
    alone: z.boolean(),
    corrections: z.array(z.strictObject({ event: uuid, as: z.enum(['void', 'shop_fault']) })).max(500),
    measures: z
      .array(z.strictObject({ measure: uuid, result: z.enum(['voided', 'lifted', 'reduced', 'stands']) }))
      .max(200),
  }),
  'appeal.withdrawn': z.strictObject({ appeal: uuid }),
} as const;

/** What was told to a customer: the text itself is kept sealed with the notice; the hash says that it is still the same. */
export const noticeEvents = {
  'notice.issued': z.strictObject({
    notice: uuid,
    kind: z.string().min(1).max(60),
    measure: uuid.nullable(),
    appeal: uuid.nullable(),
    language: z.string().min(2).max(20),
    /** SHA-256 of the text as sent, hexadecimal. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
} as const;
