import { type ConnectionId, id, type StaffId } from '../../core/shared/brand.ts';
import type { Result } from '../../core/shared/result.ts';
import { formatInstant, instant, parseInstant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import type { Run } from '../../ports/connections.ts';
import type { ConsoleReads } from '../../ports/console.ts';
import type { Connection } from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import { notFound, type Refused } from '../../workflows/desk/refused.ts';
import {
  type ConnectDeps,
  type ConnectRefused,
  checkConnection,
  connectShop,
  type MadeConnection,
  NO_CONNECTION,
  reconnect,
  rotateSecret,
  tryConnection,
} from '../../workflows/shops/connect.ts';
import { disconnectShop } from '../../workflows/shops/disconnect.ts';
import { hookUrlOf } from '../../workflows/shops/reach.ts';
import { beginRun, resumeRun, stopRun } from '../../workflows/shops/runs.ts';
import { pageOf, readCursor, UUID_ID } from '../cursor.ts';
import { ProblemAnswer, problem, refused } from '../problem.ts';
import { checkProblem, checkView, healthView, platformView, receivedView, runView } from './connection-views.ts';
import type { RegisterRoute } from './route.ts';
import { atOrNull } from './views.ts';

export interface ConnectionRouteDeps extends ConnectDeps {
  readonly reads: Pick<ConsoleReads, 'faces'>;
  /** Called when what is remembered of connections is no longer so. */
  readonly onChanged: () => void;
  readonly onFault: (error: unknown) => void;
}

const RUNS = 20;

/** The shop's system: connected, watched, compared. */
export function connectionRoutes(route: RegisterRoute, deps: ConnectionRouteDeps): void {
  const { store, platforms } = deps;
  const find = (shop: Shop, named: string) => store.connections.one(shop.id, id<ConnectionId>(named));
  /** Does something with a connection of the shop, or says that there is none. */
  const withConnection = async <T>(
    { shop, params }: { readonly shop: Shop; readonly params: { readonly id: string } },
    work: (connection: Connection) => Promise<T>,
  ): Promise<T | ProblemAnswer> => {
    const connection = await find(shop, params.id);
    return connection === null ? refused(notFound(NO_CONNECTION)) : work(connection);
  };

  route('GET /api/platforms', async ({ language }) => ({
    items: platforms.all.map((platform) => platformView(language, platform)),
  }));

  route('GET /api/shops/:shop/connections', async ({ shop, language }) => {
    const [connections, counts, runs, actsFailed, staff] = await Promise.all([
      store.connections.list(shop.id),
      store.received.counts(shop.id),
      store.runs.newest(shop.id),
      store.acts.failed(shop.id),
      staffNames(deps, shop),
    ]);
    return {
      items: connections.map((connection) => {
        const count = counts.find((each) => each.connection === connection.id);
        const run = runs.get(connection.id);
        return {
          ...rowOf(connection),
          lastReceivedAt: atOrNull(count?.lastReceivedAt ?? null),
          waiting: count?.waiting ?? 0,
          refused: count?.refused ?? 0,
          actsFailed: connection.state === 'disconnected' ? 0 : actsFailed,
          run: run === undefined ? null : runView(language, run, staff),
        };
      }),
    };
  });

  route('POST /api/shops/:shop/connections/check', async ({ shop, body, language }) => {
    const tried = await tryConnection(deps, shop, body);
    return tried.ok ? checkView(language, body.platform, tried.value) : refused(tried.error);
  });

  route('POST /api/shops/:shop/connections', async ({ shop, session, body, language }) => {
    const made = await connectShop(deps, shop, session.staff.id, body);
    deps.onChanged();
    return made.ok ? madeView(language, deps, shop, made.value) : sayRefused(language, made.error);
  });

  route('GET /api/shops/:shop/connections/:id', async ({ shop, params, language }) =>
    withConnection({ shop, params }, async (connection) => {
      const at = [shop.id, connection.id] as const;
      const [health, runs, reconciled, check, actsFailed, marks, guests, staff] = await Promise.all([
        store.received.health(...at, deps.clock.now()),
        store.runs.list(...at, RUNS),
        store.runs.lastReconciled(...at),
        store.connections.lastCheck(...at),
        store.acts.failed(shop.id),
        store.marks.counts(...at),
        store.guestList.of(...at),
        staffNames(deps, shop),
      ]);
      const platform = platformView(language, platforms.of(connection.platform));
      const views = runs.map((run) => runView(language, run, staff));
      return {
        ...rowOf(connection),
        lastReceivedAt: atOrNull(health.lastReceivedAt),
        waiting: health.waiting,
        refused: health.refused,
        actsFailed,
        run: views.find(({ state }) => state === 'running') ?? views[0] ?? null,
        settings: connection.settings,
        hookUrl: hookUrlOf(deps, connection.id),
        check: check === null ? null : checkView(language, connection.platform, check),
        health: healthView(language, health, reconciled?.added ?? null, connection.reconciledTo),
        runs: views,
        marks,
        guestList:
          guests === null || platforms.of(connection.platform).listGuests === null
            ? null
            : { listed: guests.listed, fitted: guests.fitted, appliedAt: atOrNull(guests.appliedAt) },
        abilities: platform.abilities,
      };
    }),
  );

  route('PATCH /api/shops/:shop/connections/:id', async ({ shop, params, body, language }) =>
    withConnection({ shop, params }, async (found) => {
      let connection = found;
      if (body.settings !== undefined) {
        const settings = { ...found.settings, ...given(body.settings) };
        connection = (await store.connections.change(shop.id, found.id, { settings })) ?? found;
        if (settings.marks !== found.settings.marks) await store.marks.allDue(shop.id, connection.id, deps.clock.now());
      }
      if (body.credentials === undefined)
        return madeView(language, deps, shop, {
          connection,
          hookUrl: hookUrlOf(deps, connection.id),
          hookSecret: null,
          apiKey: null,
          signIn: false,
          check: null,
        });
      const again = await reconnect(deps, shop, connection, body.credentials);
      deps.onChanged();
      return again.ok ? madeView(language, deps, shop, again.value) : sayRefused(language, again.error);
    }),
  );

  route('POST /api/shops/:shop/connections/:id/check', async ({ shop, params, language }) =>
    withConnection({ shop, params }, async (connection) => {
      if (connection.state === 'disconnected') return problem(409, 'This connection was ended: connect it anew.');
      return checkView(language, connection.platform, await checkConnection(deps, connection));
    }),
  );

  route('POST /api/shops/:shop/connections/:id/secret', async ({ shop, params, language }) =>
    withConnection({ shop, params }, async (connection) => {
      const rotated = await rotateSecret(deps, connection);
      deps.onChanged();
      return rotated.ok
        ? { hookSecret: rotated.value.secret, oldUntil: formatInstant(instant(rotated.value.oldUntil)) }
        : sayRefused(language, rotated.error);
    }),
  );

  route('POST /api/shops/:shop/connections/:id/disconnect', async ({ shop, params }) =>
    withConnection({ shop, params }, async (connection) => {
      const ended = await disconnectShop(deps, shop, connection);
      deps.onChanged();
      return done(ended);
    }),
  );

  route('POST /api/shops/:shop/connections/:id/history', async ({ shop, params, session, body, language }) =>
    withConnection({ shop, params }, async (connection) => {
      const since = body.since === undefined ? null : parseInstant(body.since);
      const begun = await beginRun(deps, connection, 'history', { since, by: session.staff.id });
      return begunView(language, begun, session.staff);
    }),
  );

  route('POST /api/shops/:shop/connections/:id/reconcile', async ({ shop, params, session, language }) =>
    withConnection({ shop, params }, async (connection) => {
      const begun = await beginRun(deps, connection, 'reconcile', { since: null, by: session.staff.id });
      return begunView(language, begun, session.staff);
    }),
  );

  route('POST /api/shops/:shop/connections/:id/runs/:other/stop', async ({ shop, params }) =>
    withConnection({ shop, params }, async (connection) => done(await stopRun(deps, connection, params.other))),
  );
  route('POST /api/shops/:shop/connections/:id/runs/:other/resume', async ({ shop, params }) =>
    withConnection({ shop, params }, async (connection) => done(await resumeRun(deps, connection, params.other))),
  );

  route('GET /api/shops/:shop/connections/:id/received', async ({ shop, params, query, language }) =>
    withConnection({ shop, params }, async (connection) => {
      const after = readCursor(query.cursor, UUID_ID);
      if (after instanceof ProblemAnswer) return after;
      const rows = await store.received.list(shop.id, connection.id, {
        state: query.state ?? null,
        after: after === null ? null : { at: instant(after.value), id: after.id },
        limit: query.limit + 1,
      });
      const page = pageOf(rows, query.limit, (last) => ({ value: last.receivedAt, id: last.id }));
      const faces = await deps.reads.faces(shop.id, [...new Set(page.items.flatMap(({ customers }) => customers))]);
      return { items: page.items.map((row) => receivedView(language, row, faces)), next: page.next };
    }),
  );

  route('POST /api/shops/:shop/connections/:id/received/:other/retry', async ({ shop, params }) =>
    withConnection({ shop, params }, async (connection) => {
      const again = await store.received.retry(shop.id, connection.id, params.other, deps.clock.now());
      return again
        ? { ok: true as const }
        : problem(409, 'Only a webhook that was refused, and whose body is still kept, can be read again.');
    }),
  );
}

const rowOf = ({ id, platform, state, address, createdAt }: Connection) => ({
  id,
  platform,
  state,
  address,
  createdAt: formatInstant(createdAt),
});

async function staffNames({ store }: ConnectionRouteDeps, shop: Shop): Promise<ReadonlyMap<StaffId, string>> {
  const colleagues = await store.team.colleagues(shop.id);
  return new Map(colleagues.map(({ id, name }) => [id, name]));
}

const begunView = (
  language: Language,
  begun: Result<Run, Refused>,
  by: { readonly id: StaffId; readonly name: string },
) => (begun.ok ? runView(language, begun.value, new Map([[by.id, by.name]])) : refused(begun.error));

/** Where a merchant begins to sign in at the platform. */
export const signInAddress = ({ publicUrl }: Pick<ConnectDeps, 'publicUrl'>, shop: Shop, connection: Connection) =>
  `${publicUrl}/connect/${connection.platform}/start?shop=${encodeURIComponent(shop.slug)}&connection=${connection.id}`;

const madeView = (language: Language, deps: ConnectDeps, shop: Shop, made: MadeConnection) => ({
  connection: made.connection.id,
  hookUrl: made.hookUrl,
  hookSecret: made.hookSecret,
  apiKey: made.apiKey,
  signInAt: made.signIn ? signInAddress(deps, shop, made.connection) : null,
  check: made.check === null ? null : checkView(language, made.connection.platform, made.check),
});

/** Our own refusals as always; the platform's in the reader's language, with what to do. */
export function sayRefused(language: Language, why: ConnectRefused): ProblemAnswer {
  if (why.kind !== 'platform') return refused(why);
  const { what, todo } = checkProblem(language, why.fault);
  return problem(422, `${what} ${todo}`, { why: why.fault.kind });
}

const done = (result: Result<true, Refused>) => (result.ok ? { ok: true as const } : refused(result.error));

/** Without what was not given. */
const given = <T extends object>(some: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
