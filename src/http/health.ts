import type {} from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Less is no news: it is asked twice a second. */
const STALE_SECONDS = 5;

/** Gives null when the database can be asked, else one line that says why not. */
export type ReadinessCheck = () => Promise<string | null>;

/**
 * `GET /healthz`: the process lives. `GET /readyz`: it can do its work. Without its database it still decides, from memory, and says
 * `degraded` with the reason and for how long nothing new was heard: 200 all the same, since a balancer that took every process out at once
 * would close the checkouts. 503 before it can decide anything, and while stopping, so that a balancer sends nobody any more.
 * `decidesFrom`: for how many seconds what decisions rest on may be out of date; null: nothing is held yet.
 */
export function registerHealth(
  app: FastifyInstance,
  check: ReadinessCheck,
  decidesFrom: () => number | null = () => null,
): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.get('/healthz', { schema: { hide: true }, logLevel: 'silent' }, async (_request, reply) => {
    return reply.header('cache-control', 'no-store').send({ status: 'ok' });
  });
  app.get('/readyz', { schema: { hide: true }, logLevel: 'silent' }, async (_request, reply) => {
    const reason = stopping ? 'stopping' : await check();
    reply.header('cache-control', 'no-store');
    const staleSeconds = decidesFrom();
    if (reason === null)
      return (staleSeconds ?? 0) < STALE_SECONDS
        ? reply.send({ status: 'ready' })
        : reply.send({ status: 'degraded', reason: 'decisions are not known to be up to date', staleSeconds });
    if (stopping || staleSeconds === null) return reply.code(503).send({ status: 'not ready', reason });
    return reply.send({ status: 'degraded', reason: `${reason}; decisions go on from memory`, staleSeconds });
  });
}
