import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/contracts/routes.ts';
import { reportedEvents } from '../../src/core/events/event.ts';
import { webFiles } from '../../src/http/web-files.ts';
import { startApi, type TestApi, type Visitor } from '../support/api.ts';

let api: TestApi;
let owner: Visitor;
beforeAll(async () => {
  api = await startApi();
  owner = await api.owner({ name: 'Tulip <& Thread>' });
});
afterAll(() => api.close());

describe('the public policy page', () => {
  it('reads without signing in and without a script', async () => {
    const response = await api.visitor().get('/policy/tulip');
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const page = response.payload;
    expect(page).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(page).not.toMatch(/<script|style=|onclick/);
    expect(page).toContain('Tulip &lt;&amp; Thread&gt;');
    expect(page.match(/<article/g)?.length).toBeGreaterThan(20);
    expect(page).not.toMatch(/\{\w+\}|undefined/);
    expect(page).not.toContain('compulsive-returns');
    expect(page).toContain(
      '<a href="https://db-ip.com" rel="noreferrer"><bdi lang="en">IP Geolocation by DB-IP</bdi></a>',
    );
    expect((await api.visitor().get('/policy/style.css')).headers['content-type']).toContain('text/css');
    expect((await api.visitor().get('/policy/nobody')).statusCode).toBe(404);
    expect((await api.visitor().get('/policy/tulip?version=9')).statusCode).toBe(404);
  });

  it('keeps earlier versions readable', async () => {
    const { source } = (await owner.get('/api/shops/tulip/policy')).json();
    const changed = source.replace('name: Fair play', 'name: Fair play & care');
    const published = await owner.post('/api/shops/tulip/policy/publish', {
      source: changed,
      note: 'A kinder name.',
      expectedVersion: 1,
    });
    expect(published.json()).toEqual({ version: 2 });
    expect((await api.visitor().get('/policy/tulip')).payload).toContain('<h1>Fair play &amp; care</h1>');
    const earlier = (await api.visitor().get('/policy/tulip?version=1')).payload;
    expect(earlier).toContain('<h1>Fair play</h1>');
    expect(earlier).toContain('This is an earlier version');
  });
});

describe('the policy in the console', () => {
  it('is checked as it is written, with line and reason', async () => {
    const good = (await owner.get('/api/shops/tulip/policy')).json();
    const checked = (await owner.post('/api/shops/tulip/policy/check', { source: good.source })).json();
    expect(checked).toMatchObject({ valid: true, tests: { failed: 0 }, prose: { title: good.prose.title } });
    expect(checked.tests.passed).toBeGreaterThan(5);
    const unfair = (
      await owner.post('/api/shops/tulip/policy/check', {
        source: good.source.replace('metric: returns,', 'metric: nationality,'),
      })
    ).json();
    expect(unfair.valid).toBe(false);
    expect(unfair.findings[0]).toMatchObject({ severity: 'error', about: '10', line: expect.any(Number) });
    const broken = (await owner.post('/api/shops/tulip/policy/check', { source: 'rules: [' })).json();
    expect(broken).toMatchObject({ valid: false, prose: null });
  });

  it('is published once on top of what its author read, and never with errors', async () => {
    const { source, version } = (await owner.get('/api/shops/tulip/policy')).json();
    const publish = (body: object) =>
      owner.post('/api/shops/tulip/policy/publish', { source, note: 'Again.', expectedVersion: version, ...body });
    const [a, b] = await Promise.all([publish({}), publish({})]);
    expect([a.statusCode, b.statusCode].sort()).toEqual([200, 409]);
    expect((await publish({ source: 'x', expectedVersion: version + 1 })).statusCode).toBe(422);
    const { items } = (await owner.get('/api/shops/tulip/policy/versions')).json();
    expect(items.map((each: { version: number }) => each.version)).toEqual([3, 2, 1]);
    expect(items[0]).toMatchObject({ author: 'Olga Owner', note: 'Again.' });
    const diff = (await owner.get('/api/shops/tulip/policy/diff?from=1&to=2')).json();
    expect(diff.changes.join(' ')).toContain('Fair play & care');
    await expect(api.database.pool.query("update policy_version set note = 'x'")).rejects.toThrow(/permission denied/);
  });

  it('keeps one draft a shop, gone when it is published or thrown away', async () => {
    const draft = async () => (await owner.get('/api/shops/tulip/policy')).json().draft;
    expect((await owner.send('PUT', '/api/shops/tulip/policy/draft', { source: 'half' })).json()).toEqual({ ok: true });
    expect(await draft()).toMatchObject({ source: 'half', by: 'Olga Owner' });
    await owner.send('DELETE', '/api/shops/tulip/policy/draft');
    expect(await draft()).toBeNull();
    expect((await owner.send('PUT', '/api/shops/tulip/policy/draft', { source: 'x'.repeat(300_000) })).statusCode).toBe(
      400,
    );
  });

  it('says who would change', async () => {
    const { source } = (await owner.get('/api/shops/tulip/policy')).json();
    const impact = await owner.post('/api/shops/tulip/policy/impact', { source });
    expect(impact.json()).toEqual({
      evaluated: 0,
      total: 0,
      proposalsNow: 0,
      proposalsThen: 0,
      added: [],
      removed: [],
    });
    expect((await owner.post('/api/shops/tulip/policy/impact', { source: 'x' })).json().errors[0].field).toBe('source');
  });
});

describe('the API reference', () => {
  it('is an OpenAPI 3.1 document of every route', async () => {
    const document = (await api.visitor().get('/docs/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    const listed = Object.entries(document.paths as Record<string, Record<string, { tags?: string[] }>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(
          ([method, { tags }]) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')} ${tags?.[0]}`,
        ),
    );
    for (const name of Object.keys(routes)) expect(listed).toContain(`${name} internal`);
    expect(listed).toEqual(
      expect.arrayContaining([
        'POST /v1/events events',
        'POST /v1/decisions decisions',
        'POST /v1/customers/lookup customers',
      ]),
    );
    const kinds =
      document.paths['/v1/events'].post.requestBody.content['application/json'].schema.properties.events.items.oneOf;
    expect(kinds.map((kind: { title: string }) => kind.title)).toEqual(Object.keys(reportedEvents));
    expect(kinds[0].properties.body.required).toEqual(['order', 'total']);
    const events = document.paths['/v1/decisions'].post;
    expect(events.requestBody.content['application/json'].schema.required).toEqual(['surface', 'customer']);
  });

  it('is a page that reads without a script', async () => {
    const page = (await api.visitor().get('/docs')).payload;
    expect(page).not.toMatch(/<script|style=|undefined|\[object/);
    for (const name of ['/v1/events', '/v1/decisions', '/v1/customers/lookup', '/api/shops/{shop}/home'])
      expect(page).toContain(name);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor);
  });
});

describe('every answer', () => {
  it.each(['/docs', '/policy/tulip', '/api/session', '/v1/events', '/healthz', '/nothing'])(
    'to %s carries the security headers',
    async (url) => {
      const { headers } = await api.visitor().get(url);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
    },
  );

  it('to an unknown address is a problem for programs and the console for browsers', async () => {
    const page = await api.visitor().send('GET', '/tulip/customers', undefined, { accept: 'text/html' });
    expect([200, 503]).toContain(page.statusCode);
    for (const url of ['/api/nothing', '/v1/x', '/assets/gone.js', '/policy'])
      expect((await api.visitor().send('GET', url, undefined, { accept: 'text/html' })).statusCode).toBe(404);
    expect((await api.visitor().get('/tulip/customers')).statusCode).toBe(404);
    expect((await api.visitor().send('POST', '/tulip', {})).statusCode).toBe(404);
  });
});

describe('the built console', () => {
  let folder: string;
  let app: FastifyInstance;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evenhand-web-'));
    app = Fastify();
    await webFiles(app, folder);
    await mkdir(join(folder, 'assets'));
    await mkdir(join(folder, 'console'));
    await writeFile(join(folder, 'assets', 'index-abc.js'), 'export {};');
    await writeFile(join(folder, 'console', 'index.html'), '<!doctype html><title>Evenhand</title>');
    await writeFile(join(folder, 'secret.txt'), 'no');
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  const ask = (url: string, accept = '*/*') => app.inject({ url, headers: { accept } });

  it('is kept for a year where names change with content, and asked for anew where they do not', async () => {
    const script = await ask('/assets/index-abc.js');
    expect([script.statusCode, script.headers['content-type']]).toEqual([
      200,
      expect.stringMatching(/javascript; charset=utf-8$/),
    ]);
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const url of ['/', '/shops/tulip/review', '/welcome']) {
      const page = await ask(url, 'text/html,*/*');
      expect([page.statusCode, page.payload]).toEqual([200, '<!doctype html><title>Evenhand</title>']);
      expect(page.headers['cache-control']).toBe('no-cache');
    }
  });

  it('opens the front door whatever is accepted, as uptime checks ask for it', async () => {
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
      const page = await app.inject({ url: '/?from=check', headers });
      expect([page.statusCode, page.payload]).toEqual([200, '<!doctype html><title>Evenhand</title>']);
    }
    expect((await app.inject({ method: 'HEAD', url: '/' })).statusCode).toBe(200);
    expect((await app.inject({ method: 'POST', url: '/' })).statusCode).toBe(404);
  });

  it('gives out nothing else', async () => {
    for (const url of [
      '/assets/gone.js',
      '/assets/',
      '/assets',
      '/assets/../secret.txt',
      '/assets/..%2fsecret.txt',
      '/secret.txt',
    ])
      expect((await ask(url)).statusCode, url).toBeGreaterThanOrEqual(400);
  });
});

describe('compression', () => {
  const ask = (url: string, encoding: string) =>
    api.app.inject({ url, headers: { 'accept-encoding': encoding, cookie: owner.cookie ?? '' } });

  it('makes long text short for whoever takes it', async () => {
    const plain = await ask('/docs', 'identity');
    const short = await ask('/docs', 'br, gzip');
    expect([plain.headers['content-encoding'], short.headers['content-encoding']]).toEqual([undefined, 'gzip']);
    expect(short.rawPayload.length).toBeLessThan(plain.rawPayload.length / 5);
    expect(gunzipSync(short.rawPayload).toString()).toBe(plain.payload);
    const csv = await owner.send('POST', '/api/shops/tulip/customers.csv', {}, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(csv.rawPayload).toString()).toContain('customer_number');
  });

  it('leaves short answers alone, and what holds the token of a session', async () => {
    for (const url of ['/api/session', '/api/shops/tulip/settings', '/healthz'])
      expect((await ask(url, 'gzip')).headers['content-encoding']).toBeUndefined();
  });
});
