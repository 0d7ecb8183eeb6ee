import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { problem as problemSchema } from '../../contracts/common.ts';
import { type ResponseOf, type RouteName, type Routes, routes } from '../../contracts/routes.ts';
import { acceptedTags, type Language } from '../../core/shared/words.ts';
import type { Languages } from '../../ports/languages.ts';
import type { Role, StaffSession } from '../../ports/staff.ts';
import type { Shop } from '../../ports.ts';
import type { SessionDeps } from '../../workflows/desk/sessions.ts';
import { guard, signedIn, working } from '../guard.ts';
import { ProblemAnswer, sendProblem } from '../problem.ts';

type Part<R extends RouteName, Name extends string> = Routes[R] extends {
  readonly [N in Name]: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;

type WhoOf<A> = A extends 'public'
  ? object
  : A extends 'signed-in'
    ? { readonly session: StaffSession }
    : { readonly session: StaffSession; readonly shop: Shop; readonly role: Role };

/** What a handler is given: everything read, checked and permitted. */
export type Input<R extends RouteName> = {
  readonly params: Part<R, 'params'>;
  readonly query: Part<R, 'query'>;
  readonly body: Part<R, 'body'>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What the reader's console speaks: texts made here are in it. */
  readonly language: Language;
} & WhoOf<Routes[R]['access']>;

export type Handler<R extends RouteName> = (input: Input<R>) => Promise<ResponseOf<R> | ProblemAnswer>;

export type RegisterRoute = <R extends RouteName>(
  name: R,
  handler: Handler<R>,
  options?: { readonly bodyLimit?: number },
) => void;

/** Registers rows of the route table with their access rule, schemas and place in the API reference. */
export function consoleRouter(
  app: FastifyInstance,
  deps: SessionDeps & { readonly languages: Languages },
): { readonly route: RegisterRoute; readonly assertComplete: () => void } {
  const registered = new Set<RouteName>();
  const route: RegisterRoute = (name, handler, options = {}) => {
    registered.add(name);
    const row = routes[name];
    const [method, path] = name.split(' ') as [string, string];
    app.route({
      method,
      url: path,
      ...(options.bodyLimit === undefined ? {} : { bodyLimit: options.bodyLimit }),
      schema: {
        tags: ['internal'],
        summary: row.summary,
        ...('params' in row ? { params: row.params } : {}),
        ...('query' in row ? { querystring: row.query } : {}),
        ...('body' in row ? { body: row.body } : {}),
        response: { 200: row.response, '4xx': problemSchema },
      },
      onRequest: guard(deps, row.access),
      async handler(request, reply) {
        const language = deps.languages.firstOf(acceptedTags(request.headers['accept-language']));
        const answer = await handler(inputOf<typeof name>(request, reply, row.access, language));
        return answer instanceof ProblemAnswer ? sendProblem(reply, answer) : reply.send(answer);
      },
    });
  };
  return {
    route,
    assertComplete() {
      const missing = Object.keys(routes).filter((name) => !registered.has(name as RouteName));
      if (missing.length > 0) throw new Error(`Routes of the table that nothing answers: ${missing.join(', ')}`);
    },
  };
}

/** The one place where what the schemas and the guard established is given its type. */
function inputOf<R extends RouteName>(
  request: FastifyRequest,
  reply: FastifyReply,
  access: Routes[RouteName]['access'],
  language: Language,
): Input<R> {
  const parts = { params: request.params, query: request.query, body: request.body, request, reply, language };
  if (access === 'public') return parts as Input<R>;
  if (access === 'signed-in') return { ...parts, session: signedIn(request) } as unknown as Input<R>;
  const { shop, role } = working(request);
  return { ...parts, session: signedIn(request), shop, role } as unknown as Input<R>;
}
