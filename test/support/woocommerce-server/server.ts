import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Asked, no, routes } from './routes.ts';
import type { WooShop } from './shop.ts';

/** What the server does wrong, for tests of what is to be borne. */
export interface Troubles {
  /** Answers the next requests with these statuses instead. */
  next: number[];
  /** Answers nothing. */
  silent: boolean;
  /** Prints a warning before each answer, as broken extensions do. */
  warns: boolean;
}

export interface WooServer {
  readonly address: string;
  readonly shop: WooShop;
  readonly troubles: Troubles;
  /** Every request, as "GET wc/v3/orders". */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

/**
 * A shop that answers as WooCommerce's REST API v3 does: its permissions of keys, its pages and their headers, its filters by time, its
 * errors. What it does not know it answers with `rest_no_route`.
 */
export async function startWooServer(shop: WooShop): Promise<WooServer> {
  const troubles: Troubles = { next: [], silent: false, warns: false };
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error('failed'));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://shop.test');
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(/^\/wp-json\/?/, '');
    asked.push(`${method} ${path}`);
    if (troubles.silent) return;
    const trouble = troubles.next.shift();
    if (trouble !== undefined) {
      response.writeHead(trouble, { 'retry-after': '7' }).end('<html>Trouble</html>');
      return;
    }
    const body = Buffer.concat(chunks).toString('utf8');
    const wish: Asked = {
      method,
      path,
      query: url.searchParams,
      body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
    };
    const denied = path === '' ? null : deniedBy(shop, request.headers.authorization, method);
    send(response, denied ?? routes(shop, wish), troubles.warns);
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    shop,
    troubles,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function deniedBy({ keys }: WooShop, authorization: string | undefined, method: string): Answer | null {
  const given = Buffer.from((authorization ?? '').replace(/^Basic /, ''), 'base64').toString('utf8');
  if (authorization === undefined) return no(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');
  if (given !== `${keys.key}:${keys.secret}`)
    return no(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.');
  const reads = method === 'GET' || method === 'HEAD';
  if (reads ? keys.may === 'write' : keys.may === 'read')
    return no(
      401,
      'woocommerce_rest_authentication_error',
      `The API key provided does not have ${reads ? 'read' : 'write'} permissions.`,
    );
  return null;
}

function send(response: ServerResponse, { status, body, total }: Answer, warns: boolean): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    ...(total === undefined ? {} : { 'x-wp-total': String(total), 'x-wp-totalpages': String(Math.ceil(total / 100)) }),
  });
  response.end(`${warns ? '<br />\n<b>Warning</b>: Undefined variable' : ''}${JSON.stringify(body)}`);
}

/** A webhook as WooCommerce sends it, signed. Header names are in lower case, as servers read them. */
export function signedWebhook(
  source: string,
  topic: string,
  payload: object,
  secret: string,
): { readonly headers: Record<string, string>; readonly body: Buffer } {
  const body = Buffer.from(JSON.stringify(payload), 'utf8');
  const [resource = '', event = ''] = topic.split('.');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-wc-webhook-source': `${source}/`,
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
      'x-wc-webhook-id': '7',
      'x-wc-webhook-delivery-id': '5b1a6d1b8b7ee1b3a3f1f0d1c2b3a495',
    },
  };
}
