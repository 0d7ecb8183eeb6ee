import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import type { Problem } from '../contracts/common.ts';
import type { Refused } from '../workflows/desk/refused.ts';
import { fieldErrors } from './field-errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Says a problem to whoever asks in their language; null: in English. */
    sayProblem: ((problem: Problem) => Problem) | null;
  }
}

/** An answer that is not what was asked for: RFC 9457. A handler returns one instead of throwing. */
export class ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    this.problem = problem;
    this.headers = headers;
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  406: 'Not available in this form',
  409: 'In conflict with what is there',
  413: 'Too large',
  415: 'Not in this format',
  422: 'Not acceptable as it is',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not ready',
};

/** A problem with the usual title of its status. `detail` is one or two sentences a person can act on. */
export function problem(
  status: number,
  detail: string,
  more: { errors?: Problem['errors']; why?: string | undefined; headers?: Readonly<Record<string, string>> } = {},
): ProblemAnswer {
  const errors = more.errors === undefined ? {} : { errors: more.errors };
  const why = more.why === undefined ? {} : { why: more.why };
  return new ProblemAnswer(
    { type: 'about:blank', title: TITLES[status] ?? 'Refused', status, detail, ...errors, ...why },
    more.headers,
  );
}

/** A workflow's refusal as an answer. A conflict carries which one it is, where the workflow says so. */
export function refused(why: Refused & { readonly why?: string }): ProblemAnswer {
  switch (why.kind) {
    case 'invalid':
      return problem(422, `"${why.field}" ${sentenceEnd(why.message)}`, {
        errors: [{ field: why.field, message: why.message }],
      });
    case 'not-found':
      return problem(404, why.message);
    case 'conflict':
      return problem(409, why.message, { why: why.why });
    case 'not-allowed':
      return problem(403, why.message);
    case 'wrong-credentials':
      return problem(401, why.message);
    case 'too-many':
      return problem(429, why.message, { headers: { 'retry-after': String(why.retryAfterSeconds) } });
  }
}

const sentenceEnd = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);

export function sendProblem(reply: FastifyReply, answer: ProblemAnswer): FastifyReply {
  return reply
    .code(answer.problem.status)
    .headers(answer.headers)
    .type('application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(reply.request.sayProblem?.(answer.problem) ?? answer.problem);
}

/** Every error of the server leaves as problem+json; what went wrong inside goes to the log with the request's id, never to the caller. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, { id, log, routeOptions }, reply) =>
    sendProblem(reply, answerTo(error, { id, log, route: routeOptions.url })),
  );
}

interface Failed {
  readonly id: string;
  readonly log: FastifyBaseLogger;
  readonly route: string | undefined;
}

function answerTo(error: FastifyError, request: Failed): ProblemAnswer {
  if (hasZodFastifySchemaValidationErrors(error)) {
    if (error.validationContext === 'params') return problem(404, 'There is nothing at this address.');
    const errors = fieldErrors(error.validation);
    const [first] = errors;
    const detail =
      first === undefined ? 'The request is not as expected.' : `"${first.field}" ${sentenceEnd(first.message)}`;
    return problem(400, detail, { errors });
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(413, 'The request is larger than this address accepts.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(415, 'Send the body as JSON with the header content-type: application/json.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return problem(400, 'The body is empty: send a JSON object.');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return problem(400, 'The body is not valid JSON.');
    default:
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500 && !isResponseSerializationError(error))
    return problem(status, 'The request cannot be read.');
  return failure(error, request);
}

/** The answer to what went wrong inside; what it was goes to the log. */
export function failure(error: unknown, { id, log, route }: Failed): ProblemAnswer {
  log.error({ err: error, route }, 'A request failed');
  return problem(500, `Nothing was changed. If it happens again, tell whoever runs Evenhand this number: ${id}.`);
}
