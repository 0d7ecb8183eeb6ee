import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Connection } from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import { conflict, type Refused } from '../desk/refused.ts';
import type { ConnectDeps } from './connect.ts';
import { marksAway } from './enforce/marks-away.ts';
import { reachOf } from './reach.ts';

/**
 * Ends a connection: our marks and webhooks there are taken away as far as the platform lets us, its credentials and secrets are forgotten,
 * and the keys of its extension open nothing any more. What was recorded stays, and connecting the same system again goes on from there.
 */
export async function disconnectShop(
  deps: ConnectDeps & { readonly onFault: (error: unknown) => void },
  shop: Shop,
  connection: Connection,
): Promise<Result<true, Refused>> {
  if (connection.state === 'disconnected') return err(conflict('This connection was ended already.'));
  await undoThere(deps, shop, connection);
  const now = deps.clock.now();
  await deps.store.transaction(async (store) => {
    await store.connections.change(connection.shop, connection.id, {
      state: 'disconnected',
      credentials: {},
      hookSecrets: [],
      facts: {},
      endedAt: now,
    });
    for (const run of await store.runs.list(connection.shop, connection.id, 50))
      if (run.state === 'running')
        await store.runs.change(connection.shop, run.id, { state: 'stopped', updatedAt: now, finishedAt: now });
  });
  await deps.keys.revokeOf(connection.shop, connection.id, now);
  return ok(true);
}

/** A platform that cannot be reached keeps nobody connected: what it still shows of ours there is said in its page of the documentation. */
async function undoThere(
  deps: ConnectDeps & { readonly onFault: (error: unknown) => void },
  shop: Shop,
  connection: Connection,
): Promise<void> {
  if (connection.state === 'connecting') return;
  try {
    await marksAway(deps, shop, connection);
    await deps.platforms.of(connection.platform).disconnect(await reachOf(deps, connection));
  } catch (error) {
    deps.onFault(error);
  }
}
