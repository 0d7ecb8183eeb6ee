import { err, ok, type Result } from '../../core/shared/result.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { Received, ReceivedEnd } from '../../ports/connections.ts';
import type { Blobs } from '../../ports/hearing.ts';
import type { Connection, Json, PlatformEffect, PlatformReading, PlatformRecord } from '../../ports/platforms.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { ShopsDeps } from './deps.ts';
import { actOn, placedAtIn, timelyEffects } from './effects.ts';
import { type Erasure, eraseAsked } from './erase-asked.ts';
import { fetchNeeded } from './fetch-needed.ts';
import { MOST_TRIES, tryAgainAt } from './patience.ts';
import { readRecords, type UnreadFault } from './read-records.ts';
import { recordReadings } from './record-readings.ts';

export interface IntakeDeps extends ShopsDeps {
  readonly blobs: Pick<Blobs, 'remove'>;
  /** Hears of what broke while reading: it is put off, never lost. */
  readonly onFault: (error: unknown) => void;
}

/** How many webhooks are read in one transaction. */
const BATCH = 200;
/** How long one that asks for more than recording is left alone, in case that is cut short. */
const AFTERCARE_MS = 60_000;
/** How often to look again while the platform cannot be asked at all. */
const RECONNECT_MS = 10 * 60_000;

/** What is left to do once a batch is written: it takes a network, or a transaction of its own. */
interface Left {
  readonly claimed: number;
  readonly needed: readonly { readonly connection: Connection; readonly orders: readonly string[] }[];
  readonly erasures: readonly Erasure[];
}

/**
 * Reads what platforms sent to a shop, the first received first, and records it: webhooks of a batch in one transaction, each at most once.
 * One that names an order nobody has seen waits for it; one that lacks what it must have waits for a person. True when there may be more.
 */
export async function readReceived(deps: IntakeDeps, shop: Shop): Promise<boolean> {
  let left: Left;
  try {
    left = await readBatch(deps, shop, BATCH);
  } catch (error) {
    deps.onFault(error);
    return readOneByOne(deps, shop);
  }
  for (const { connection, orders } of left.needed) await fetchNeeded(deps, shop, connection, orders);
  for (const erasure of left.erasures) await eraseAsked(deps, shop, erasure);
  return left.claimed === BATCH;
}

/** Something in a batch breaks: everything else in it is read, and that alone is put off. */
async function readOneByOne(deps: IntakeDeps, shop: Shop): Promise<boolean> {
  for (let turn = 0; turn < BATCH; turn += 1) {
    let broken: Received | undefined;
    const left = await readBatch(deps, shop, 1, ([claimed]) => {
      broken = claimed;
    }).catch(async (error: unknown) => {
      // Nothing was claimed: it is the database that does not work.
      if (broken === undefined) throw error;
      deps.onFault(error);
      await putOffBroken(deps, shop, broken);
      return null;
    });
    if (left?.claimed === 0) return false;
  }
  return true;
}

/** It may be the moment that is bad, and so it is tried again; what breaks each time is for a person. */
async function putOffBroken({ store, clock }: IntakeDeps, shop: Shop, { id, attempts }: Received): Promise<void> {
  const now = clock.now();
  const end: ReceivedEnd =
    attempts + 1 >= MOST_TRIES
      ? { id, state: 'refused', fault: 'fault', added: 0, customers: [] }
      : { id, state: 'waiting', nextAt: instant(now + RECONNECT_MS), fault: 'fault' };
  await store.received.finish(shop.id, [end], now);
}

async function readBatch(
  deps: IntakeDeps,
  shop: Shop,
  most: number,
  onClaimed: (claimed: readonly Received[]) => void = () => undefined,
): Promise<Left> {
  return deps.store.transaction(async (store) => {
    const now = deps.clock.now();
    const claimed = await store.received.claim(shop.id, now, most);
    onClaimed(claimed);
    const needed: Left['needed'][number][] = [];
    const erasures: Erasure[] = [];
    for (const [id, own] of Map.groupBy(claimed, ({ connection }) => connection)) {
      const connection = await store.connections.one(shop.id, id);
      if (connection === null) throw new Error('A webhook belongs to no connection of its shop');
      const read = await readOwn({ ...deps, store }, store, shop, connection, own, now);
      if (read.needed.length > 0) needed.push({ connection, orders: read.needed });
      erasures.push(...read.erasures);
      await store.received.finish(shop.id, read.ends, now);
    }
    return { claimed: claimed.length, needed, erasures };
  });
}

interface ReadOwn {
  readonly ends: readonly ReceivedEnd[];
  readonly needed: readonly string[];
  readonly erasures: readonly Erasure[];
}

/** Webhooks of one connection. */
async function readOwn(
  deps: IntakeDeps,
  store: Store,
  shop: Shop,
  connection: Connection,
  own: readonly Received[],
  now: Instant,
): Promise<ReadOwn> {
  const ends: ReceivedEnd[] = [];
  const needed: string[] = [];
  const erasures: Erasure[] = [];
  const parsed: { readonly received: Received; readonly record: PlatformRecord }[] = [];
  for (const received of own) {
    const record = recordOf(received);
    if (record.ok) parsed.push({ received, record: record.value });
    else ends.push({ id: received.id, state: 'refused', fault: record.error, added: 0, customers: [] });
  }
  const platform = deps.platforms.of(connection.platform);
  const { readings, names } = await readRecords(
    store,
    platform,
    connection,
    shop,
    parsed.map(({ record }) => record),
  );
  const good: { readonly received: Received; readonly reading: PlatformReading }[] = [];
  for (const [index, { received }] of parsed.entries()) {
    const reading = readings[index];
    if (reading === undefined) continue;
    if (reading.ok) good.push({ received, reading: reading.value });
    else {
      ends.push(endOf(deps, connection, received, reading.error, now));
      if (reading.error.kind === 'needs') needed.push(reading.error.order);
    }
  }
  const recorded = await recordReadings(
    deps,
    shop,
    connection,
    good.map(({ reading }) => reading),
    names,
  );
  for (const [index, { received, reading }] of good.entries()) {
    const outcome = recorded[index];
    if (outcome === undefined) continue;
    const { added, customers, fault } = outcome;
    const { id } = received;
    const erasure = received.live ? erasureIn(reading.effects) : null;
    if (received.live)
      for (const effect of timelyEffects(reading, now))
        await actOn(deps, store, shop, connection, effect, placedAtIn(reading));
    if (fault !== null) ends.push({ id, state: 'refused', fault, added, customers });
    else if (erasure !== null) {
      // It stays until the customer is forgotten: that takes a transaction of its own.
      erasures.push({ received: id, customer: erasure.customer, attempts: received.attempts });
      ends.push({ id, state: 'waiting', nextAt: instant(now + AFTERCARE_MS), fault: 'erase' });
    } else ends.push({ id, state: 'done', added, customers });
  }
  return { ends, needed: [...new Set(needed)], erasures };
}

function recordOf({ topic, body }: Received): Result<PlatformRecord, string> {
  if (body === null) return err('empty');
  try {
    return ok({ topic, payload: JSON.parse(body) as Json });
  } catch {
    return err('body');
  }
}

function endOf(
  deps: IntakeDeps,
  connection: Connection,
  { id, attempts }: Received,
  fault: UnreadFault,
  now: Instant,
): ReceivedEnd {
  const refused = (why: string): ReceivedEnd => ({ id, state: 'refused', fault: why, added: 0, customers: [] });
  switch (fault.kind) {
    case 'drift':
      return refused(`drift:${fault.path}`);
    case 'needs':
      if (connection.state === 'reconnect')
        return { id, state: 'waiting', nextAt: instant(now + RECONNECT_MS), fault: 'needs' };
      return attempts + 1 >= MOST_TRIES
        ? refused('needs')
        : { id, state: 'waiting', nextAt: tryAgainAt(now, attempts), fault: 'needs' };
    case 'fault':
      deps.onFault(fault.error);
      return refused('fault');
  }
}

const erasureIn = (effects: readonly PlatformEffect[]) =>
  effects.find((effect) => effect.kind === 'erase_customer') ?? null;
