import { z } from 'zod';

const hash = z.string().regex(/^[A-Za-z0-9_-]{22,86}$/);

/** Accounts and staff notes. `account.identified` is made by intake: the keyed hashes under which the customer can be found again. */
export const accountEvents = {
  'account.created': z.strictObject({ channel: z.enum(['web', 'store', 'app', 'import', 'other']).optional() }),
  'account.closed': z.strictObject({ by: z.enum(['customer', 'shop']) }),
  'account.identified': z.strictObject({
    identifiers: z.array(z.strictObject({ type: z.enum(['external', 'email', 'phone']), hash })).max(50),
  }),
  'account.erased': z.strictObject({}),
  'note.added': z.strictObject({ pinned: z.boolean().default(false) }),
} as const;
