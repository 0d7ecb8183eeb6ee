import type { StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { instant } from '../../core/shared/time.ts';
import type { KeptCheck } from '../../ports/connections.ts';
import type {
  Connection,
  ConnectionCheck,
  Credentials,
  PlatformFault,
  Reach,
  ShopPlatform,
  WebhookSecret,
} from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import { type KeyDeps, makeKey } from '../desk/api-keys.ts';
import { conflict, invalid, notFound, type Refused } from '../desk/refused.ts';
import type { ShopsDeps } from './deps.ts';
import { handsOver } from './hands.ts';
import { codeSecretOf, hookUrlOf, reachOf } from './reach.ts';
import { type ConnectionWish, newConnection, readCredentials, readWish, signsIn } from './wish.ts';

/** `credentials` is how keys are hashed; those of a platform are in the store. */
export type ConnectDeps = ShopsDeps & KeyDeps;

/** Why a platform could not be connected: the platform's own reason, or ours. */
export type ConnectRefused = Refused | { readonly kind: 'platform'; readonly fault: PlatformFault };

/** What was made. Secrets are shown this one time. */
export interface MadeConnection {
  readonly connection: Connection;
  readonly hookUrl: string;
  readonly hookSecret: string | null;
  readonly apiKey: string | null;
  /** The merchant is to sign in at the platform before it works. */
  readonly signIn: boolean;
  readonly check: KeptCheck | null;
}

const DAY = 86_400_000;
/** How long the secret before the newest is still good. */
export const OLD_SECRET_MS = DAY;

/** Tries what was typed, right by right. Changes nothing, here or there. */
export async function tryConnection(
  deps: ShopsDeps,
  shop: Shop,
  wish: ConnectionWish,
): Promise<Result<KeptCheck, Refused>> {
  const read = readWish(deps, wish);
  if (!read.ok) return read;
  const reach = reachOfNew(deps, newConnection(deps, shop, read.value, []), read.value.credentials, '');
  const found = await read.value.platform.check(reach);
  return ok({ found, at: deps.clock.now() });
}

/**
 * Connects a shop system. One that was connected before, at the same address, is taken up again: its customers and orders have the numbers
 * they had. Refused while another is connected.
 */
export async function connectShop(
  deps: ConnectDeps,
  shop: Shop,
  by: StaffId,
  wish: ConnectionWish,
): Promise<Result<MadeConnection, ConnectRefused>> {
  const read = readWish(deps, wish);
  if (!read.ok) return read;
  const { platform, address, credentials } = read.value;
  const all = await deps.store.connections.list(shop.id);
  const live = all.find(({ state }) => state !== 'disconnected');
  if (live !== undefined && live.state !== 'connecting') return err(conflict(ONE_ONLY));
  // Somebody began to sign in and did not come back: this takes its place. One that worked before keeps what was recorded under it.
  const neverWorked = live !== undefined && live.checkedAt === null;
  if (live !== undefined) await takeBack(deps, live, neverWorked ? undefined : live);
  const before = all.filter((each) => each !== live || !neverWorked);
  const earlier = before.find((each) => each.platform === platform.name && each.address === address);
  const secret = freshSecret(deps);
  const connection = earlier ?? newConnection(deps, shop, read.value, before);
  const mustSignIn = signsIn(platform, credentials);
  let check: KeptCheck | null = null;
  if (!mustSignIn) {
    const checked = await checkFor(deps, shop, platform, reachOfNew(deps, connection, credentials, secret.secret));
    if (!checked.ok) return checked;
    check = checked.value;
  }
  const begun = { ...connection, state: 'connecting' as const };
  if (earlier === undefined) {
    if (!(await deps.store.connections.make(begun, { credentials, hookSecrets: [secret] })))
      return err(conflict(ONE_ONLY));
  } else if (!(await revive(deps, earlier, credentials, secret))) return err(conflict(ONE_ONLY));
  const made = {
    hookUrl: hookUrlOf(deps, connection.id),
    hookSecret: handsOver[platform.name].hookSecret ? secret.secret : null,
    signIn: mustSignIn,
    check,
  };
  if (mustSignIn) return ok({ ...made, connection: begun, apiKey: null });
  const done = await finishConnecting(deps, begun, check);
  if (!done.ok) {
    await takeBack(deps, begun, earlier);
    return done;
  }
  return ok({ ...made, connection: done.value, apiKey: await keyFor(deps, shop, by, done.value) });
}

/** Sets up what is needed there, and begins. Also after signing in. */
export async function finishConnecting(
  deps: ShopsDeps,
  connection: Connection,
  check: KeptCheck | null,
): Promise<Result<Connection, ConnectRefused>> {
  const reach = await reachOf(deps, connection);
  const set = await deps.platforms.of(connection.platform).connect(reach);
  if (!set.ok) return err({ kind: 'platform', fault: set.error });
  const now = deps.clock.now();
  const { connections, received, runs, marks } = deps.store;
  const active = await connections.change(connection.shop, connection.id, {
    state: 'active',
    facts: set.value,
    checkedAt: now,
    endedAt: null,
    ...(check === null ? {} : { check }),
  });
  if (active === null) return err(notFound(NO_CONNECTION));
  // What waited for the platform goes on at once.
  await received.wake(active.shop, active.id, ['needs'], now);
  await runs.wake(active.shop, active.id, now);
  // It may have been told nothing for long, or be told for the first time.
  await marks.allDue(active.shop, active.id, now);
  return ok(active);
}

/** Connects a connection again with other credentials, or the same ones after the platform had lost us. Nothing that waits is lost. */
export async function reconnect(
  deps: ConnectDeps,
  shop: Shop,
  connection: Connection,
  typed: Credentials,
): Promise<Result<MadeConnection, ConnectRefused>> {
  if (connection.state === 'disconnected') return err(conflict('This connection was ended: connect it anew.'));
  const platform = deps.platforms.of(connection.platform);
  const kept = await deps.store.connections.credentials(shop.id, connection.id);
  // A field left empty keeps what it has.
  const credentials = readCredentials(platform, { ...known(platform.fields, kept), ...filled(typed) });
  if (!credentials.ok) return credentials;
  const reach = { ...(await reachOf(deps, connection)), credentials: { ...kept, ...credentials.value } };
  const made = { hookUrl: reach.hookUrl, hookSecret: null, apiKey: null };
  const checked = await checkFor(deps, shop, platform, reach);
  const keep = () => deps.store.connections.change(shop.id, connection.id, { credentials: reach.credentials });
  if (!checked.ok) {
    const { error } = checked;
    const mustSignIn =
      error.kind === 'platform' && error.fault.kind === 'unauthorised' && signsIn(platform, filled(typed));
    // What does not work takes the place of nothing that may.
    if (!mustSignIn) return checked;
    // Whoever signed in there the first time signs in there again.
    await keep();
    return ok({ ...made, connection, signIn: true, check: null });
  }
  await keep();
  const done = await finishConnecting(deps, connection, checked.value);
  if (!done.ok) return done;
  return ok({ ...made, connection: done.value, signIn: false, check: checked.value });
}

/** Tests a connection as it is and keeps what was found. One that works again is active again. */
export async function checkConnection(deps: ShopsDeps, connection: Connection): Promise<KeptCheck> {
  const reach = await reachOf(deps, connection);
  const found = await deps.platforms.of(connection.platform).check(reach);
  const now = deps.clock.now();
  const check = { found, at: now };
  const works = found.fault === null;
  const lost = found.fault?.kind === 'unauthorised' && connection.state === 'active';
  const worksAgain = works && connection.state === 'reconnect';
  await deps.store.connections.change(connection.shop, connection.id, {
    check,
    ...(works ? { checkedAt: now } : {}),
    ...(lost ? { state: 'reconnect' as const } : worksAgain ? { state: 'active' as const } : {}),
  });
  if (worksAgain) {
    await deps.store.received.wake(connection.shop, connection.id, ['needs'], now);
    await deps.store.runs.wake(connection.shop, connection.id, now);
  }
  return check;
}

/** A new webhook secret; the one before stays good for a day, so that nothing signed with it is lost. */
export async function rotateSecret(
  deps: ShopsDeps,
  connection: Connection,
): Promise<Result<{ readonly secret: string; readonly oldUntil: number }, ConnectRefused>> {
  if (connection.state === 'disconnected') return err(conflict('This connection was ended: connect it anew.'));
  const now = deps.clock.now();
  const oldUntil = instant(now + OLD_SECRET_MS);
  const fresh = freshSecret(deps);
  const before = await deps.store.connections.hookSecrets(connection.shop, connection.id);
  const old = before
    .filter(({ until }) => until === null || until > now)
    .map((each): WebhookSecret => ({ ...each, until: each.until ?? oldUntil }));
  await deps.store.connections.change(connection.shop, connection.id, { hookSecrets: [fresh, ...old] });
  // Where we set webhooks up there ourselves, they are told of the new one; until they are, the old one is good.
  const told = await deps.platforms.of(connection.platform).connect(await reachOf(deps, connection));
  if (!told.ok) {
    await deps.store.connections.change(connection.shop, connection.id, {
      hookSecrets: [...before, { ...fresh, until: oldUntil }],
    });
    return err({ kind: 'platform', fault: told.error });
  }
  await deps.store.connections.change(connection.shop, connection.id, { facts: told.value });
  return ok({ secret: fresh.secret, oldUntil });
}

export const ONE_ONLY =
  'The shop is connected to a shop system already: disconnect that one first. Two at once would give two customers one number.';
export const NO_CONNECTION = 'This shop has no such connection.';

async function checkFor(
  deps: ShopsDeps,
  shop: Shop,
  platform: ShopPlatform,
  reach: Reach,
): Promise<Result<KeptCheck, ConnectRefused>> {
  const found = await platform.check(reach);
  if (found.fault !== null) return err({ kind: 'platform', fault: found.fault });
  const other = otherCurrency(shop, found);
  return other === null ? ok({ found, at: deps.clock.now() }) : err(other);
}

/** A system that counts in another currency than the shop cannot be its own. */
export const otherCurrency = (shop: Shop, { currency }: Pick<ConnectionCheck, 'currency'>): Refused | null =>
  currency === null || currency === shop.currency
    ? null
    : invalid('address', `is of a shop that counts in ${currency}, and this one counts in ${shop.currency}`);

const reachOfNew = (deps: ShopsDeps, connection: Connection, credentials: Credentials, hookSecret: string): Reach => ({
  connection,
  credentials,
  hookUrl: hookUrlOf(deps, connection.id),
  hookSecret,
  codeSecret: codeSecretOf(deps, connection),
  fetch: deps.fetch,
  now: deps.clock.now(),
});

/** 256 bits in the form of the Standard Webhooks specification. */
const freshSecret = ({ vault, ids }: Pick<ShopsDeps, 'vault' | 'ids'>): WebhookSecret => ({
  id: ids.next<string>(),
  secret: `whsec_${vault.randomBytes(32).toString('base64')}`,
  until: null,
});

async function revive(
  { store }: ShopsDeps,
  earlier: Connection,
  credentials: Credentials,
  secret: WebhookSecret,
): Promise<boolean> {
  try {
    await store.connections.change(earlier.shop, earlier.id, {
      state: 'connecting',
      credentials,
      hookSecrets: [secret],
      endedAt: null,
    });
    return true;
  } catch (error) {
    // Somebody else connected one at the same moment.
    if ((error as { code?: string }).code === '23505') return false;
    throw error;
  }
}

/** What could not be set up there is not kept here. */
async function takeBack(
  { store, clock }: ShopsDeps,
  begun: Connection,
  earlier: Connection | undefined,
): Promise<void> {
  if (earlier === undefined) await store.connections.remove(begun.shop, begun.id);
  else
    await store.connections.change(earlier.shop, earlier.id, {
      state: 'disconnected',
      credentials: {},
      hookSecrets: [],
      endedAt: clock.now(),
    });
}

/** The key with which the platform's extension asks; null where there is no extension. Ones from before no longer open anything. */
export async function keyFor(
  deps: ConnectDeps,
  shop: Shop,
  by: StaffId,
  connection: Connection,
): Promise<string | null> {
  if (!handsOver[connection.platform].apiKey) return null;
  await deps.keys.revokeOf(shop.id, connection.id, deps.clock.now());
  const { secret } = await makeKey(deps, shop, by, {
    name: connection.source,
    scopes: ['decisions:write', 'events:write', 'customers:read'],
    connection: connection.id,
  });
  return secret;
}

const known = (fields: readonly { readonly name: string }[], kept: Credentials): Credentials =>
  Object.fromEntries(Object.entries(kept).filter(([name]) => fields.some((field) => field.name === name)));
const filled = (typed: Credentials): Credentials =>
  Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
