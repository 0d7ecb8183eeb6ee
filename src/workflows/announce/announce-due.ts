import type { CustomerId } from '../../core/shared/brand.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { AnnouncedEvent, HookAnswer, HookEndpoint, HookSent, HookTried } from '../../ports/announcing.ts';
import type { ShownPart } from '../../ports/ledger.ts';
import type { Shop } from '../../ports.ts';
import type { AnnounceDeps } from './deps.ts';
import { payloadOf } from './payload.ts';
import { PATIENCE_MS, waitAfter } from './schedule.ts';
import { tellSwitchedOff } from './tell-switched-off.ts';

/** How many messages are on their way at once, for one shop. */
const AT_ONCE = 16;

/** How long whoever took a message may need to tell what became of it; then it is sent again, under the same id. */
const LEASE_MS = 60_000;

/** Tells other systems what happened since they were last told, some of it; true when there may be more. */
export async function announceDue(deps: AnnounceDeps, shop: Shop): Promise<boolean> {
  const { announcing } = deps.store;
  const more = await announcing.announce(shop.id, deps.clock.now());
  const now = deps.clock.now();
  const claimed = await announcing.claim(shop.id, now, later(now, LEASE_MS), AT_ONCE);
  await sendAll(deps, shop, claimed);
  return more || claimed.length === AT_ONCE;
}

/** Sends messages that were claimed, and writes what became of each. */
export async function sendAll(deps: AnnounceDeps, shop: Shop, claimed: readonly HookSent[]): Promise<void> {
  if (claimed.length === 0) return;
  const { announcing } = deps.store;
  const { events, shown } = await toldIn(deps, shop, claimed);
  const endpoints = new Map((await announcing.targets(shop.id)).map((endpoint) => [endpoint.id, endpoint]));
  await Promise.all(
    claimed.map(async (sent) => {
      const endpoint = endpoints.get(sent.endpoint);
      // Removed a moment ago, and its messages with it.
      if (endpoint === undefined) return;
      const event = sent.seq === null ? null : (events.get(sent.seq) ?? null);
      try {
        await settle(deps, shop, endpoint, sent, await send(deps, endpoint, sent, payloadOf(sent, event, shown)));
      } catch (error) {
        // Its lease runs out, and it is sent again.
        deps.onFault(error);
      }
    }),
  );
}

/** What messages tell of: the rows of the ledger, and the numbers of their customers. */
export async function toldIn(
  { store }: Pick<AnnounceDeps, 'store'>,
  shop: Shop,
  messages: readonly HookSent[],
): Promise<{
  readonly events: ReadonlyMap<number, AnnouncedEvent>;
  readonly shown: ReadonlyMap<CustomerId, ShownPart>;
}> {
  const events = await store.announcing.events(
    shop.id,
    messages.flatMap(({ seq }) => seq ?? []),
  );
  const customers = [...events.values()].flatMap(({ customer }) => customer ?? []);
  return { events, shown: await store.ledger.shownOf(shop.id, [...new Set(customers)]) };
}

async function send(
  { store, clock, hookWire }: AnnounceDeps,
  endpoint: HookEndpoint,
  { id }: HookSent,
  body: string,
): Promise<HookAnswer> {
  const now = clock.now();
  const secrets = await store.announcing.secrets(endpoint.shop, endpoint.id);
  const good = secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret);
  return hookWire.post({ url: endpoint.url, secrets: good, id, body, now });
}

async function settle(
  deps: AnnounceDeps,
  shop: Shop,
  endpoint: HookEndpoint,
  sent: HookSent,
  answer: HookAnswer,
): Promise<void> {
  const now = deps.clock.now();
  const tried = triedOf(deps, sent, answer, now);
  await deps.store.transaction(async (store) => {
    const failingSince = await store.announcing.tried(shop.id, sent, tried);
    const gone = tried.fault === 'gone';
    const tooLong = failingSince !== null && tried.state === 'failed' && now - failingSince >= PATIENCE_MS;
    if (!gone && !tooLong) return;
    const disabledBecause = gone ? 'gone' : 'failing';
    const before = await store.announcing.one(shop.id, endpoint.id);
    if (before?.state !== 'active') return;
    await store.announcing.change(shop.id, endpoint.id, { state: 'disabled', disabledBecause }, now);
    await tellSwitchedOff({ ...deps, store }, shop, endpoint, disabledBecause, now);
  });
}

function triedOf(
  { vault }: Pick<AnnounceDeps, 'vault'>,
  { attempts, topic }: HookSent,
  answer: HookAnswer,
  now: Instant,
): HookTried {
  const { ms } = answer;
  const status = answer.kind === 'answer' ? answer.status : null;
  const fault = faultOf(answer);
  if (fault === null) return { state: 'sent', status, fault, ms, at: now, nextAt: now };
  const luck = vault.randomBytes(1).readUInt8(0) / 255;
  const wait =
    fault === 'gone' || topic === 'test'
      ? null
      : waitAfter(attempts, luck, answer.kind === 'answer' ? answer.retryAfterMs : null);
  return wait === null
    ? { state: 'failed', status, fault, ms, at: now, nextAt: now }
    : { state: 'waiting', status, fault, ms, at: now, nextAt: later(now, wait) };
}

/** Null: it was taken. */
function faultOf(answer: HookAnswer): HookTried['fault'] {
  if (answer.kind === 'fault') return answer.fault;
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'moved' : 'status';
}

const later = (at: Instant, ms: number): Instant => instant(at + ms);
