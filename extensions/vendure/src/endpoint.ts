import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigService, type Injector, Logger, RequestContextService, VENDURE_VERSION } from '@vendure/core';
import type { Act, Acts, Marked, MarkedAs } from './acts';
import type { Configuration } from './options';
import type { Cursor, Records } from './records';
import { isSigned } from './signing';
import { CONTEXT } from './tell';

export const VERSION = '0.2.0';
const LARGEST = 1_048_576;

/** What Evenhand asks of this server, signed with the same secret as the webhooks. */
type Asked =
  | { readonly what: 'check' }
  | { readonly what: 'history'; readonly from: Cursor | null; readonly since: string | null }
  | { readonly what: 'order'; readonly id: string }
  | { readonly what: 'mark'; readonly customer: Marked; readonly as: MarkedAs | null }
  | { readonly what: 'act'; readonly act: Act; readonly key: string };

/** Answers POST /evenhand. */
export class Endpoint {
  readonly #configuration: Configuration;
  readonly #records: Records;
  readonly #acts: Acts;
  readonly #injector: Injector;

  constructor(configuration: Configuration, records: Records, acts: Acts, injector: Injector) {
    this.#configuration = configuration;
    this.#records = records;
    this.#acts = acts;
    this.#injector = injector;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return reply(response, 405, { error: 'POST only' });
    const { settings } = this.#configuration;
    if (settings === null) return reply(response, 503, { evenhand: VERSION, configured: false });
    const body = await bodyOf(request);
    if (body === null) return reply(response, 413, { error: 'Too long' });
    if (!isSigned(settings.hookSecret, request.headers, body, Date.now()))
      return reply(response, 401, { error: 'Not signed by Evenhand' });
    let asked: Asked;
    try {
      asked = JSON.parse(body.toString('utf8'));
    } catch {
      return reply(response, 400, { error: 'No JSON' });
    }
    try {
      const answer = await this.#answer(asked);
      return answer === null ? reply(response, 404, { error: 'Nothing of that kind' }) : reply(response, 200, answer);
    } catch (error) {
      Logger.error(`${asked.what}: ${error instanceof Error ? error.message : 'failed'}`, CONTEXT);
      return reply(response, 500, { error: 'It failed here; see the log of the server' });
    }
  }

  async #answer(asked: Asked): Promise<object | null> {
    const ctx = await this.#injector.get(RequestContextService).create({ apiType: 'admin' });
    switch (asked.what) {
      case 'check': {
        const { channel } = ctx;
        const { authOptions, orderOptions } = this.#injector.get(ConfigService);
        return {
          evenhand: VERSION,
          vendure: VENDURE_VERSION,
          configured: true,
          currency: channel.defaultCurrencyCode,
          currencies: channel.availableCurrencyCodes,
          precision: this.#precision(),
          asks: {
            checkout: (orderOptions.process?.length ?? 0) > 1,
            cart: this.#configuration.cart,
            login: this.#configuration.login && authOptions.shopAuthenticationStrategy.length > 0,
          },
          whenSilent: this.#configuration.whenSilent,
        };
      }
      case 'history': {
        const { records, ...page } = await this.#records.page(
          ctx,
          asked.from,
          asked.since === null ? null : new Date(asked.since),
        );
        const timestamp = new Date().toISOString();
        return { ...page, records: records.map(({ type, data }) => ({ type, timestamp, data })) };
      }
      case 'order': {
        const data = await this.#records.order(ctx, asked.id);
        return data === null ? null : { type: 'order.changed', timestamp: new Date().toISOString(), data };
      }
      case 'mark':
        return this.#acts.mark(ctx, asked.customer, asked.as);
      case 'act':
        return this.#acts.act(ctx, asked.act, asked.key);
      default:
        return null;
    }
  }

  #precision(): number {
    return this.#injector.get(ConfigService).entityOptions.moneyStrategy?.precision ?? 2;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function reply(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(text);
}
