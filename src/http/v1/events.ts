import type { FastifyInstance } from 'fastify';
import { problem as problemSchema } from '../../contracts/common.ts';
import { eventsRequest, eventsResponse } from '../../contracts/v1.ts';
import type { Deps } from '../../ports/store.ts';
import { recordEvents } from '../../workflows/intake/record-events.ts';
import { type KeyGuard, keyShop, reported } from './key-guard.ts';

const LARGEST_BATCH = 5 * 1_048_576;

const DESCRIPTION = `Up to 1,000 events and 5 MB a call. Each event is read by itself and answered by its place: "added", "known" (sent before: nothing changed), "conflict" (the same id was sent before with other content: the first stands) or "refused" (with the field and the reason). Good events of a call are written together. Sending a call again changes nothing, so repeat it whenever you are not sure that it arrived.

Who an event is about is said by externalId, email or phone (or Evenhand's own id); more than one make the customer recognisable in more places. Amounts are whole minor units; an amount in another currency than the shop's carries the rate of its day.

"seen" says from where an event came (ip, device, card, address): failed payments and new accounts are counted by it for the policy's live rules, and it is not kept.`;

/** POST /v1/events */
export function eventsRoute(app: FastifyInstance, deps: Deps, keys: KeyGuard): void {
  app.post(
    '/v1/events',
    {
      bodyLimit: LARGEST_BATCH,
      onRequest: keys.needs('events:write'),
      schema: {
        tags: ['events'],
        summary: 'Report what happened',
        description: DESCRIPTION,
        security: [{ apiKey: [] }],
        body: eventsRequest,
        response: { 200: eventsResponse, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const { events } = eventsRequest.parse(request.body);
      return reply.send(
        await recordEvents(
          deps,
          keyShop(request),
          events.map((event) => reported(request, event)),
        ),
      );
    },
  );
}
