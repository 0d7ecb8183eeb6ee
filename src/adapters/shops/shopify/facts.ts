import { z } from 'zod';
import type { Connection } from '../../../ports/platforms.ts';

/** What a connection keeps of its shop. Nothing of it is secret. */
const factsShape = z.looseObject({
  shop: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  plus: z.boolean(),
});
export type Facts = z.infer<typeof factsShape>;

/** Null: it was never connected whole. */
export function factsOf(connection: Connection): Facts | null {
  const read = factsShape.safeParse(connection.facts);
  return read.success ? read.data : null;
}
