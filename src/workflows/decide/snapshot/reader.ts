import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CustomerId } from '../../../core/shared/brand.ts';
import type { LinkStore } from '../../../ports/links.ts';
import type { ListStore } from '../../../ports/lists.ts';
import type { DecisionChange, EnforcementStore } from '../../../ports/standing.ts';
import type { Clock, Shop } from '../../../ports.ts';
import type { PolicyShelf } from '../../console/policy-shelf.ts';
import { steadyMs } from '../pulse.ts';
import { loadPolicies, withVersions } from './policies.ts';
import { Snapshot } from './snapshot.ts';
import type { Told } from './told.ts';

export interface ReaderDeps {
  readonly store: {
    readonly enforcement: Pick<EnforcementStore, 'inMemory' | 'counters' | 'changesSince' | 'keysOf'>;
    readonly lists: Pick<ListStore, 'inMemory'>;
    readonly links: Pick<LinkStore, 'sameAs'>;
  };
  readonly policies: Pick<PolicyShelf, 'inForce' | 'version'>;
  readonly clock: Clock;
  /** Makes what a customer is compared with; null: nobody is compared. */
  readonly likenesses: { load(shop: Shop): Promise<HeldLikenesses> } | null;
}

/** The measured customers of a shop, to be compared with. */
export interface HeldLikenesses {
  readonly size: number;
  /** `hashes`: the keyed hashes of their identifiers, asked for only where they matter. */
  match(told: Told, hashes: () => readonly string[]): readonly AlikeCustomer[];
  renew(customers: readonly CustomerId[]): Promise<void>;
}

export interface AlikeCustomer {
  readonly customer: CustomerId;
  readonly klass: 'same' | 'probably_same' | 'household';
}

/** Reads a whole shop into memory, in parts, with turns for others between. */
export async function readSnapshot(deps: ReaderDeps, shop: Shop): Promise<Snapshot> {
  const snapshot = new Snapshot();
  const { measured, lists } = snapshot;
  // Both at once: while the database works on one, this process works on the other.
  await Promise.all([
    takeIn(deps.store.enforcement.inMemory(shop.id), (customer) => measured.put(customer)),
    takeIn(deps.store.lists.inMemory(shop.id, deps.clock.now()), (entry) => lists.put(entry)),
  ]);
  snapshot.policies = await loadPolicies(deps.policies, shop.id, versionsIn(snapshot));
  const same = await deps.store.links.sameAs(shop.id, null);
  joinSame(snapshot, same, await keysToLend(deps, shop, same, (customer) => measured.get(customer) !== null));
  return snapshot;
}

/** Takes what some changes name into a snapshot; each customer, entry and policy as it is now. */
export async function applyChanges(
  deps: ReaderDeps,
  shop: Shop,
  snapshot: Snapshot,
  changes: readonly DecisionChange[],
): Promise<void> {
  const customers = [...new Set(changes.flatMap((change) => change.customers))];
  const entries = [...new Set(changes.flatMap((change) => change.entries))];
  const linked: Same = customers.length === 0 ? new Map() : await deps.store.links.sameAs(shop.id, customers);
  // Those who were the same until now, too: a pair that was split leaves both to be read anew.
  const before = customers.flatMap((customer) => snapshot.sameAs.get(customer) ?? []);
  const concerned = [...new Set([...customers, ...before, ...[...linked.values()].flat()])];
  // Of everybody who is taken out below, and not only of those who were named: who is the same as one of them is to be found again as well.
  const same: Same = concerned.length === customers.length ? linked : await deps.store.links.sameAs(shop.id, concerned);
  const measured = concerned.length === 0 ? [] : await all(deps.store.enforcement.inMemory(shop.id, concerned));
  const listed = entries.length === 0 ? [] : await all(deps.store.lists.inMemory(shop.id, deps.clock.now(), entries));
  const having = new Set(measured.map(({ customer }) => customer));
  const keys = await keysToLend(deps, shop, same, (customer) => having.has(customer));
  // From here on in one turn, so that no decision sees half of it.
  for (const customer of concerned) snapshot.measured.remove(customer);
  for (const customer of measured) snapshot.measured.put(customer);
  for (const entry of entries) snapshot.lists.remove(entry);
  for (const entry of listed) snapshot.lists.put(entry);
  for (const customer of concerned) snapshot.sameAs.delete(customer);
  joinSame(snapshot, same, keys);
  const versions = measured.flatMap((customer) =>
    customer.measures.flatMap(({ policyVersion }) => policyVersion ?? []),
  );
  if (changes.some(({ policy }) => policy) || snapshot.policies === null)
    snapshot.policies = await loadPolicies(deps.policies, shop.id, versions, snapshot.policies);
  else snapshot.policies = await withVersions(deps.policies, shop.id, versions, snapshot.policies);
}

type Same = ReadonlyMap<CustomerId, readonly CustomerId[]>;

/** The keys of those who are the same as somebody, and have no measures themselves. */
async function keysToLend(
  { store }: ReaderDeps,
  shop: Shop,
  same: Same,
  isMeasured: (customer: CustomerId) => boolean,
): Promise<ReadonlyMap<CustomerId, Uint8Array>> {
  const accounts = [...same.keys()].filter((customer) => !isMeasured(customer));
  return accounts.length === 0 ? new Map() : store.enforcement.keysOf(shop.id, accounts);
}

/**
 * Lets the measures of a customer be found by the identifiers of whoever is confirmed to be the same person. Somebody without measures is
 * found as one of those who have some.
 */
function joinSame({ measured, sameAs }: Snapshot, same: Same, keys: ReadonlyMap<CustomerId, Uint8Array>): void {
  for (const [customer, others] of same) {
    sameAs.set(customer, others);
    const own = keys.get(customer);
    const other = others.find((each) => measured.get(each) !== null);
    if (own !== undefined && other !== undefined) measured.lend(other, customer, own);
  }
}

function versionsIn({ measured }: Snapshot): Iterable<number> {
  const versions = new Set<number>();
  for (const { measures } of measured.all())
    for (const { policyVersion } of measures) if (policyVersion !== null) versions.add(policyVersion);
  return versions;
}

/** So long at a time, in milliseconds; then whoever waits at a checkout has a turn. */
const SLICE_MS = 4;
const LOOK_EVERY = 64;

async function takeIn<T>(parts: AsyncIterable<readonly T[]>, put: (one: T) => void): Promise<void> {
  for await (const part of parts) {
    let since = steadyMs();
    for (const [index, one] of part.entries()) {
      put(one);
      if (index % LOOK_EVERY !== 0 || steadyMs() - since < SLICE_MS) continue;
      await nextTurn();
      since = steadyMs();
    }
  }
}

async function all<T>(parts: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const part of parts) found.push(...part);
  return found;
}
