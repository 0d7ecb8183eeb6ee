import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { ask, isSettled, PLAIN_REFUSAL, refusalOf } from './ask.ts';
import { configure } from './options.ts';
import type { Question } from './shopper.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** The plug-in's configuration towards an Evenhand that answers as told. */
async function towards(answer: RequestListener, timeoutMs = 1_000) {
  const server = createServer(answer);
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return configure({
    hookUrl: `http://127.0.0.1:${port}/hooks/c1`,
    hookSecret: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
    apiKey: 'ehk_test',
    timeoutMs,
  });
}

const question: Question = { surface: 'purchase', customer: { email: 'ada@example.com' } };
const deny = { outcome: 'deny', message: { language: 'en', text: 'You cannot order here until 1 June.' } };

it('asks where the webhooks go, with the key, and refuses with the words of the answer', async () => {
  let asked: unknown = null;
  const configuration = await towards(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    asked = { url: request.url, key: request.headers.authorization, body: JSON.parse(body) };
    response.end(JSON.stringify(deny));
  });
  const answer = await ask(configuration, question);
  expect(asked).toEqual({ url: '/v1/decisions', key: 'Bearer ehk_test', body: question });
  expect(refusalOf(answer)).toBe('You cannot order here until 1 June.');
  expect(isSettled(answer)).toBe(false);
});

it.each([
  ['allow', null, true],
  ['challenge', null, false],
  ['review', null, false],
  ['deny', PLAIN_REFUSAL, false],
])('takes %s without words as it is meant', async (outcome, refusal, settled) => {
  const answer = await ask(await towards((_, response) => response.end(JSON.stringify({ outcome }))), question);
  expect(refusalOf(answer)).toBe(refusal);
  expect(isSettled(answer)).toBe(settled);
});

it('waits no longer than was set', async () => {
  const configuration = await towards(() => undefined, 60);
  const begin = performance.now();
  expect(await ask(configuration, question)).toEqual({ kind: 'silent', why: 'late' });
  expect(performance.now() - begin).toBeLessThan(600);
});

it.each([
  ['refused', 401, '{}'],
  ['refused', 503, ''],
  ['unreadable', 200, 'oops'],
  ['unreadable', 200, '{"outcome":"maybe"}'],
])('takes an answer that is %s (%i %s) for silence, which refuses nobody', async (why, status, body) => {
  const answer = await ask(await towards((_, response) => response.writeHead(status).end(body)), question);
  expect(answer).toEqual({ kind: 'silent', why });
  expect(refusalOf(answer)).toBeNull();
  expect(isSettled(answer)).toBe(false);
});

it('takes a server that is not there for silence', async () => {
  const configuration = await towards(() => undefined);
  const [server] = open.splice(0);
  await new Promise((done) => server?.close(done));
  expect(await ask(configuration, question)).toEqual({ kind: 'silent', why: 'unreachable' });
});

it('follows no redirect: the key would go elsewhere', async () => {
  const configuration = await towards((_, response) =>
    response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  );
  expect(await ask(configuration, question)).toEqual({ kind: 'silent', why: 'unreachable' });
});
