import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { uuid } from '../../../test/support/events.ts';
import { id, type ShopId } from '../../core/shared/brand.ts';
import type { JournalEntry } from '../../ports/journal.ts';
import { createVault } from '../vault/vault.ts';
import { createDecisionJournal } from './decision-journal.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'evenhand-journal-'));
  folder = join(home, 'decisions');
  faults = [];
});
afterEach(() => rmSync(home, { recursive: true }));

const entry = (number: number) =>
  ({
    shop: id<ShopId>(uuid(1)),
    event: { kind: 'decision.made', sourceId: `decision:${number}` },
  }) as unknown as JournalEntry;
const vault = createVault(new Uint8Array(32).fill(7));
let faults: string[] = [];
const openJournal = (mostBytes?: number, own = vault) =>
  createDecisionJournal({
    folder,
    vault: own,
    ...(mostBytes === undefined ? {} : { mostBytes }),
  });
const report = (error: Error) => void faults.push(String(error));
const sizeOf = (one: JournalEntry) => vault.seal(JSON.stringify(one)).toString('base64').length + 1;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const takeInto = (taken: number[]) => async (entries: readonly JournalEntry[]) => {
  taken.push(...numbersIn(entries));
  return [];
};
const numbersIn = (entries: readonly JournalEntry[]) => entries.map(({ event }) => Number(event.sourceId.slice(9)));

it('hands over everything once, in order, and leaves nothing behind', async () => {
  const journal = openJournal();
  expect(journal.isEmpty).toBe(true);
  await Promise.all(numbers(500).map((number) => journal.add([entry(number)])));
  expect(journal.isEmpty).toBe(false);
  const taken: number[] = [];
  await journal.deliver(takeInto(taken), report);
  expect(taken).toEqual(numbers(500));
  expect([journal.isEmpty, readdirSync(folder)]).toEqual([true, []]);
  await journal.close();
});

it('keeps what was not taken, and takes in what comes meanwhile', async () => {
  const journal = openJournal();
  await journal.add(numbers(3).map(entry));
  await expect(journal.deliver(() => Promise.reject(new Error('away')), report)).rejects.toThrow('away');
  const taken: number[] = [];
  await journal.deliver(async (entries) => {
    if (taken.length === 0) await journal.add([entry(3)]);
    return takeInto(taken)(entries);
  }, report);
  expect(taken).toEqual([0, 1, 2]);
  await journal.deliver(takeInto(taken), report);
  expect(taken).toEqual([0, 1, 2, 3]);
  await journal.close();
});

it('delivers what a process left that was killed, without the line it was cut off in', async () => {
  const killed = openJournal();
  await killed.add(numbers(2).map(entry));
  const [file = ''] = readdirSync(folder);
  appendFileSync(join(folder, file), '{"shop":"0000');
  const journal = openJournal();
  expect(journal.isEmpty).toBe(false);
  await journal.add([entry(2)]);
  const taken: number[] = [];
  await journal.deliver(takeInto(taken), report);
  expect(taken).toEqual([0, 1, 2]);
  await journal.close();
  await killed.close();
});

it('refuses what there is no room for, keeps the rest of its room for what may take it, and says so', async () => {
  const size = sizeOf(entry(0));
  const journal = openJournal(4 * size);
  await journal.add([entry(0)], 0.5);
  await journal.add([entry(1)], 0.5);
  await expect(journal.add([entry(2)], 0.5)).rejects.toThrow(/full/);
  await journal.add([entry(2)]);
  await journal.add([entry(3)]);
  await expect(journal.add([entry(4)])).rejects.toThrow(/full/);
  const taken: number[] = [];
  await journal.deliver(takeInto(taken), report);
  expect(taken).toEqual(numbers(4));
  await journal.add([entry(5)]);
  await journal.close();
});

it('counts what was left behind against its room', async () => {
  const size = sizeOf(entry(0));
  const killed = openJournal(4 * size);
  await killed.add(numbers(3).map(entry));
  const journal = openJournal(4 * size);
  await expect(journal.add([entry(3), entry(4)])).rejects.toThrow(/full/);
  await killed.close();
});

it('loses nothing of two processes on one folder, whoever starts when', async () => {
  const one = openJournal();
  await one.add([entry(1)]);
  const two = openJournal();
  const taken: number[] = [];
  // Taken over by the other; the first notices, and writes to a file of its own.
  await one.add([entry(2)]);
  await two.deliver(takeInto(taken), report);
  await one.add([entry(3)]);
  const three = openJournal();
  await one.deliver(takeInto(taken), report);
  await one.add([entry(4)]);
  await one.deliver(takeInto(taken), report);
  await three.deliver(takeInto(taken), report);
  expect([...new Set(taken)].sort()).toEqual([1, 2, 3, 4]);
  expect([one.isEmpty, two.isEmpty, three.isEmpty, readdirSync(folder), faults]).toEqual([true, true, true, [], []]);
  await Promise.all([one, two, three].map((each) => each.close()));
});

it('loses nothing while others start and deliver in the middle of it', async () => {
  const one = openJournal();
  const taken: number[] = [];
  const others: ReturnType<typeof openJournal>[] = [];
  for (const number of numbers(60)) {
    const adding = one.add([entry(number)]);
    if (number % 5 === 0) {
      const other = openJournal();
      others.push(other);
      await other.deliver(takeInto(taken), report);
    }
    await adding;
  }
  for (const journal of [one, ...others]) await journal.deliver(takeInto(taken), report);
  expect([...new Set(taken)].sort((a, b) => a - b)).toEqual(numbers(60));
  await Promise.all([one, ...others].map((each) => each.close()));
});

it('shows nobody who reads the disk what it holds', async () => {
  const journal = openJournal();
  await journal.add([entry(1)]);
  const [file = ''] = readdirSync(folder);
  expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^[A-Za-z0-9+/=]+\n$/);
  await journal.close();
});

it('keeps and reports what it cannot read, and delivers the rest', async () => {
  const other = openJournal(undefined, createVault(new Uint8Array(32).fill(8)));
  await other.add([entry(1)]);
  await other.close();
  const [file = ''] = readdirSync(folder);
  const journal = openJournal();
  await journal.add([entry(2)]);
  const taken: number[] = [];
  await journal.deliver(takeInto(taken), report);
  expect([taken, journal.isEmpty, faults.length]).toEqual([[2], true, 1]);
  expect(faults[0]).toMatch(/1 recorded decisions .* could not be read/);
  expect(readdirSync(folder)).toEqual([expect.stringMatching(new RegExp(`^${file.split('-')[0]}-.*unreadable$`))]);
  await journal.close();
});

it('keeps what is given back, and does not hand it over again at once', async () => {
  const journal = openJournal();
  await journal.add(numbers(3).map(entry));
  await journal.deliver(async (entries) => entries.slice(1, 2), report);
  expect(journal.isEmpty).toBe(false);
  const taken: number[] = [];
  await journal.deliver(takeInto(taken), report);
  expect([taken, journal.isEmpty]).toEqual([[1], true]);
  await journal.close();
});

it('has its room back after the disk refused', async () => {
  const journal = openJournal(3 * sizeOf(entry(0)));
  writeFileSync(folder, 'a file where the folder goes');
  for (const number of numbers(9)) await expect(journal.add([entry(number)])).rejects.toThrow(/EEXIST|ENOTDIR/);
  rmSync(folder);
  await journal.add([entry(1)]);
  await journal.close();
});
