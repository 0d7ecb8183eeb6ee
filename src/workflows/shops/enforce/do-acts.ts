import { afterFault } from '../../../core/enforcement/back-off.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { err, type Result } from '../../../core/shared/result.ts';
import { instant } from '../../../core/shared/time.ts';
import type { ActMoved, ActRecord } from '../../../ports/enforcing.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Connection, PlatformFault, Reach } from '../../../ports/platforms.ts';
import type { Shop } from '../../../ports.ts';
import { faultText } from '../fault-text.ts';
import { connectionLost } from '../reach.ts';
import { type EnforceDeps, eachOf, LEASE_MS, OWN_FAULT, type Turn, whoAt } from './deps.ts';
import { rest } from './rest.ts';
import { tellTeamOfHold } from './tell-team.ts';

const BATCH = 16;
const AT_ONCE = 4;

type Outcome = Result<{ readonly reference: string | null }, PlatformFault | typeof OWN_FAULT>;

/**
 * Does what waits to be done in the shop's system: each act is taken first, then done with no transaction open, and then what came of it is
 * written. Whoever dies in between leaves it to be done again under the same key, which the platform does once.
 */
export async function doActs(deps: EnforceDeps, shop: Shop, connection: Connection, reach: Reach): Promise<Turn> {
  const { store, clock } = deps;
  const now = clock.now();
  const claim = { now, until: instant(now + LEASE_MS), most: BATCH };
  const taken = await store.acts.claim(shop.id, connection.id, claim);
  if (taken.length === 0) return 'all';
  const shown = await store.ledger.shownOf(
    shop.id,
    taken.flatMap(({ customer }) => customer ?? []),
  );
  let stopped = false;
  // What is about one order is done in the order it was asked for.
  const byOrder = [...Map.groupBy(taken, ({ about, id }) => about ?? id).values()];
  await eachOf(byOrder, AT_ONCE, async (acts) => {
    for (const act of acts.toSorted((a, b) => a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1))) {
      if (stopped) await putBack(deps, shop, act);
      else if (await doOne(deps, shop, connection, reach, act, shown)) stopped = true;
    }
  });
  if (stopped) return 'stop';
  return taken.length === BATCH ? 'more' : 'all';
}

/** True: nothing of the connection goes on now. */
async function doOne(
  deps: EnforceDeps,
  shop: Shop,
  connection: Connection,
  reach: Reach,
  record: ActRecord,
  shown: ReadonlyMap<CustomerId, ShownPart>,
): Promise<boolean> {
  const { store, clock } = deps;
  if (record.act === null) {
    await store.acts.move(shop.id, record.id, { on: 'cancel', at: clock.now(), fault: 'erased' });
    return false;
  }
  if (record.overAt !== null) {
    await store.acts.move(shop.id, record.id, { on: 'cancel', at: clock.now() });
    return false;
  }
  const outcome = await tryTo(deps, connection, reach, record, shown);
  const at = clock.now();
  if (outcome.ok) {
    const { reference } = outcome.value;
    await store.acts.move(shop.id, record.id, { on: 'done', at, reference, fault: null, said: null });
    return false;
  }
  const { error } = outcome;
  const fault = error.kind === 'fault' ? error.kind : faultText(error);
  const said = error.kind === 'refused' ? error.detail.slice(0, MOST_SAID) : null;
  const after = afterFault(error, record.attempts);
  switch (after.next) {
    case 'wait': {
      const waitMs = await rest(deps, shop, connection, error.kind === 'limited' ? error.retryAfterMs : 0);
      await store.acts.move(shop.id, record.id, later(record, at + waitMs, at, fault));
      return true;
    }
    case 'reconnect':
      await connectionLost(deps, connection);
      await store.acts.move(shop.id, record.id, later(record, at, at, fault));
      return true;
    case 'again':
      await store.acts.move(shop.id, record.id, { on: 'later', at, nextAt: instant(at + after.waitMs), fault });
      return false;
    case 'end':
      await store.transaction(async (held) => {
        const ended = await held.acts.move(shop.id, record.id, { on: after.move, at, fault, said });
        if (ended && record.because === 'decision' && isForPeople(record, after.move))
          await tellTeamOfHold(held, shop, record, at);
      });
      return false;
  }
}

/** An order that should be held and is not, and one that stays held though nothing stands in its way: somebody must look, soon. */
const isForPeople = ({ kind }: ActRecord, move: 'given_up' | 'cannot'): boolean =>
  kind === 'hold_order' || (kind === 'release_order' && move === 'given_up');

/** As much as is kept of what a platform says. */
const MOST_SAID = 500;

/** A try that does not count. */
const later = ({ attempts }: ActRecord, nextAt: number, at: ActMoved['at'], fault: string): ActMoved => ({
  on: 'later',
  at,
  nextAt: instant(nextAt),
  attempts: attempts - 1,
  fault,
});

/** What was taken and not begun goes back as it was. */
async function putBack({ store, clock }: EnforceDeps, shop: Shop, record: ActRecord): Promise<void> {
  const at = clock.now();
  const current = await store.acts.one(shop.id, record.id);
  const nextAt = current?.fault === 'limited' ? current.nextAt : at;
  await store.acts.move(shop.id, record.id, later(record, nextAt, at, current?.fault ?? 'waiting'));
}

async function tryTo(
  { platforms, onFault }: EnforceDeps,
  connection: Connection,
  reach: Reach,
  { act, customer, id }: ActRecord,
  shown: ReadonlyMap<CustomerId, ShownPart>,
): Promise<Outcome> {
  if (act === null) throw new Error('An act that cannot be read was to be done');
  const known = customer === null ? undefined : shown.get(customer);
  const who = known === undefined ? null : whoAt(connection, known);
  try {
    return await platforms.of(connection.platform).act(reach, act, who, id);
  } catch (error) {
    onFault(error);
    return err(OWN_FAULT);
  }
}
