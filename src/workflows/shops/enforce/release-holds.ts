import { decide } from '../../../core/decisions/decide.ts';
import type { StandingMeasure } from '../../../core/decisions/types.ts';
import { afterOrder } from '../../../core/enforcement/after-order.ts';
import type { CustomerId, MeasureId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { ActRecord } from '../../../ports/enforcing.ts';
import type { Connection } from '../../../ports/platforms.ts';
import type { Store } from '../../../ports/store.ts';
import type { Shop } from '../../../ports.ts';
import { isInFlight } from './acts-in-flight.ts';
import type { EnforceDeps } from './deps.ts';
import { vouchedUntilOf } from './marks-of.ts';

/**
 * Releases orders that were held because of measures of these customers which no longer stand in the way: after an upheld appeal, a lift, an
 * end by time, a milder step, or an entry on the allow-list. What has not been held yet is called off. Orders that staff had held stay so.
 * True: some are to be released.
 */
export async function releaseHolds(
  deps: EnforceDeps,
  shop: Shop,
  connection: Connection,
  customers: readonly CustomerId[],
): Promise<boolean> {
  const holds = await deps.store.acts.holdsOn(shop.id, connection.id, customers);
  if (holds.length === 0) return false;
  return deps.store.transaction(async (store) => {
    // The ledger first, as everybody does who asks for acts: what is read here is what stands.
    await store.ledger.lock(shop.id);
    const now = deps.clock.now();
    const measures = await measuresOf(store, shop, holds);
    const vouched = await vouchedAmong(store, shop, holds, now);
    let released = false;
    for (const { id } of holds) {
      const hold = await store.acts.lock(shop.id, id);
      // Held for an entry of a list and no measure: a person looks, or its time runs out.
      if (hold === null || hold.overAt !== null || hold.measures.length === 0) continue;
      const own = hold.measures.flatMap((measure) => measures.get(measure) ?? []);
      const isVouched = hold.customer !== null && vouched.has(hold.customer);
      if (stillHeld(deps, connection, own, isVouched, now)) continue;
      await release(deps, store, shop, hold, now);
      released = true;
    }
    return released;
  });
}

/** Whether an order would be held today for the reasons it was held for. */
function stillHeld(
  { platforms }: Pick<EnforceDeps, 'platforms'>,
  connection: Connection,
  measures: readonly StandingMeasure[],
  allowListed: boolean,
  now: Instant,
): boolean {
  const decision = decide({ surface: 'purchase', returnKind: null, now }, { measures, allowListed });
  const { abilities } = platforms.of(connection.platform);
  return afterOrder({ decision, measures: [], setting: 'hold', abilities, asked: false }).act !== null;
}

async function release(deps: EnforceDeps, store: Store, shop: Shop, hold: ActRecord, at: Instant): Promise<void> {
  const { state, about, customer, name, decision, measures, connection } = hold;
  if (about === null) throw new Error('A held order has no reference');
  if (state !== 'done' && !isInFlight(hold, at) && !mayHaveHappened(hold)) {
    await store.acts.move(shop.id, hold.id, { on: 'cancel', at });
    return;
  }
  await store.acts.ask(shop.id, {
    id: deps.ids.next<string>(),
    connection,
    customer,
    act: { kind: 'release_order', order: about },
    name,
    key: `release:${hold.id}`,
    because: 'decision',
    decision,
    measures,
    askedBy: null,
    at,
  });
}

/** It was tried, and nobody knows how that ended: a platform that gave no answer may hold the order all the same. */
const mayHaveHappened = ({ attempts, fault }: ActRecord): boolean =>
  attempts > 0 && (fault === null || !REFUSALS.includes(fault.split(':', 1)[0] ?? ''));
const REFUSALS: readonly string[] = ['refused', 'forbidden'];

async function measuresOf(
  store: Store,
  shop: Shop,
  holds: readonly ActRecord[],
): Promise<ReadonlyMap<MeasureId, StandingMeasure>> {
  const ids = [...new Set(holds.flatMap(({ measures }) => measures))];
  return new Map((await store.standing.measures(shop.id, ids)).map((measure) => [measure.id, measure]));
}

/** For whom of those whose orders are held somebody vouches now. */
async function vouchedAmong(
  store: Store,
  shop: Shop,
  holds: readonly ActRecord[],
  now: Instant,
): Promise<ReadonlySet<CustomerId>> {
  const customers = [...new Set(holds.flatMap(({ customer }) => customer ?? []))];
  const [restricted, allowed] = [
    await store.enforcement.restrictedAmong(shop.id, customers),
    await store.enforcement.allowed(shop.id),
  ];
  return new Set(
    restricted.filter((own) => vouchedUntilOf(own, allowed, now) !== null).map(({ customer }) => customer),
  );
}
