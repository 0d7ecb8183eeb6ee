import { z } from 'zod';

/** Instants travel as ISO 8601 in UTC; screens show them in the shop's zone. */
export const at = z.iso.datetime();
export const uuid = z.uuid();

/** Whole minor units of the shop's currency, unless a currency stands beside them. */
export const units = z.int();

export const standing = z.enum(['good', 'watched', 'warned', 'restricted', 'blocked']);
export const gravity = z.enum(['minor', 'serious', 'grave']);
export const stepType = z.enum(['watch', 'warning', 'restriction', 'block']);
export const role = z.enum(['owner', 'manager', 'agent', 'auditor']);
export type Role = z.infer<typeof role>;

/** RFC 9457. `errors` names each field that is wrong and why. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** Which refusal it is, where a caller may want to act differently on each: "changed-meanwhile". */
  why: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

/** Keyset paging: hand `next` back as `cursor`; null means that was all. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export const pageQuery = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** Somebody, as lists show them. The name is null after erasure or where only a number is known. */
export const person = z.object({ id: uuid, name: z.string().nullable(), externalId: z.string().nullable() });

export const staffName = z.object({ id: uuid, name: z.string() });
