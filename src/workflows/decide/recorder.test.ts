import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import { type DecisionId, id, type ShopId } from '../../core/shared/brand.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { Recorder, type Waiting } from './recorder.ts';

const written: string[] = [];
const faults: string[] = [];
const failing = new Set<string>();

beforeEach(() => {
  vi.useFakeTimers();
  for (const kept of [written, faults]) kept.length = 0;
  failing.clear();
});
afterEach(() => void vi.useRealTimers());

const inside = {
  ledger: {
    lock: async (shop: ShopId) => {
      if (failing.has(letterOf(shop))) throw new Error(`${letterOf(shop)} fails`);
    },
    append: async (shop: Shop, offered: readonly OfferedEvent[]) => {
      written.push(...offered.map(() => letterOf(shop.id)));
      return [];
    },
  },
  enforcement: { customersOf: async () => new Map() },
} as unknown as Store;
const store = { transaction: (work: (store: Store) => Promise<unknown>) => work(inside) } as Store;

const open = ({ batch = 100, most = 1_000 } = {}) =>
  new Recorder(store, { everyMs: 50, batch, most, onFault: (error) => faults.push(String(error)) });

const shops = { a: uuid(1), b: uuid(2), c: uuid(3) };
const letters = new Map<string, string>(Object.entries(shops).map(([letter, shop]) => [shop, letter]));
const letterOf = (shop: ShopId): string => letters.get(shop) ?? '';

const allowAt = (shop: keyof typeof shops): Waiting => ({
  shop: { id: id<ShopId>(shops[shop]) } as Shop,
  body: {
    decision: id<DecisionId>(uuid(1)),
    surface: 'purchase',
    outcome: 'allow',
    obligations: [],
    measures: [],
    policyVersion: null,
    allowListed: false,
  },
  hashes: [],
  at: at('2026-06-01T12:00:00Z'),
});
const times = (count: number, shop: keyof typeof shops) => Array.from({ length: count }, () => shop);

it('writes the other shops while one cannot be written, and tries that one again each second', async () => {
  const recorder = open();
  failing.add('a');
  for (const shop of ['a', 'b', 'a', 'c'] as const) recorder.add(allowAt(shop));
  await vi.advanceTimersByTimeAsync(50);
  expect(written).toEqual(['b', 'c']);
  recorder.add(allowAt('b'));
  recorder.add(allowAt('a'));
  await vi.advanceTimersByTimeAsync(50);
  expect(written).toEqual(['b', 'c', 'b']);
  expect(faults).toEqual(['Error: a fails']);
  await vi.advanceTimersByTimeAsync(900);
  expect(faults).toHaveLength(1);
  failing.clear();
  await vi.advanceTimersByTimeAsync(100);
  expect(written).toEqual(['b', 'c', 'b', 'a', 'a', 'a']);
  expect(vi.getTimerCount()).toBe(0);
});

it('goes on with the batches of a shop while another fails, also when it closes', async () => {
  const recorder = open({ batch: 2 });
  failing.add('a');
  for (const shop of [...times(3, 'a'), ...times(7, 'b')]) recorder.add(allowAt(shop));
  await recorder.close();
  expect(written).toEqual(times(7, 'b'));
  expect(faults.at(-1)).toBe('Error: 3 decisions to allow were given and not recorded');
  expect(vi.getTimerCount()).toBe(0);
});

it('lets a shop that fails take no room from the others, within one bound for all', async () => {
  const recorder = open({ most: 4 });
  failing.add('a');
  for (const shop of [...times(6, 'a'), ...times(3, 'b')]) recorder.add(allowAt(shop));
  expect(await recorder.flush()).toBe(false);
  expect(written).toEqual(['b', 'b']);
  failing.clear();
  expect(await recorder.flush()).toBe(true);
  expect(written).toEqual(['b', 'b', 'a', 'a']);
  expect(faults.filter((fault) => fault.includes('not recorded'))).toEqual([
    'Error: 5 decisions to allow were given and not recorded',
  ]);
  await recorder.close();
});
