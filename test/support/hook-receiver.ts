import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A webhook as another system received it. */
export interface Got {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly payload: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** Another system, over real HTTP. */
export interface HookReceiver {
  readonly url: string;
  readonly got: Got[];
  /** What it answers from now on: a status, headers with it, or nothing at all. */
  answer: { status: number; headers?: Record<string, string> } | 'nothing';
  /** Called with each, before it is answered. */
  onGot: (got: Got) => void;
  readonly close: () => Promise<void>;
}

export async function hookReceiver(): Promise<HookReceiver> {
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const got: Got = {
        id: String(request.headers['webhook-id']),
        headers: request.headers,
        body,
        payload: JSON.parse(body) as Got['payload'],
      };
      receiver.got.push(got);
      receiver.onGot(got);
      if (receiver.answer !== 'nothing') reply.writeHead(receiver.answer.status, receiver.answer.headers).end('thanks');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const receiver: HookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?token=of-the-receiver`,
    got: [],
    answer: { status: 204 },
    onGot: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** What the specification's own library reads in it; throws where the signature does not fit. It takes what was signed within five minutes. */
export function readBySpecification(secret: string, { headers, body }: Got): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
