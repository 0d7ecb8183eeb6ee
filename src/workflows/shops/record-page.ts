import { createHash } from 'node:crypto';
import { type Instant, parseInstant } from '../../core/shared/time.ts';
import type { Run, RunFault } from '../../ports/connections.ts';
import type { Connection, PlatformEffect, PlatformReading, PlatformRecord } from '../../ports/platforms.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { ShopsDeps } from './deps.ts';
import { actOn, placedAtIn, STILL_FRESH_MS } from './effects.ts';
import { readRecords, type UnreadFault } from './read-records.ts';
import { recordReadings } from './record-readings.ts';

export interface RecordedPage {
  readonly added: number;
  readonly known: number;
  readonly refused: number;
  /** Those of the run, with those of this page. */
  readonly faults: readonly RunFault[];
}

const EXAMPLES = 3;
const MOST_FAULTS = 50;
/** What happened this shortly before a comparison began may still be on its way by webhook, and was not missed. */
const ON_ITS_WAY_MS = 10 * 60_000;

/**
 * Records part of a platform's past in the transaction of `deps.store`. A record that names an order nobody has seen is set aside with the
 * webhooks, and read when the order is known. Nothing is done about the past but recording; only orders and returns that a
 * comparison finds fresh, which a webhook should have told of, are acted on as if it had.
 */
export async function recordPage(
  deps: ShopsDeps & { readonly onFault: (error: unknown) => void },
  shop: Shop,
  connection: Connection,
  run: Run,
  records: readonly PlatformRecord[],
): Promise<RecordedPage> {
  const { store } = deps;
  const platform = deps.platforms.of(connection.platform);
  const { readings, names } = await readRecords(store, platform, connection, shop, records);
  const faults = new FaultTally(run.faults);
  const good: { readonly record: PlatformRecord; readonly reading: PlatformReading }[] = [];
  const aside: PlatformRecord[] = [];
  for (const [index, record] of records.entries()) {
    const reading = readings[index];
    if (reading === undefined) continue;
    if (reading.ok) good.push({ record, reading: reading.value });
    else if (reading.error.kind === 'needs') aside.push(record);
    else faults.add(faultOf(reading.error, deps.onFault), record.topic);
  }
  const recorded = await recordReadings(
    deps,
    shop,
    connection,
    good.map(({ reading }) => reading),
    names,
  );
  await setAside(deps, store, connection, aside);
  let [added, known] = [0, 0];
  for (const [index, { record, reading }] of good.entries()) {
    const outcome = recorded[index];
    if (outcome === undefined) continue;
    known += outcome.known;
    if (outcome.fault !== null) faults.add(outcome.fault, record.topic);
    const isNew = (id: string): boolean => outcome.addedIds.has(id);
    if (run.kind === 'history') {
      added += outcome.added;
      continue;
    }
    added += reading.events.filter(
      ({ id, occurredAt }) => isNew(id) && (parseInstant(occurredAt) ?? 0) < run.startedAt - ON_ITS_WAY_MS,
    ).length;
    for (const effect of missedEffects(reading, outcome.addedIds, run.startedAt))
      await actOn(deps, store, shop, connection, effect, placedAtIn(reading));
  }
  return { added, known, refused: faults.added, faults: faults.all };
}

/** What a webhook should have had done and did not: of orders and returns that are new to us and fresh. */
export function missedEffects(
  { events, effects }: PlatformReading,
  added: ReadonlySet<string>,
  now: Instant,
): readonly PlatformEffect[] {
  const fresh = events.some(
    ({ id, occurredAt, kind }) =>
      (kind === 'order.placed' || kind === 'return.requested') &&
      added.has(id) &&
      (parseInstant(occurredAt) ?? 0) > now - STILL_FRESH_MS,
  );
  return fresh ? effects.filter(({ kind }) => kind === 'order_placed' || kind === 'return_asked') : [];
}

function faultOf(fault: UnreadFault, onFault: (error: unknown) => void): string {
  if (fault.kind === 'drift') return `drift:${fault.path}`;
  if (fault.kind === 'fault') onFault(fault.error);
  return fault.kind;
}

async function setAside(
  { ids, clock }: ShopsDeps,
  store: Store,
  connection: Connection,
  records: readonly PlatformRecord[],
): Promise<void> {
  const now = clock.now();
  await store.received.add(
    records.map(({ topic, payload }) => {
      const body = JSON.stringify(payload);
      return {
        shop: connection.shop,
        connection: connection.id,
        id: ids.next<string>(),
        delivery: `aside:${createHash('sha256').update(topic).update('\0').update(body).digest('base64url')}`,
        topic,
        body,
        triggeredAt: null,
        receivedAt: now,
        live: false,
        nextAt: now,
      };
    }),
  );
}

/** Faults of a run by kind and path, with a few topics each. */
class FaultTally {
  added = 0;
  readonly #faults: Map<string, RunFault>;

  constructor(before: readonly RunFault[]) {
    this.#faults = new Map(before.map((fault) => [fault.fault, fault]));
  }

  add(fault: string, topic: string): void {
    this.added += 1;
    const known = this.#faults.get(fault);
    if (known === undefined && this.#faults.size >= MOST_FAULTS) return;
    const examples = known?.examples ?? [];
    this.#faults.set(fault, {
      fault,
      count: (known?.count ?? 0) + 1,
      examples: examples.length < EXAMPLES && !examples.includes(topic) ? [...examples, topic] : examples,
    });
  }

  get all(): readonly RunFault[] {
    return [...this.#faults.values()];
  }
}
