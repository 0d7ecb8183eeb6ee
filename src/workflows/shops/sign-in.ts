import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type ConnectionId, id, type StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { instant } from '../../core/shared/time.ts';
import type { Connection } from '../../ports/platforms.ts';
import type { Shop } from '../../ports.ts';
import { conflict, invalid, type Refused } from '../desk/refused.ts';
import {
  type ConnectDeps,
  type ConnectRefused,
  checkConnection,
  finishConnecting,
  keyFor,
  otherCurrency,
} from './connect.ts';

const TEN_MINUTES = 600_000;

/** What travels through the platform and back: whose sign-in it is, and until when. It says nothing to whoever reads it on the way. */
const stateShape = z.tuple([z.uuid(), z.int(), z.string()]);

/** Where a platform sends the merchant back to. */
export const callbackOf = ({ publicUrl }: Pick<ConnectDeps, 'publicUrl'>, { platform }: Connection): string =>
  `${publicUrl}/connect/${platform}/callback`;

/** Where to send a merchant to sign in, for this browser session and ten minutes only. */
export async function beginSignIn(
  deps: ConnectDeps,
  shop: Shop,
  session: Buffer,
  connection: Connection,
): Promise<Result<string, Refused>> {
  const { authorise } = deps.platforms.of(connection.platform);
  if (authorise === null) return err(conflict('One does not sign in to this platform.'));
  const credentials = await deps.store.connections.credentials(shop.id, connection.id);
  return ok(
    authorise.begin({
      address: connection.address,
      credentials,
      state: stateFor(deps, shop, session, connection.id),
      callback: callbackOf(deps, connection),
    }),
  );
}

/** Takes what the platform granted, and connects. Refused for another browser's sign-in, one that took too long, and one that was altered. */
export async function finishSignIn(
  deps: ConnectDeps,
  shop: Shop,
  by: { readonly staff: StaffId; readonly session: Buffer },
  query: Readonly<Record<string, string>>,
): Promise<Result<{ readonly connection: Connection; readonly apiKey: string | null }, ConnectRefused>> {
  const named = connectionIn(deps, shop, by.session, query.state ?? '');
  if (named === null) return err(invalid('state', EXPIRED));
  const connection = await deps.store.connections.one(shop.id, named);
  if (connection === null || connection.state === 'disconnected') return err(invalid('state', EXPIRED));
  const { authorise } = deps.platforms.of(connection.platform);
  if (authorise === null) return err(conflict('One does not sign in to this platform.'));
  const credentials = await deps.store.connections.credentials(shop.id, connection.id);
  const granted = await authorise.finish({
    address: connection.address,
    credentials,
    state: query.state ?? '',
    query,
    fetch: deps.fetch,
    now: deps.clock.now(),
  });
  if (!granted.ok) return err({ kind: 'platform', fault: granted.error });
  await deps.store.connections.change(shop.id, connection.id, { credentials: granted.value });
  const check = await checkConnection(deps, connection);
  if (check.found.fault !== null) return err({ kind: 'platform', fault: check.found.fault });
  const other = otherCurrency(shop, check.found);
  if (other !== null) return err(other);
  const done = await finishConnecting(deps, connection, check);
  if (!done.ok) return done;
  return ok({ connection: done.value, apiKey: await keyFor(deps, shop, by.staff, done.value) });
}

/** The shop whose sign-in a state names is not in it: this tells which connection, unchecked, so that the shop can be looked up. */
export function connectionNamed(state: string): ConnectionId | null {
  const read = readState(state);
  return read === null ? null : id<ConnectionId>(read.parts[0]);
}

export const EXPIRED =
  'is not from this browser, or it took longer than ten minutes: begin again from the shop system’s page';

function stateFor(deps: ConnectDeps, shop: Shop, session: Buffer, connection: ConnectionId): string {
  const body = Buffer.from(
    JSON.stringify([connection, deps.clock.now() + TEN_MINUTES, deps.vault.randomBytes(12).toString('base64url')]),
  ).toString('base64url');
  return `${body}.${signatureOf(deps, shop, session, body).toString('base64url')}`;
}

function connectionIn(deps: ConnectDeps, shop: Shop, session: Buffer, state: string): ConnectionId | null {
  const read = readState(state);
  if (read === null) return null;
  const signature = signatureOf(deps, shop, session, read.body);
  if (signature.length !== read.signature.length || !timingSafeEqual(signature, read.signature)) return null;
  const [connection, until] = read.parts;
  return deps.clock.now() > instant(until) ? null : id<ConnectionId>(connection);
}

function readState(state: string) {
  const [body = '', signature = '', ...more] = state.split('.');
  if (more.length > 0) return null;
  try {
    const parts = stateShape.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
    return parts.success ? { body, parts: parts.data, signature: Buffer.from(signature, 'base64url') } : null;
  } catch {
    return null;
  }
}

const signatureOf = ({ vault }: ConnectDeps, shop: Shop, session: Buffer, body: string): Buffer =>
  vault.portalHash(shop.id, 'signature', `connect ${session.toString('hex')} ${body}`);
