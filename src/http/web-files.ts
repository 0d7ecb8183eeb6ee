import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem, sendProblem } from './problem.ts';

const YEAR_MS = 31_536_000_000;

/** What is never a page of the console. */
const NOT_A_PAGE = /^\/(api|v1|c|docs|policy|assets|healthz|readyz)(\/|$)/;

/**
 * The built console. Files under /assets carry a hash of their content in their name and are kept for a year; any other
 * address a browser asks for as a page is the console's, which shows what belongs there.
 */
export async function webFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    // Asked for one by one, so that a build made while the service runs is served as well.
    wildcard: true,
    immutable: true,
    maxAge: YEAR_MS,
    suppressWarning: true,
    logLevel: 'silent',
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (!isPage(request)) return sendProblem(reply, problem(404, 'There is nothing at this address.'));
    return sendConsole(reply, folder);
  });
}

function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = request.url.split('?', 1)[0] ?? '/';
  // Uptime checks ask for the front door and accept anything, or say nothing of what they accept.
  if (path === '/') return true;
  return !NOT_A_PAGE.test(path) && (request.headers.accept ?? '').includes('text/html');
}

async function sendConsole(reply: FastifyReply, folder: string): Promise<FastifyReply> {
  const page = await readFile(join(folder, 'console', 'index.html')).catch(() => null);
  if (page === null)
    return sendProblem(reply, problem(503, 'The console has not been built. Run "npm run build" and start again.'));
  return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
}
