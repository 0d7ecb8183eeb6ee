import { STATUS_CODES } from 'node:http';
import { HSTS, SECURITY_HEADERS } from '../security-headers.ts';

export type Field = readonly [name: string, value: string];

/** How the connection goes on after an answer. */
export interface Keeping {
  /** Seconds that the connection may rest; null: it is closed after the answer. */
  readonly seconds: number | null;
}

const BEFORE_ID = `HTTP/1.1 200 OK\r\n${Object.entries(SECURITY_HEADERS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')}x-request-id: `;
const AFTER_ID = '\r\ncache-control: no-store\r\ncontent-type: application/json; charset=utf-8\r\n';
const AFTER_ID_SECURE = `\r\nstrict-transport-security: ${HSTS}${AFTER_ID}`;

/** What a head says of its answer, but for the id. */
export interface Shape {
  readonly length: number;
  readonly secure: boolean;
  /** The body is compressed. */
  readonly packed: boolean;
  readonly keeping: Keeping;
}

/** An answer with a body of JSON, as the ordinary route sends it: the same fields in the same order. */
export function goodHead(id: string, { length, secure, packed, keeping: { seconds } }: Shape): string {
  const date = dateNow();
  // Nearly all answers are of one shape, and a second has many of them.
  const alike =
    date === last.date &&
    length === last.length &&
    secure === last.secure &&
    packed === last.packed &&
    seconds === last.seconds;
  if (!alike) last = { date, length, secure, packed, seconds, rest: restOf(length, secure, packed, seconds) };
  return BEFORE_ID + id + last.rest;
}

let last = { date: '', length: -1, secure: false, packed: false, seconds: null as number | null, rest: '' };

function restOf(length: number, secure: boolean, packed: boolean, seconds: number | null): string {
  const sizes = packed
    ? `content-encoding: gzip\r\nvary: accept-encoding\r\ncontent-length: ${length}\r\n`
    : `content-length: ${length}\r\n`;
  return `${secure ? AFTER_ID_SECURE : AFTER_ID}${sizes}${ending({ seconds })}`;
}

/** The head of any other answer, with its own fields; those about the connection are ours, but for the wish to end it. */
export function anyHead(status: number, fields: readonly Field[], length: number, keeping: Keeping): string {
  const lines = fields
    .filter((field) => !OURS.has(field[0].toLowerCase()) || isLast([field]))
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const top = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}content-length: ${length}\r\n`;
  return top + (isLast(fields) ? `Date: ${dateNow()}\r\n\r\n` : ending(keeping));
}

/** Whether the answer says by itself that the connection ends. */
export const isLast = (fields: readonly Field[]): boolean =>
  fields.some(([name, value]) => name.toLowerCase() === 'connection' && value === 'close');

const OURS = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

function ending({ seconds }: Keeping): string {
  return seconds === null
    ? `Date: ${dateNow()}\r\nConnection: close\r\n\r\n`
    : `Date: ${dateNow()}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${seconds}\r\n\r\n`;
}

let second = 0;
let written = '';

/** The machine's time as HTTP writes it, composed once a second. */
function dateNow(): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) {
    second = now;
    written = new Date(now * 1_000).toUTCString();
  }
  return written;
}
