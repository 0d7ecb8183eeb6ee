import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '../../src/core/shared/time.ts';
import { buildServer } from '../../src/http/server.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type RawTalk, talk } from '../support/raw-http.ts';

let api: TestApi;
let plain: FastifyInstance;
let key: string;
let readOnly: string;
/** The server with the lane, and the same one without. */
let ports: { readonly lane: number; readonly node: number };

beforeAll(async () => {
  api = await startApi();
  api.time.now = instant(Date.now());
  const owner = await api.owner({ languages: ['he', 'en'] });
  const newKey = async (...scopes: string[]): Promise<string> =>
    (await owner.post('/api/shops/tulip/keys', { name: 'k', scopes })).json().key;
  key = await newKey('decisions:write', 'events:write');
  readOnly = await newKey('customers:read');
  const told = await api.app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { authorization: `Bearer ${key}` },
    payload: {
      events: ['blocked', 'asked'].map((externalId) => ({
        kind: 'order.placed',
        id: externalId,
        occurredAt: '2026-02-01T10:00:00Z',
        customer: { externalId },
        body: { order: externalId, total: { amount: 1995, currency: 'EUR' } },
      })),
    },
  });
  const [blocked, asked] = told.json().results as { readonly customer: string }[];
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const taken = [
    await owner.post(`/api/shops/tulip/customers/${asked?.customer}/measures`, {
      type: 'restriction',
      obligations: ['prepayment_only'],
      until,
      reason: 'Three parcels refused at the door.',
    }),
    await owner.post(`/api/shops/tulip/customers/${blocked?.customer}/measures`, {
      type: 'restriction',
      obligations: ['manual_review'],
      until,
      reason: 'לקוח שאיים על הצוות',
    }),
  ];
  for (const answer of taken) expect(answer.statusCode, answer.payload).toBe(200);
  plain = await buildServer(api.deps);
  const [toNode] = createServer().listeners('connection') as (() => void)[];
  plain.server.removeAllListeners('connection').on('connection', toNode as () => void);
  const port = async (app: FastifyInstance): Promise<number> => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    return (app.server.address() as AddressInfo).port;
  };
  ports = { lane: await port(api.app), node: await port(plain) };
});
afterAll(async () => {
  await plain.close();
  await api.close();
});

/** Times thirty requests. More: LANE_RUNS=1000 npx vitest run test/api/lane.test.ts */
const RUNS = Number(process.env.LANE_RUNS ?? 40);

const LINE = 'POST /v1/decisions HTTP/1.1';

/** At sign-in unless said otherwise: there nothing is counted, so that asking often changes nothing. */
function request(wish: object | string, more: readonly string[] = [], line = LINE, secret = key): Buffer {
  const body = Buffer.from(typeof wish === 'string' ? wish : JSON.stringify({ surface: 'login', ...wish }));
  const head = [
    line,
    'Host: shop.example',
    `Authorization: Bearer ${secret}`,
    'Content-Type: application/json',
    ...more,
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

const both = (pieces: readonly Buffer[], answers = 1, quietMs = 250): Promise<RawTalk[]> =>
  Promise.all([talk(ports.node, pieces, answers, quietMs), talk(ports.lane, pieces, answers, quietMs)]);

/** All but what is new each time: the time, and ids that were made for it. */
const settled = ({ answers, rest, closed }: RawTalk): RawTalk => ({
  answers: answers.map(({ head, body }) => ({
    head: head.replace(/^(date|x-request-id): .*$/gim, '$1'),
    body: body.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'),
  })),
  rest,
  closed,
});

async function same(pieces: readonly Buffer[], answers = 1): Promise<RawTalk> {
  const [node, lane] = (await both(pieces, answers)).map(settled);
  if (isDeepStrictEqual(node, lane) && node !== undefined && node.answers.length > 0) return node;
  // Silence of one may be slowness: both get the time they need.
  const [again, laneAgain] = (await both(pieces, answers, 4_000)).map(settled);
  expect(laneAgain, JSON.stringify(Buffer.concat(pieces).toString('latin1'))).toEqual(again);
  return again as RawTalk;
}

/**
 * The same of bytes that may be no request, where both may well be silent. Where rubbish follows a whole request at once, Node refuses the
 * connection and drops the answer it had not sent yet; the lane has sent it by then, and hangs up just so.
 */
async function alike(raw: Buffer): Promise<void> {
  const [node, lane] = (await both([raw], 2)).map(settled);
  if (node === undefined || lane === undefined || isDeepStrictEqual(node, lane)) return;
  const dropped = node.closed && node.answers.length === 1 && node.answers[0]?.body.includes('"Client Error"') === true;
  const ends =
    /^connection: close\r$/im.test(lane.answers.at(-1)?.head ?? '') ||
    lane.answers.at(-1)?.body === node.answers[0]?.body;
  if (!(dropped && lane.closed && ends)) await same([raw], 2);
}

const WISHES: readonly (readonly [string, object | string])[] = [
  ['a stranger', { customer: { email: 'ada@example.org' } }],
  ['somebody who is asked for something', { surface: 'purchase', customer: { externalId: 'asked' }, language: 'en' }],
  ['somebody who is asked in Hebrew', { surface: 'purchase', customer: { externalId: 'asked' } }],
  ['somebody for a person to look at', { customer: { externalId: 'blocked' }, surface: 'return' }],
  ['nobody', { customer: {} }],
  ['no address', { customer: { email: 'ada' } }],
  ['a phone that cannot be dialled', { customer: { phone: 'call me' } }],
  ['an unknown field', { customer: { email: 'ada@example.org', pass: 1 } }],
  ['a name that means something to JavaScript', '{"surface":"purchase","customer":{"email":"a@b.cd"},"__proto__":{}}'],
  ['no surface', '{"customer":{"externalId":"1"}}'],
  ['half a body of JSON', '{"surface":"purchase"'],
  ['a byte order mark', '\ufeff{"surface":"purchase","customer":{"externalId":"1"}}'],
  ['a string', '"purchase"'],
  ['nothing', 'null'],
];

const HEADS: readonly (readonly [string, readonly string[]])[] = [
  ['nothing more', []],
  ['a user agent', ['User-Agent: shop/1.0 (x)', 'Accept: */*', 'accept-language: nl']],
  ['gzip taken', ['Accept-Encoding: gzip, br']],
  ['keep-alive', ['Connection: Keep-Alive']],
  ['close', ['Connection: close']],
  ['a proxy with TLS', ['X-Forwarded-Proto: https', 'X-Forwarded-For: 203.0.113.9']],
  ['two proxies', ['X-Forwarded-Proto: http, https']],
  ['a second length', ['Content-Length: 5']],
  ['chunks', ['Transfer-Encoding: chunked']],
  ['an expectation', ['Expect: 100-continue']],
  ['an upgrade', ['Upgrade: h2c', 'Connection: Upgrade']],
  ['a second key', ['Authorization: Bearer ehk_other']],
  ['another type', ['Content-Type: text/plain']],
  ['a folded line', ['X-A: b', ' c']],
  ['a space before the colon', ['X-A : b']],
  ['a name of nothing', [': b']],
  ['a bare line feed', ['X-A: b\nX-B: c']],
  ['a byte above ASCII', ['X-A: \u00e9']],
  ['a null', ['X-A: a\0b']],
  ['a tab', ['X-A: \tb\t']],
  ['an empty value', ['X-A:']],
];

describe('the lane of decisions answers as the ordinary server does', () => {
  it.each(WISHES)('%s', async (_, wish) => {
    await same([request(wish)]);
  });

  it.each(HEADS)('a head with %s', async (_, more) => {
    await same([request({ customer: { email: 'ada@example.org' } }, more)]);
  });

  it.each([
    ['another address', 'POST /v1/decisions?a=1 HTTP/1.1'],
    ['another method', 'PUT /v1/decisions HTTP/1.1'],
    ['HTTP/1.0', 'POST /v1/decisions HTTP/1.0'],
    ['an address with a host', 'POST http://shop.example/v1/decisions HTTP/1.1'],
    ['two spaces', 'POST  /v1/decisions HTTP/1.1'],
    ['no HTTP at all', 'HELO shop.example'],
  ])('a line of %s', async (_, line) => {
    await same([request({ customer: { email: 'ada@example.org' } }, [], line)]);
  });

  it.each([
    ['nobody knows', () => 'ehk_unknown'],
    ['may not decide', () => readOnly],
    ['is no word', () => 'ehk_a ehk_b'],
  ])('a key that %s', async (_, secret) => {
    const talked = await same([request({ customer: { email: 'ada@example.org' } }, [], LINE, secret())]);
    expect(talked.answers[0]?.head).toMatch(/^HTTP\/1.1 40[13] /);
  });

  it('at every place where the network may cut a request in two', async () => {
    const whole = request({ customer: { email: 'dana@דוגמה.co.il', name: 'דנה' } }, ['Accept-Encoding: gzip']);
    const cuts = Array.from({ length: whole.length - 1 }, (_, index) => index + 1);
    for (let from = 0; from < cuts.length; from += 30)
      await Promise.all(
        cuts.slice(from, from + 30).map(async (cut) => {
          const talked = await same([whole.subarray(0, cut), whole.subarray(cut)]);
          expect(talked.answers[0]?.head, `cut at ${cut}`).toMatch(/^HTTP\/1.1 200 /);
        }),
      );
  }, 60_000);

  it('several requests at once, in their order, and whatever follows them', async () => {
    const ask = (wish: object, more: readonly string[] = []) => request(wish, more);
    const queue = [
      ask({ customer: { email: 'ada@example.org' } }),
      ask({ surface: 'purchase', customer: { externalId: 'asked' } }),
      ask({ customer: {} }),
      ask({ customer: { email: 'ada@example.org' } }, ['User-Agent: other']),
      Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'),
      ask({ surface: 'purchase', customer: { externalId: 'blocked' } }),
    ];
    const talked = await same([Buffer.concat(queue)], queue.length);
    expect(talked.answers.map(({ head }) => head.split(' ')[1])).toEqual(['200', '200', '422', '200', '200', '200']);
    expect(talked.answers[1]?.body).toContain('"challenge"');
  });

  it('bodies that are large, and too large', async () => {
    const padded = (length: number) =>
      JSON.stringify({ surface: 'login', customer: { externalId: '1' } }).padEnd(length);
    for (const length of [60_000, 65_536]) {
      const talked = await same([request(padded(length))]);
      expect(talked.answers[0]?.head).toMatch(/^HTTP\/1.1 200 /);
    }
    for (const length of [65_537, 500_000]) {
      const [node, lane] = (await both([request(padded(length))])).map((each) => each.answers[0]?.body);
      expect(lane).toBe(node);
    }
  });

  it('requests that somebody changed at random', async () => {
    const anyBase = fc.record({
      wish: fc.constantFrom(...WISHES.map(([, wish]) => wish)),
      more: fc.array(fc.constantFrom(...HEADS.flatMap(([, more]) => more)), { maxLength: 3 }),
    });
    const anyChange = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.constantFrom(0, 0, 1, 2, 20),
      put: fc.oneof(
        fc.constantFrom('\r\n', '\n', '\r', ' ', '\t', ':', '\0', '0', '1', ',', ';', '"', '}', '\r\n\r\n', 'é'),
        fc.constantFrom(
          '\r\nContent-Length: 3',
          '\r\nTransfer-Encoding: chunked',
          '\r\nconnection: close',
          '\r\nHost:',
        ),
        fc.string({ unit: 'binary-ascii', maxLength: 3 }),
      ),
    });
    const anyRaw = fc
      .tuple(anyBase, fc.array(anyChange, { maxLength: 2 }), fc.boolean())
      .map(([{ wish, more }, changes, followed]) => {
        let bytes = request(wish, more);
        for (const { at, cut, put } of changes) {
          const place = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(put, 'latin1'), bytes.subarray(place + cut)]);
        }
        // What follows shows whether both saw the request end at the same byte.
        return followed ? Buffer.concat([bytes, request({ customer: { externalId: 'after' } })]) : bytes;
      });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRaw, { minLength: 30, maxLength: 30 }), async (raws) => {
        await Promise.all(raws.map((raw) => alike(raw)));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 3_600_000);
});

describe('the lane of decisions', () => {
  it('writes a line a request, as the ordinary route does', async () => {
    for (const [wish, status] of [
      [{ customer: { email: 'ada@example.org' } }, 200],
      [{ customer: {} }, 422],
    ] as const) {
      const [answer] = (await talk(ports.lane, [request(wish)], 1, 4_000)).answers;
      const id = /x-request-id: ([0-9a-f-]{36})/.exec(answer?.head ?? '')?.[1];
      const lines = api.log.map((line) => JSON.parse(line)).filter((line) => line.id === id && line.msg === 'answered');
      expect(lines).toEqual([expect.objectContaining({ method: 'POST', route: '/v1/decisions', status })]);
      expect(lines[0].ms).toBeGreaterThanOrEqual(0);
    }
  });

  it('gives a request that does not arrive to Node, which answers when the rest is there', async () => {
    const whole = request({ customer: { email: 'ada@example.org' } });
    const slow = [whole.subarray(0, -5), whole.subarray(-5)];
    const talked = await talk(ports.lane, slow, 1, 8_000, 2_500);
    expect(talked.answers[0]?.head).toMatch(/^HTTP\/1.1 200 /);
  });

  it('closes what rests when the service stops, and finishes nothing halfway', async () => {
    const resting = connect(ports.lane, '127.0.0.1');
    const closed = new Promise((resolve) => resting.on('close', resolve));
    const heard = new Promise<string>((resolve) => resting.once('data', (bytes) => resolve(bytes.toString())));
    resting.write(request({ customer: { email: 'ada@example.org' } }));
    expect(await heard).toMatch(/^HTTP\/1.1 200 /);
    await api.app.close();
    await closed;
    expect((await talk(ports.lane, [request({ customer: {} })])).answers).toEqual([]);
  });
});
