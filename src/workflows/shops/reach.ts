import type { ConnectionId } from '../../core/shared/brand.ts';
import type { Connection, Reach, WebhookSecret } from '../../ports/platforms.ts';
import type { Deps } from '../../ports/store.ts';
import type { ShopsDeps } from './deps.ts';

/** Where a connection's webhooks come in. */
export const hookUrlOf = ({ publicUrl }: Pick<Deps, 'publicUrl'>, connection: ConnectionId): string =>
  `${publicUrl}/hooks/${connection}`;

/** What an adapter needs to reach a connection's platform. Reads the credentials. */
export async function reachOf(
  deps: Pick<ShopsDeps, 'store' | 'clock' | 'fetch' | 'publicUrl' | 'vault'>,
  connection: Connection,
): Promise<Reach> {
  const { connections } = deps.store;
  const [credentials, secrets] = await Promise.all([
    connections.credentials(connection.shop, connection.id),
    connections.hookSecrets(connection.shop, connection.id),
  ]);
  const now = deps.clock.now();
  return {
    connection,
    credentials,
    hookUrl: hookUrlOf(deps, connection.id),
    hookSecret: newest(secrets),
    codeSecret: codeSecretOf(deps, connection),
    hookSecrets: secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret),
    fetch: deps.fetch,
    now,
  };
}

/** See `Reach.codeSecret`. */
export const codeSecretOf = ({ vault }: Pick<Deps, 'vault'>, { shop, id }: Pick<Connection, 'shop' | 'id'>): string =>
  vault.contentHash(shop, `codes of the connection ${id}`).toString('hex');

const newest = (secrets: readonly WebhookSecret[]): string =>
  (secrets.find(({ until }) => until === null) ?? secrets[0])?.secret ?? '';

/**
 * The platform no longer takes our credentials, or was uninstalled: a person must connect it again. What comes in meanwhile is kept, and what
 * waits goes on waiting.
 */
export async function connectionLost(
  { store }: Pick<ShopsDeps, 'store'>,
  connection: Pick<Connection, 'shop' | 'id'>,
): Promise<void> {
  await store.transaction(async ({ connections }) => {
    const now = await connections.one(connection.shop, connection.id);
    if (now?.state === 'active') await connections.change(connection.shop, connection.id, { state: 'reconnect' });
  });
}
