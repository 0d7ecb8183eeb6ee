import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Inbox, Taken } from '../../workflows/shops/receive.ts';
import { type ProblemAnswer, problem, sendProblem } from '../problem.ts';

/** The largest webhook taken, in bytes: many times what any platform sends. */
export const LARGEST_WEBHOOK = 8 * 1_048_576;

/**
 * POST /hooks/:connection: where platforms tell what happened. Answered once it is kept. What is wrong is said without saying what would
 * be right: whoever is meant knows it.
 */
export async function hookRoute(app: FastifyInstance, inbox: Inbox): Promise<void> {
  // By itself, because only this address takes bodies as they are: the signature is over every byte.
  await app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    own.post<{ Params: { connection: string } }>(
      '/hooks/:connection',
      {
        bodyLimit: LARGEST_WEBHOOK,
        schema: { hide: true },
        // Before the body is read: a stranger makes nobody read megabytes.
        onRequest: async (request, reply) => {
          const connection = await known(inbox, request);
          if (connection === 'failed') return sendProblem(reply, notNow);
          if (connection === null) return sendProblem(reply, problem(404, 'There is nothing at this address.'));
          if (connection.state === 'disconnected')
            return sendProblem(reply, problem(410, 'This connection was ended. Take the webhook away.'));
          return undefined;
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const { headers } = request;
        try {
          const answer = answerTo(await inbox.take(request.params.connection, { headers: textsOf(headers), body }));
          return answer === null ? reply.send({ ok: true }) : sendProblem(reply, answer);
        } catch (error) {
          request.log.error({ err: error }, 'A webhook could not be kept');
          return sendProblem(reply, notNow);
        }
      },
    );
  });
}

const notNow = problem(503, 'It cannot be kept at this moment. Send it again.', { headers: { 'retry-after': '30' } });

async function known(inbox: Inbox, request: FastifyRequest<{ Params: { connection: string } }>) {
  try {
    return await inbox.connection(request.params.connection);
  } catch (error) {
    request.log.error({ err: error }, 'A webhook’s connection could not be looked up');
    return 'failed' as const;
  }
}

function answerTo(taken: Taken): ProblemAnswer | null {
  switch (taken) {
    case 'kept':
    case 'nothing':
      return null;
    case 'body':
      return problem(400, 'The body cannot be read.');
    case 'unsigned':
    case 'signature':
    case 'old':
    case 'stranger':
      return problem(401, 'The webhook is not signed as it should be.');
  }
}

const textsOf = (headers: FastifyRequest['headers']): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
