import { sayRightsAndAppeal } from '../../../core/decisions/messages.ts';
import { markAgainMs } from '../../../core/enforcement/back-off.ts';
import { type GuestCandidate, rankGuests } from '../../../core/enforcement/ranking.ts';
import type { Sentence } from '../../../core/enforcement/types.ts';
import { normaliseIdentifier } from '../../../core/identity/identifier.ts';
import { phoneRegion } from '../../../core/identity/region.ts';
import { asksAt } from '../../../core/measures/obligations.ts';
import { err, type Result } from '../../../core/shared/result.ts';
import { type Instant, instant } from '../../../core/shared/time.ts';
import { say } from '../../../core/shared/words.ts';
import type { Connection, ListedGuest, PlatformFault, Reach, ShopPlatform } from '../../../ports/platforms.ts';
import type { Restricted } from '../../../ports/standing.ts';
import type { Shop } from '../../../ports.ts';
import { faultText } from '../fault-text.ts';
import { connectionLost } from '../reach.ts';
import { AGAIN_MS, type EnforceDeps, LEASE_MS, OWN_FAULT, type Turn } from './deps.ts';
import { type MarksNow, marksNow, speaker } from './marks-of.ts';
import { rest } from './rest.ts';

/** No platform's list holds more. Who comes after is not opened at all. */
const MOST_LISTED = 5_000;

interface Candidate extends GuestCandidate {
  readonly customer: Restricted['customer'];
  readonly now: MarksNow;
}

/** Hands the list for checkouts of guests over when somebody on it changed: whole, those who matter most first. */
export async function tellGuests(deps: EnforceDeps, shop: Shop, connection: Connection, reach: Reach): Promise<Turn> {
  const { store, clock } = deps;
  const now = clock.now();
  const platform = deps.platforms.of(connection.platform);
  const claimed = await store.guestList.claim(shop.id, connection.id, { now, until: instant(now + LEASE_MS) });
  if (claimed === null) return 'all';
  const { guests, nextAt } = platform.listGuests === null ? NOBODY : await listOf(deps, shop, connection, now);
  const result = await handOver(deps, shop, platform, reach, guests);
  const at = clock.now();
  if (result.ok) {
    const told = { listed: guests.length, fitted: result.value.fitted, at, nextAt };
    return (await store.guestList.told(shop.id, connection.id, told)) ? 'more' : 'all';
  }
  const { error } = result;
  const fault = error.kind === 'fault' ? error.kind : faultText(error);
  if (error.kind === 'unauthorised' || error.kind === 'limited') {
    const waitMs = error.kind === 'limited' ? await rest(deps, shop, connection, error.retryAfterMs) : 0;
    if (error.kind === 'unauthorised') await connectionLost(deps, connection);
    await store.guestList.notTold(shop.id, connection.id, { fault, nextAt: instant(at + waitMs), spent: false });
    return 'stop';
  }
  const againMs = markAgainMs(error.kind, claimed.attempts + 1) ?? AGAIN_MS;
  await store.guestList.notTold(shop.id, connection.id, { fault, nextAt: instant(at + againMs), spent: true });
  return 'all';
}

const NOBODY = { guests: [] as readonly ListedGuest[], nextAt: null };

async function handOver(
  deps: EnforceDeps,
  shop: Shop,
  { listGuests }: ShopPlatform,
  reach: Reach,
  guests: readonly ListedGuest[],
): Promise<Result<{ readonly fitted: number }, PlatformFault | typeof OWN_FAULT>> {
  if (listGuests === null) return { ok: true, value: { fitted: 0 } };
  try {
    return await listGuests(reach, guests, await toAnyGuest(deps, shop));
  } catch (error) {
    deps.onFault(error);
    return err(OWN_FAULT);
  }
}

/** What every guest who is refused reads, in each of the shop's languages: no reason and no day, because nobody knows who reads it. */
async function toAnyGuest({ policies, languages }: EnforceDeps, shop: Shop): Promise<readonly Sentence[]> {
  const { compiled } = await policies.inForce(shop.id);
  const spoken = [...new Set(shop.languages.map((tag) => languages.firstOf([tag])))];
  return spoken.map((language) => ({
    surface: 'purchase',
    language: language.code,
    text: [say(language, 'shops.guest.purchase'), sayRightsAndAppeal(compiled.policy, language)].join('\n'),
  }));
}

/** Everybody whom a guest's checkout is to recognise, ranked, with what they give there in normal form. */
async function listOf(
  deps: EnforceDeps,
  shop: Shop,
  connection: Connection,
  now: Instant,
): Promise<{ readonly guests: readonly ListedGuest[]; readonly nextAt: Instant | null }> {
  if (!connection.settings.marks) return NOBODY;
  const restricted = (await deps.store.enforcement.restricted(shop.id)).filter(canBeGuest);
  if (restricted.length === 0) return NOBODY;
  const candidates = await candidatesOf(deps, shop, restricted, now);
  const ranked = rankGuests(candidates).slice(0, MOST_LISTED);
  const shown = await deps.store.ledger.shownOf(
    shop.id,
    ranked.map(({ customer }) => customer),
  );
  const region = phoneRegion(shop.jurisdictions, shop.timeZone);
  const guests = ranked.flatMap(({ customer, now: { marks } }): ListedGuest[] => {
    const own = shown.get(customer);
    const email = own?.email === undefined ? null : normaliseIdentifier('email', own.email, region);
    const phone = own?.phone === undefined ? null : normaliseIdentifier('phone', own.phone, region);
    return email === null && phone === null ? [] : [{ email, phone, marks }];
  });
  const looks = candidates.flatMap(({ now: { nextAt } }) => nextAt ?? []);
  return { guests, nextAt: looks.length === 0 ? null : instant(Math.min(...looks)) };
}

const canBeGuest = ({ hashes }: Restricted): boolean => hashes.some((hash) => !hash.startsWith('external:'));

async function candidatesOf(
  deps: EnforceDeps,
  shop: Shop,
  restricted: readonly Restricted[],
  now: Instant,
): Promise<readonly Candidate[]> {
  const [allowed, lastSeen] = await Promise.all([
    deps.store.enforcement.allowed(shop.id),
    deps.store.guestList.lastSeen(
      shop.id,
      restricted.map(({ customer }) => customer),
    ),
  ]);
  const speak = speaker(deps, shop);
  const candidates: Candidate[] = [];
  for (const own of restricted) {
    const marked = await marksNow(own, allowed, { erased: false, now, speak });
    const { as, refused, until } = marked.marks;
    if (as === null || until === null) continue;
    candidates.push({
      id: own.customer,
      customer: own.customer,
      as,
      refusedPurchase: refused.includes('purchase'),
      demandsAtPurchase: own.measures.some(({ obligations, surfaces }) =>
        obligations.some((each) => asksAt(each, surfaces, 'purchase')),
      ),
      hasAccount: own.hashes.some((hash) => hash.startsWith('external:')),
      lastAt: lastSeen.get(own.customer) ?? now,
      until,
      now: marked,
    });
  }
  return candidates;
}
