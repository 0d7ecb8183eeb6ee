import type { CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Subject } from '../../ports/ledger.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { takeMeasure } from '../measures/take-measure.ts';
import type { Actor, MeasureWish } from '../measures/types.ts';
import { nameless } from './nameless.ts';

/** A measure as a file lists it. */
export interface ListedMeasure {
  readonly subject: Subject;
  readonly wish: MeasureWish;
}

/** Takes measures of a list, one at a time, for the person who imports it. Says of each what came of it, or why it was not taken. */
export type TakeListed = (listed: ListedMeasure) => Promise<Result<'taken' | 'known', string>>;

export function takeListedFor(deps: Deps & { readonly policies: PolicyShelf }, shop: Shop, by: Actor): TakeListed {
  return async ({ subject, wish }) => {
    const known = await knownAs(deps, shop, subject);
    if (known.length > 1) return err('the number and the e-mail address are of two customers here');
    const customer = known[0] ?? (await meet(deps, shop, subject));
    if (customer === null) return err('the customer was not found');
    if (await isInForce(deps, shop, customer, wish)) return ok('known');
    const taken = await takeMeasure(deps, shop, by, customer, wish);
    if (taken.ok) return ok('taken');
    return err(taken.error.kind === 'invalid' ? `${taken.error.field} ${taken.error.message}` : taken.error.message);
  };
}

/** Whom what a line says of somebody belongs to: nobody, one, or several, of whom none may be taken for the other. */
async function knownAs({ store, vault }: Deps, shop: Shop, { identifiers }: Subject): Promise<readonly CustomerId[]> {
  const hashes = identifiers.map(
    ({ type, value }) => `${type}:${vault.identifierHash(shop.id, type, value).toString('hex')}`,
  );
  const owners = await store.enforcement.customersOf(shop.id, hashes);
  return [...new Set(hashes.flatMap((hash) => owners.get(hash) ?? []))];
}

/** Somebody the shop did not know until they stood on the list. */
async function meet(deps: Deps, shop: Shop, subject: Subject): Promise<CustomerId | null> {
  const [identifier] = subject.identifiers;
  if (identifier === undefined) return null;
  const [outcome] = await deps.store.transaction((store) =>
    store.ledger.append(shop, [
      {
        kind: 'account.created',
        body: { channel: 'import' },
        subject,
        occurredAt: deps.clock.now(),
        source: 'measures-csv',
        sourceId: nameless(deps.vault, shop.id, identifier),
      },
    ]),
  );
  return outcome?.status === 'added' || outcome?.status === 'known' ? outcome.customer : null;
}

/** The same measure is in force already: the list is being imported again. */
async function isInForce({ store }: Deps, shop: Shop, customer: CustomerId, wish: MeasureWish): Promise<boolean> {
  const measures = await store.standing.activeOf(shop.id, customer);
  return measures.some(
    (measure) =>
      measure.type === wish.type &&
      same(measure.surfaces, wish.surfaces) &&
      same(measure.obligations, wish.obligations),
  );
}

const same = (some: readonly string[], others: readonly string[]): boolean =>
  [...some].sort().join() === [...new Set(others)].sort().join();
