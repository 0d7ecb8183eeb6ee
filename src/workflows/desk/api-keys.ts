import type { ConnectionId, StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { ApiKey, KeyStore, Scope } from '../../ports/desk.ts';
import type { Credentials } from '../../ports/staff.ts';
import type { Clock, Ids, Shop } from '../../ports.ts';
import { notFound, type Refused } from './refused.ts';

export interface KeyDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keys: KeyStore;
  readonly credentials: Credentials;
}

/** What every key begins with, so that scanners recognise one that leaked. */
export const KEY_MARK = 'ehk_';
const SHOWN_LENGTH = KEY_MARK.length + 8;
const TOUCH_EVERY = 60_000;

/** A new key. `secret` is the whole key: shown once, kept only as a hash. */
export async function makeKey(
  deps: KeyDeps,
  shop: Shop,
  by: StaffId,
  wish: { name: string; scopes: readonly Scope[]; connection?: ConnectionId },
): Promise<{ readonly key: Omit<ApiKey, 'connection'>; readonly secret: string }> {
  const secret = `${KEY_MARK}${deps.credentials.newToken()}`;
  const key: Omit<ApiKey, 'connection'> = {
    id: deps.ids.next(),
    name: wish.name,
    prefix: secret.slice(0, SHOWN_LENGTH),
    scopes: [...new Set(wish.scopes)],
    createdAt: deps.clock.now(),
    lastUsedAt: null,
    revokedAt: null,
  };
  await deps.keys.add(shop.id, {
    ...key,
    connection: wish.connection ?? null,
    hash: deps.credentials.tokenHash(secret),
    createdBy: by,
  });
  return { key, secret };
}

export async function revokeKey(deps: KeyDeps, shop: Shop, key: string): Promise<Result<true, Refused>> {
  const found = await deps.keys.revoke(shop.id, key, deps.clock.now());
  return found ? ok(true) : err(notFound('This shop has no such key.'));
}

/** Who is behind a key; null for anything that opens nothing. Remembers the use to the minute. */
export async function keyHolder(
  deps: Pick<KeyDeps, 'clock' | 'keys' | 'credentials'>,
  secret: string,
): Promise<{ readonly shop: Shop; readonly key: ApiKey } | null> {
  if (!secret.startsWith(KEY_MARK)) return null;
  const holder = await deps.keys.find(deps.credentials.tokenHash(secret));
  if (holder === null) return null;
  const now: Instant = deps.clock.now();
  if (holder.key.lastUsedAt === null || now - holder.key.lastUsedAt >= TOUCH_EVERY)
    await deps.keys.touch(holder.shop.id, holder.key.id, now);
  return holder;
}
