import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { LaneConnection, type Surroundings } from './connection.ts';
import { Outbox } from './outbox.ts';

/** Requests whose answer is their own body: made at once, in a microtask, or in a later turn. */
const WHEN = ['now', 'soon', 'later'] as const;
/** More than wait for one another in the outbox. */
const MANY = 80;

let server: Server;
let closing = false;
/** Called with a request whose answer, made at once, is about to be written. */
let onAnswer: (body: string) => void = () => undefined;
const connections = new Set<LaneConnection>();
const handedOver: string[] = [];

const answerTo = (body: string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const requestOf = (body: string): string =>
  `POST /v1/decisions HTTP/1.1\r\nHost: shop\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const around: Surroundings = {
  answer: ({ length }, bytes, at) => {
    const body = bytes.toString('latin1', at, at + length);
    if (body.startsWith('now')) {
      onAnswer(body);
      return answerTo(body);
    }
    const said = { bytes: Buffer.from(answerTo(body)), last: false };
    return body.startsWith('soon')
      ? Promise.resolve(said)
      : new Promise((resolve) => setImmediate(() => setImmediate(resolve, said)));
  },
  handOver: (socket, bytes) => {
    handedOver.push(bytes.toString('latin1'));
    socket.end('by Node');
    socket.resume();
  },
  isClosing: () => closing,
  onGone: (connection) => void connections.delete(connection),
  outbox: new Outbox(),
};

beforeAll(async () => {
  server = createServer({ allowHalfOpen: true }, (socket) => void connections.add(new LaneConnection(socket, around)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  closing = false;
  onAnswer = () => undefined;
  handedOver.length = 0;
});

// What broke off may still be on its way in.
afterEach(() => vi.waitFor(() => expect(connections.size).toBe(0), { timeout: 20_000 }));

const open = (): Socket => connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });

/** All that a connection says until it ends; the caller's side is closed once everything was sent. */
async function said(parts: readonly string[], socket = open()): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  const ended = once(socket, 'end');
  for (const part of parts) {
    socket.write(part, 'latin1');
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
  await ended;
  return text;
}

it('answers leave on the connection that asked, each once and in its order, however many ask in one turn', async () => {
  const talk = fc.record({
    asked: fc.array(fc.constantFrom(...WHEN), { minLength: 1, maxLength: 12 }),
    cuts: fc.array(fc.nat(400), { maxLength: 4 }),
    // Whoever goes away in the middle takes nobody's answer along.
    breaksOff: fc.constantFrom(false, false, false, true),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(talk, { minLength: MANY, maxLength: MANY }), async (talks) => {
      await Promise.all(
        talks.map(async ({ asked, cuts, breaksOff }, who) => {
          const bodies = asked.map((when, turn) => `${when} ${who} ${turn}`);
          const text = bodies.map((body) => requestOf(body)).join('');
          if (breaksOff) {
            const socket = open().on('error', () => undefined);
            socket.write(text, () => socket.resetAndDestroy());
            return once(socket, 'close');
          }
          const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
          const parts = places.slice(1).map((place, index) => text.slice(places[index], place));
          return expect(await said(parts)).toBe(bodies.map(answerTo).join(''));
        }),
      );
    }),
    { numRuns: 12 },
  );
});

it('what waits to be sent leaves before the connection is closed', async () => {
  const bodies = ['now close 1', 'now close 2', 'now close 3'];
  onAnswer = (body) => {
    if (body !== bodies[0]) return;
    // In the same turn as the answers, before the outbox sends them.
    queueMicrotask(() => {
      closing = true;
      for (const connection of connections) connection.close();
    });
  };
  expect(await said([bodies.map((body) => requestOf(body)).join('')])).toBe(bodies.map(answerTo).join(''));
});

it('what waits to be sent leaves before Node says anything', async () => {
  const rest = 'GET / HTTP/1.1\r\nHost: shop\r\n\r\n';
  expect(await said([requestOf('now 1') + requestOf('now 2') + rest])).toBe(
    `${answerTo('now 1')}${answerTo('now 2')}by Node`,
  );
  expect(handedOver).toEqual([rest]);
});

it('a head that begins as the last one did is read anew', async () => {
  const [short, long] = ['now 1', 'now 22222'];
  const other = requestOf(long).replace('\r\n\r\n', '\r\nX-More: 1\r\n\r\n');
  expect(await said([requestOf(short) + requestOf(long) + other + requestOf(short)])).toBe(
    [short, long, long, short].map(answerTo).join(''),
  );
});
