import type { FastifyBaseLogger, FastifyRequest, FastifyServerOptions } from 'fastify';

/** Where log lines go; `false` for none (tests, commands). */
export type LogTarget = false | { readonly level: string; readonly stream?: { write(line: string): void } };

/**
 * Log lines name the route's pattern instead of the address, because addresses may hold a customer's number or a search,
 * and of errors only what says nothing about people: a database's detail would quote rows.
 */
export function loggerOptions(target: LogTarget): FastifyServerOptions['logger'] {
  if (target === false) return false;
  return {
    level: target.level,
    ...(target.stream === undefined ? {} : { stream: target.stream }),
    redact: ['req.headers', 'res.headers', '*.password', '*.token', '*.key', '*.email'],
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url ?? 'none' }),
      err: (error: Error & { code?: string; constraint?: string; table?: string }) => ({
        type: error.name,
        message: error.message,
        stack: error.stack ?? '',
        code: error.code,
        constraint: error.constraint,
        table: error.table,
      }),
    },
  };
}

/** One line a request, when it is answered. */
export function logAnswers(
  log: FastifyBaseLogger,
  request: FastifyRequest,
  status: number,
  milliseconds: number,
): void {
  const line = {
    id: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status,
    ms: Math.round(milliseconds * 10) / 10,
  };
  if (status >= 500) log.error(line, 'answered');
  else log.info(line, 'answered');
}
