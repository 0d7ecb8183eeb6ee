import { afterEach, beforeEach, expect, it } from 'vitest';
import { at, uuid } from '../../../../test/support/events.ts';
import { smallPolicy } from '../../../../test/support/policy.ts';
import type { StandingMeasure } from '../../../core/decisions/types.ts';
import { type CustomerId, id, type ShopId } from '../../../core/shared/brand.ts';
import type { ChangeFeed, ShopChanged } from '../../../ports/changes.ts';
import type { DecisionChange, PolicyStore } from '../../../ports/standing.ts';
import type { Shop } from '../../../ports.ts';
import { PolicyShelf } from '../../console/policy-shelf.ts';
import { Pulse } from '../pulse.ts';
import type { ReaderDeps } from './reader.ts';
import { type Held, Snapshots } from './snapshots.ts';

const shop = { id: id<ShopId>(uuid(1)) } as Shop;
const ada = id<CustomerId>(uuid(2));
const bob = id<CustomerId>(uuid(3));
const cleo = id<CustomerId>(uuid(4));

/** What the database would say. */
let measured: Set<CustomerId>;
let changes: DecisionChange[];
let counter: number;
let wholeReads: number;
let policyReads: number;
let down: boolean;
/** Holds reading a whole shop up until it is called. */
let goOn: (() => void) | null;
let hold: boolean;
/** Questions about changes have no answer. */
let dead: boolean;
/** What comparing was asked; null: nobody is compared. */
let compared: { load: () => Promise<void>; renew: (customers: readonly CustomerId[]) => Promise<void> } | null;
let hear: ((change: ShopChanged) => void) | null;
const faults: string[] = [];
let opened: Snapshots;

const answering = <T>(value: T): Promise<T> => (down ? Promise.reject(new Error('down')) : Promise.resolve(value));
const ofNobody = { keys: new Uint8Array(0), measures: [] as StandingMeasure[] };

const deps: ReaderDeps = {
  clock: { now: () => at('2026-06-01') },
  likenesses: {
    load: async () => {
      await compared?.load();
      return { size: 0, match: () => [], renew: async (customers) => compared?.renew(customers) };
    },
  },
  policies: new PolicyShelf({
    current: async () => {
      policyReads += 1;
      return { version: 1, source: smallPolicy };
    },
    version: async () => null,
  } as unknown as PolicyStore),
  store: {
    enforcement: {
      counters: () => answering(new Map([[shop.id, counter]])),
      changesSince: (_, since, most) =>
        dead
          ? new Promise(() => undefined)
          : answering(changes.filter((change) => change.counter > since).slice(0, most)),
      keysOf: async () => new Map(),
      async *inMemory(_, only) {
        await answering(null);
        if (only === undefined) {
          wholeReads += 1;
          const then = [...measured];
          if (hold)
            await new Promise<void>((resolve) => {
              goOn = resolve;
            });
          yield then.map((customer) => ({ customer, ...ofNobody }));
        } else yield only.filter((each) => measured.has(each)).map((customer) => ({ customer, ...ofNobody }));
      },
    },
    lists: { async *inMemory() {} },
    links: { sameAs: async () => new Map() },
  },
};
const feed: ChangeFeed = {
  listen: (onChange) => {
    hear = onChange;
    return async () => undefined;
  },
};

beforeEach(() => {
  measured = new Set([ada]);
  changes = [];
  counter = 7;
  wholeReads = 0;
  policyReads = 0;
  down = false;
  dead = false;
  compared = null;
  hold = false;
  goOn = null;
  faults.length = 0;
  opened = new Snapshots(deps, new Pulse((error) => faults.push(String(error))), {
    changes: feed,
    pollMs: 3_600_000,
    deadlines: { askMs: 500, wholeMs: 60_000 },
    onFault: (error) => faults.push(String(error)),
  });
});
afterEach(() => opened.close());

const change = (more: Partial<DecisionChange>): void => {
  counter += 1;
  changes.push({ counter, everything: false, policy: false, customers: [], entries: [], ...more });
};
const told = (): void => hear?.({ shop: shop.id, seq: null, decisions: true });
const knows = (held: Held) => [...(held.snapshot?.measured.customers() ?? [])].sort();
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

it('reads a shop once and then only what changes name', async () => {
  const held = await opened.of(shop);
  expect(knows(held)).toEqual([ada]);
  expect(opened.of(shop)).toBe(held);
  measured = new Set([bob, cleo]);
  change({ customers: [ada] });
  change({ customers: [bob] });
  told();
  told();
  await expect.poll(() => knows(held)).toEqual([bob]);
  expect([wholeReads, held.counter]).toEqual([1, 9]);
  change({ policy: true });
  const before = policyReads;
  await opened.poll();
  expect([policyReads - before, wholeReads, knows(held)]).toEqual([1, 1, [bob]]);
});

it.each([
  ['everything may have changed', () => change({ everything: true })],
  [
    'a number is missing',
    () => {
      counter += 1;
      change({ customers: [] });
    },
  ],
  [
    'the rows are gone',
    () => {
      counter += 5_000;
    },
  ],
  [
    'the counter went back',
    () => {
      counter = 3;
    },
  ],
] as const)('reads a shop whole again when %s, and serves on meanwhile', async (_, happens) => {
  const held = await opened.of(shop);
  measured = new Set([bob]);
  hold = true;
  happens();
  await opened.poll();
  await expect.poll(() => goOn).not.toBeNull();
  expect(knows(held)).toEqual([ada]);
  // What is named while it is being read is there at once, and is not lost with the new snapshot.
  measured = new Set([bob, cleo]);
  change({ customers: [cleo] });
  told();
  await expect.poll(() => knows(held)).toEqual([ada, cleo].sort());
  hold = false;
  goOn?.();
  await expect.poll(() => knows(held)).toEqual([bob, cleo]);
  await settled();
  expect([wholeReads, held.counter, held.wantsWhole, faults]).toEqual([2, counter, -1, []]);
});

it('takes in what changes while it is read for the first time', async () => {
  hold = true;
  const reading = opened.of(shop);
  await expect.poll(() => goOn).not.toBeNull();
  measured = new Set([ada, bob]);
  change({ customers: [bob] });
  told();
  goOn?.();
  expect(knows(await reading)).toEqual([ada, bob]);
  expect(wholeReads).toBe(1);
});

it('serves on while the database is down, says for how long, and tells of it once', async () => {
  const held = await opened.of(shop);
  expect(opened.oldestMs()).toBeLessThan(60_000);
  const fresh = held.freshAt;
  down = true;
  for (let times = 0; times < 3; times += 1) await opened.poll();
  expect([faults, held.freshAt]).toEqual([['Error: down'], fresh]);
  expect(opened.of(shop)).toBe(held);
  measured.add(bob);
  down = false;
  change({ customers: [bob] });
  await opened.poll();
  expect(knows(held)).toEqual([ada, bob]);
  expect(held.freshAt).toBeGreaterThan(fresh);
});

it('refuses to know what it could not read, and tries again with the next request', async () => {
  down = true;
  await expect(opened.of(shop)).rejects.toThrow('down');
  expect(opened.oldestMs()).toBeNull();
  down = false;
  expect(knows(await opened.of(shop))).toEqual([ada]);
});

it('loses no change that comes while a whole reading ends and comparing is renewed', async () => {
  let renewed: (() => void) | null = null;
  compared = { load: async () => undefined, renew: async () => undefined };
  const held = await opened.of(shop);
  await expect.poll(() => held.likenesses).not.toBeNull();
  hold = true;
  change({ everything: true });
  told();
  await expect.poll(() => goOn).not.toBeNull();
  compared.renew = () =>
    new Promise((resolve) => {
      renewed ??= resolve;
      if (renewed !== resolve) resolve();
    });
  measured = new Set([ada, bob]);
  change({ customers: [bob] });
  told();
  await expect.poll(() => renewed).not.toBeNull();
  const before = held.snapshot;
  goOn?.();
  await expect.poll(() => held.snapshot !== before).toBe(true);
  (renewed as (() => void) | null)?.();
  await opened.poll();
  await expect.poll(() => knows(held)).toEqual([ada, bob]);
});

it('asks anew what had no answer, and goes on from there', async () => {
  const held = await opened.of(shop);
  dead = true;
  measured = new Set([bob]);
  change({ customers: [ada, bob] });
  void opened.poll();
  await settled();
  dead = false;
  await expect.poll(() => held.following, { timeout: 10_000 }).toBeNull();
  await opened.poll();
  expect(knows(held)).toEqual([bob]);
  expect(faults[0]).toMatch(/did not answer within 0.5 seconds/);
});

it('loads again what comparing takes when that failed, and takes in all that was missed', async () => {
  const renewed: CustomerId[] = [];
  let loads = 0;
  compared = {
    load: async () => {
      loads += 1;
      if (loads === 1) throw new Error('a blip');
      for (let number = 0; number < 450; number += 1) change({ customers: [id<CustomerId>(uuid(number, 5))] });
    },
    renew: async (customers) => void renewed.push(...customers),
  };
  const held = await opened.of(shop);
  await expect.poll(() => held.likenesses, { timeout: 10_000 }).not.toBeNull();
  await expect.poll(() => renewed.length).toBe(450);
  expect([loads, faults]).toEqual([2, ['Error: a blip']]);
});
