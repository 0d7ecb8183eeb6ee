import { z } from 'zod';
import { type Role, uuid } from './common.ts';

/** Who may call: anybody · anybody signed in · the roles named, in the shop of the path. The server checks; the console asks the same table what to offer. */
export type Access = 'public' | 'signed-in' | readonly Role[];

export interface Route {
  readonly access: Access;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}

export const everyone = ['owner', 'manager', 'agent', 'auditor'] as const;
export const acting = ['owner', 'manager', 'agent'] as const;
export const managing = ['owner', 'manager'] as const;
export const owning = ['owner'] as const;

export const shop = z.object({ shop: z.string() });
export const shopAnd = z.object({ shop: z.string(), id: uuid });
export const shopAndVersion = z.object({ shop: z.string(), version: z.coerce.number().int().min(1) });
export const done = z.object({ ok: z.literal(true) });
export const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
