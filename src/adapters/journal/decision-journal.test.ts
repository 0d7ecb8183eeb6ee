import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { uuid } from '../../../test/support/events.ts';
import { id, type ShopId } from '../../core/shared/brand.ts';
import type { JournalEntry } from '../../ports/journal.ts';
import { createDecisionJournal } from './decision-journal.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'evenhand-journal-'));
  folder = join(home, 'decisions');
});
afterEach(() => rmSync(home, { recursive: true }));

const entry = (number: number) =>
  ({
    shop: id<ShopId>(uuid(1)),
    event: { kind: 'decision.made', sourceId: `decision:${number}` },
  }) as unknown as JournalEntry;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const numbersIn = (entries: readonly JournalEntry[]) => entries.map(({ event }) => Number(event.sourceId.slice(9)));

it('hands over everything once, in order, and leaves nothing behind', async () => {
  const journal = createDecisionJournal(folder);
  expect(journal.isEmpty).toBe(true);
  await Promise.all(numbers(500).map((number) => journal.add([entry(number)])));
  expect(journal.isEmpty).toBe(false);
  const taken: number[] = [];
  await journal.deliver(async (entries) => void taken.push(...numbersIn(entries)));
  expect(taken).toEqual(numbers(500));
  expect([journal.isEmpty, readdirSync(folder)]).toEqual([true, []]);
  await journal.close();
});

it('keeps what was not taken, and takes in what comes meanwhile', async () => {
  const journal = createDecisionJournal(folder);
  await journal.add(numbers(3).map(entry));
  await expect(journal.deliver(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  const taken: number[] = [];
  await journal.deliver(async (entries) => {
    if (taken.length === 0) await journal.add([entry(3)]);
    taken.push(...numbersIn(entries));
  });
  expect(taken).toEqual([0, 1, 2]);
  await journal.deliver(async (entries) => void taken.push(...numbersIn(entries)));
  expect(taken).toEqual([0, 1, 2, 3]);
  await journal.close();
});

it('delivers what a process left that was killed, without the line it was cut off in', async () => {
  const killed = createDecisionJournal(folder);
  await killed.add(numbers(2).map(entry));
  const [file = ''] = readdirSync(folder);
  appendFileSync(join(folder, file), '{"shop":"0000');
  const journal = createDecisionJournal(folder);
  expect(journal.isEmpty).toBe(false);
  await journal.add([entry(2)]);
  const taken: number[] = [];
  await journal.deliver(async (entries) => void taken.push(...numbersIn(entries)));
  expect(taken).toEqual([0, 1, 2]);
  await journal.close();
  await killed.close();
});

it('refuses what there is no room for, keeps the rest of its room for what may take it, and says so', async () => {
  const size = JSON.stringify(entry(0)).length + 1;
  const journal = createDecisionJournal(folder, 4 * size);
  await journal.add([entry(0)], 0.5);
  await journal.add([entry(1)], 0.5);
  await expect(journal.add([entry(2)], 0.5)).rejects.toThrow(/full/);
  await journal.add([entry(2)]);
  await journal.add([entry(3)]);
  await expect(journal.add([entry(4)])).rejects.toThrow(/full/);
  const taken: number[] = [];
  await journal.deliver(async (entries) => void taken.push(...numbersIn(entries)));
  expect(taken).toEqual(numbers(4));
  await journal.add([entry(5)]);
  await journal.close();
});

it('counts what was left behind against its room', async () => {
  const size = JSON.stringify(entry(0)).length + 1;
  const killed = createDecisionJournal(folder, 4 * size);
  await killed.add(numbers(3).map(entry));
  const journal = createDecisionJournal(folder, 4 * size);
  await expect(journal.add([entry(3), entry(4)])).rejects.toThrow(/full/);
  await killed.close();
});
