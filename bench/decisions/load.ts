import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../harness.ts';
import { NUMBER } from './number.ts';

/**
 * A client in a process of its own, sparing with the processor so that the server is what is measured: `load.ts '{"port": …}'` prints
 * what it found as JSON. Without a rate each connection asks again as soon as it is answered. With one, requests leave at their times
 * whether or not earlier ones are answered, and a time counts from when the request should have left.
 */
export interface Load {
  readonly port: number;
  readonly key: string;
  /** A file with one body a line. */
  readonly bodies: string;
  readonly connections: number;
  readonly seconds: number;
  /** The number of the first request; each has its own. */
  readonly from: number;
  /** Requests a second over all connections; null: as many as are answered. */
  readonly rate: number | null;
}

export interface Loaded {
  readonly perSecond: number;
  /** In milliseconds. */
  readonly median: number;
  readonly p99: number;
  readonly slowest: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as Load;
const requests = readFileSync(load.bodies, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map(templateOf);
const times: number[] = [];
let next = load.from;
const digits = new Uint8Array(NUMBER.length);
let over = false;

function requestOf(body: string): string {
  return `POST /v1/decisions HTTP/1.1\r\nhost: 127.0.0.1:${load.port}\r\nauthorization: Bearer ${load.key}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: keep-alive\r\n\r\n${body}`;
}

/** A request, and where digits of its number stand in it. */
interface Template {
  readonly bytes: Buffer;
  readonly places: readonly number[];
}

function templateOf(body: string): Template {
  const bytes = Buffer.from(requestOf(body), 'utf8');
  const text = bytes.toString('latin1');
  const places: number[] = [];
  const marks = new RegExp(`${NUMBER}|${NUMBER.slice(0, 4)}(?=:)|(?<=${NUMBER.slice(0, 4)}:)${NUMBER.slice(4)}`, 'g');
  for (const found of text.matchAll(marks)) for (const at of Array.from(found[0]).keys()) places.push(found.index + at);
  return { bytes, places };
}

/** The next request, as from somebody who has not asked before. */
function nextRequest(): Buffer {
  next += 1;
  const template = requests[next % requests.length];
  if (template === undefined) return fail('nothing to ask');
  const { bytes, places } = template;
  let number = next;
  for (let index = 0; index < NUMBER.length; index += 1) {
    digits[NUMBER.length - 1 - index] = 48 + (number % 10);
    number = Math.floor(number / 10);
  }
  for (let index = 0; index < places.length; index += 1)
    bytes[places[index] ?? 0] = digits[index % NUMBER.length] ?? 48;
  return bytes;
}

/** One connection; `onAnswer` when a whole answer of 200 is here. Ends the process with a word on anything else. */
function open(onAnswer: () => void): Promise<Socket> {
  const socket = connect(load.port, '127.0.0.1').setNoDelay();
  let missing = 0;
  let held = '';
  socket.on('data', (chunk) => {
    let from = 0;
    while (from < chunk.length) {
      if (missing > 0) {
        const taken = Math.min(missing, chunk.length - from);
        missing -= taken;
        from += taken;
        if (missing === 0) onAnswer();
        continue;
      }
      held += chunk.toString('latin1', from);
      const end = held.indexOf('\r\n\r\n');
      if (end === -1) return;
      if (!held.startsWith('HTTP/1.1 200')) fail(held);
      const length = /\r\ncontent-length: (\d+)/i.exec(held)?.[1];
      const rest = held.length - end - 4;
      missing = Number(length ?? fail('an answer without a length'));
      from = chunk.length - rest;
      held = '';
    }
  });
  socket.on('error', (error) => fail(error.message));
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

function fail(why: string): never {
  if (!over) console.error(`Not answered as expected: ${why.slice(0, 400)}`);
  process.exit(1);
}

async function asFastAsAnswered(): Promise<void> {
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      let began = 0;
      const socket: Socket = await open(() => {
        const now = performance.now();
        times.push(now - began);
        if (over) return;
        began = now;
        socket.write(nextRequest());
      });
      began = performance.now();
      socket.write(nextRequest());
    }),
  );
  await pause(load.seconds * 1_000);
}

async function atRate(rate: number): Promise<void> {
  const queues: number[][] = [];
  const sockets = await Promise.all(
    Array.from({ length: load.connections }, (_, index) => {
      queues[index] = [];
      return open(() => times.push(performance.now() - (queues[index]?.shift() ?? 0)));
    }),
  );
  const began = performance.now();
  for (let sent = 0; sent < rate * load.seconds; ) {
    const due = Math.floor(((performance.now() - began) * rate) / 1_000);
    for (; sent < due; sent += 1) {
      const at = sent % sockets.length;
      queues[at]?.push(began + (sent * 1_000) / rate);
      sockets[at]?.write(nextRequest());
    }
    await pause(1);
  }
  await pause(200);
}

const begin = performance.now();
await (load.rate === null ? asFastAsAnswered() : atRate(load.rate));
over = true;
const seconds = (performance.now() - begin) / 1_000;
console.log(
  JSON.stringify({
    perSecond: times.length / seconds,
    median: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    slowest: percentile(times, 1),
  } satisfies Loaded),
);
process.exit(0);
