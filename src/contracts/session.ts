import { z } from 'zod';
import { role, staffName, uuid } from './common.ts';

const email = z.email().max(254);
const newPassword = z.string().min(12, 'needs at least 12 characters').max(200);

export const newShop = z.object({
  name: z.string().trim().min(1).max(120),
  slug: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'is lower-case letters, digits and hyphens')
    .optional(),
  currency: z.string().length(3),
  timeZone: z.string().min(1).max(60),
  languages: z.array(z.string().min(2).max(10)).min(1).max(10),
  jurisdictions: z.array(z.string().min(2).max(10)).max(30),
});

export const shopSummary = z.object({
  slug: z.string(),
  name: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  languages: z.array(z.string()),
  role,
});

export const session = {
  /** GET /api/setup */
  setupState: z.object({ needed: z.boolean() }),
  /** POST /api/setup: the first visit makes the owner and the shop, and signs in. */
  setup: z.object({
    owner: z.object({ name: z.string().trim().min(1).max(120), email, password: newPassword }),
    shop: newShop,
  }),
  /** POST /api/session */
  signIn: z.object({ email, password: z.string().min(1).max(200) }),
  /** GET /api/session, and the answer to setup and sign-in. `csrf` goes back in the header x-evenhand-csrf with every change. */
  current: z.object({ staff: staffName.extend({ email: z.string() }), shops: z.array(shopSummary), csrf: z.string() }),
  /** POST /api/session/password */
  changePassword: z.object({ current: z.string().max(200), next: newPassword }),
  /** POST /api/shops */
  newShop,
  created: z.object({ slug: z.string() }),
  id: uuid,
};
export type CurrentSession = z.infer<typeof session.current>;
export type ShopSummary = z.infer<typeof shopSummary>;
