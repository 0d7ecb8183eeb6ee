import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileRoutes } from '../../src/contracts/files.ts';
import { listRoutes } from '../../src/contracts/routes-lists.ts';
import { PASSWORD, startApi, type TestApi, type Visitor } from '../support/api.ts';

const S = '/api/shops/tulip';
const ROLES = ['owner', 'manager', 'agent', 'auditor'] as const;
let api: TestApi;
let owner: Visitor;
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
  api = await startApi();
  owner = await api.owner();
  visitors.set('owner', owner);
  for (const role of ROLES.slice(1)) {
    const email = `${role}@tulip.example`;
    await owner.post(`${S}/staff`, { name: `The ${role}`, email, role, password: PASSWORD });
    const visitor = api.visitor();
    await visitor.signIn(email);
    visitors.set(role, visitor);
  }
});
afterAll(() => api?.close());

const entry = (over: object = {}) => ({
  list: 'deny',
  type: 'email',
  value: 'ada@example.com',
  reason: 'Nine parcels came back empty.',
  ...over,
});
const write = (entries: readonly object[], who = owner) => who.post(`${S}/lists/entries`, { entries });
const search = async (body: object = {}, who = owner) => (await who.post(`${S}/lists/search`, body)).json();

function multipart(url: string, fields: Readonly<Record<string, string>>, file: string, who = owner) {
  const boundary = 'evenhand-lists';
  const part = (head: string, body: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const before = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value));
  const payload = [...before, part('name="file"; filename="list.csv"\r\nContent-Type: text/csv', file)].join('');
  return who.send('POST', url, Buffer.from(`${payload}--${boundary}--\r\n`), {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
}

describe('who may do what', () => {
  const one = '00000000-0000-4000-8000-000000000001';
  const bodies: Readonly<Record<string, object>> = {
    'POST /api/shops/:shop/lists/search': {},
    'POST /api/shops/:shop/lists/entries/preview': { text: 'ada@example.com', list: 'deny' },
    'POST /api/shops/:shop/lists/entries': { entries: [entry({ value: 'x' })] },
    'POST /api/shops/:shop/lists/entries/:id/extend': { until: '2030-01-01T00:00:00Z', reason: 'Because.' },
    'POST /api/shops/:shop/lists/remove': { entries: [one] },
    'POST /api/shops/:shop/lists/export': { as: 'nginx' },
    'POST /api/shops/:shop/lists/preview': {},
  };
  const rows = [
    ...Object.entries(listRoutes),
    ...Object.entries(fileRoutes).filter(([name]) => name.includes('/lists/')),
  ].map(([name, { access }]) => [name, access as readonly string[]] as const);

  it.each(rows)('%s', async (name, access) => {
    const [method = '', path = ''] = name.split(' ');
    const url = path.replace(':shop', 'tulip').replace(':id', one);
    for (const role of ROLES) {
      const visitor = visitors.get(role) ?? expect.unreachable();
      const answer = method === 'GET' ? await visitor.get(url) : await visitor.post(url, bodies[name] ?? {});
      if (access.includes(role)) expect([401, 403], `${role}: ${answer.payload}`).not.toContain(answer.statusCode);
      else expect(answer.statusCode, role).toBe(403);
    }
  });

  it('is nobody from another shop', async () => {
    expect((await owner.post('/api/shops/nowhere/lists/search', {})).statusCode).toBe(404);
  });
});

describe('entries', () => {
  it('are written, found by their exact value, kept longer and taken away, with everybody’s name', async () => {
    const manager = visitors.get('manager') ?? expect.unreachable();
    const written = (await write([entry(), entry({ value: 'bob@example.com', list: 'allow' })], manager)).json();
    expect(written.results).toMatchObject([
      { status: 'added', error: null },
      { status: 'added', error: null },
    ]);
    const { items, counts } = await search({ q: ' ADA@example.com ' });
    expect(counts).toMatchObject({ allow: 1, deny: 1 });
    expect(items).toMatchObject([
      { value: 'ada@example.com', answer: 'deny', harder: false, hits: 0, createdBy: { name: 'The manager' } },
    ]);
    const [{ id }] = items;
    const until = new Date(api.time.now + 40 * 86_400_000).toISOString();
    const extended = await owner.post(`${S}/lists/entries/${id}/extend`, { until, reason: 'Still at it.' });
    expect(extended.json()).toMatchObject({ until, reason: 'Still at it.' });
    const never = { until: new Date(api.time.now + 2_000 * 86_400_000).toISOString(), reason: 'For ever.' };
    expect((await owner.post(`${S}/lists/entries/${id}/extend`, never)).json()).toMatchObject({ status: 422 });
    expect((await owner.post(`${S}/lists/remove`, { entries: [id] })).json()).toEqual({ ok: true });
    expect((await owner.post(`${S}/lists/remove`, { entries: [id] })).statusCode).toBe(404);
    const past = (await owner.get(`${S}/lists/changes?entry=${id}`)).json();
    expect(past.items.map(({ what, by }: { what: string; by: { name: string } }) => [what, by.name])).toEqual([
      ['removed', 'Olga Owner'],
      ['extended', 'Olga Owner'],
      ['added', 'The manager'],
    ]);
    const all = (await owner.get(`${S}/lists/changes?limit=2`)).json();
    expect(all.items).toHaveLength(2);
    expect((await owner.get(`${S}/lists/changes?limit=2&cursor=${all.next}`)).json().items).toHaveLength(2);
  });

  it('come page by page, each once', async () => {
    await write(Array.from({ length: 25 }, (_, n) => entry({ value: `page${n}@example.com` })));
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await search({ list: 'deny', limit: 10, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ value }: { value: string }) => value));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
    expect((await owner.post(`${S}/lists/search`, { cursor: 'nonsense' })).statusCode).toBe(400);
  });

  it('are refused one by one, in the reader’s language, and everybody only when it is meant', async () => {
    const wishes = [
      entry({ type: 'ip', value: '0.0.0.0/0' }),
      entry({ value: 'nobody' }),
      entry({ type: 'ip', value: '203.0.113.9' }),
    ];
    const answer = await owner.send('POST', `${S}/lists/entries`, { entries: wishes }, { 'accept-language': 'nl' });
    const { results } = answer.json();
    expect(results.map(({ status }: { status: string }) => status)).toEqual(['refused', 'refused', 'added']);
    expect(results[0].error).toMatchObject({ field: 'value', unlessMeant: true });
    expect(results[0].error.message).toContain('Dit netwerk is breder dan /8');
    expect(results[1].error).toEqual({ field: 'value', message: 'Dit is geen e-mailadres.', unlessMeant: false });
    const meant = (await write([{ ...wishes[0], meant: true }])).json();
    expect(meant.results).toMatchObject([{ status: 'added' }]);
    expect((await owner.post(`${S}/lists/remove`, { entries: meant.results[0].entries })).statusCode).toBe(200);
  });

  it('say what pasted lines are', async () => {
    const text = 'page1@example.com\n203.0.113.9\n0.0.0.0/0\nC-1';
    const read = (await owner.post(`${S}/lists/entries/preview`, { text, list: 'allow' })).json();
    expect(read.lines.map(({ type }: { type: string | null }) => type)).toEqual(['email', 'ip', 'ip', null]);
    expect(read.lines[0].known).toMatchObject({ list: 'deny', answer: 'deny' });
    expect(read.lines[2].refusal).toMatchObject({ unlessMeant: true });
  });

  it('come up on Home before they end', async () => {
    const until = new Date(api.time.now + 10 * 86_400_000).toISOString();
    const before = (await owner.get(`${S}/home`)).json().entriesEnding;
    await write([entry({ value: 'soon@example.com', until })]);
    expect((await owner.get(`${S}/home`)).json().entriesEnding).toBe(before + 1);
    expect((await search({ show: 'ending' })).items[0]).toMatchObject({ value: 'soon@example.com' });
  });
});

describe('files', () => {
  const file = 'list,type,value,reason\ndeny,email,new@example.com,Empty parcels\ndeny,ip,0.0.0.0/0,Everybody\n';

  it('say what they would do, and do it only when they are brought in', async () => {
    const preview = await multipart(`${S}/lists/preview`, { format: 'lists-csv' }, file);
    expect(preview.json()).toMatchObject({
      added: 1,
      refused: 1,
      refusals: [{ where: 'line 3', unlessMeant: true }],
    });
    expect((await search({ q: 'new@example.com' })).items).toEqual([]);
    const { import: run } = (await multipart(`${S}/imports`, { format: 'lists-csv', meant: 'true' }, file)).json();
    for (;;) {
      const view = (await owner.get(`${S}/imports/${run}`)).json();
      if (view.status === 'running') continue;
      expect(view).toMatchObject({ status: 'done', added: 2, known: 0 });
      break;
    }
    expect((await search({ q: 'new@example.com' })).items).toMatchObject([{ createdBy: { name: 'Olga Owner' } }]);
    const [everybody] = (await search({ q: '0.0.0.0/0' })).items;
    await owner.post(`${S}/lists/remove`, { entries: [everybody.id] });
  });

  it('that are none of lists are refused in words', async () => {
    expect((await multipart(`${S}/lists/preview`, { format: 'events' }, file)).statusCode).toBe(400);
    expect((await multipart(`${S}/lists/preview`, { format: 'fraud-filter' }, file)).json()).toMatchObject({
      status: 422,
      errors: [{ field: 'file' }],
    });
    expect((await owner.post(`${S}/lists/preview`, {})).statusCode).toBe(415);
  });

  it('go out in the columns they come in by, safe for a spreadsheet, and for firewalls', async () => {
    await write([entry({ type: 'phone', value: '+31612345678', reason: '=HYPERLINK("x")' })]);
    const out = await owner.post(`${S}/lists/export`, { list: 'deny' });
    expect(out.headers['content-disposition']).toBe('attachment; filename="lists-tulip.csv"');
    expect(out.body).toContain(`deny,phone,'+31612345678,"'=HYPERLINK(""x"")",`);
    const again = await multipart(`${S}/lists/preview`, { format: 'lists-csv' }, out.body);
    expect(again.json()).toMatchObject({ added: 0, changed: 0, refused: 0 });
    expect((await owner.post(`${S}/lists/export`, { as: 'nginx' })).body).toBe('');
    await write([entry({ type: 'ip', value: '203.0.113.9', answer: 'deny', meant: true })]);
    const nginx = await owner.post(`${S}/lists/export`, { as: 'nginx', list: 'allow' });
    expect(nginx.body).toBe('deny 203.0.113.9;\n');
    expect((await owner.post(`${S}/lists/export`, { as: 'ipset' })).body).toContain(
      'add evenhand-deny-new 203.0.113.9',
    );
    expect((await owner.post(`${S}/lists/export`, { as: 'cloudflare' })).body).toBe('203.0.113.9,\n');
  });
});

describe('at the checkout', () => {
  it('an entry answers from the next decision on, as hard as it may, and counts whom it met', async () => {
    const key = (await owner.post(`${S}/keys`, { name: 'k', scopes: ['decisions:write'] })).json().key;
    const decide = async (body: object) => {
      const answer = await api.app.inject({
        method: 'POST',
        url: '/v1/decisions',
        headers: { authorization: `Bearer ${key}` },
        payload: body,
      });
      expect(answer.statusCode, answer.payload).toBe(200);
      return answer.json();
    };
    const mallory = { email: 'mallory@example.com' };
    const stranger = { email: 'stranger@example.com' };
    expect((await decide({ surface: 'purchase', customer: mallory })).outcome).toBe('allow');
    const written = await write([
      entry({ value: 'Mallory@example.com' }),
      entry({ type: 'ip', value: '198.51.100.0/24' }),
      entry({ type: 'name_address', value: 'Eve Jansen; Dorpsstraat 12; 1234 AB' }),
    ]);
    const [denied] = written.json().results[0].entries;
    // Other processes hear of it within the second; so does this one.
    for (let tries = 0; tries < 400; tries += 1) {
      if ((await decide({ surface: 'purchase', customer: mallory })).outcome === 'deny') break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const outcomes = [
      await decide({ surface: 'purchase', customer: mallory }),
      await decide({ surface: 'return', returnKind: 'faulty', customer: mallory }),
      await decide({ surface: 'contact', customer: mallory }),
      await decide({ surface: 'purchase', customer: stranger, ip: '198.51.100.77' }),
      await decide({
        surface: 'purchase',
        customer: { ...stranger, name: 'Éve JANSEN', address: { street: 'Dorpsstr. 12', postcode: '1234ab' } },
      }),
      await decide({ surface: 'purchase', customer: stranger, ip: '198.51.101.77' }),
    ].map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['deny', 'review', 'review', 'challenge', 'review', 'allow']);
    const hitsOf = async () => (await search({ q: 'mallory@example.com' })).items[0];
    for (let tries = 0; tries < 400 && (await hitsOf()).hits === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect((await hitsOf()).hits).toBeGreaterThan(0);
    expect((await hitsOf()).lastHitAt).not.toBeNull();
    await owner.post(`${S}/lists/remove`, { entries: [denied] });
    for (let tries = 0; tries < 400; tries += 1) {
      if ((await decide({ surface: 'purchase', customer: mallory })).outcome === 'allow') return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect.unreachable('The entry still answers');
  });
});
