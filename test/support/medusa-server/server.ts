import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answers.ts';
import { routes } from './routes.ts';
import type { MedusaShop } from './shop.ts';

export interface MedusaServer {
  readonly address: string;
  /** Answers the next requests with these statuses instead. */
  readonly troubles: number[];
  /** Every request, as "GET orders?limit=50". */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

/** A server that answers as the Admin API of Medusa does, with a secret key as the name of Basic authentication. */
export async function startMedusaServer(shop: MedusaShop): Promise<MedusaServer> {
  const troubles: number[] = [];
  const asked: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += String(part);
    const url = new URL(request.url ?? '/', 'http://medusa.test');
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(/^\/admin\//, '');
    asked.push(`${method} ${path}${url.search}`);
    const trouble = troubles.shift();
    if (trouble !== undefined) {
      response.writeHead(trouble, { 'retry-after': '7' }).end('<html>Trouble</html>');
      return;
    }
    const key = `Basic ${Buffer.from(`${shop.secretKey}:`).toString('base64')}`;
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    send(
      response,
      request.headers.authorization === key
        ? routes(shop, { method, path, query: url.searchParams, body })
        : { status: 401, body: { message: 'Unauthorized' } },
    );
  }

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error('failed'));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    troubles,
    asked,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isText = typeof body === 'string';
  response
    .writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json' })
    .end(isText ? body : JSON.stringify(body));
}
