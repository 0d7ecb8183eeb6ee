import { markAgainMs } from '../../../core/enforcement/back-off.ts';
import type { CustomerMarks } from '../../../core/enforcement/types.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { err, type Result } from '../../../core/shared/result.ts';
import { instant } from '../../../core/shared/time.ts';
import type { ClaimedMark } from '../../../ports/enforcing.ts';
import type { Connection, MarkedCustomer, PlatformFault, Reach, ShopPlatform } from '../../../ports/platforms.ts';
import type { Shop } from '../../../ports.ts';
import { faultText } from '../fault-text.ts';
import { connectionLost } from '../reach.ts';
import { type EnforceDeps, eachOf, LEASE_MS, OWN_FAULT, type Turn, whoAt } from './deps.ts';
import { type MarksNow, marksOf } from './marks-of.ts';
import { releaseHolds } from './release-holds.ts';
import { rest } from './rest.ts';

const AT_ONCE = 4;
const BATCH = 40;

/**
 * Tells the platform what it is to show of customers whose turn it is, whatever it was told before: so nothing that was missed stays missed.
 * What changes meanwhile is told next. Orders that were held because of what no longer stands are released.
 */
export async function tellMarks(deps: EnforceDeps, shop: Shop, connection: Connection, reach: Reach): Promise<Turn> {
  const { store, clock, platforms } = deps;
  const now = clock.now();
  const claim = { now, until: instant(now + LEASE_MS), most: BATCH };
  const taken = await store.marks.claim(shop.id, connection.id, claim);
  if (taken.length === 0) return 'all';
  const customers = taken.map(({ customer }) => customer);
  await releaseHolds(deps, shop, connection, customers);
  const [marks, shown] = await Promise.all([
    marksOf(deps, shop, connection, taken, now),
    store.ledger.shownOf(shop.id, customers),
  ]);
  const platform = platforms.of(connection.platform);
  let stopped: { readonly fault: string; readonly waitMs: number } | null = null;
  await eachOf(taken, AT_ONCE, async (one) => {
    const nowFor = marks.get(one.customer);
    if (nowFor === undefined) throw new Error('Marks were not made for a customer who was asked about');
    if (stopped !== null) return notNow(deps, shop, connection, one.customer, stopped);
    const known = one.farewell ?? shown.get(one.customer) ?? {};
    const who = whoAt(connection, { externalId: known.externalId ?? undefined, email: known.email ?? undefined });
    const result = needsTelling(platform, one, who, nowFor.marks)
      ? await tryToMark(deps, platform, reach, who, nowFor.marks)
      : TOLD;
    stopped ??= await keepOutcome(deps, shop, connection, one, nowFor, result);
  });
  if (stopped !== null) return 'stop';
  return taken.length === BATCH ? 'more' : 'all';
}

const TOLD = { ok: true, value: null } as const;
type Tried = Result<null, PlatformFault | typeof OWN_FAULT>;

/** Nothing need be said of whom the platform cannot know, nor take away what was never put there. */
function needsTelling({ mark }: ShopPlatform, one: ClaimedMark, who: MarkedCustomer, marks: CustomerMarks): boolean {
  if (mark === null || (who.externalId === null && who.email === null)) return false;
  return marks.as !== null || one.applied?.as != null || one.attempts > 0 || one.farewell !== null;
}

async function tryToMark(
  { onFault }: Pick<EnforceDeps, 'onFault'>,
  { mark }: ShopPlatform,
  reach: Reach,
  who: MarkedCustomer,
  marks: CustomerMarks,
): Promise<Tried> {
  if (mark === null) return TOLD;
  try {
    return await mark(reach, who, marks);
  } catch (error) {
    onFault(error);
    return err(OWN_FAULT);
  }
}

/** Writes what came of it. Gives why nothing of the connection goes on, or null. */
async function keepOutcome(
  deps: EnforceDeps,
  shop: Shop,
  connection: Connection,
  { customer, attempts }: ClaimedMark,
  { marks, nextAt }: MarksNow,
  result: Tried,
): Promise<{ readonly fault: string; readonly waitMs: number } | null> {
  const { store, clock } = deps;
  const at = clock.now();
  if (result.ok) {
    await store.marks.told(shop.id, connection.id, customer, { marks, at, nextAt });
    return null;
  }
  const fault = result.error.kind === 'fault' ? result.error.kind : faultText(result.error);
  if (result.error.kind === 'unauthorised') {
    await connectionLost(deps, connection);
    return notNow(deps, shop, connection, customer, { fault, waitMs: 0 });
  }
  if (result.error.kind === 'limited') {
    const waitMs = await rest(deps, shop, connection, result.error.retryAfterMs);
    return notNow(deps, shop, connection, customer, { fault, waitMs });
  }
  const againMs = markAgainMs(result.error.kind, attempts + 1);
  if (againMs === null) await store.marks.leave(shop.id, connection.id, customer, fault);
  else
    await store.marks.notTold(shop.id, connection.id, customer, { fault, nextAt: instant(at + againMs), spent: true });
  return null;
}

async function notNow<T extends { readonly fault: string; readonly waitMs: number }>(
  { store, clock }: EnforceDeps,
  shop: Shop,
  connection: Connection,
  customer: CustomerId,
  why: T,
): Promise<T> {
  const nextAt = instant(clock.now() + why.waitMs);
  await store.marks.notTold(shop.id, connection.id, customer, { fault: why.fault, nextAt, spent: false });
  return why;
}
