import type { FastifyBaseLogger, FastifyRequest, FastifyServerOptions } from 'fastify';

/** Where log lines go; `false` for none (tests, commands). */
export type LogTarget = false | { readonly level: string; readonly stream?: { write(line: string): void } };

/**
 * Log lines name the route's pattern instead of the address, because nobody can keep a stranger from asking for an address with a
 * name in it, and of errors only what says nothing about people: a database's detail would quote rows.
 */
export function loggerOptions(target: LogTarget): FastifyServerOptions['logger'] {
  if (target === false) return false;
  return {
    level: target.level,
    ...(target.stream === undefined ? {} : { stream: target.stream }),
    redact: ['req.headers', 'res.headers', '*.password', '*.token', '*.key', '*.email'],
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url ?? 'none' }),
      err: (error: LoggedError) => ({
        type: error.name,
        message: sayable(error),
        stack: (error.stack ?? '').replaceAll(error.message, () => sayable(error)),
        code: error.code,
        constraint: error.constraint,
        table: error.table,
      }),
    },
  };
}

type LoggedError = Error & { readonly code?: string; readonly constraint?: string; readonly table?: string };

/** SQLSTATE class 22, data exceptions: the message itself quotes the value that the database could not take. */
const sayable = ({ code, message }: LoggedError): string =>
  /^22[0-9A-Z]{3}$/.test(code ?? '') ? 'The database could not take a value' : message;

/** A request that was answered, as the log names it. */
export interface Answered {
  readonly id: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** One line a request, when it is answered. */
export function logAnswers(
  log: FastifyBaseLogger,
  { id, method, route, status }: Answered,
  milliseconds: number,
): void {
  const line = { id, method, route, status, ms: Math.round(milliseconds * 10) / 10 };
  if (status >= 500) log.error(line, 'answered');
  else log.info(line, 'answered');
}
