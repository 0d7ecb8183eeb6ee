import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of several processes of the service, as small as one can be. */
export interface Balancer {
  readonly url: string;
  /** How many answers each process gave. */
  readonly answered: ReadonlyMap<string, number>;
  /** The processes behind it from now on. */
  readonly serve: (targets: readonly string[]) => void;
  readonly close: () => Promise<void>;
}

/** Gives requests to the processes in turn; one that cannot be reached is passed over, as a proxy's check of health would. */
export async function startBalancer(targets: readonly string[]): Promise<Balancer> {
  let behind = targets;
  let turn = 0;
  const answered = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const start = turn++;
      const order = behind.map((_, at) => behind[(start + at) % behind.length] ?? '');
      void pass(incoming, outgoing, Buffer.concat(pieces), order, (target) =>
        answered.set(target, (answered.get(target) ?? 0) + 1),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    serve: (next) => {
      behind = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: Buffer,
  targets: readonly string[],
  onAnswer: (target: string) => void,
): Promise<void> {
  for (const target of targets) {
    const answer = await ask(incoming, body, target).catch(() => null);
    if (answer === null) continue;
    onAnswer(target);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    return;
  }
  outgoing.writeHead(502).end();
}

function ask(incoming: IncomingMessage, body: Buffer, target: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, url = '/', headers } = incoming;
    request(new URL(url, target), { method: method ?? 'GET', headers, agent: false }, resolve)
      .on('error', reject)
      .end(body);
  });
}
