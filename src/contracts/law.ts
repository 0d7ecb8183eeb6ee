import { z } from 'zod';

const source = z.object({ act: z.string(), article: z.string(), url: z.string() });

const entry = z.object({
  id: z.string(),
  /** What it is about, in the reader's language. */
  topic: z.string(),
  /** What it says, in the reader's language. */
  sentence: z.string(),
  source,
  /** The first day it binds; null: it binds already, for longer than anybody asks. */
  from: z.string().nullable(),
  checked: z.string(),
});

const place = z.object({
  /** Its region code: "NL", "EU". */
  code: z.string(),
  entries: z.array(entry),
  /** What would bind here if the shop were an online platform. */
  onlyForPlatforms: z.array(entry),
  bodies: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['consumer', 'data_protection']),
      name: z.string(),
      url: z.string(),
      sentence: z.string(),
    }),
  ),
});
export type LawPlace = z.infer<typeof place>;

export const law = {
  /** GET /api/shops/:shop/law: what binds the shop, by jurisdiction, the nearest first. */
  ofShop: z.object({
    places: z.array(place),
    /** Of these only a wider law is known: "DE" as "EU". */
    partly: z.array(z.object({ code: z.string(), as: z.string() })),
    /** Of these nothing is known. */
    unknown: z.array(z.string()),
    /** That this is no legal advice, in the reader's language. */
    notAdvice: z.string(),
  }),
  /** GET /api/jurisdictions: region codes whose law is known, in whole or as part of a wider one. */
  known: z.object({ codes: z.array(z.string()) }),
};
