import { existsSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvLine, decimalOf } from '../../src/http/console/csv.ts';
import { PASSWORD, startApi, type TestApi, type Visitor } from '../support/api.ts';

const S = '/api/shops/tulip';
let api: TestApi;
let owner: Visitor;
beforeAll(async () => {
  api = await startApi();
  owner = await api.owner();
});
afterAll(() => api.close());

function upload(visitor: Visitor, format: string | null, name: string, content: Buffer | string) {
  const boundary = 'evenhand-boundary';
  const part = (head: string, body: Buffer | string) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
  const payload = Buffer.concat([
    ...(format === null ? [] : [part('content-disposition: form-data; name="format"', format)]),
    part(
      `content-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream`,
      content,
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return visitor.send('POST', `${S}/imports`, payload, { 'content-type': `multipart/form-data; boundary=${boundary}` });
}

async function finished(run: string) {
  for (;;) {
    const view = (await owner.get(`${S}/imports/${run}`)).json();
    if (view.status !== 'running') return view;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const line = (n: number) =>
  JSON.stringify({
    kind: 'order.placed',
    id: `e${n}`,
    occurredAt: '2026-02-01T10:00:00Z',
    customer: { externalId: `C-${n % 7}` },
    body: { order: `o${n}`, total: { amount: 100, currency: 'EUR' } },
  });
const lines = (from: number, count: number) => Array.from({ length: count }, (_, n) => line(from + n)).join('\n');

describe('an upload', () => {
  it('is imported after the answer, plain or compressed, and adds nothing twice', async () => {
    const first = await upload(owner, 'events', 'february.ndjson', `${lines(0, 50)}\nnot json\n`);
    expect(first.statusCode, first.payload).toBe(200);
    const done = await finished(first.json().import);
    expect(done).toMatchObject({
      status: 'done',
      fileName: 'february.ndjson',
      added: 50,
      error: null,
      startedBy: 'Olga Owner',
    });
    expect(done.skipped).toMatchObject([{ count: 1, examples: [{ where: 'line 51' }] }]);
    const again = await finished(
      (await upload(owner, 'events', 'february.ndjson.gz', gzipSync(lines(0, 60)))).json().import,
    );
    expect(again).toMatchObject({ status: 'done', added: 10, known: 50 });
    const { items } = (await owner.get(`${S}/imports`)).json();
    expect(items).toHaveLength(2);
    expect(readdirSync(api.deps.uploadsFolder)).toEqual([]);
  });

  it('runs alone in its shop', async () => {
    const [a, b] = await Promise.all([
      upload(owner, 'events', 'a', lines(1_000, 20_000)),
      upload(owner, 'events', 'b', lines(1_000, 20_000)),
    ]);
    expect([a.statusCode, b.statusCode].sort()).toEqual([200, 409]);
    const started = a.statusCode === 200 ? a : b;
    const sample = await owner.send('POST', `${S}/sample`);
    expect([sample.statusCode, sample.json().detail]).toEqual([409, expect.stringContaining('running')]);
    expect((await owner.get(`${S}/home`)).json().importRunning).toBe(started.json().import);
    expect((await finished(started.json().import)).status).toBe('done');
  });

  it('is refused before it is read when it is not one, of no known format or of an agent', async () => {
    expect((await owner.post(`${S}/imports`, { a: 1 })).statusCode).toBe(415);
    for (const format of [null, 'sample', 'excel']) {
      const response = await upload(owner, format, 'x', 'x');
      expect([response.statusCode, response.json().errors[0].field]).toEqual([400, 'format']);
    }
    await owner.post(`${S}/staff`, { name: 'A', email: 'a@tulip.example', role: 'agent', password: PASSWORD });
    const agent = api.visitor();
    await agent.signIn('a@tulip.example');
    expect((await upload(agent, 'events', 'x', lines(0, 1))).statusCode).toBe(403);
    owner.csrf = owner.csrf ?? '';
    expect(readdirSync(api.deps.uploadsFolder)).toEqual([]);
  });

  it('says of a broken file what is wrong, and leaves nothing of it', async () => {
    const { import: run } = (await upload(owner, 'orders-csv', 'x.csv', 'nothing,like,it\n1,2,3\n')).json();
    const view = await finished(run);
    expect(view).toMatchObject({ status: 'failed', added: 0 });
    expect(view.error).toMatch(/column/i);
  });

  it('belongs to its shop', async () => {
    const [run] = (await owner.get(`${S}/imports`)).json().items;
    await owner.post('/api/shops', {
      name: 'Other',
      slug: 'other',
      currency: 'EUR',
      timeZone: 'UTC',
      languages: ['en'],
      jurisdictions: [],
    });
    expect((await owner.get(`/api/shops/other/imports/${run.id}`)).statusCode).toBe(404);
  });
});

it('documents every format, each with an example that imports without a fault', async () => {
  const { items } = (await owner.get('/api/formats')).json();
  expect(items.map((each: { name: string }) => each.name)).toEqual([
    'events',
    'orders-csv',
    'customers-csv',
    'shopify-customers',
    'woocommerce-customers',
    'measures-csv',
    'lists-csv',
    'fraud-filter',
    'blockify-ips',
    'woocommerce-blacklist',
    'online-retail',
  ]);
  for (const format of items) {
    const example = await owner.get(`/api/formats/${format.name}/example`);
    expect(example.headers['content-disposition']).toBe(`attachment; filename="${format.exampleFile}"`);
    const { import: run } = (await upload(owner, format.name, format.exampleFile, example.payload)).json();
    const view = await finished(run);
    expect([format.name, view.status, view.error]).toEqual([format.name, 'done', null]);
    expect(view.added).toBeGreaterThan(0);
  }
  expect((await owner.get('/api/formats/sample/example')).statusCode).toBe(404);
  expect(existsSync(api.deps.examplesFolder)).toBe(true);
});

describe('CSV', () => {
  it.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+31612345678', "'+31612345678"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['-12.50', '-12.50'],
    ['Ada, "Countess"', '"Ada, ""Countess"""'],
    ['two\nlines', '"two\nlines"'],
    ['Żółć', 'Żółć'],
  ])('writes %j as %j', (value, written) => {
    expect(csvLine([value, null, 5])).toBe(`${written},,5\r\n`);
  });

  it('writes minor units as the currency does', () => {
    expect([decimalOf(1995, 2), decimalOf(-5, 2), decimalOf(1995, 0), decimalOf(7, 3)]).toEqual([
      '19.95',
      '-0.05',
      '1995',
      '0.007',
    ]);
  });
});
