import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, startApi, type TestApi, type Visitor } from '../support/api.ts';

let api: TestApi;
let owner: Visitor;
let agent: Visitor;
const S = '/api/shops/tulip';
beforeAll(async () => {
  api = await startApi();
  owner = await api.owner();
  await owner.post(`${S}/staff`, {
    name: 'Ada',
    email: 'ada@tulip.example',
    role: 'agent',
    password: PASSWORD,
  });
  agent = api.visitor();
  await agent.signIn('ada@tulip.example');
});
afterAll(() => api?.close());

async function load(who: Visitor, format: string, text: string): Promise<LightMyRequestResponse> {
  const boundary = 'evenhand-list';
  const part = (head: string, body: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  return api.app.inject({
    method: 'POST',
    url: `${S}/imports`,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      cookie: who.cookie ?? '',
      'x-evenhand-csrf': who.csrf ?? '',
    },
    payload: `${part('name="format"', format)}${part('name="file"; filename="list.csv"\r\nContent-Type: text/csv', text)}--${boundary}--\r\n`,
  });
}

async function loaded(format: string, text: string) {
  const { import: run } = (await load(owner, format, text)).json();
  for (;;) {
    const view = (await owner.get(`${S}/imports/${run}`)).json();
    if (view.status !== 'running') return view;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const csv = async (url: string, body: unknown, who = owner) => {
  const answer = await who.post(url, body);
  return { status: answer.statusCode, lines: answer.body.replace('\uFEFF', '').trim().split('\r\n') };
};

describe('a list of customers', () => {
  it('is known afterwards, and counts for nobody and against nobody', async () => {
    const file = [
      'Customer ID,First Name,Last Name,Email,Phone,Tags',
      '\'7001,Jo,van den Berg,jo@x.example,\'+31612345678,"vip, blocked"',
      ',,,,,',
      "'7002,,,not an address,,",
    ].join('\n');
    expect(await loaded('shopify-customers', file)).toMatchObject({
      status: 'done',
      added: 1,
      skipped: [
        {
          reason: 'Customers that cannot be read',
          count: 2,
          examples: [
            { where: 'line 3', what: 'one of customer, email and phone must be there' },
            { where: 'line 4', what: 'email is not an e-mail address' },
          ],
        },
      ],
    });
    api.time.now = (api.time.now + 86_400_000) as typeof api.time.now;
    for (const [who, email] of [
      [owner, 'olga@tulip.example'],
      [agent, 'ada@tulip.example'],
    ] as const)
      await who.signIn(email);
    expect(await loaded('shopify-customers', file)).toMatchObject({ added: 0, known: 1, conflicts: 0 });
    const { items } = (await owner.post(`${S}/customers/search`, { q: 'jo@x.example' })).json();
    expect(items).toMatchObject([{ name: 'Jo van den Berg', externalId: '7001', standing: 'good', orders: 0 }]);
  });

  it('leaves no address in the clear', async () => {
    const { rows } = await api.database.pool.query('select source_id, body from ledger_event');
    expect(JSON.stringify(rows)).not.toContain('jo@x.example');
  });

  it('comes out as a platform takes it in, for whoever may see addresses', async () => {
    expect((await csv(`${S}/customers.csv`, { layout: 'shopify' })).lines).toEqual([
      'First Name,Last Name,Email,Phone,Tags',
      "Jo van den,Berg,jo@x.example,'+31612345678,",
    ]);
    expect((await csv(`${S}/customers.csv`, { layout: 'woocommerce' })).lines[0]).toMatch(/^user_email,first_name/);
    expect((await csv(`${S}/customers.csv`, { layout: 'shopify' }, agent)).status).toBe(403);
    const plain = await csv(`${S}/customers.csv`, {}, agent);
    expect([plain.status, plain.lines.join().includes('jo@x.example')]).toEqual([200, false]);
  });
});

describe('a list of measures', () => {
  const HEAD = 'customer,email,type,surfaces,obligations,until,reason';
  const good = '7001,,restriction,,returns_need_photos,2026-09-30,"Coats came back worn, three times."';

  it('is taken row by row by whoever imports it, told to the customer, once', async () => {
    const file = [
      HEAD,
      good,
      ',new@x.example,warning,,,2026-06-30,Parcels were reported missing that had been signed for.',
      '7001,,block,return,,2026-09-30,No more returns.',
      '7001,,block,purchase,,2036-09-30,For ever.',
      ',,warning,,,2026-09-30,Nobody.',
      '7001,,ban,,,2026-09-30,A word we do not have.',
      '7001,,warning,,,someday,No end.',
      '7001,,warning,,,2026-09-30,',
    ].join('\n');
    const view = await loaded('measures-csv', file);
    expect(view).toMatchObject({
      status: 'done',
      added: 2,
      skipped: [{ reason: 'Measures that cannot be taken', count: 6 }],
    });
    expect(view.skipped[0].examples.map((one: { what: string }) => one.what)).toEqual([
      'one of customer and email must be there',
      'type must be one of warning, restriction, block',
      expect.stringContaining('until is not a day'),
      expect.stringContaining('reason must have'),
      expect.stringContaining('withdrawal'),
    ]);
    expect(await loaded('measures-csv', [HEAD, good].join('\n'))).toMatchObject({ added: 0, known: 1 });
    // The number is Jo's and the address somebody else's: neither is taken for the other.
    const mixed = good.replace('7001,', '7001,new@x.example').replace('restriction', 'warning');
    expect(await loaded('measures-csv', [HEAD, mixed].join('\n'))).toMatchObject({
      added: 0,
      skipped: [{ count: 1, examples: [{ what: expect.stringContaining('of two customers here') }] }],
    });
    const { items } = (await owner.get(`${S}/measures?state=active`)).json();
    expect(items.map((one: { type: string }) => one.type).sort()).toEqual(['restriction', 'warning']);
    const { rows } = await api.database.pool.query("select 1 from outbox where audience = 'customer'");
    expect(rows).toHaveLength(2);
    const { rows: by } = await api.database.pool.query(
      "select body from ledger_event where kind = 'measure.started' order by seq",
    );
    expect(by[0].body).toMatchObject({ proposedBy: 'staff', approvedBy: [expect.any(String)] });
  });

  it('comes out in the columns that it goes in by', async () => {
    const { lines } = await csv(`${S}/measures.csv`, { state: 'active' });
    expect(lines[0]).toMatch(new RegExp(`^${HEAD},state,`));
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^7001,jo@x\.example,restriction,,returns_need_photos,2026-09-29T22:00:00\.000Z,"Coats came back worn, three times\.",active,/,
      ),
    );
    expect(await loaded('measures-csv', lines.join('\n'))).toMatchObject({ status: 'done', added: 0, known: 2 });
    expect((await csv(`${S}/measures.csv`, {}, agent)).status).toBe(403);
  });

  it('blocks nobody where a block takes two people', async () => {
    await owner.send('PATCH', `${S}/settings`, { secondApprovalForBlocks: true });
    const view = await loaded(
      'measures-csv',
      [HEAD, '7001,,block,purchase,,2026-09-30,Three chargebacks were lost.', good].join('\n'),
    );
    expect(view).toMatchObject({ status: 'done', added: 0, skipped: [{ count: 1 }] });
    expect(view.skipped[0].examples[0].what).toMatch(/takes two people/);
  });

  it('needs somebody who may', async () => {
    expect((await load(agent, 'measures-csv', `${HEAD}\n${good}`)).statusCode).toBe(403);
  });
});
