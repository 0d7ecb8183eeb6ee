import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { runCommandLine } from '../../src/cli/frame.ts';
import { createEmptyDatabase, dropDatabase, onDatabase } from '../support/database.ts';
import { smallPolicy } from '../support/policy.ts';

const ROOT = join(import.meta.dirname, '../..');
const ORDERS = join(ROOT, 'docs/formats/examples/orders.csv');

let url: string;
let folder: string;
beforeAll(async () => {
  url = await createEmptyDatabase();
  folder = mkdtempSync(join(tmpdir(), 'evenhand-commands-'));
});
afterAll(async () => {
  await dropDatabase(url);
  rmSync(folder, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...words: string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommandLine(words, {
    registry: COMMANDS,
    environment: { DATABASE_URL: url, EVENHAND_DATA: join(folder, 'data') },
    workingFolder: folder,
    signal: new AbortController().signal,
    terminal: {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      raw: (text) => err.push(text),
      isScreen: false,
      columns: 120,
    },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const PLACE = ['--currency', 'EUR', '--time-zone', 'Europe/Amsterdam'];

it('imports into a shop that it makes, and again adds nothing', async () => {
  const first = await run('import', ORDERS, '--shop', 'linde', '--format', 'orders-csv', ...PLACE);
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toContain('orders.csv into linde: 5 events added, 0 known already, 0 in conflict.');
  expect(first.err).toContain('Importing orders.csv: 7 rows');
  expect(first.err).toContain('Assessing: 3 customers');
  const again = await run('import', ORDERS, '--shop', 'linde', '--format', 'orders-csv', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ status: 'done', added: 0, known: 5, conflicts: 0, skipped: [] });
});

it.each([
  [['import', 'nowhere.csv', '--shop', 'linde', '--format', 'events'], 1, 'There is no file'],
  [
    ['import', ORDERS, '--shop', 'new', '--format', 'orders-csv'],
    1,
    'There is no shop "new" yet. To make it, add its currency and time zone',
  ],
  [
    ['import', ORDERS, '--shop', 'new', '--format', 'orders-csv', '--currency', 'EURO', '--time-zone', 'UTC'],
    1,
    '"EURO" is not an ISO 4217 currency',
  ],
  [
    ['import', ORDERS, '--shop', 'new', '--format', 'orders-csv', '--currency', 'EUR', '--time-zone', 'Mars'],
    1,
    '"Mars" is not a time zone',
  ],
  [['import', ORDERS, '--shop', 'New Shop', '--format', 'orders-csv', ...PLACE], 1, "cannot be a shop's short name"],
  [
    ['import', ORDERS, '--shop', 'linde', '--format', 'orders-csv', '--currency', 'USD'],
    1,
    'counts in EUR, not in USD',
  ],
  [['import', ORDERS, '--shop', 'linde', '--format', 'excel'], 2, '--format'],
  [['import', ORDERS, '--format', 'events'], 2, '--shop'],
  [['evaluate', '--shop', 'nobody'], 1, 'There is no shop'],
  [['evaluate', '--shop', 'linde', '--as-of', 'yesterday'], 2, '"yesterday" is no instant'],
  [['ledger', 'verify', '--shop', 'linde', '--expect-head', 'abc'], 2, 'takes the 64 characters'],
] as const)('%j is refused in one clear line', async (words, code, message) => {
  const ran = await run(...words);
  expect(ran.code).toBe(code);
  expect(ran.err).toContain(message);
});

it('says what is wrong with a file, and leaves nothing', async () => {
  writeFileSync(join(folder, 'broken.csv'), 'order,date,article,quantity,unit_price\n1,2026-01-01,A,1,"1.00\n');
  const ran = await run('import', 'broken.csv', '--shop', 'linde', '--format', 'orders-csv');
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.out).toContain('Line 2: a quote opens and never closes.');
});

it('evaluates, and rebuilds to the same', async () => {
  writeFileSync(
    join(folder, 'policy.yaml'),
    smallPolicy.replace('at_least: 3}', 'at_least: 1}').replace('at_least: 50 %', 'at_least: 40 %'),
  );
  const judged = await run('evaluate', '--shop', 'linde', '--policy', 'policy.yaml', '--as-of', '2026-06-01', '--json');
  expect(JSON.parse(judged.out)).toMatchObject({
    asOf: '2026-06-01T00:00:00.000Z',
    policy: { name: 'Small', version: null },
    evaluated: 3,
    proposals: [{ customer: { externalId: '4711' }, rules: [{ id: 'sends-most-back' }], step: 1 }],
  });
  const told = await run('evaluate', '--shop', 'linde', '--policy', 'policy.yaml', '--as-of', '2026-06-01');
  expect(told.out).toContain('4711: warning (step 1 of returns)');
  expect(told.out).toContain('return_rate_by_value 44 % (at least 40 %)');
  expect((await run('ledger', 'rebuild', '--shop', 'linde')).out).toBe('Rebuilt linde from 8 events: 3 customers.');
  const again = await run('evaluate', '--shop', 'linde', '--policy', 'policy.yaml', '--as-of', '2026-06-01', '--json');
  expect(again.out).toBe(judged.out);
});

it('verifies a ledger, and fails naming the row when somebody changed one', async () => {
  const fine = await run('ledger', 'verify', '--shop', 'linde', '--json');
  expect(fine).toMatchObject({ code: 0 });
  const { head } = JSON.parse(fine.out) as { head: { hash: string } };
  expect((await run('ledger', 'verify', '--shop', 'linde', '--expect-head', head.hash)).code).toBe(0);
  const elsewhere = await run('ledger', 'verify', '--shop', 'linde', '--expect-head', '0'.repeat(64));
  expect(elsewhere).toMatchObject({ code: 1 });
  expect(elsewhere.out).toContain('the hash kept elsewhere is nowhere in this ledger');
  await onDatabase(url, (client) => client.query("update ledger_event set source_id = 'x' where seq = 2"));
  const broken = await run('ledger', 'verify', '--shop', 'linde');
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.out).toContain('row 2 (order.placed): altered; its content does not give its hash');
});

it('counts one event as one, and says once on which line something is wrong', async () => {
  const [header = ''] = readFileSync(ORDERS, 'utf8').split('\n', 1);
  const row = (cells: Record<string, string>) =>
    header
      .trim()
      .split(',')
      .map((name) => cells[name] ?? '')
      .join(',');
  const line = { type: 'order', customer: 'C-1', article: 'A', quantity: '1', unit_price: '10.00' };
  const rows = [
    row({ ...line, order: 'X-1', date: '2026-02-30' }),
    row({ ...line, order: 'X-2', date: '2026-02-03' }),
    row({ ...line, order: 'X-3', date: '2026-02-03' }),
    row({ ...line, order: 'X-3', date: '2026-02-03', quantity: 'some' }),
  ];
  const file = join(folder, 'one.csv');
  writeFileSync(file, [header.trim(), ...rows, ''].join('\n'));
  const { out } = await run('import', file, '--shop', 'one-event', '--format', 'orders-csv', ...PLACE);
  expect(out).toContain('one.csv into one-event: 1 event added,');
  expect(out).toContain('order X-1, line 2: date is not a day that exists');
  expect(out).toContain('order X-3, line 4: line 5: quantity is no whole number');
});
