import { createServer } from 'node:http';

/** The limit: node:http that reads and parses the body and answers with JSON of the same length. Prints its port. */
const answer = JSON.stringify({
  decision: '019aa000-0000-7000-8000-000000000000',
  outcome: 'allow',
  obligations: [],
  reasons: [],
  message: null,
});

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { surface?: string };
    response.writeHead(body.surface === undefined ? 400 : 200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : 0);
});
