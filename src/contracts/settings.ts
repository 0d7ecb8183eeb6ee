import { z } from 'zod';
import { failureModes } from '../core/decisions/types.ts';
import { surface } from '../core/events/measures.ts';
import { at, role, uuid } from './common.ts';
import { newShop } from './session.ts';

/** What a surface does while the database does not answer, and for how long what was known last is believed. */
export const surfaceSettings = z.object({
  mode: z.enum(failureModes),
  staleAfterSeconds: z.int().min(5).max(86_400),
});

export const shopSettings = newShop.omit({ slug: true, currency: true }).extend({
  slug: z.string(),
  currency: z.string(),
  secondApprovalForBlocks: z.boolean(),
  supportEmail: z.string().nullable(),
  suspendWhileOverdue: z.boolean(),
  onlinePlatform: z.boolean(),
  withdrawalWithoutSignIn: z.boolean(),
  surfaces: z.record(surface, surfaceSettings),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .nullable(),
});
export const changeShop = shopSettings.omit({ slug: true, currency: true }).partial();

export const staffMember = z.object({
  id: uuid,
  name: z.string(),
  email: z.string(),
  role,
  createdAt: at,
  disabled: z.boolean(),
  you: z.boolean(),
});
export const newStaff = z.object({
  name: z.string().trim().min(1).max(120),
  email: z.email().max(254),
  role,
  password: z.string().min(12).max(200),
});
export const changeStaff = z.object({ role: role.optional(), disabled: z.boolean().optional() });

export const scope = z.enum(['events:write', 'decisions:write', 'customers:read', 'mail:write']);
export const apiKeyRow = z.object({
  id: uuid,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(scope),
  createdAt: at,
  lastUsedAt: at.nullable(),
  revokedAt: at.nullable(),
});
export const newApiKey = z.object({ name: z.string().trim().min(1).max(80), scopes: z.array(scope).min(1) });
/** The only time the key itself is shown. */
export const createdApiKey = apiKeyRow.extend({ key: z.string() });
