import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { customerLookup, decisionRequest, decisionResponse } from '../../../src/contracts/v1.ts';

/** What a test wants to be answered at a surface. */
export interface Wish {
  readonly outcome: 'allow' | 'challenge' | 'review' | 'deny';
  readonly text?: string;
  readonly obligations?: readonly string[];
}

export interface AskedOfEvenhand {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

export interface Hook {
  readonly headers: Record<string, string | undefined>;
  readonly body: Buffer;
}

/**
 * A server that answers as Evenhand's API does, with what a test wishes; and takes webhooks. What it takes and what it answers are held
 * against the API's own contract.
 */
export async function startEvenhand() {
  const wishes = new Map<string, Wish>();
  const asked: AskedOfEvenhand[] = [];
  const hooks: Hook[] = [];
  /** How long each caller waited for an answer that never came, in milliseconds. */
  const waited: number[] = [];
  const state = { mode: 'answers' as 'answers' | 'silent' | 'broken', key: 'evh_test' };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const path = request.url ?? '/';
    const { authorization } = request.headers;
    if (path.startsWith('/hooks/')) {
      hooks.push({ headers: request.headers as Record<string, string | undefined>, body });
      response.writeHead(200).end('{"ok":true}');
      return;
    }
    asked.push({ path, authorization, body: JSON.parse(body.toString() || '{}') });
    if (state.mode === 'silent') {
      const began = performance.now();
      request.socket.once('close', () => waited.push(performance.now() - began));
      return;
    }
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (state.mode === 'broken') return response.writeHead(200).end('<html>It works!</html>');
    if (authorization !== `Bearer ${state.key}`) return answer(401, { title: 'The key is not good.', status: 401 });
    const shape = path === '/v1/decisions' ? decisionRequest : path === '/v1/customers/lookup' ? customerLookup : null;
    if (shape === null) return answer(404, { title: 'There is nothing at this address.', status: 404 });
    const read = shape.safeParse(asked.at(-1)?.body);
    if (!read.success)
      return answer(400, { title: 'The request cannot be read.', status: 400, errors: read.error.issues });
    if (path === '/v1/customers/lookup') return answer(404, { title: 'There is no such customer.', status: 404 });
    const wish = wishes.get(String((asked.at(-1) ?? { body: {} as Record<string, unknown> }).body.surface)) ?? {
      outcome: 'allow',
    };
    const made = {
      decision: '0199a0c0-0000-7000-8000-000000000000',
      outcome: wish.outcome,
      obligations: (wish.obligations ?? []).map((name) => ({ name, words: name })),
      reasons: [],
      stale: false,
      message: wish.text === undefined ? null : { language: 'en', text: wish.text },
    };
    return answer(200, decisionResponse.parse(made));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    wishes,
    asked,
    hooks,
    waited,
    reset() {
      wishes.clear();
      asked.length = 0;
      hooks.length = 0;
      waited.length = 0;
      state.mode = 'answers';
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
