import { setTimeout } from 'node:timers/promises';
import { assertNever } from '../../core/shared/assert-never.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { Run, RunChange } from '../../ports/connections.ts';
import type { Connection, HistoryPage, PlatformFault } from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import type { ShopsDeps } from './deps.ts';
import { faultText } from './fault-text.ts';
import { tryAgainAt } from './patience.ts';
import { connectionLost, reachOf } from './reach.ts';
import { recordPage } from './record-page.ts';

/** How long whoever took a run may be silent before another takes it. */
const LEASE_MS = 120_000;
/** Waits up to this long are sat out; longer ones are left to the next look for what is due. */
const SHORT_WAIT_MS = 10_000;
/** How often the platform may fail before the run waits for a person: more than a day. */
const MOST_FAILURES = 12;
const AFTER_REFUSALS = 3;

export interface HistoryDeps extends ShopsDeps {
  readonly onFault: (error: unknown) => void;
}

/**
 * Fetches one page of a platform's past for a shop, and records it with the place to go on from in one transaction: whoever dies leaves
 * nothing half done. Keeps to the waits that the platform asks for. True when there is more to do at once.
 */
export async function fetchHistory(deps: HistoryDeps, shop: Shop): Promise<boolean> {
  const { store, clock } = deps;
  const now = clock.now();
  const run = await store.runs.take(shop.id, now, instant(now + LEASE_MS));
  if (run === null) return false;
  const connection = await store.connections.one(shop.id, run.connection);
  if (connection === null) throw new Error('A run belongs to no connection of its shop');
  const { history } = deps.platforms.of(connection.platform);
  if (history === null) {
    await fail(deps, run, { kind: 'cannot' });
    return true;
  }
  const reach = await reachOf(deps, connection);
  const page = await history(reach, run.cursor, run.since).catch((error: unknown) => {
    deps.onFault(error);
    return { ok: false as const, error: { kind: 'unavailable', detail: '' } as PlatformFault };
  });
  if (!page.ok) return onPlatformFault(deps, connection, run, page.error);
  const came = performance.now();
  const went = await takePage(deps, shop, connection, run, page.value).catch(async (error: unknown) => {
    deps.onFault(error);
    await onOwnFault(deps, run);
    return false;
  });
  if (!went || page.value.next === null) return true;
  const wait = page.value.waitMs - (performance.now() - came);
  if (wait > SHORT_WAIT_MS) return false;
  if (wait > 0) await setTimeout(wait);
  return true;
}

/** Records a page and moves the run on; false where it was stopped, or somebody else went on with it meanwhile. */
async function takePage(
  deps: HistoryDeps,
  shop: Shop,
  connection: Connection,
  taken: Run,
  page: HistoryPage,
): Promise<boolean> {
  return deps.store.transaction(async (store) => {
    const run = await store.runs.lock(shop.id, taken.id);
    if (run === null || run.state !== 'running' || !sameJson(run.cursor, taken.cursor)) return false;
    const recorded = await recordPage({ ...deps, store }, shop, connection, run, page.records);
    const now = deps.clock.now();
    const done = page.next === null;
    await store.runs.change(shop.id, run.id, {
      cursor: page.next,
      total: page.total ?? run.total,
      read: run.read + page.records.length,
      added: run.added + recorded.added,
      known: run.known + recorded.known,
      refused: run.refused + recorded.refused,
      faults: recorded.faults,
      attempts: 0,
      error: null,
      updatedAt: now,
      // Waits that are sat out here count from here too, so that another process does not go on sooner.
      nextAt: page.waitMs > SHORT_WAIT_MS ? instant(now + page.waitMs) : now,
      ...(done ? { state: 'done' as const, finishedAt: now } : {}),
    });
    if (done && (run.kind === 'reconcile' || run.since === null))
      await store.connections.change(shop.id, connection.id, { reconciledTo: run.startedAt });
    return true;
  });
}

async function onPlatformFault(
  deps: HistoryDeps,
  connection: Connection,
  run: Run,
  fault: PlatformFault,
): Promise<boolean> {
  const now = deps.clock.now();
  const wait = (nextAt: Instant, attempts: number): Promise<void> =>
    change(deps, run, { nextAt, attempts, error: faultText(fault), updatedAt: now });
  switch (fault.kind) {
    case 'unauthorised':
      // The run stays where it is, and goes on once the connection works again.
      await wait(now, 0);
      await connectionLost(deps, connection);
      return false;
    case 'limited':
      await wait(instant(now + Math.max(1_000, fault.retryAfterMs)), run.attempts);
      if (fault.retryAfterMs > SHORT_WAIT_MS) return false;
      await setTimeout(Math.max(1_000, fault.retryAfterMs));
      return true;
    case 'unavailable':
      if (run.attempts + 1 >= MOST_FAILURES) await fail(deps, run, fault);
      else await wait(tryAgainAt(now, run.attempts), run.attempts + 1);
      return false;
    case 'forbidden':
    case 'refused':
    case 'gone':
    case 'drift':
      if (run.attempts + 1 >= AFTER_REFUSALS) await fail(deps, run, fault);
      else await wait(tryAgainAt(now, run.attempts), run.attempts + 1);
      return false;
    case 'cannot':
      await fail(deps, run, fault);
      return true;
    default:
      return assertNever(fault);
  }
}

/** A page could not be recorded. Nothing of it was; it is fetched again, as often as the platform may fail. */
async function onOwnFault(deps: HistoryDeps, run: Run): Promise<void> {
  const now = deps.clock.now();
  const over = run.attempts + 1 >= MOST_FAILURES;
  await change(deps, run, {
    error: 'fault',
    updatedAt: now,
    ...(over
      ? { state: 'failed' as const, finishedAt: now }
      : { attempts: run.attempts + 1, nextAt: tryAgainAt(now, run.attempts) }),
  });
}

const fail = (deps: HistoryDeps, run: Run, fault: PlatformFault): Promise<void> => {
  const now = deps.clock.now();
  return change(deps, run, { state: 'failed', error: faultText(fault), updatedAt: now, finishedAt: now });
};

/** Changes a run unless somebody stopped it meanwhile. */
async function change({ store }: HistoryDeps, run: Run, to: RunChange): Promise<void> {
  await store.transaction(async ({ runs }) => {
    const now = await runs.lock(run.shop, run.id);
    if (now?.state === 'running') await runs.change(run.shop, run.id, to);
  });
}

/** Both were read from the database, which puts keys in one order. */
const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
