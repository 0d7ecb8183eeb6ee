import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { at, uuid } from '../../../../test/support/events.ts';
import { randomIds } from '../../../adapters/ids.ts';
import { type DecisionId, id, type ShopId } from '../../../core/shared/brand.ts';
import type { DecisionJournal, JournalEntry } from '../../../ports/journal.ts';
import type { OfferedEvent } from '../../../ports/ledger.ts';
import type { Store } from '../../../ports/store.ts';
import type { Shop } from '../../../ports.ts';
import { Pulse } from '../pulse.ts';
import { decisionBody, decisionEvent } from './event.ts';
import { Recorder } from './recorder.ts';

const NOW = at('2026-06-01T12:00:00Z');
const a = { id: id<ShopId>(uuid(1)) } as Shop;
const b = { id: id<ShopId>(uuid(2)) } as Shop;

/** What was written, a transaction at a time. */
let written: { shop: ShopId; events: readonly OfferedEvent[] }[];
let answer: (shop: Shop) => Promise<void>;
let faults: string[];
let recorders: Recorder[];

beforeEach(() => {
  written = [];
  faults = [];
  recorders = [];
  answer = async () => undefined;
});
afterEach(async () => {
  for (const recorder of recorders) await recorder.close();
});

const store = {
  lists: { hit: async () => undefined },
  transaction: (work: (inside: Store) => Promise<void>) =>
    work({
      ledger: {
        append: async (shop: Shop, events: readonly OfferedEvent[]) => {
          await answer(shop);
          written.push({ shop: shop.id, events });
          return events.map(() => ({ status: 'added' }));
        },
      },
    } as unknown as Store),
} as unknown as Store;

class FakeJournal implements DecisionJournal {
  readonly entries: JournalEntry[] = [];
  get isEmpty() {
    return this.entries.length === 0;
  }
  async add(entries: readonly JournalEntry[]) {
    this.entries.push(...entries);
  }
  async deliver(take: (entries: readonly JournalEntry[]) => Promise<readonly JournalEntry[]>) {
    this.entries.splice(0, this.entries.length, ...(await take([...this.entries])));
  }
  async close() {}
}

function open(journal: DecisionJournal | null = null, patienceMs = 60_000) {
  const pulse = new Pulse((error) => faults.push(String(error)));
  const recorder = new Recorder(store, randomIds, pulse, {
    flushMs: 3_600_000,
    patienceMs,
    journal,
    shopOf: async (shop) => (shop === a.id ? a : b),
    onFault: (error) => faults.push(String(error)),
  });
  recorders.push(recorder);
  return { recorder, pulse };
}

const denied = (number: number): OfferedEvent =>
  decisionEvent(
    decisionBody(id<DecisionId>(uuid(number)), 'purchase', {
      outcome: 'deny',
      obligations: [],
      reasons: [],
      message: null,
      allowListed: false,
      byPhoneAlone: false,
    }),
    null,
    NOW,
  );

it('writes what comes together in one transaction, and answers when it is written', async () => {
  const { recorder } = open();
  let release: (() => void) | undefined;
  answer = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  const done: number[] = [];
  const writes = Array.from({ length: 20 }, (_, index) =>
    recorder.write(a, denied(index)).then(() => done.push(index)),
  );
  await expect.poll(() => release).toBeDefined();
  expect(done).toEqual([]);
  // These come while the first are being written, and go together after them.
  const later = Array.from({ length: 5 }, (_, index) => recorder.write(a, denied(100 + index)));
  answer = async () => undefined;
  release?.();
  await Promise.all([...writes, ...later]);
  expect(written.map(({ events }) => events.length)).toEqual([20, 5]);
});

it('lets one shop wait for no other', async () => {
  const { recorder } = open();
  let release: (() => void) | undefined;
  answer = (shop) =>
    shop.id === b.id
      ? Promise.resolve()
      : new Promise((resolve) => {
          release = resolve;
        });
  const slow = recorder.write(a, denied(1));
  expect(await recorder.write(b, denied(2))).toBe('ledger');
  await expect.poll(() => release).toBeDefined();
  release?.();
  expect(await slow).toBe('ledger');
});

it('goes to the journal when the database takes too long or fails, and from there to the ledger', async () => {
  const journal = new FakeJournal();
  const { recorder, pulse } = open(journal, 20);
  let release: (() => void) | undefined;
  answer = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  expect(await recorder.write(a, denied(1))).toBe('journal');
  recorder.allow(a, 'login', NOW);
  await recorder.flush();
  expect(journal.entries.map(({ event }) => event.kind)).toEqual(['decision.made', 'decisions.allowed']);
  answer = () => Promise.reject(new Error('no connection'));
  expect(await recorder.write(b, denied(2))).toBe('journal');
  expect(pulse.isAway).toBe(true);
  recorder.allow(b, 'purchase', NOW);
  await recorder.flush();
  expect(journal.entries.map(({ event }) => event.kind)).toEqual([
    'decision.made',
    'decisions.allowed',
    'decision.made',
    'decisions.allowed',
  ]);
  release?.();
  answer = async () => undefined;
  expect(await recorder.deliver()).toBe(true);
  expect(journal.isEmpty).toBe(true);
  // The one whose end nobody heard of is offered twice: the ledger knows it the second time.
  await expect
    .poll(() => written.map(({ shop, events }) => [shop, events.length]).sort())
    .toEqual([
      [a.id, 1],
      [a.id, 2],
      [b.id, 2],
    ]);
});

it('gives no answer that can be written nowhere', async () => {
  const { recorder } = open(null);
  answer = () => Promise.reject(new Error('no connection'));
  await expect(recorder.write(a, denied(1))).rejects.toThrow('no connection');
  const journal = new FakeJournal();
  journal.add = () => Promise.reject(new Error('full'));
  const full = open(journal);
  await expect(full.recorder.write(a, denied(1))).rejects.toThrow('full');
});

it('writes what belongs to a customer who is erased meanwhile without them', async () => {
  const { recorder } = open();
  const event = { ...denied(1), subject: { id: uuid(9), identifiers: [], shown: {} } } as unknown as OfferedEvent;
  const offered: (readonly OfferedEvent[])[] = [];
  const refusing = {
    ...store,
    transaction: (work: (inside: Store) => Promise<void>) =>
      work({
        ledger: {
          append: async (_: Shop, events: readonly OfferedEvent[]) => {
            offered.push(events);
            return events.map(({ subject }) => ({ status: subject === null ? 'added' : 'refused' }));
          },
        },
      } as unknown as Store),
  } as unknown as Store;
  const own = new Recorder(refusing, randomIds, new Pulse(() => undefined), {
    flushMs: 3_600_000,
    patienceMs: 60_000,
    journal: null,
    shopOf: async () => null,
    onFault: () => undefined,
  });
  expect(await own.write(a, event)).toBe('ledger');
  expect(offered.map(([first]) => first?.subject === null)).toEqual([false, true]);
  await own.close();
  await recorder.close();
});

it('lets neither a shop nor an event that the ledger refuses hold up the rest, nor take the database for gone', async () => {
  const journal = new FakeJournal();
  const { recorder, pulse } = open(journal);
  const refusal = Object.assign(new Error('value out of range'), { code: '22003' });
  const bad = denied(2);
  journal.entries.push({ shop: a.id, event: denied(1) }, { shop: a.id, event: bad }, { shop: b.id, event: denied(3) });
  const refusing = vi.spyOn(store, 'transaction').mockImplementation((work) =>
    work({
      ledger: {
        append: async (shop: Shop, events: readonly OfferedEvent[]) => {
          if (events.includes(bad)) throw refusal;
          written.push({ shop: shop.id, events });
          return events.map(() => ({ status: 'added' }));
        },
      },
    } as unknown as Store),
  );
  expect(await recorder.deliver()).toBe(false);
  refusing.mockRestore();
  expect(written.map(({ shop, events }) => [shop, events.length])).toEqual([
    [a.id, 1],
    [b.id, 1],
  ]);
  expect([journal.entries.map(({ event }) => event), pulse.isAway]).toEqual([[bad], false]);
  expect(faults.join()).toMatch(/value out of range.*refused 1 recorded/);
  expect(await recorder.deliver()).toBe(true);
});

it('does not take a disk that refuses for a database that is gone', async () => {
  const journal = new FakeJournal();
  const { recorder, pulse } = open(journal);
  journal.entries.push({ shop: a.id, event: denied(1) });
  journal.deliver = () => Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }));
  expect(await recorder.deliver()).toBe(false);
  expect([pulse.isAway, faults]).toEqual([false, ['Error: EACCES: permission denied']]);
});

it('writes to the journal what the answer says that was given without the database', async () => {
  const journal = new FakeJournal();
  const { recorder } = open(journal);
  const [sure, unsure] = [denied(1), denied(2)];
  expect(await recorder.write(a, sure, unsure)).toBe('ledger');
  answer = () => Promise.reject(new Error('no connection'));
  expect(await recorder.write(a, sure, unsure)).toBe('journal');
  expect([written.map(({ events }) => events), journal.entries.map(({ event }) => event)]).toEqual([
    [[sure]],
    [unsure],
  ]);
  answer = async () => undefined;
});
