import { markAgainMs } from '../../../core/enforcement/back-off.ts';
import { NO_MARKS } from '../../../core/enforcement/desired.ts';
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
  const released = await releaseHolds(deps, shop, connection, customers);
  const [marks, shown] = await Promise.all([
    marksOf(deps, shop, connection, taken, now),
    store.ledger.shownOf(shop.id, customers),
  ]);
  const platform = platforms.of(connection.platform);
  let stopped: Stopped | null = null;
  let changed = false;
  await eachOf(taken, AT_ONCE, async (one) => {
    const nowFor = marks.get(one.customer);
    if (nowFor === undefined) throw new Error('Marks were not made for a customer who was asked about');
    if (stopped !== null) return notNow(deps, shop, connection, one.customer, stopped);
    const known = one.farewell ?? shown.get(one.customer) ?? {};
    const who = whoAt(connection, { externalId: known.externalId ?? undefined, email: known.email ?? undefined });
    const result = needsTelling(platform, connection, one, who)
      ? await tryToMark(deps, platform, reach, who, nowFor.marks)
      : TOLD;
    const kept = await keepOutcome(deps, shop, connection, one, platform.mark === null ? NOTHING_TOLD : nowFor, result);
    if (kept === 'changed') changed = true;
    else stopped ??= kept;
  });
  if (stopped !== null) return 'stop';
  return released || changed || taken.length === BATCH ? 'more' : 'all';
}

const TOLD = { ok: true, value: null } as const;
type Tried = Result<null, PlatformFault | typeof OWN_FAULT>;

/** What is kept of a platform that is told nothing, because our extension asks each time. */
const NOTHING_TOLD: MarksNow = { marks: { ...NO_MARKS, sentences: [] }, nextAt: null };

/**
 * Nothing can be said of whom the platform cannot know, and nothing need be where the shop wants no marks and none was ever tried. All else is
 * told, also that nothing is in force: a try of which nobody knows how it ended may have left a mark.
 */
function needsTelling(
  { mark }: ShopPlatform,
  { settings }: Connection,
  { applied, attempts, farewell }: ClaimedMark,
  who: MarkedCustomer,
): boolean {
  if (mark === null || (who.externalId === null && who.email === null)) return false;
  return settings.marks || applied?.as != null || attempts > 0 || farewell !== null;
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

/** Why nothing of the connection goes on. */
interface Stopped {
  readonly fault: string;
  readonly waitMs: number;
}

/** Writes what came of it. `changed`: it is to be told again at once, because something changed meanwhile. */
async function keepOutcome(
  deps: EnforceDeps,
  shop: Shop,
  connection: Connection,
  { customer, attempts }: ClaimedMark,
  { marks, nextAt }: MarksNow,
  result: Tried,
): Promise<Stopped | 'changed' | null> {
  const { store, clock } = deps;
  const at = clock.now();
  if (result.ok) {
    const changed = await store.marks.told(shop.id, connection.id, customer, { marks, at, nextAt });
    return changed ? 'changed' : null;
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

async function notNow(
  { store, clock }: EnforceDeps,
  shop: Shop,
  connection: Connection,
  customer: CustomerId,
  why: Stopped,
): Promise<Stopped> {
  const nextAt = instant(clock.now() + why.waitMs);
  await store.marks.notTold(shop.id, connection.id, customer, { fault: why.fault, nextAt, spent: false });
  return why;
}
