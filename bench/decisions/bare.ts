import { createServer } from 'node:http';

/**
 * The limit: node:http that reads and parses the body, looks the customer up in four Maps, and answers with JSON of the same length.
 * Prints its port.
 */
const ENTRIES = 100_000;
const answer = JSON.stringify({
  decision: '019aa000-0000-7000-8000-000000000000',
  outcome: 'allow',
  obligations: [],
  reasons: [],
  message: null,
  stale: false,
});

const table = (name: string): ReadonlyMap<string, number> =>
  new Map(Array.from({ length: ENTRIES }, (_, index) => [`${name}-${index}`, index]));
const tables = { external: table('external'), email: table('email'), phone: table('phone'), ip: table('ip') };

interface Asked {
  readonly customer: { readonly externalId: string; readonly email: string; readonly phone: string };
  readonly ip: string;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { customer, ip } = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    const known =
      tables.external.has(customer.externalId) ||
      tables.email.has(customer.email) ||
      tables.phone.has(customer.phone) ||
      tables.ip.has(ip);
    response.writeHead(known ? 403 : 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': answer.length,
    });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : 0);
});
