import { z } from 'zod';

const uuid = z.uuid();
const staff = uuid;

/** The most fields that an event keeps of a comparison: as many as can be compared. */
const MOST_FIELDS = 20;

/**
 * What one field said in a comparison: the field and how alike its two values were, in the words of the engine of their
 * time, and its weight in thousandths of a bit. Never a value.
 */
export const comparedField = z.strictObject({
  field: z.string().regex(/^[a-z][a-z_:]{0,39}$/, 'is not the name of a field'),
  level: z.string().min(1).max(40),
  millibits: z.int().min(-100_000).max(100_000),
});
export type ComparedField = z.infer<typeof comparedField>;

const fields = z.array(comparedField).max(MOST_FIELDS);

/**
 * Whether two customers are one person. The event belongs to one of the two and names the other. What the comparison found
 * is a question; what staff answer binds, until they take it back.
 */
export const linkEvents = {
  'link.found': z.strictObject({
    other: uuid,
    class: z.enum(['same', 'probably_same']),
    /** Log odds that the two are one person, in thousandths of a bit. */
    millibits: z.int().min(-1_000_000).max(1_000_000),
    fields,
    /** Which weights said so; 0: those that came with Evenhand. */
    model: z.int().min(0),
  }),
  'link.confirmed': z.strictObject({ other: uuid, by: staff }),
  'link.split': z.strictObject({ other: uuid, by: staff }),
  'link.reopened': z.strictObject({ other: uuid, by: staff }),
} as const;

/** Staff confirmed that somebody whom a measure binds came back under another name. Conduct; `of` is who is bound. */
export const evasionEvents = {
  'evasion.found': z.strictObject({ of: uuid, measure: uuid, by: staff, fields }),
} as const;
