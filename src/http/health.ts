import type {} from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Gives null when the service can work, else one line that says why not. */
export type ReadinessCheck = () => Promise<string | null>;

/**
 * `GET /healthz`: the process lives. `GET /readyz`: it can do its work, else 503 with the reason; it also says no while stopping,
 * so that a balancer sends nobody any more.
 */
export function registerHealth(app: FastifyInstance, check: ReadinessCheck): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.get('/healthz', { schema: { hide: true }, logLevel: 'silent' }, async (_request, reply) => {
    return reply.header('cache-control', 'no-store').send({ status: 'ok' });
  });
  app.get('/readyz', { schema: { hide: true }, logLevel: 'silent' }, async (_request, reply) => {
    const reason = stopping ? 'stopping' : await check();
    return reply
      .header('cache-control', 'no-store')
      .code(reason === null ? 200 : 503)
      .send(reason === null ? { status: 'ready' } : { status: 'not ready', reason });
  });
}
