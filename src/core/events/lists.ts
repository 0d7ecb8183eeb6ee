import { z } from 'zod';

const entry = {
  entry: z.uuid(),
  list: z.enum(['allow', 'deny']),
  type: z.enum(['email', 'external', 'phone', 'email_domain', 'name_address', 'ip', 'device']),
  /** Null with an entry of the allow list. */
  answer: z.enum(['challenge', 'review', 'deny']).nullable(),
  until: z.iso.datetime(),
  /** Null: the command line. */
  by: z.uuid().nullable(),
};

/**
 * What was done to the shop's lists: who put an entry there, changed it, gave it a new end, and took it away. About nobody the ledger
 * names: neither the value nor its hash stands here.
 */
export const entryEvents = {
  'entry.added': z.strictObject(entry),
  /** Somebody wrote the same value again, and it says this from here on. */
  'entry.changed': z.strictObject(entry),
  'entry.extended': z.strictObject(entry),
  'entry.removed': z.strictObject(entry),
} as const;
