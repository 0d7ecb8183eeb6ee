import type { FastifyInstance } from 'fastify';
import { problem as problemSchema } from '../../contracts/common.ts';
import { customerLookup, customerSummary } from '../../contracts/v1.ts';
import { normaliseIdentifier } from '../../core/identity/identifier.ts';
import type { ConsoleReads } from '../../ports/console.ts';
import type { Vault } from '../../ports.ts';
import { atOrNull } from '../console/views.ts';
import { problem, sendProblem } from '../problem.ts';
import { type KeyGuard, keyShop, numbered } from './key-guard.ts';

/** POST /v1/customers/lookup */
export function customersRoute(
  app: FastifyInstance,
  deps: { readonly reads: ConsoleReads; readonly vault: Vault },
  keys: KeyGuard,
): void {
  app.post(
    '/v1/customers/lookup',
    {
      bodyLimit: 4_096,
      onRequest: keys.needs('customers:read'),
      schema: {
        tags: ['customers'],
        summary: 'A customer’s standing',
        description:
          'By the customer’s number in your own system. `orderedValue` is in minor units of the shop’s currency; `until` is null where standing has no end of its own.',
        security: [{ apiKey: [] }],
        body: customerLookup,
        response: { 200: customerSummary, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const shop = keyShop(request);
      const external = normaliseIdentifier(
        'external',
        numbered(request, customerLookup.parse(request.body)).externalId,
        null,
      );
      const hash = external === null ? null : deps.vault.identifierHash(shop.id, 'external', external);
      const found = hash === null ? null : await deps.reads.customerByIdentifier(shop.id, 'external', hash);
      if (found === null)
        return sendProblem(
          reply,
          problem(404, 'The shop knows no customer with this number.', { why: 'unknown-customer' }),
        );
      return reply.send({
        id: found.id,
        standing: found.standing,
        since: atOrNull(found.standingSince),
        until: atOrNull(found.standingUntil),
        orders: found.orders,
        orderedValue: found.orderedValue,
      });
    },
  );
}
