import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problem as problemSchema } from '../../contracts/common.ts';
import { decisionRequest, decisionResponse } from '../../contracts/v1.ts';
import type { Decisions } from '../../workflows/decide/decisions.ts';
import { refused, sendProblem } from '../problem.ts';
import { decisionAnswer } from './decision-answer.ts';
import { type KeyGuard, keyShop, numbered } from './key-guard.ts';

const DESCRIPTION = `Ask before you accept an order, a return, a contact, a review or a sign-in. "allow": go ahead. "challenge": go ahead if the customer meets the obligations; where there are none, once you have made sure of your customer in your own way. "review": a colleague looks at it first. "deny": not now; show the message.

Name the customer by any of externalId, email and phone; all that you have is best. An entry of the allow-list wins over every measure. A withdrawal and a claim for faulty goods are the customer's right and never denied: say returnKind. The message is in the language asked for where it is available, else in the shop's first. Plain allows are counted; every other decision is recorded before it is answered. "stale": the database has not answered for longer than the shop accepts, and the surface does what the shop chose for that case.`;

/** POST /v1/decisions. Made from memory: see `Decisions`. */
export function decisionsRoute(app: FastifyInstance, decisions: Decisions, keys: KeyGuard): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/decisions',
    {
      bodyLimit: 65_536,
      onRequest: keys.needs('decisions:write'),
      schema: {
        tags: ['decisions'],
        summary: 'What may this customer do now?',
        description: DESCRIPTION,
        security: [{ apiKey: [] }],
        body: decisionRequest,
        response: { 200: decisionResponse, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const made = await decisions.decide(keyShop(request), {
        ...request.body,
        customer: numbered(request, request.body.customer),
      });
      if (!made.ok) return sendProblem(reply, refused(made.error)) as never;
      return decisionAnswer(made.value);
    },
  );
}
