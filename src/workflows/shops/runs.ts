import type { ConnectionId, StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { Run, RunKind } from '../../ports/connections.ts';
import type { Connection } from '../../ports/platforms.ts';
import type { Deps } from '../../ports/store.ts';
import { conflict, notFound, type Refused } from '../desk/refused.ts';
import type { ShopsDeps } from './deps.ts';
import { lastNight } from './last-night.ts';

const HOUR = 3_600_000;
/** How far a comparison looks back before the last one: for what a platform shows late. */
export const OVERLAP_MS = 26 * HOUR;

/** Begins to fetch a platform's past (history), or to compare with it. `since`: only what changed since then. */
export async function beginRun(
  { store, clock, ids, platforms }: Pick<ShopsDeps, 'store' | 'clock' | 'ids' | 'platforms'>,
  connection: Connection,
  kind: RunKind,
  { since, by }: { readonly since: Instant | null; readonly by: StaffId | null },
): Promise<Result<Run, Refused>> {
  if (platforms.of(connection.platform).history === null)
    return err(conflict('This platform’s past is sent by our extension there, and cannot be fetched from here.'));
  if (connection.state !== 'active') return err(notWorking(connection));
  const now = clock.now();
  const run: Run = {
    id: ids.next<string>(),
    shop: connection.shop,
    connection: connection.id,
    kind,
    state: 'running',
    since: kind === 'history' ? since : (since ?? comparedFrom(connection)),
    cursor: null,
    total: null,
    read: 0,
    added: 0,
    known: 0,
    refused: 0,
    faults: [],
    error: null,
    attempts: 0,
    startedBy: by,
    startedAt: now,
    updatedAt: now,
    nextAt: now,
    finishedAt: null,
  };
  const started = await store.runs.start(run);
  return started
    ? ok(run)
    : err(conflict(kind === 'history' ? 'The past is being fetched already.' : 'A comparison runs already.'));
}

const comparedFrom = ({ reconciledTo, createdAt }: Connection): Instant =>
  instant((reconciledTo ?? createdAt) - OVERLAP_MS);

const notWorking = ({ state }: Connection): Refused =>
  conflict(
    state === 'reconnect'
      ? 'The shop system no longer takes our credentials: connect it again first.'
      : state === 'disconnected'
        ? 'This connection was ended: connect the shop system again first.'
        : 'The connection is not finished yet.',
  );

/** Stops a run where it is. */
export async function stopRun(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  connection: Connection,
  id: string,
): Promise<Result<true, Refused>> {
  return changeState({ store, clock }, connection, id, ['running'], 'stopped', 'The run is over already.');
}

/** Goes on with a run that was stopped or failed, from where it was. */
export async function resumeRun(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  connection: Connection,
  id: string,
): Promise<Result<true, Refused>> {
  if (connection.state !== 'active') return err(notWorking(connection));
  return changeState(
    { store, clock },
    connection,
    id,
    ['stopped', 'failed'],
    'running',
    'Only a run that was stopped or failed can go on.',
  );
}

async function changeState(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  connection: Connection,
  id: string,
  from: readonly Run['state'][],
  to: 'running' | 'stopped',
  why: string,
): Promise<Result<true, Refused>> {
  const now = clock.now();
  return store.transaction(async ({ runs }) => {
    const run = await runs.lock(connection.shop, id);
    if (run === null || run.connection !== connection.id) return err(notFound('This connection has no such run.'));
    if (!from.includes(run.state)) return err(conflict(why));
    if (to === 'running' && (await othersRun(runs, run)))
      return err(conflict('Another run of this kind has begun meanwhile.'));
    await runs.change(connection.shop, id, {
      state: to,
      updatedAt: now,
      ...(to === 'running' ? { nextAt: now, attempts: 0, error: null, finishedAt: null } : { finishedAt: now }),
    });
    return ok(true);
  });
}

const othersRun = async (runs: Deps['store']['runs'], run: Run): Promise<boolean> =>
  (await runs.list(run.shop, run.connection, 50)).some(
    (other) => other.id !== run.id && other.kind === run.kind && other.state === 'running',
  );

/** Begins the comparisons that are due this night: one for every connection that works, in the small hours of its shop. */
export async function beginNightly(deps: Pick<ShopsDeps, 'store' | 'clock' | 'ids' | 'platforms'>): Promise<void> {
  const now = deps.clock.now();
  for (const { connection, timeZone, comparedAt } of await deps.store.connections.allActive()) {
    const platform = deps.platforms.find(connection.platform);
    if (platform === null || platform.history === null) continue;
    const due = lastNight(now, timeZone, minuteOf(connection.id));
    if (due <= connection.createdAt || (comparedAt !== null && comparedAt >= due)) continue;
    await beginRun(deps, connection, 'reconcile', { since: null, by: null });
  }
}

/** Shops take their turns over an hour, so that not all compare in the same minute. */
const minuteOf = (id: ConnectionId): number => Number.parseInt(id.slice(-4), 16) % 60;
