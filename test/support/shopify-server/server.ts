import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, parse, validate } from 'graphql';
import { deniedIn } from './access.ts';
import { queries, type World } from './answers.ts';
import { BulkOperations, type BulkPace } from './bulk.ts';
import { actualCost, type Bucket, requestedCost, Throttle } from './cost.ts';
import { mutations } from './doings.ts';
import type { PublishedSchema } from './schema.ts';
import { MemoryShop } from './shop.ts';

export interface ServerOptions {
  readonly published: PublishedSchema;
  readonly scopes: readonly string[];
  /** Of a plan: standard has 100 points a second, Plus 1,000. */
  readonly bucket?: Bucket;
  readonly pace?: BulkPace;
  readonly now?: () => number;
  readonly currency?: string;
}

/** How the next answers go wrong. */
export interface Trouble {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The connection is dropped without an answer. */
  readonly drop?: boolean;
  /** Only requests to such a path. */
  readonly path?: RegExp;
}

const LARGEST_COST = 1_000;

/** A shop at Shopify, on this machine: it answers over HTTP from the published schema, with its limits. */
export class ShopifyServer {
  readonly shop: MemoryShop;
  readonly throttle: Throttle;
  readonly bulk: BulkOperations;
  readonly clientId = 'client-of-evenhand';
  readonly clientSecret = 'shpss_secret_of_the_app';
  readonly asked: string[] = [];
  readonly troubles: Trouble[] = [];
  token = 'shpat_token_of_the_shop';
  tokensGiven = 0;
  #scopes: Set<string>;
  readonly #options: ServerOptions;
  readonly #server: Server;
  readonly #now: () => number;
  #base = '';

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.shop = new MemoryShop('ada.myshopify.com', options.currency ?? 'EUR');
    this.#scopes = new Set(options.scopes);
    this.throttle = new Throttle(options.bucket ?? { maximum: 20_000, restoreRate: 1_000 }, this.#now);
    this.bulk = new BulkOperations(
      options.published.schema,
      options.pace ?? { objectsPerSecond: 1_000_000 },
      this.#now,
      () => this.#root(),
    );
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
      });
    });
  }

  async start(): Promise<this> {
    // A long answer to one keeps the others waiting: their connections are not to be closed meanwhile.
    this.#server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#base = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** `fetch` that finds the shop's address here. */
  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(String(input));
    if (url.hostname === this.shop.domain) return fetch(`${this.#base}${url.pathname}${url.search}`, init);
    return fetch(url, init);
  };

  setScopes(scopes: readonly string[]): void {
    this.#scopes = new Set(scopes);
  }

  /** A webhook as Shopify would send it: raw body and headers, signed with the app's secret. */
  hook(topic: string, payload: unknown, more: Readonly<Record<string, string>> = {}) {
    const body = Buffer.from(JSON.stringify(payload));
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': topic,
        'x-shopify-shop-domain': this.shop.domain,
        'x-shopify-hmac-sha256': createHmac('sha256', this.clientSecret).update(body).digest('base64'),
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-event-id': randomUUID(),
        'x-shopify-api-version': '2026-10',
        'x-shopify-triggered-at': new Date(this.#now()).toISOString(),
        ...more,
      } as Readonly<Record<string, string>>,
    };
  }

  /** Sends a webhook to everybody who subscribed to its topic; gives what they answered. */
  async send(topic: string, payload: unknown): Promise<readonly number[]> {
    const name = topic.toUpperCase().replace('/', '_');
    const { body, headers } = this.hook(topic, payload);
    return Promise.all(
      this.shop.hooks
        .filter((hook) => hook.topic === name)
        .map(async ({ uri }) => (await fetch(uri, { method: 'POST', headers, body })).status),
    );
  }

  #root() {
    const world: World = {
      shop: this.shop,
      scopes: this.#scopes,
      now: this.#now,
      bulk: {
        run: (query, grouped) => this.bulk.run(query, grouped),
        state: (id) => this.bulk.state(id, `https://${this.shop.domain}`),
      },
    };
    return { ...queries(world), ...mutations(world) };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://shop');
    const body = await bodyOf(request);
    const trouble = this.troubles.findIndex(({ path }) => path === undefined || path.test(url.pathname));
    if (trouble !== -1) {
      const [{ drop, status = 500, headers = {}, body: text = '{}' } = {}] = this.troubles.splice(trouble, 1);
      if (drop === true) request.socket.destroy();
      else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
      return;
    }
    if (url.pathname === '/admin/oauth/access_token') this.#grant(body, response);
    else if (url.pathname.startsWith('/bulk/')) this.#file(url, request, response);
    else if (url.pathname === '/admin/api/2026-10/graphql.json') json(response, ...this.#graphql(request, body));
    else json(response, 404, { errors: 'Not Found' });
  }

  #grant(body: string, response: ServerResponse): void {
    const form = new URLSearchParams(body);
    const good = form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret;
    const right = form.get('grant_type') === 'client_credentials' || form.get('code') === 'code-of-the-shop';
    if (!good || !right) {
      json(response, 400, { error: 'invalid_client' });
      return;
    }
    this.tokensGiven += 1;
    json(response, 200, { access_token: this.token, scope: [...this.#scopes].join(','), expires_in: 86_399 });
  }

  #file(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const id = decodeURIComponent(url.pathname.slice('/bulk/'.length).replace(/\.jsonl$/, ''));
    const file = this.bulk.all.get(id)?.file;
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range === null) {
      response.writeHead(200).end(file);
      return;
    }
    const from = Number(range[1]);
    if (from >= file.length) {
      response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
      return;
    }
    const until = Math.min(Number(range[2]), file.length - 1);
    response
      .writeHead(206, { 'content-range': `bytes ${from}-${until}/${file.length}`, 'content-length': until - from + 1 })
      .end(file.subarray(from, until + 1));
  }

  #graphql(request: IncomingMessage, body: string): readonly [number, unknown] {
    if (request.headers['x-shopify-access-token'] !== this.token)
      return [
        401,
        {
          errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
        },
      ];
    const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const { schema } = this.#options.published;
    const document = parse(query);
    const wrong = validate(schema, document);
    if (wrong.length > 0) return [200, { errors: wrong.map(({ message }) => ({ message })) }];
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('One operation is asked at a time');
    this.asked.push(operation.name?.value ?? '');
    const requestedQueryCost = requestedCost(schema, operation, variables);
    if (requestedQueryCost > LARGEST_COST)
      return [
        200,
        {
          errors: [
            {
              message: `Query cost is ${requestedQueryCost}, which exceeds the single query max cost limit (1000).`,
              extensions: { code: 'MAX_COST_EXCEEDED', cost: requestedQueryCost, maxCost: LARGEST_COST },
            },
          ],
        },
      ];
    const denied = deniedIn(this.#options.published, document, withReads(this.#scopes));
    if (denied !== null)
      return [
        200,
        {
          errors: [
            {
              message: `Access denied for ${denied.field} field.`,
              path: [denied.field],
              extensions: {
                code: 'ACCESS_DENIED',
                requiredAccess: denied.scopes.map((scope) => `\`${scope}\` access scope`).join(' or '),
              },
            },
          ],
        },
      ];
    if (!this.throttle.take(requestedQueryCost))
      return [
        200,
        {
          errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
          extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus: this.throttle.status() } },
        },
      ];
    const result = execute({ schema, document, rootValue: this.#root(), variableValues: variables });
    if (result instanceof Promise) throw new Error('A shop in memory answers at once');
    const actualQueryCost = actualCost(schema, operation, (result.data ?? null) as Record<string, unknown> | null);
    this.throttle.settle(requestedQueryCost, actualQueryCost);
    return [
      200,
      {
        ...result,
        extensions: { cost: { requestedQueryCost, actualQueryCost, throttleStatus: this.throttle.status() } },
      },
    ];
  }
}

const withReads = (scopes: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([
    ...scopes,
    ...[...scopes].filter((name) => name.startsWith('write_')).map((name) => `read_${name.slice(6)}`),
  ]);

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
