import type { CustomerReference } from '../../core/events/incoming.ts';
import { keysOf } from '../../core/lists/request.ts';
import type { EntryType } from '../../core/lists/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Subject } from '../../ports/ledger.ts';
import type { Restricted } from '../../ports/standing.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop, Vault } from '../../ports.ts';
import { Finding, type Found, NOBODY } from './snapshot/found.ts';

interface Asking {
  /** As it was told. */
  readonly customer: CustomerReference;
  readonly identifiers: Subject['identifiers'];
}

/**
 * What a snapshot would find, read from the database instead: for answers that must be true in the transaction that records them. Of
 * lists it knows entries on persons, domains and devices; no network address comes with what a shop's system tells. `placedAt`: when what is
 * judged was done, if that was before now: an entry that was made later does not reach back to it.
 */
export async function findStored(
  { store, vault }: { readonly store: StoredParts; readonly vault: Vault },
  shop: Shop,
  { customer, identifiers }: Asking,
  now: Instant,
  placedAt: Instant | null = null,
): Promise<Found> {
  const hashes = identifiers.map(({ type, value }) => hashOf(vault, shop, type, value));
  const restricted: readonly Linked[] = [
    ...(await store.enforcement.restrictedBy(shop.id, hashes)),
    ...(await restrictedAsSame(store, shop, hashes)),
  ];
  const { name, address, device } = customer;
  const asked = keysOf({ identifiers, name, address, device }).map(({ type, normal }) => ({
    type,
    hash: vault.identifierHash(shop.id, type, normal),
  }));
  // Somebody may have vouched for another identifier of theirs.
  const theirs = restricted.flatMap((own) => own.hashes.map((hash) => ({ ...readHash(hash), own })));
  const entries = (await store.lists.known(shop.id, [...asked, ...theirs])).map((entry) =>
    entry === null || entry.until <= now ? null : entry,
  );
  const vouching = new Map<Restricted, string>();
  for (const [index, { own }] of theirs.entries()) {
    const entry = entries[asked.length + index];
    if (entry?.list === 'allow') vouching.set(own, entry.id);
  }
  const finding = new Finding();
  findMeasures(hashes, restricted, vouching, finding);
  for (const [index, { type }] of asked.entries()) {
    const entry = entries[index];
    if (entry == null) continue;
    const { id, answer, until } = entry;
    const phoneAlone = type === 'phone' && hashes.length > 1;
    if (answer === null) finding.vouched(id, vouchesFor(type) && !(phoneAlone && finding.hasMeasures));
    else if (placedAt === null || entry.createdAt <= placedAt) finding.entry({ id, type, answer, until });
  }
  return finding.found();
}

/** See `Snapshot.find`: only what belongs to one person vouches for them. */
const vouchesFor = (type: EntryType): boolean => type === 'email' || type === 'external' || type === 'phone';

/** Somebody with measures; `lent`: whose hashes lead to them because both are one person. */
type Linked = Restricted & { readonly lent?: ReadonlyMap<string, CustomerId> };

type StoredParts = Pick<Store, 'enforcement' | 'lists' | 'links'>;

/** Customers with measures who are confirmed to be the same person as whoever asks, known by the identifiers of both. */
async function restrictedAsSame(store: StoredParts, shop: Shop, hashes: readonly string[]): Promise<readonly Linked[]> {
  const owners = await store.enforcement.customersOf(shop.id, hashes);
  if (owners.size === 0) return [];
  const same = await store.links.sameAs(shop.id, [...new Set(owners.values())]);
  if (same.size === 0) return [];
  const others = await store.enforcement.restrictedAmong(shop.id, [...new Set([...same.values()].flat())]);
  return others.map((other) => {
    const lent = new Map([...owners].filter(([, owner]) => same.get(owner)?.includes(other.customer) === true));
    return { ...other, hashes: [...other.hashes, ...lent.keys()], lent };
  });
}

export const isNobody = (found: Found): boolean => found === NOBODY;

/** See `Snapshot.find`. */
function findMeasures(
  hashes: readonly string[],
  restricted: readonly Linked[],
  vouching: ReadonlyMap<Restricted, string>,
  into: Finding,
): void {
  const seen = new Set<CustomerId>();
  for (const hash of hashes) {
    const phoneAlone = hash.startsWith('phone:') && hashes.length > 1;
    for (const known of restricted) {
      if (!known.hashes.includes(hash) || seen.has(known.customer)) continue;
      seen.add(known.customer);
      const entry = vouching.get(known);
      if (entry !== undefined) into.vouched(entry, !(phoneAlone && into.hasMeasures));
      if (entry === undefined || !phoneAlone) {
        // What the second account does belongs in its own history.
        into.measured(known.lent?.get(hash) ?? known.customer, known.measures, phoneAlone);
      }
    }
  }
}

const hashOf = (vault: Vault, shop: Shop, type: EntryType, value: string): string =>
  `${type}:${vault.identifierHash(shop.id, type, value).toString('hex')}`;

function readHash(hash: string): { readonly type: EntryType; readonly hash: Buffer } {
  const [type = '', hex = ''] = hash.split(':');
  return { type: type as EntryType, hash: Buffer.from(hex, 'hex') };
}
