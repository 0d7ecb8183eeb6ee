import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { ApiKey, KeyConnection, Scope } from '../../ports/desk.ts';
import type { Shop } from '../../ports.ts';
import { type KeyDeps, keyHolder } from '../../workflows/desk/api-keys.ts';
import { problem, sendProblem } from '../problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The shop whose key a request to /v1 carries. */
    keyShop: Shop | null;
    /** The shop system whose extension the key is for. */
    keyConnection: KeyConnection | null;
  }
}

/** Whose key it is, and what it may do. */
export interface Holder {
  readonly shop: Shop;
  readonly key: ApiKey;
}

interface Remembered {
  readonly holder: Holder;
  /** When it was asked for last, and the database knew it. */
  readonly since: number;
  /** When the database did not answer to the question, since then. */
  readonly unanswered: number | null;
}

/** How long a key is believed without asking; then it is asked for beside the request, and soon the request waits. */
const FRESH_MS = 3_000;
const STALE_MS = 10_000;
/** How long a request waits for a database that does not say anything about a key it once knew, and how long the key is then believed. */
const PATIENCE_MS = 1_000;
const OUTAGE_MS = 24 * 3_600_000;
const MOST = 1_000;

/**
 * Opens /v1 to requests with a key of the right scope. Keys are remembered for some seconds, so that a decision need not
 * wait for the database; one revoked here stops at once, one revoked by another process within ten seconds. While the database does not
 * answer, the keys it knew go on being believed, for a day at most: a checkout does not close because it is gone.
 */
export class KeyGuard {
  readonly #deps: Pick<KeyDeps, 'clock' | 'keys' | 'credentials'>;
  readonly #known = new Map<string, Remembered>();
  readonly #asked = new Map<string, Promise<Holder | null>>();

  constructor(deps: Pick<KeyDeps, 'clock' | 'keys' | 'credentials'>) {
    this.#deps = deps;
  }

  forget(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  needs(scope: Scope): onRequestAsyncHookHandler {
    return async (request, reply) => {
      const secret = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const challenge = { headers: { 'www-authenticate': 'Bearer' } };
      if (secret === undefined)
        return sendProblem(reply, problem(401, 'Send an API key of the shop: Authorization: Bearer ehk_…', challenge));
      const holder = await this.holder(secret);
      if (holder === null)
        return sendProblem(reply, problem(401, 'This API key is not known, or it was revoked.', challenge));
      if (!holder.key.scopes.includes(scope))
        return sendProblem(
          reply,
          problem(403, `This API key may not do this: it lacks the scope ${scope}. Make one that has it in Settings.`),
        );
      request.keyShop = holder.shop;
      request.keyConnection = holder.key.connection;
      reply.header('cache-control', 'no-store');
      return undefined;
    };
  }

  /** Whose key the secret is; null: nobody's. At once where the key is remembered, so that nobody need wait for a promise. */
  holder(secret: string): Holder | null | Promise<Holder | null> {
    const known = this.#known.get(secret);
    if (known === undefined) return this.#ask(secret);
    const now = this.#deps.clock.now();
    // A clock that was put back makes nothing fresh: then it is asked for again.
    const age = now < known.since ? FRESH_MS : now - known.since;
    if (age < FRESH_MS) return known.holder;
    const silent = known.unanswered !== null && age < OUTAGE_MS;
    if (silent && Math.abs(now - (known.unanswered ?? now)) < FRESH_MS) return known.holder;
    const asked = this.#ask(secret);
    if (age < STALE_MS || silent) {
      // It is asked for beside the request; what goes wrong is kept by `#ask`.
      asked.catch(() => undefined);
      return known.holder;
    }
    return age < OUTAGE_MS ? this.#patiently(secret, known, asked) : asked;
  }

  /** One question a secret at a time. */
  #ask(secret: string): Promise<Holder | null> {
    const under = this.#asked.get(secret);
    if (under !== undefined) return under;
    const since = this.#deps.clock.now();
    const asked = keyHolder(this.#deps, secret)
      .then(
        (holder) => {
          // Whoever forgot meanwhile is not to be told what was true before.
          if (this.#asked.get(secret) === asked) this.#keep(secret, holder, since);
          return holder;
        },
        (error: unknown) => {
          this.#missed(secret);
          throw error;
        },
      )
      .finally(() => {
        if (this.#asked.get(secret) === asked) this.#asked.delete(secret);
      });
    this.#asked.set(secret, asked);
    return asked;
  }

  #keep(secret: string, holder: Holder | null, since: number): void {
    if (holder === null) {
      this.#known.delete(secret);
      return;
    }
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(secret, { holder, since, unanswered: null });
  }

  #missed(secret: string): void {
    const known = this.#known.get(secret);
    if (known !== undefined) this.#known.set(secret, { ...known, unanswered: this.#deps.clock.now() });
  }

  /** The answer when it comes soon; else, or when it fails, what was known. */
  #patiently(secret: string, known: Remembered, asked: Promise<Holder | null>): Promise<Holder | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#missed(secret);
        resolve(known.holder);
      }, PATIENCE_MS);
      asked.then(resolve, () => resolve(known.holder)).finally(() => clearTimeout(timer));
    });
  }
}

/** A customer as the holder of the key names them, with the number that they have here. */
export function numbered<T extends { readonly externalId?: string | undefined }>(
  request: FastifyRequest,
  customer: T,
): T {
  const prefix = request.keyConnection?.numberPrefix ?? '';
  return prefix === '' || customer.externalId === undefined
    ? customer
    : { ...customer, externalId: `${prefix}${customer.externalId}` };
}

/** An event as the holder of the key reports it: from an extension it is recorded as what that system's webhooks tell. */
export function reported(request: FastifyRequest, event: unknown): unknown {
  if (request.keyConnection === null || typeof event !== 'object' || event === null) return event;
  const { customer } = event as { readonly customer?: unknown };
  return {
    ...event,
    source: request.keyConnection.source,
    ...(typeof customer === 'object' && customer !== null ? { customer: numbered(request, customer) } : {}),
  };
}

export function keyShop(request: FastifyRequest): Shop {
  if (request.keyShop === null) throw new Error('A route for API keys ran without one');
  return request.keyShop;
}
