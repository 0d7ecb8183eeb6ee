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

interface Holder {
  readonly shop: Shop;
  readonly key: ApiKey;
}

interface Remembered {
  readonly holder: Promise<Holder | null>;
  readonly since: number;
}

/** How long a key is believed without asking; then it is asked for beside the request, and soon the request waits. */
const FRESH_MS = 3_000;
const STALE_MS = 10_000;
const MOST = 1_000;

/**
 * Opens /v1 to requests with a key of the right scope. Keys are remembered for some seconds, so that a decision need not
 * wait for the database; one revoked here stops at once, one revoked by another process within ten seconds.
 */
export class KeyGuard {
  readonly #deps: Pick<KeyDeps, 'clock' | 'keys' | 'credentials'>;
  readonly #known = new Map<string, Remembered>();

  constructor(deps: Pick<KeyDeps, 'clock' | 'keys' | 'credentials'>) {
    this.#deps = deps;
  }

  forget(): void {
    this.#known.clear();
  }

  needs(scope: Scope): onRequestAsyncHookHandler {
    return async (request, reply) => {
      const secret = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const challenge = { headers: { 'www-authenticate': 'Bearer' } };
      if (secret === undefined)
        return sendProblem(reply, problem(401, 'Send an API key of the shop: Authorization: Bearer ehk_…', challenge));
      const holder = await this.#holder(secret);
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

  #holder(secret: string): Promise<Holder | null> {
    const now = this.#deps.clock.now();
    const known = this.#known.get(secret);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now - known.since;
    if (known !== undefined && age < FRESH_MS) return known.holder;
    const asked = keyHolder(this.#deps, secret);
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(secret, { holder: asked, since: now });
    asked.then(
      (holder) => {
        if (holder === null) this.#known.delete(secret);
      },
      () => this.#known.delete(secret),
    );
    return known !== undefined && age < STALE_MS ? known.holder : asked;
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
