import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';
import { builtConsole } from './built.ts';

export interface Site {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** The built console without a service behind it: whatever it asks of /api must be answered by the test (fixtures). */
export async function serveConsole(): Promise<Site> {
  const app = Fastify();
  await app.register(fastifyStatic, { root: await builtConsole(), wildcard: true, index: false });
  app.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/api/') ? reply.code(404).send({}) : reply.sendFile('console/index.html'),
  );
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return { origin, close: () => app.close() };
}
