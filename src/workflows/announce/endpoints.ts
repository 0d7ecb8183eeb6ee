import { addPeriod, days } from '../../core/shared/period.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { type Instant, instant } from '../../core/shared/time.ts';
import type { HookEndpoint, HookEndpointListing, HookSent, HookTopic } from '../../ports/announcing.ts';
import type { StaffPerson } from '../../ports/staff.ts';
import type { Shop } from '../../ports.ts';
import { conflict, invalid, notFound, type Refused } from '../desk/refused.ts';
import { sendAll, toldIn } from './announce-due.ts';
import type { AnnounceDeps } from './deps.ts';
import { payloadOf } from './payload.ts';

/** How many a shop may have: each message is sent to every one of them. */
const MOST = 20;
/** How long the secret before goes on signing. */
const ROTATION = days(1);
const LEASE_MS = 60_000;

const gone = (): Refused => notFound('The shop has no such webhook.');

/** Tells another system what happens from now on. The secret is given here and never again. */
export async function addEndpoint(
  deps: AnnounceDeps,
  shop: Shop,
  by: Pick<StaffPerson, 'id'>,
  wish: { readonly url: string; readonly topics: readonly HookTopic[]; readonly note: string },
): Promise<Result<{ readonly endpoint: HookEndpointListing; readonly secret: string }, Refused>> {
  const wrong = await wrongUrl(deps, wish.url);
  if (wrong !== null) return err(wrong);
  const endpoint: HookEndpoint = {
    shop: shop.id,
    id: deps.ids.next<string>(),
    url: wish.url,
    topics: [...new Set(wish.topics)],
    note: wish.note,
    state: 'active',
    disabledBecause: null,
    failingSince: null,
    createdBy: by.id,
    createdAt: deps.clock.now(),
  };
  const secret = deps.hookWire.newSecret();
  return deps.store.transaction(async ({ announcing, ledger }) => {
    // What happens while this is written comes after it.
    await ledger.lock(shop.id);
    if ((await announcing.list(shop.id)).length >= MOST)
      return err(conflict(`A shop can have ${MOST} webhooks: remove one that is no longer needed.`));
    await announcing.make(endpoint, [{ secret, until: null }]);
    return ok({ endpoint: { ...endpoint, lastSentAt: null, waiting: 0, failed: 0 }, secret });
  });
}

/** Changes an endpoint, or switches it on or off. */
export async function changeEndpoint(
  deps: AnnounceDeps,
  shop: Shop,
  id: string,
  wish: {
    readonly url?: string | undefined;
    readonly topics?: readonly HookTopic[] | undefined;
    readonly note?: string | undefined;
    readonly state?: 'active' | 'disabled' | undefined;
  },
): Promise<Result<HookEndpointListing, Refused>> {
  const wrong = wish.url === undefined ? null : await wrongUrl(deps, wish.url);
  if (wrong !== null) return err(wrong);
  const changed = await deps.store.transaction(async ({ announcing, ledger }) => {
    await ledger.lock(shop.id);
    const topics = wish.topics === undefined ? undefined : [...new Set(wish.topics)];
    return announcing.change(shop.id, id, { ...wish, topics }, deps.clock.now());
  });
  return changed === null ? err(gone()) : ok(changed);
}

/** Stops telling another system, and forgets what was sent there. */
export async function removeEndpoint(
  { store }: Pick<AnnounceDeps, 'store'>,
  shop: Shop,
  id: string,
): Promise<Result<true, Refused>> {
  return (await store.announcing.remove(shop.id, id)) ? ok(true) : err(gone());
}

/** A new secret. For a day the one before signs too; one that was older signs no more. */
export async function rotateSecret(
  { store, clock, hookWire }: AnnounceDeps,
  shop: Shop,
  id: string,
): Promise<Result<{ readonly secret: string; readonly oldUntil: Instant }, Refused>> {
  const secret = hookWire.newSecret();
  const now = clock.now();
  const oldUntil = addPeriod(now, ROTATION);
  return store.transaction(async ({ announcing }) => {
    const [newest] = await announcing.secrets(shop.id, id);
    if (newest === undefined) return err(gone());
    const secrets = [
      { secret, until: null },
      { secret: newest.secret, until: oldUntil },
    ];
    await announcing.setSecrets(shop.id, id, secrets, now);
    return ok({ secret, oldUntil });
  });
}

/** Sends a test at once and waits for what comes of it. A test is tried once. */
export async function sendTest(deps: AnnounceDeps, shop: Shop, id: string): Promise<Result<HookSent, Refused>> {
  const { announcing } = deps.store;
  const now = deps.clock.now();
  const leaseUntil = instant(now + LEASE_MS);
  // Nobody else takes it meanwhile.
  const test = await announcing.addTest(shop.id, id, deps.ids.next<string>(), now, leaseUntil);
  if (test === null) return err(gone());
  const claimed = await announcing.claimOne(shop.id, test.id, leaseUntil);
  await sendAll(deps, shop, claimed === null ? [] : [claimed]);
  return ok((await announcing.sent(shop.id, id, test.id)) ?? test);
}

/** Sends a message again, under the id it had: a receiver that took it before can tell. */
export async function sendAgain(
  { store, clock }: Pick<AnnounceDeps, 'store' | 'clock'>,
  shop: Shop,
  endpoint: string,
  id: string,
): Promise<Result<true, Refused>> {
  return store.transaction(async ({ announcing }) => {
    const to = await announcing.one(shop.id, endpoint);
    if (to === null) return err(gone());
    if (to.state !== 'active') return err(conflict('This webhook is switched off: switch it on first.'));
    if ((await announcing.sent(shop.id, endpoint, id)) === null) return err(notFound('There is no such message.'));
    const again = await announcing.again(shop.id, endpoint, id, clock.now());
    return again ? ok(true) : err(conflict('This message is waiting to be sent already.'));
  });
}

/** A message, word for word, as it would be sent now. */
export async function messageSent(
  deps: Pick<AnnounceDeps, 'store'>,
  shop: Shop,
  endpoint: string,
  id: string,
): Promise<{ readonly sent: HookSent; readonly body: string } | null> {
  const sent = await deps.store.announcing.sent(shop.id, endpoint, id);
  if (sent === null) return null;
  const { events, shown } = await toldIn(deps, shop, [sent]);
  return { sent, body: payloadOf(sent, sent.seq === null ? null : (events.get(sent.seq) ?? null), shown) };
}

async function wrongUrl({ hookWire }: Pick<AnnounceDeps, 'hookWire'>, url: string): Promise<Refused | null> {
  switch (await hookWire.refuses(url)) {
    case null:
      return null;
    case 'address':
      return invalid('url', 'is not an address that messages can be sent to, such as https://example.com/hooks');
    case 'insecure':
      return invalid('url', 'must begin with https://');
    case 'private':
      return invalid('url', 'leads into a private network: only public addresses are told anything');
    case 'unknown':
      return invalid('url', 'has a name that nobody knows: was it written correctly?');
  }
}
