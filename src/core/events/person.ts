import { z } from 'zod';

/** A postal address as it was written. */
export const postalAddress = z.strictObject({
  /** Street and house number. */
  street: z.string().trim().min(1).max(200),
  postcode: z.string().trim().min(1).max(20).optional(),
  city: z.string().trim().min(1).max(120).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is not an ISO 3166 country code such as NL')
    .optional(),
});
export type PostalAddress = z.infer<typeof postalAddress>;

/** The year somebody was born in, where a shop knows it: what tells housemates of one name apart. */
export const birthYear = z.int().min(1900).max(2100);
