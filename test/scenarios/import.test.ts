import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import type { FormatName } from '../../src/workflows/import/format.ts';
import { formats } from '../../src/workflows/import/formats.ts';
import { type ImportReport, type ImportRequest, importFile } from '../../src/workflows/import/import-file.ts';
import { fileSource } from '../../src/workflows/import/source.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';

const EXAMPLES = join(import.meta.dirname, '../../docs/formats/examples');
const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

describeOnEveryDatabase('importing a file', (makeDatabase) => {
  let database: TestDatabase;
  let deps: Deps;
  let folder: string;
  const clock = testClock();
  beforeAll(async () => {
    database = await makeDatabase();
    deps = testDeps(database, clock);
    folder = mkdtempSync(join(tmpdir(), 'evenhand-import-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  const write = (content: string | Buffer): string => {
    const path = join(folder, `file-${Math.random()}.csv`);
    writeFileSync(path, content);
    return path;
  };
  const load = async (
    shop: Shop,
    format: FormatName,
    path: string,
    more: Partial<ImportRequest> = {},
  ): Promise<ImportReport> => importFile(deps, { shop, format, source: await fileSource(path), ...more });
  const eventsOf = async (shop: Shop) => {
    const { rows } = await sql<{ kind: string; body: Record<string, unknown>; at: number }>`
      select kind, body, occurred_at as at from ledger_event
      where shop_id = ${shop.id} and kind <> 'account.identified' order by seq`.execute(database.db);
    return rows;
  };
  const runOf = (shop: Shop, id: string) =>
    database.db
      .selectFrom('import_run')
      .selectAll()
      .where('shop_id', '=', shop.id)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  it.each(
    Object.values(formats)
      .filter(({ name }) => name !== 'measures-csv')
      .map(({ name, exampleFile }) => [name, exampleFile] as const),
  )('takes in its own example of %s, once', async (format, example) => {
    const shop = await makeTestShop(database, clock);
    const first = await load(shop, format, join(EXAMPLES, example));
    expect(first).toMatchObject({ status: 'done', error: null, known: 0, conflicts: 0 });
    expect(first.added).toBeGreaterThan(1);
    expect(first.skipped.map((skip) => skip.reason).filter((reason) => reason.includes('cannot be read'))).toEqual([]);
    const again = await load(shop, format, join(EXAMPLES, example));
    expect(again).toMatchObject({ status: 'done', added: 0, known: first.added, conflicts: 0 });
    expect(await runOf(shop, first.id)).toMatchObject({
      status: 'done',
      added: first.added,
      rows_read: first.rowsRead,
    });
  });

  it('does not call done what it could use nothing of', async () => {
    const shop = await makeTestShop(database, clock);
    const report = await load(shop, 'events', join(EXAMPLES, 'orders.csv'));
    expect(report).toMatchObject({ status: 'failed', added: 0, error: expect.stringContaining('another format') });
    expect(report.error).toContain('line 1');
    expect(await eventsOf(shop)).toEqual([]);
  });

  it('makes orders, returns and refunds of a spreadsheet', async () => {
    const shop = await makeTestShop(database, clock);
    await load(shop, 'orders-csv', join(EXAMPLES, 'orders.csv'));
    const events = await eventsOf(shop);
    expect(events.map((event) => [event.kind, event.body.order])).toEqual([
      ['order.placed', '10001'],
      ['return.received', '10001'],
      ['order.placed', '10002'],
      ['refund.issued', '10002'],
      ['order.placed', '10003'],
    ]);
    expect(events[0]?.body).toMatchObject({ total: { amount: 204_40, currency: 'EUR' }, payment: 'card' });
    expect(new Date(events[0]?.at ?? 0).toISOString()).toBe('2026-01-12T08:31:00.000Z');
    expect(events[1]?.body).toMatchObject({ return: 'R-501', value: { amount: 89_95 }, reason: 'did_not_fit' });
    expect(events[3]?.body).toMatchObject({ refund: 'F-77', goodsBack: false, reason: 'damaged_in_transit' });
  });

  it('matches credit notes to earlier purchases, and rounds an invoice once', async () => {
    const shop = await makeTestShop(database, clock, { currency: 'GBP', timeZone: 'Europe/London' });
    const report = await load(
      shop,
      'online-retail',
      write(
        [
          HEADER,
          '1,A,Apple,3,2011-06-01 10:00:00,0.335,17850.0,France',
          '2,A,Apple,1,2011-06-02 10:00:00,0.335,17850.0,France',
          '1,B,"Bowl, large",1,2011-06-01 10:01:00,1.004,17850.0,France',
          'C3,A,Apple,-2,2011-06-03 10:00:00,0.335,17850.0,France',
          'C4,D,Discount,-1,2011-06-03 11:00:00,5.00,17850.0,France',
          'A5,B,Adjust bad debt,1,2011-06-03 12:00:00,11.00,,France',
          '6,B,Bowl,-4,2011-06-03 12:00:00,0,,France',
          '7,B,Bowl,4,2011-06-03 12:00:00,1.00,,France',
          '8,B,Bowl,1,2011-06-03 12:00:00,0,17850.0,France',
          '9,B,Bowl,1,2011-06-03 12:00:00,1.00,17850.0,France',
          '9,B,Bowl,one,2011-06-03 12:00:00,1.00,17850.0,France',
        ].join('\r\n'),
      ),
    );
    expect(report.skipped.map(({ reason, count }) => [count, reason])).toEqual([
      [2, 'Invoices that cannot be read, left out whole'],
      [1, 'Invoices that begin with A: bad debt, no purchase'],
      [1, 'Lines without a customer'],
      [1, 'Lines without a price: samples and corrections, no purchase'],
      [1, 'Negative quantity without a credit note: stock written off, no return'],
      [1, 'Returned lines without an earlier purchase in the file: counted, but matched to no order'],
    ]);
    expect(report.skipped[0]?.examples).toEqual([
      { where: 'invoice 9, line 11', what: 'line 12: the quantity is no whole number from 1 to 1,000,000' },
    ]);
    expect(
      (await eventsOf(shop)).map(({ kind, body }) => [kind, body.total ?? body.value, body.matchedOrders, body.reason]),
    ).toEqual([
      ['order.placed', { amount: 201, currency: 'GBP' }, undefined, undefined],
      ['order.placed', { amount: 34, currency: 'GBP' }, undefined, undefined],
      ['return.received', { amount: 67, currency: 'GBP' }, ['2', '1'], 'unspecified'],
      ['return.received', { amount: 500, currency: 'GBP' }, undefined, 'goodwill'],
    ]);
  });

  const rows = (count: number): string =>
    `${HEADER}\n${Array.from({ length: count }, (_, n) => `${500_000 + n},${n % 50},Thing,2,2011-06-01 10:00:00,1.25,${10_000 + (n % 300)},UK`).join('\n')}\n`;

  it.each([
    [
      'a missing column',
      `${rows(9).replace('UnitPrice', 'Price')}`,
      'one is missing: "UnitPrice". It has: "InvoiceNo", "StockCode"',
    ],
    [
      'a broken quote at its end',
      `${rows(5_000)}1,"A,x,1,2011-06-01 10:00:00,1,1,UK\n`,
      'Line 5002: a quote opens and never closes',
    ],
    ['a row too short at its end', `${rows(5_000)}1,A,x\n`, 'Line 5002 has 3 columns, the first line has 8'],
    [
      'another encoding at its end',
      Buffer.concat([Buffer.from(rows(5_000)), Buffer.from('1,\xe9,x,1,2011-06-01 10:00:00,1,1,UK\n', 'latin1')]),
      'Line 5002 is not UTF-8 text',
    ],
    ['nothing below the first line', `${HEADER}\n`, 'nothing below it'],
    ['a gzip that was cut off', gzipSync(rows(5_000)).subarray(0, 3_000), 'ends too early'],
  ])('leaves nothing behind of a file with %s', async (_, content, message) => {
    const shop = await makeTestShop(database, clock);
    const report = await load(shop, 'online-retail', write(content));
    expect(report.status).toBe('failed');
    expect(report.error).toContain(message);
    expect(report).toMatchObject({ added: 0 });
    expect(await eventsOf(shop)).toEqual([]);
    expect(await runOf(shop, report.id)).toMatchObject({ status: 'failed', error: report.error });
  });

  it('can be interrupted and repeated', async () => {
    const shop = await makeTestShop(database, clock);
    const path = write(rows(30_000));
    const stop = new AbortController();
    const first = await load(shop, 'online-retail', path, {
      signal: stop.signal,
      onProgress: ({ added }) => {
        if (added > 0) stop.abort();
      },
    });
    expect(first.status).toBe('interrupted');
    expect(first.added).toBeGreaterThan(0);
    expect(first.added).toBeLessThan(30_000);
    expect(await runOf(shop, first.id)).toMatchObject({ status: 'interrupted', added: first.added });
    const second = await load(shop, 'online-retail', path);
    expect(second).toMatchObject({ status: 'done', added: 30_000 - first.added, known: first.added, conflicts: 0 });
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ rows: 30_300, damage: [] });
  });

  it('goes on after its process was killed in the middle', async () => {
    const shop = await makeTestShop(database, clock);
    const path = write(rows(30_000));
    const program = join(import.meta.dirname, '../support/writing-process.ts');
    const child = spawn(process.execPath, [program, 'import', database.serviceUrl, shop.slug, 'online-retail', path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    child.stdout.on('data', (text: Buffer) => {
      if (/[1-9]/.test(text.toString())) child.kill('SIGKILL');
    });
    expect((await exited)[1]).toBe('SIGKILL');
    const { rows: there } = await deps.store.ledger.verify(shop.id);
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThan(30_300);
    expect(await load(shop, 'online-retail', path)).toMatchObject({ status: 'done', conflicts: 0 });
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ rows: 30_300, damage: [] });
  });
});
