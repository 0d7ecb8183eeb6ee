import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { at, uuid } from '../../../../test/support/events.ts';
import { smallPolicy } from '../../../../test/support/policy.ts';
import type { StandingMeasure } from '../../../core/decisions/types.ts';
import { type CustomerId, id, type ShopId } from '../../../core/shared/brand.ts';
import { KEY_WORDS, readKey } from '../../../core/shared/key-table.ts';
import type { DecisionChange, PolicyStore } from '../../../ports/standing.ts';
import type { Shop } from '../../../ports.ts';
import { PolicyShelf } from '../../console/policy-shelf.ts';
import { applyChanges, type ReaderDeps, readSnapshot } from './reader.ts';
import type { Snapshot } from './snapshot.ts';

const shop = { id: id<ShopId>(uuid(1)) } as Shop;
const [ada, bob, cleo] = [uuid(2), uuid(3), uuid(4)].map((each) => id<CustomerId>(each)) as [
  CustomerId,
  CustomerId,
  CustomerId,
];
const keyOf = (customer: CustomerId): Uint8Array => createHash('sha256').update(customer).digest();

/** What the database holds: measures by customer, and who was confirmed to be one person. */
let measures: Map<CustomerId, string>;
let people: CustomerId[][];
beforeEach(() => {
  measures = new Map([[ada, 'first']]);
  people = [[ada, bob]];
});

const deps: ReaderDeps = {
  clock: { now: () => at('2026-06-01') },
  likenesses: null,
  policies: new PolicyShelf({
    current: async () => ({ version: 1, source: smallPolicy }),
    version: async () => null,
  } as unknown as PolicyStore),
  store: {
    enforcement: {
      counters: async () => new Map(),
      changesSince: async () => [],
      keysOf: async (_, customers) => new Map(customers.map((each) => [each, keyOf(each)])),
      async *inMemory(_, only) {
        yield [...measures]
          .filter(([customer]) => only === undefined || only.includes(customer))
          .map(([customer, measure]) => ({
            customer,
            keys: keyOf(customer),
            measures: [{ id: measure, policyVersion: null } as unknown as StandingMeasure],
          }));
      },
    },
    lists: { async *inMemory() {} },
    links: {
      // As the database: rows of those who were asked for, and of nobody else.
      sameAs: async (_, asked) =>
        new Map(
          people.flatMap((cluster) =>
            cluster
              .filter((each) => asked === null || asked.includes(each))
              .map((each) => [each, cluster.filter((other) => other !== each)] as const),
          ),
        ),
    },
  },
};

const change = (customers: readonly CustomerId[]): DecisionChange => ({
  counter: 1,
  everything: false,
  policy: false,
  customers,
  entries: [],
});
/** The measures that a customer's own identifier leads to. */
function found({ measured }: Snapshot, customer: CustomerId): readonly string[] | null {
  const key = new Int32Array(KEY_WORDS);
  readKey(keyOf(customer), key, 0);
  return measured.find(key, 0)?.measures.map(({ id }) => id) ?? null;
}

it('lets a confirmed link bind on when the measured customer changes', async () => {
  const snapshot = await readSnapshot(deps, shop);
  expect([found(snapshot, ada), found(snapshot, bob)]).toEqual([['first'], ['first']]);
  for (const measure of ['second', 'third']) {
    measures.set(ada, measure);
    await applyChanges(deps, shop, snapshot, [change([ada])]);
    expect([found(snapshot, ada), found(snapshot, bob)]).toEqual([[measure], [measure]]);
  }
  measures.delete(ada);
  await applyChanges(deps, shop, snapshot, [change([ada])]);
  expect([found(snapshot, ada), found(snapshot, bob)]).toEqual([null, null]);
  measures.set(ada, 'fourth');
  await applyChanges(deps, shop, snapshot, [change([ada])]);
  expect(found(snapshot, bob)).toEqual(['fourth']);
});

it.each([[[ada]], [[bob]], [[cleo]], [[bob, cleo]]])(
  'keeps three together whoever of them changes (%#)',
  async (named) => {
    people = [[ada, bob, cleo]];
    const snapshot = await readSnapshot(deps, shop);
    measures.set(ada, 'second');
    await applyChanges(deps, shop, snapshot, [change([ada])]);
    await applyChanges(deps, shop, snapshot, [change(named)]);
    for (const each of [ada, bob, cleo]) expect(found(snapshot, each)).toEqual(['second']);
    expect(snapshot.sameAs.get(cleo)).toEqual([ada, bob]);
  },
);

it('leaves two of three together when the third is split off', async () => {
  people = [[ada, bob, cleo]];
  const snapshot = await readSnapshot(deps, shop);
  people = [[ada, bob]];
  await applyChanges(deps, shop, snapshot, [change([bob, cleo])]);
  expect([ada, bob, cleo].map((each) => found(snapshot, each))).toEqual([['first'], ['first'], null]);
  expect([...snapshot.sameAs.keys()].sort()).toEqual([ada, bob]);
});
