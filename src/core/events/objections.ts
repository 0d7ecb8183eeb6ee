import { z } from 'zod';

const uuid = z.uuid();
const at = z.iso.datetime();

/**
 * A customer says that they are not the person whom staff confirmed them to be. The event belongs to whoever objects; `other` is the
 * account that binds them. What people wrote travels sealed beside the body.
 */
export const objectionEvents = {
  'objection.filed': z.strictObject({
    objection: uuid,
    other: uuid,
    /** 1 for the first about this account. */
    round: z.int().min(1).max(20),
    language: z.string().min(2).max(20),
    /** When the shop must have answered. */
    dueAt: at,
  }),
  'objection.decided': z.strictObject({
    objection: uuid,
    outcome: z.enum(['upheld', 'rejected']),
    by: uuid,
    /** The only person of the shop who could, and who had confirmed the link: after a day to think. */
    alone: z.boolean(),
  }),
  'objection.withdrawn': z.strictObject({ objection: uuid }),
} as const;
