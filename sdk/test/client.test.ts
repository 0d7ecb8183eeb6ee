import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../test/support/api.ts';
import { createEvenhand, type Evenhand, EvenhandError, type ReportedEvent } from '../src/index.ts';

let api: TestApi;
let url: string;
let key: string;
let evenhand: Evenhand;

beforeAll(async () => {
  api = await startApi();
  const owner = await api.owner();
  const scopes = ['events:write', 'customers:read', 'decisions:write'];
  key = (await owner.post('/api/shops/tulip/keys', { name: 'SDK', scopes })).json().key;
  url = await api.app.listen({ port: 0, host: '127.0.0.1' });
  evenhand = createEvenhand({ url, key, timeoutMs: 5_000 });
});
afterAll(() => api.close());

const servers: { close: () => void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Something that is not Evenhand, or is Evenhand in trouble. */
function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push({ close: () => server.close().closeAllConnections() });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

const order = (id: string): ReportedEvent => ({
  kind: 'order.placed',
  id,
  occurredAt: '2026-02-01T10:00:00Z',
  customer: { externalId: 'C-1', email: 'ada@example.org' },
  body: { order: id, total: { amount: 1995, currency: 'EUR' } },
});
const question = { surface: 'purchase', customer: { externalId: 'C-1' } } as const;

describe('with a real Evenhand', () => {
  it('decides', async () => {
    const decided = await evenhand.decide(question);
    expect(decided).toEqual({
      answered: true,
      decision: expect.any(String),
      outcome: 'allow',
      obligations: [],
      reasons: [],
      message: null,
      stale: false,
    });
  });

  it('reports, and again without harm', async () => {
    expect(await evenhand.report([order('o-1')])).toMatchObject({ ok: true, results: [{ index: 0, status: 'added' }] });
    expect(await evenhand.report([order('o-1')])).toMatchObject({ ok: true, results: [{ status: 'known' }] });
    expect(await evenhand.report([])).toEqual({ ok: true, results: [] });
  });

  it('reports however many, each with a result in its place', async () => {
    const many = Array.from({ length: 1_203 }, (_, index) => order(`many-${index}`));
    const wrong = { ...order('wrong'), body: { order: 'wrong' } } as unknown as ReportedEvent;
    const reported = await evenhand.report([...many, wrong]);
    expect(reported.ok).toBe(true);
    expect(reported.results.map(({ index }) => index)).toEqual(Array.from({ length: 1_204 }, (_, index) => index));
    expect(reported.results.filter(({ status }) => status === 'added')).toHaveLength(1_203);
    expect(reported.results.at(-1)).toMatchObject({ status: 'refused', error: { field: 'body.total' } });
  });

  it('looks customers up, and knows that nobody has a number', async () => {
    await evenhand.report([order('o-1')]);
    expect(await evenhand.lookup('C-1')).toMatchObject({ ok: true, value: { standing: 'good' } });
    expect(await evenhand.lookup({ externalId: 'C-2' })).toEqual({ ok: true, value: null });
  });

  it('says what is wrong with a key, a scope, a question and an address', async () => {
    const kinds = async (client: Evenhand) => {
      const found = await client.lookup('C-1');
      return found.ok ? 'ok' : [found.fault.kind, found.fault.status];
    };
    expect(await kinds(createEvenhand({ url, key: `ehk_${'x'.repeat(43)}` }))).toEqual(['unauthorised', 401]);
    expect(await kinds(createEvenhand({ url }))).toEqual(['unauthorised', 401]);
    const bounced = await evenhand.reportBounce({ messageId: '<a@b>' });
    expect(bounced).toMatchObject({ ok: false, fault: { kind: 'forbidden', status: 403 } });
    expect(await kinds(createEvenhand({ url: `${url}/elsewhere`, key }))).toEqual(['missing', 404]);
    const asked = await evenhand.decide({ surface: 'nowhere' as 'purchase', customer: {} });
    expect(asked).toMatchObject({
      answered: false,
      outcome: 'allow',
      fault: { kind: 'invalid', status: 400, errors: [{ field: 'surface' }] },
    });
    if (!asked.answered) expect(new EvenhandError(asked.fault).message).toMatch(/^Evenhand: /);
  });
});

describe('when Evenhand does not answer', () => {
  it('decides as the shop chose, within the time that a customer may wait', async () => {
    const silent = await serve(() => undefined);
    const client = createEvenhand({ url: silent, key, timeoutMs: 60, whenSilent: 'review' });
    const began = performance.now();
    const decided = await client.decide(question);
    expect(performance.now() - began).toBeLessThan(300);
    expect(decided).toEqual({
      answered: false,
      outcome: 'review',
      decision: null,
      obligations: [],
      reasons: [],
      message: null,
      fault: expect.objectContaining({ kind: 'silent' }),
    });
    expect(await client.decide(question, { whenSilent: 'allow' })).toMatchObject({ outcome: 'allow' });
  });

  it('also when it begins to answer and stops, or a fetch does not look at its signal', async () => {
    const half = await serve((_request, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.write('{"decision":');
    });
    const client = createEvenhand({ url: half, timeoutMs: 60 });
    expect(await client.decide(question)).toMatchObject({ answered: false, fault: { kind: 'silent' } });
    const deaf = createEvenhand({ url: half, timeoutMs: 60, fetch: () => new Promise(() => undefined) });
    expect(await deaf.decide(question)).toMatchObject({ answered: false, fault: { kind: 'silent' } });
  });

  it('never asks for a decision twice, because each is recorded', async () => {
    let asked = 0;
    const down = await serve((_request, reply) => {
      asked += 1;
      reply.writeHead(503).end();
    });
    const decided = await createEvenhand({ url: down, retries: 5 }).decide(question);
    expect(decided).toMatchObject({ answered: false, fault: { kind: 'unavailable', status: 503 } });
    expect(asked).toBe(1);
  });

  it.each([
    ['text/html', '<h1>Welcome</h1>'],
    ['application/json', '{"outcome":"allow"}'],
    ['application/json', '{"decision":"1","outcome":"maybe","obligations":[],"reasons":[],"message":null}'],
    ['application/json', 'null'],
  ])('believes no answer that is not Evenhand’s: %s %s', async (type, body) => {
    const other = await serve((_request, reply) => reply.writeHead(200, { 'content-type': type }).end(body));
    expect(await createEvenhand({ url: other }).decide(question)).toMatchObject({
      answered: false,
      outcome: 'allow',
      fault: { kind: 'unreadable', status: 200 },
    });
  });

  it('throws nothing into a checkout, whatever is asked', async () => {
    const circle: Record<string, unknown> = {};
    circle.itself = circle;
    const asked = await evenhand.decide({ ...question, order: circle } as Parameters<Evenhand['decide']>[0]);
    expect(asked).toMatchObject({ answered: false, fault: { kind: 'invalid' } });
    const gone = createEvenhand({ url: 'http://127.0.0.1:1', key });
    expect(await gone.decide(question)).toMatchObject({ answered: false, fault: { kind: 'unreachable' } });
  });

  it('does not send the key where it is redirected to', async () => {
    let keys = 0;
    const thief = await serve((request, reply) => {
      keys += request.headers.authorization === undefined ? 0 : 1;
      reply.end('{}');
    });
    const moved = await serve((_request, reply) => reply.writeHead(307, { location: thief }).end());
    expect((await createEvenhand({ url: moved, key }).decide(question)).answered).toBe(false);
    expect(keys).toBe(0);
  });

  it('can be stopped', async () => {
    const silent = await serve(() => undefined);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const found = await createEvenhand({ url: silent }).lookup('1', { signal: stop.signal });
    expect(found).toMatchObject({ ok: false, fault: { kind: 'stopped' } });
    const before = await createEvenhand({ url: silent }).lookup('1', { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ ok: false, fault: { kind: 'stopped' } });
  });
});

describe('what may be done twice', () => {
  it('is tried again, and says what arrived before it failed', async () => {
    const calls: number[] = [];
    const shaky = await serve((request, reply) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        const { events } = JSON.parse(body) as { events: unknown[] };
        calls.push(events.length);
        if (calls.length % 2 === 1 || events.length < 1_000) return void reply.writeHead(502).end();
        const results = events.map((_, index) => ({ index, status: 'added' }));
        reply.end(JSON.stringify({ added: events.length, known: 0, conflicts: 0, refused: 0, results }));
      });
    });
    const many = Array.from({ length: 1_001 }, (_, index) => order(`x-${index}`));
    const reported = await createEvenhand({ url: shaky, retries: 1 }).report(many);
    expect(calls).toEqual([1_000, 1_000, 1, 1]);
    expect(reported).toMatchObject({ ok: false, fault: { kind: 'unavailable', status: 502 } });
    expect(reported.results).toHaveLength(1_000);
  });

  it('waits as long as it is asked to, and does not wait for hours', async () => {
    let asked = 0;
    const limited = await serve((request, reply) => {
      asked += 1;
      const wait = request.url?.startsWith('/long') === true ? '3600' : '1';
      if (asked === 1) return void reply.writeHead(429, { 'retry-after': wait }).end();
      reply.end(JSON.stringify({ id: '1', standing: 'good' }));
    });
    const began = performance.now();
    expect((await createEvenhand({ url: limited }).lookup('1')).ok).toBe(true);
    expect(performance.now() - began).toBeGreaterThan(990);
    asked = 0;
    expect(await createEvenhand({ url: `${limited}/long` }).lookup('1')).toMatchObject({
      ok: false,
      fault: { kind: 'limited', retryAfterMs: 3_600_000 },
    });
  });

  it('is not tried again where that cannot help', async () => {
    let asked = 0;
    const refusing = await serve((_request, reply) => {
      asked += 1;
      reply.writeHead(422).end(JSON.stringify({ type: 'about:blank', title: 'No', status: 422 }));
    });
    expect(await createEvenhand({ url: refusing }).lookup('1')).toMatchObject({
      ok: false,
      fault: { kind: 'invalid' },
    });
    expect(asked).toBe(1);
  });
});

it('is not made without an address', () => {
  for (const wrong of ['', 'fair.example.com', 'ftp://fair.example.com', 'https://'])
    expect(() => createEvenhand({ url: wrong })).toThrow(TypeError);
});
