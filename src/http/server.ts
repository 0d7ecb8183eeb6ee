import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { FirstRunDeps } from '../workflows/desk/first-run.ts';
import { consoleRouter } from './console/route.ts';
import { sessionRoutes } from './console/session-routes.ts';
import { type SettingsDeps, settingsRoutes } from './console/settings-routes.ts';
import { type ReadinessCheck, registerHealth } from './health.ts';
import { type LogTarget, logAnswers, loggerOptions } from './logging.ts';
import { answerErrors, problem, sendProblem } from './problem.ts';
import { securityHeaders } from './security-headers.ts';
import { webFiles } from './web-files.ts';

const MEGABYTE = 1_048_576;

export interface ServerDeps extends FirstRunDeps, Omit<SettingsDeps, 'onKeyRevoked'> {
  /** Where the built console is. */
  readonly webFolder: string;
  readonly readiness: ReadinessCheck;
  readonly log: LogTarget;
}

/**
 * The HTTP server, complete but not listening. Forwarded addresses are believed from a proxy on the same machine only.
 * Throws when a row of the route table has no handler.
 */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOptions(deps.log) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: 'loopback',
    bodyLimit: MEGABYTE,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply, problem(400, 'The address cannot be read.'));
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('asking', null);
  answerErrors(app);
  securityHeaders(app);
  app.addHook('onResponse', async (request, reply) =>
    logAnswers(app.log, request, reply.statusCode, reply.elapsedTime),
  );
  await app.register(fastifyCookie);

  const { route } = consoleRouter(app, deps);
  sessionRoutes(route, deps);
  settingsRoutes(route, { ...deps, onKeyRevoked: () => undefined });

  registerHealth(app, deps.readiness);
  await webFiles(app, deps.webFolder);
  return app;
}
