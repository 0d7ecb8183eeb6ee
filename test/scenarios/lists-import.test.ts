import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import type { FormatName } from '../../src/workflows/import/format.ts';
import { importFile } from '../../src/workflows/import/import-file.ts';
import { fileSource } from '../../src/workflows/import/source.ts';
import { allEntries, firewallFile } from '../../src/workflows/lists/export.ts';
import { previewFile } from '../../src/workflows/lists/preview-file.ts';
import { writeEntries } from '../../src/workflows/lists/write-entries.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';

const PROGRAM = join(import.meta.dirname, '../support/writing-process.ts');
const EXAMPLES = join(import.meta.dirname, '../../docs/formats/examples');

describeOnEveryDatabase('files of lists', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  let folder: string;

  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
    folder = await mkdtemp(join(tmpdir(), 'lists-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
  });

  const open = () => makeTestShop(database, clock);

  async function file(lines: readonly string[], name = 'lists.csv') {
    const path = join(folder, name);
    await writeFile(path, `${lines.join('\n')}\n`);
    return fileSource(path);
  }

  async function take(
    shop: Shop,
    format: FormatName,
    path: string,
    more: { meant?: boolean; signal?: AbortSignal } = {},
  ) {
    return importFile(deps, { shop, format, source: await fileSource(path), ...more });
  }

  /** What stands on the lists, without what differs from shop to shop. */
  async function standing(shop: Shop) {
    const all = [];
    for await (const page of allEntries(deps.store.lists, shop.id, { list: null, types: [], now: clock.now() }))
      all.push(...page.map(({ list, type, value, reason, answer }) => [list, type, value, answer, reason].join(' | ')));
    return all.sort();
  }

  const eventsOf = async (shop: Shop): Promise<number> => {
    const { rows } = await database.pool.query(
      `select count(*)::int as n from ledger_event where shop_id = $1 and kind like 'entry.%'`,
      [shop.id],
    );
    return rows[0].n;
  };

  it('are taken in once, however often they come', async () => {
    const shop = await open();
    const first = await take(shop, 'lists-csv', join(EXAMPLES, 'lists.csv'));
    expect(first).toMatchObject({ status: 'done', added: 7, known: 0, skipped: [] });
    const before = await standing(shop);
    expect(before).toContain(
      'deny | name_address | Ada Example; Dorpsstraat 12; 1234 AB Utrecht | review | The same four orders',
    );
    clock.later('3 days');
    expect(await take(shop, 'lists-csv', join(EXAMPLES, 'lists.csv'))).toMatchObject({ added: 0, known: 7 });
    expect(await standing(shop)).toEqual(before);
    expect(await eventsOf(shop)).toBe(7);
  });

  it('say of each line that cannot be taken why, and take the others', async () => {
    const shop = await open();
    const source = await file([
      'list,type,value,reason,until,answer',
      'deny,email,ada@example.com,Nine empty parcels,,',
      'deny,ip,0.0.0.0/0,Everybody,,',
      'deny,phone,+31612345678,Unpaid orders,,deny',
      'deny,email,ada,Nine empty parcels,,',
      'maybe,email,b@example.com,Nine empty parcels,,',
      'deny,email,c@example.com,,,',
      'deny,email,d@example.com,Nine empty parcels,2026-02-30,',
      'deny,,@example.org,Throw-away addresses,,',
    ]);
    const preview = unwrap(await previewFile(deps, shop, { format: 'lists-csv', source, meant: false }));
    expect(preview).toMatchObject({ added: 2, changed: 0, same: 0, refused: 6, byType: { email: 1, email_domain: 1 } });
    expect(preview.refusals.filter(({ unlessMeant }) => unlessMeant).map(({ where }) => where)).toEqual([
      'line 3',
      'line 4',
    ]);
    expect(await standing(shop)).toEqual([]);
    const report = await importFile(deps, { shop, format: 'lists-csv', source });
    expect(report).toMatchObject({ status: 'done', added: 2 });
    expect(report.skipped).toMatchObject([{ count: 6 }]);
    expect(report.skipped[0]?.examples).toHaveLength(5);
    const meant = unwrap(await previewFile(deps, shop, { format: 'lists-csv', source, meant: true }));
    expect(meant).toMatchObject({ added: 2, same: 2, refused: 4, harder: 1 });
    expect(meant.wide).toEqual([{ value: '0.0.0.0/0', addresses: 2 ** 32 }]);
    expect(JSON.stringify(report)).not.toContain('example.com');
  });

  it('end in the same state when a process is killed half-way and another begins again', async () => {
    const rows = Array.from({ length: 6_000 }, (_, n) => `deny,email,c${n}@example.com,Nine empty parcels from ${n},,`);
    const source = await file(['list,type,value,reason,until,answer', ...rows], 'long.csv');
    const path = join(folder, 'long.csv');
    const [shop, untouched] = [await open(), await open()];
    const writer = spawn(process.execPath, [PROGRAM, 'import', database.serviceUrl, shop.slug, 'lists-csv', path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(writer, 'exit');
    for await (const said of writer.stdout)
      if (Math.max(...String(said).trim().split('\n').map(Number)) >= 1_000) {
        writer.kill('SIGKILL');
        break;
      }
    expect((await gone)[1]).toBe('SIGKILL');
    const half = (await standing(shop)).length;
    expect(half).toBeGreaterThanOrEqual(1_000);
    expect(half).toBeLessThan(6_000);
    expect(await eventsOf(shop)).toBe(half);

    expect(await importFile(deps, { shop, format: 'lists-csv', source })).toMatchObject({
      status: 'done',
      known: half,
      added: 6_000 - half,
    });
    await importFile(deps, { shop: untouched, format: 'lists-csv', source });
    expect(await standing(shop)).toEqual(await standing(untouched));
    expect(await eventsOf(shop)).toBe(6_000);
    expect((await deps.store.ledger.verify(shop.id)).damage).toEqual([]);
  });

  it('leave each value once when two processes bring in the same list at once', async () => {
    const shop = await open();
    const rows = (by: string) =>
      Array.from(
        { length: 1_500 },
        (_, n) => `deny,email,e${by === 'left' ? n : 1_499 - n}@example.com,From the ${by},,`,
      );
    const paths = await Promise.all(
      ['left', 'right'].map(async (by) => {
        await file(['list,type,value,reason,until,answer', ...rows(by)], `${by}.csv`);
        return join(folder, `${by}.csv`);
      }),
    );
    const codes = await Promise.all(
      paths.map(async (path) => {
        const writer = spawn(process.execPath, [PROGRAM, 'import', database.serviceUrl, shop.slug, 'lists-csv', path], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        return (await once(writer, 'exit'))[0];
      }),
    );
    expect(codes).toEqual([0, 0]);
    const all = await standing(shop);
    expect(all).toHaveLength(1_500);
    expect(new Set(all.map((each) => each.split(' | ')[2])).size).toBe(1_500);
    // Each value was added by one and changed by the other; both are in the ledger.
    expect(await eventsOf(shop)).toBe(3_000);
    expect((await deps.store.ledger.verify(shop.id)).damage).toEqual([]);
  });

  it('stop between two batches when they are told to, and go on from there', async () => {
    const rows = Array.from({ length: 1_200 }, (_, n) => `deny,email,d${n}@example.com,Nine empty parcels,,`);
    const source = await file(['list,type,value,reason,until,answer', ...rows], 'stopped.csv');
    const shop = await open();
    const stop = new AbortController();
    const report = await importFile(deps, {
      shop,
      format: 'lists-csv',
      source,
      signal: stop.signal,
      onProgress: ({ added }) => added >= 500 && stop.abort(),
    });
    expect(report).toMatchObject({ status: 'interrupted', added: 500 });
    expect(await importFile(deps, { shop, format: 'lists-csv', source })).toMatchObject({ added: 700, known: 500 });
    expect(await eventsOf(shop)).toBe(1_200);
  });

  it('come from Blockify, with beginnings and ranges as networks', async () => {
    const shop = await open();
    expect(await take(shop, 'blockify-ips', join(EXAMPLES, 'blockify-ips.csv'))).toMatchObject({
      added: 5,
      skipped: [],
    });
    expect(await standing(shop)).toEqual([
      'allow | ip | 192.0.2.10 |  | Blockify: The warehouse',
      'deny | ip | 198.51.100.0/24 | challenge | Blockify: A hosting provider',
      'deny | ip | 2001:db8:7::/48 | challenge | Blockify: The same',
      'deny | ip | 203.0.113.16/28 | challenge | Blockify: The same night',
      'deny | ip | 203.0.113.7 | challenge | Blockify: A hundred failed payments in one night',
    ]);
    const off = await file(['IP address,Status', '203.0.113.99,Disable'], 'off.csv');
    expect(await importFile(deps, { shop, format: 'blockify-ips', source: off })).toMatchObject({ status: 'failed' });
  });

  it('come from WooCommerce Blacklist Manager, an entry for each value, milder for who was only suspected', async () => {
    const shop = await open();
    await take(shop, 'woocommerce-blacklist', join(EXAMPLES, 'woocommerce-blacklist.csv'));
    const reason = 'WooCommerce Blacklist Manager: chargeback · Said that the parcel never came · #1001 · 2026-02-11';
    expect(await standing(shop)).toEqual([
      `deny | email | ada.example@example.com | deny | ${reason}`,
      'deny | email | bob.example@example.com | review | WooCommerce Blacklist Manager: policy abuse · #1002 · 2026-03-01',
      'deny | email_domain | mailbox.example | challenge | WooCommerce Blacklist Manager: spam · Throw-away addresses · 2026-03-02',
      `deny | ip | 203.0.113.7 | challenge | ${reason}`,
      `deny | name_address | Ada Example; Dorpsstraat 12; Utrecht; UT; 1234 AB; NL | review | ${reason}`,
      `deny | phone | +31612345678 | review | ${reason}`,
    ]);
  });

  it('come from Fraud Filter, but for what a list cannot say', async () => {
    const shop = await open();
    expect(await take(shop, 'fraud-filter', join(EXAMPLES, 'fraud-filter.csv'))).toMatchObject({
      added: 5,
      skipped: [],
    });
    expect(await standing(shop)).toEqual([
      'deny | email | ada.example@example.com | deny | Fraud Filter: Empty parcels',
      'deny | email_domain | @mailbox.example | challenge | Fraud Filter: Throw-away mail',
      'deny | ip | 198.51.100.7 | challenge | Fraud Filter: Warehouse thief',
      'deny | ip | 203.0.113.0/24 | challenge | Fraud Filter: Night of failed payments',
      'deny | phone | +31 6 12345678 | review | Fraud Filter: Four unpaid orders',
    ]);
    const source = await file([
      'Filter name,Attribute,Condition,Value,Action',
      'Both,Email,is equal to,x@example.com,Cancel order',
      'Both,Total price,is greater than,500,Cancel order',
      'Part,Email,contains,smith,Cancel order',
      'Country,Billing address country,is equal to,XX,Cancel order',
      'Not,Email,is not equal to,y@example.com,Cancel order',
      'Good,Email,contains,@mailbox.test,Warning',
    ]);
    const preview = unwrap(await previewFile(deps, shop, { format: 'fraud-filter', source, meant: false }));
    expect(preview).toMatchObject({ added: 1, refused: 4 });
    expect(preview.refusals.map(({ where }) => where)).toEqual(['line 2', 'line 4', 'line 5', 'line 6']);
  });

  it('say what they turn from let through to stopped, and leave that out unless it is meant', async () => {
    const shop = await open();
    const wish = { list: 'allow', type: 'email', reason: 'The photographer' } as const;
    await writeEntries(deps, shop, null, [
      { ...wish, value: 'ada@example.com' },
      { ...wish, value: 'bob@example.com' },
    ]);
    const lines = [
      'list,type,value,reason',
      'deny,email,ada@example.com,Empty parcels',
      'allow,email,bob@example.com,Our tester',
    ];
    const source = await file(lines, 'turned.csv');
    const look = async (meant: boolean) =>
      unwrap(await previewFile(deps, shop, { format: 'lists-csv', source, meant }));
    expect(await look(false)).toMatchObject({
      turned: 1,
      changed: 1,
      same: 0,
      refused: 1,
      refusals: [{ where: 'line 2', unlessMeant: true }],
      byType: { email: 1 },
    });
    expect(await importFile(deps, { shop, format: 'lists-csv', source })).toMatchObject({ added: 1, known: 0 });
    expect(await standing(shop)).toEqual([
      'allow | email | ada@example.com |  | The photographer',
      'allow | email | bob@example.com |  | Our tester',
    ]);
    expect(await look(true)).toMatchObject({ turned: 1, changed: 1, same: 1, refused: 0, byType: { email: 2 } });
    expect(await importFile(deps, { shop, format: 'lists-csv', source, meant: true })).toMatchObject({
      added: 1,
      known: 1,
    });
  });

  it('count a range as one line that is left out when a part of it is let through, and nobody by it', async () => {
    const shop = await open();
    const reason = 'The office';
    await writeEntries(deps, shop, null, [{ list: 'allow', type: 'ip', value: '203.0.113.8/31', reason }]);
    const lines = ['list,type,value,reason', 'deny,ip,203.0.113.0-203.0.113.9,Bots', 'deny,ip,203.0.113.5,Bots'];
    const source = await file(lines, 'part.csv');
    const look = async (meant: boolean) =>
      unwrap(await previewFile(deps, shop, { format: 'lists-csv', source, meant }));
    expect(await look(false)).toMatchObject({ added: 1, changed: 0, refused: 1, turned: 1, byType: { ip: 1 } });
    expect(await importFile(deps, { shop, format: 'lists-csv', source })).toMatchObject({ added: 1, known: 0 });
    expect(await standing(shop)).toEqual([
      'allow | ip | 203.0.113.8/31 |  | The office',
      'deny | ip | 203.0.113.5 | challenge | Bots',
    ]);
    expect(await look(true)).toMatchObject({ added: 1, changed: 1, same: 1, refused: 0, turned: 1, byType: { ip: 3 } });
  });

  it('are refused as a whole when they are something else', async () => {
    const shop = await open();
    const source = await file(['IP,Note', '203.0.113.7,"never closes'], 'broken.csv');
    expect(await previewFile(deps, shop, { format: 'blockify-ips', source, meant: false })).toMatchObject({
      error: { kind: 'invalid', field: 'file' },
    });
    const other = await file(['order,date', '1,2026-01-01'], 'orders.csv');
    expect(await importFile(deps, { shop, format: 'lists-csv', source: other })).toMatchObject({ status: 'failed' });
    expect(await standing(shop)).toEqual([]);
  });

  it('go out for a firewall with exceptions, only those that are refused, and say what it cannot hold', async () => {
    const shop = await open();
    const of = (list: 'allow' | 'deny', value: string) =>
      ({ list, type: 'ip', value, reason: 'A hundred failed payments', answer: 'deny', meant: true }) as const;
    await writeEntries(deps, shop, null, [
      of('deny', '203.0.113.0/24'),
      of('allow', '203.0.113.7'),
      of('deny', '::/0'),
      { ...of('deny', '198.51.100.0/24'), answer: 'challenge' },
      { ...of('deny', '192.0.2.0/24'), answer: 'review' },
    ]);
    const wanted = { now: clock.now(), comments: false };
    const nginx = await firewallFile(deps.store.lists, shop.id, 'nginx', wanted);
    expect(nginx.text).toBe('allow 203.0.113.7;\ndeny 203.0.113.0/24;\ndeny ::/0;\n');
    expect(await firewallFile(deps.store.lists, shop.id, 'cloudflare', wanted)).toEqual({
      text: '203.0.113.0/24,\n',
      leftOut: 2,
    });
    const ipset = await firewallFile(deps.store.lists, shop.id, 'ipset', wanted);
    expect(ipset.text).toContain('add evenhand-deny-new 203.0.113.7 nomatch');
  });
});
