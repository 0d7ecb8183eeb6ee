import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '../../test/browser/support/chromium.ts';
import { startApi, type TestApi } from '../../test/support/api.ts';
import type * as Sdk from '../src/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** As a shop's page would load it. */
const PAGE = `<!doctype html><script type="module">import * as sdk from '/index.js'; window.sdk = sdk;</script>`;

let api: TestApi;
let browser: TestBrowser;
let folder: string;
let server: Server;
let site: string;
const asked: (string | undefined)[] = [];

/** The SDK as it is published, and beside it what a shop has: an address of its own that adds the key. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenhand-sdk-'));
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'sdk', '--outDir', folder], {
    cwd: ROOT,
  });
  [api, browser] = await Promise.all([startApi(), launchBrowser()]);
  const owner = await api.owner();
  const key = (await owner.post('/api/shops/tulip/keys', { name: 'Shop', scopes: ['decisions:write'] })).json().key;
  const evenhand = await api.app.listen({ port: 0, host: '127.0.0.1' });
  server = createServer(async (request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (pathname === '/fair/v1/decisions') {
      asked.push(request.headers.authorization);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const answer = await fetch(`${evenhand}/v1/decisions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: Buffer.concat(chunks),
      });
      return reply.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    }
    if (!pathname.endsWith('.js')) return reply.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    return reply
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end(await readFile(join(folder, basename(pathname))));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  site = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await browser.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

it('works in a browser as it is built, without a key and without anything else', async () => {
  const page = await browser.browser.newPage();
  await page.goto(site);
  await page.waitForFunction(() => 'sdk' in globalThis);
  const seen = await page.evaluate(async (base) => {
    const { sdk } = globalThis as unknown as { sdk: typeof Sdk };
    const evenhand = sdk.createEvenhand({ url: `${base}/fair`, timeoutMs: 10_000 });
    const decided = await evenhand.decide({ surface: 'return', customer: { email: 'ada@example.org' } });
    const away = await sdk.createEvenhand({ url: 'http://127.0.0.1:1' }).decide({ surface: 'login', customer: {} });
    const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
    const body = JSON.stringify({ type: 'test', timestamp: '2026-03-01T12:00:00Z', data: {} });
    const headers = await sdk.signWebhook({ secret, id: 'msg_1', body });
    const read = await sdk.verifyWebhook({ secret, headers, body });
    const changed = await sdk.verifyWebhook({ secret, headers, body: `${body} ` });
    return { decided, away, read, changed };
  }, site);
  expect(seen.decided).toMatchObject({ answered: true, outcome: 'allow' });
  expect(seen.away).toMatchObject({ answered: false, outcome: 'allow', fault: { kind: 'unreachable' } });
  expect(seen.read).toMatchObject({ ok: true, value: { id: 'msg_1', type: 'test' } });
  expect(seen.changed).toEqual({ ok: false, fault: 'signature' });
  expect(asked).toEqual([undefined]);
  await page.close();
});

it('is built from its own sources alone, with no library and nothing of Node', async () => {
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(ROOT, 'sdk', 'package.json'), 'utf8'));
  expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
  for (const name of ['index.js', 'client.js', 'call.js', 'fault.js', 'webhooks.js']) {
    const imported = [...(await readFile(join(folder, name), 'utf8')).matchAll(/from '([^']+)'/g)].map(
      ([, from]) => from,
    );
    for (const from of imported) expect(from).toMatch(/^\.\//);
  }
});
