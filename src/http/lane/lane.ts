import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Result } from '../../core/shared/result.ts';
import type { Shop } from '../../ports.ts';
import type { DecisionWish, MadeDecision } from '../../workflows/decide/types.ts';
import type { Refused } from '../../workflows/desk/refused.ts';
import { compress, WORTH_BYTES } from '../compression.ts';
import { logAnswers } from '../logging.ts';
import { failure } from '../problem.ts';
import { HSTS, SECURITY_HEADERS } from '../security-headers.ts';
import { decisionAnswer } from '../v1/decision-answer.ts';
import type { Holder, KeyGuard } from '../v1/key-guard.ts';
import { anyHead, type Field, goodHead, isLast, type Keeping } from './answer.ts';
import { LaneConnection, type Said } from './connection.ts';
import type { Head } from './head.ts';
import { Outbox } from './outbox.ts';
import { readWish, type Wish } from './wish.ts';

const ROUTE = '/v1/decisions';
const SECOND_MS = 1_000;
/** Levels of the log at which every answer is a line. */
const TALKATIVE = new Set(['trace', 'debug', 'info']);

/** Makes decisions; at once where nothing must be waited for. */
export interface LaneDecisions {
  decideNow(shop: Shop, wish: DecisionWish): Made | Promise<Made>;
}
type Made = Result<MadeDecision, Refused>;

/**
 * The fast lane of POST /v1/decisions, in front of Node's HTTP server on the same port. It takes connections as they come and answers
 * requests of the plainest form by itself, byte for byte as the ordinary route does. A body, key or answer that is not plain is put to
 * the ordinary route from here; a connection that says anything else is given to Node's server, for good.
 */
export class Lane {
  readonly #app: FastifyInstance;
  readonly #keys: KeyGuard;
  readonly #decisions: LaneDecisions;
  readonly #connections = new Set<LaneConnection>();
  readonly #logs: boolean;
  #closing = false;

  constructor(
    app: FastifyInstance,
    { keys, decisions }: { readonly keys: KeyGuard; readonly decisions: LaneDecisions },
  ) {
    this.#app = app;
    this.#keys = keys;
    this.#decisions = decisions;
    this.#logs = TALKATIVE.has(app.log.level);
  }

  /** Takes the server's connections from now on, until the app closes. Throws when somebody else does so already. */
  open(): void {
    const { server } = this.#app;
    const [toNode, ...others] = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
    if (toNode === undefined || others.length > 0) throw new Error('The server is not as Node made it');
    const handOver = (socket: Socket, bytes: Buffer): void => {
      if (bytes.length > 0) socket.unshift(bytes);
      toNode.call(server, socket);
      socket.resume();
    };
    const around = {
      handOver,
      answer: this.#answer,
      isClosing: () => this.#closing,
      onGone: (connection: LaneConnection) => void this.#connections.delete(connection),
      outbox: new Outbox(),
    };
    server.off('connection', toNode);
    server.on('connection', (socket) => {
      if (this.#closing) toNode.call(server, socket);
      else this.#connections.add(new LaneConnection(socket, around));
    });
    // As long as Node would wait: for the next request of a used connection, and for the first.
    const patience = {
      rest: Math.ceil(server.keepAliveTimeout / SECOND_MS) + 1,
      first: Math.ceil(server.headersTimeout / SECOND_MS),
    };
    const timer = setInterval(() => {
      for (const connection of this.#connections) connection.tick(patience);
    }, SECOND_MS).unref();
    this.#app.addHook('preClose', async () => {
      this.#closing = true;
      clearInterval(timer);
      for (const connection of this.#connections) connection.close();
    });
  }

  get #keeping(): Keeping {
    return { seconds: this.#closing ? null : Math.floor(this.#app.server.keepAliveTimeout / SECOND_MS) };
  }

  readonly #answer = (head: Head, bytes: Buffer, bodyAt: number, socket: Socket): string | Promise<Said> => {
    const asked = { head, bytes, bodyAt, socket, began: this.#logs ? performance.now() : 0 };
    const wish = head.secret === null || !head.json ? null : wishIn(bytes, bodyAt, head.length);
    if (wish === null || head.secret === null) return this.#ordinary(asked);
    const holder = this.#keys.holder(head.secret);
    if (holder instanceof Promise)
      return holder.then(
        async (known) => said(await this.#forHolder(known, wish, asked)),
        () => this.#ordinary(asked),
      );
    return this.#forHolder(holder, wish, asked);
  };

  /** The ordinary route refuses whom a key does not let in, and says why. */
  #forHolder(holder: Holder | null, wish: Wish, asked: Asked): string | Promise<Said> {
    if (holder === null || !holder.key.scopes.includes('decisions:write')) return this.#ordinary(asked);
    try {
      const made = this.#decisions.decideNow(holder.shop, numberedFor(holder, wish));
      if (!(made instanceof Promise)) return this.#say(made, asked);
      return made.then(
        async (value) => said(await this.#say(value, asked)),
        (error: unknown) => this.#fail(error, asked),
      );
    } catch (error) {
      return this.#fail(error, asked);
    }
  }

  #say(made: Made, asked: Asked): string | Promise<Said> {
    // What is refused has changed nothing, so it can be asked again of the route that words refusals.
    if (!made.ok) return this.#ordinary(asked);
    // The decision has an id already, by which the request can be found as well.
    const plain = plainAnswer(made.value);
    if (plain === null) return this.#sayAtLength(made.value, asked);
    const id = made.value.decision;
    if (this.#logs) this.#log(id, 200, asked);
    const shape = { length: plain.length, secure: isSecure(asked), packed: false, keeping: this.#keeping };
    return goodHead(id, shape) + plain;
  }

  async #sayAtLength(made: MadeDecision, asked: Asked): Promise<Said> {
    const id = made.decision;
    const bytes = Buffer.from(JSON.stringify(decisionAnswer(made)), 'utf8');
    const packed = asked.head.gzip && bytes.length >= WORTH_BYTES;
    const body = packed ? await compress(bytes) : bytes;
    if (this.#logs) this.#log(id, 200, asked);
    const head = goodHead(id, { length: body.length, secure: isSecure(asked), packed, keeping: this.#keeping });
    return whole(head, body);
  }

  async #fail(error: unknown, asked: Asked): Promise<Said> {
    const id = randomUUID();
    const { problem } = failure(error, { id, log: this.#app.log, route: ROUTE });
    const body = Buffer.from(JSON.stringify(problem), 'utf8');
    const fields: readonly Field[] = [
      ...Object.entries(SECURITY_HEADERS),
      ['x-request-id', id],
      ...(isSecure(asked) ? [['strict-transport-security', HSTS] as const] : []),
      ['cache-control', 'no-store'],
      ['content-type', 'application/problem+json; charset=utf-8'],
    ];
    this.#log(id, problem.status, asked);
    return whole(anyHead(problem.status, fields, body.length, this.#keeping), body);
  }

  /** Puts the request to the ordinary route within the process, which checks, words and logs it as any other. */
  async #ordinary(asked: Asked): Promise<Said> {
    const { head, bytes, bodyAt, socket } = asked;
    try {
      const answer = await this.#app.inject({
        method: 'POST',
        url: ROUTE,
        headers: Object.fromEntries(head.fields),
        payload: bytes.subarray(bodyAt, bodyAt + head.length),
        remoteAddress: socket.remoteAddress ?? '',
      });
      const fields = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
      const top = anyHead(answer.statusCode, fields, answer.rawPayload.length, this.#keeping);
      return { ...whole(top, answer.rawPayload), last: isLast(fields) };
    } catch (error) {
      return this.#fail(error, asked);
    }
  }

  #log(id: string, status: number, { began }: Asked): void {
    logAnswers(this.#app.log, { id, method: 'POST', route: ROUTE, status }, performance.now() - began);
  }
}

/** A request, as it is while it is answered. */
interface Asked {
  readonly head: Head;
  /** What came on the connection, and where the body begins in it. */
  readonly bytes: Buffer;
  readonly bodyAt: number;
  readonly socket: Socket;
  /** When it was here; 0 where nobody writes that down. */
  readonly began: number;
}

function wishIn(bytes: Buffer, at: number, length: number): Wish | null {
  try {
    return readWish(JSON.parse(bytes.toString('utf8', at, at + length)));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The customer with the number that they have here, as `numbered` gives it. */
function numberedFor({ key: { connection } }: Holder, wish: Wish): Wish {
  const prefix = connection?.numberPrefix ?? '';
  const { externalId } = wish.customer;
  if (prefix === '' || externalId === undefined) return wish;
  return { ...wish, customer: { ...wish.customer, externalId: `${prefix}${externalId}` } };
}

/** The answer that nearly everybody gets, of ASCII alone; null where there is more to say. */
export function plainAnswer(made: MadeDecision): string | null {
  const { decision, outcome, obligations, reasons, message, stale } = made;
  if (outcome !== 'allow' || message !== null || obligations.length > 0 || reasons.length > 0) return null;
  return `{"decision":"${decision}","outcome":"allow","obligations":[],"reasons":[],"message":null,"stale":${stale}}`;
}

/** Whether the answer goes over TLS, which only a proxy on this machine is believed about (`trustProxy`). */
function isSecure({ head: { forwardedProtocol }, socket: { remoteAddress = '' } }: Asked): boolean {
  return forwardedProtocol === 'https' && /^(::1$|127\.|::ffff:127\.)/.test(remoteAddress);
}

const whole = (head: string, body: Buffer): Said => ({
  bytes: Buffer.concat([Buffer.from(head, 'latin1'), body]),
  last: false,
});

const said = (answer: string | Said): Said =>
  typeof answer === 'string' ? { bytes: Buffer.from(answer, 'latin1'), last: false } : answer;
