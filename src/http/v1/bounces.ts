import type { FastifyInstance } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { problem as problemSchema } from '../../contracts/common.ts';
import { bounceReport, bounceResponse } from '../../contracts/v1.ts';
import { ok, type Result } from '../../core/shared/result.ts';
import type { Deps } from '../../ports/store.ts';
import { type ReportedBounce, recordBounce } from '../../workflows/mail/bounces.ts';
import { problem, refused, sendProblem } from '../problem.ts';
import { readDeliveryStatus } from './delivery-status.ts';
import { type KeyGuard, keyShop } from './key-guard.ts';

/** A returned message may carry the whole of ours, and what servers on its way wrote into it. */
const LARGEST = 1_048_576;

const MESSAGE = 'message/rfc822';

const DESCRIPTION = `Tell that a message came back, so that the customer is told in another way. Either as JSON with the Message-ID that the message had, or as the delivery status notification itself (RFC 3464) with content-type message/rfc822, exactly as your mailbox received it: what is read from it is the Message-ID of the returned message and whether the delivery failed. A notification of a delay or of success is answered 422.

Reporting the same message again changes nothing.`;

/** POST /v1/mail/bounces */
export async function bouncesRoute(
  app: FastifyInstance,
  deps: Pick<Deps, 'store' | 'clock'>,
  keys: KeyGuard,
): Promise<void> {
  // By itself, because only this address takes e-mail messages for a body.
  await app.register(async (own) => {
    own.addContentTypeParser(MESSAGE, { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) =>
      done(null, body),
    );
    own.post(
      '/v1/mail/bounces',
      {
        bodyLimit: LARGEST,
        onRequest: keys.needs('mail:write'),
        // A message is no JSON to check: it is read by `readDeliveryStatus`.
        validatorCompiler: ({ schema, ...route }) => {
          const check = validatorCompiler({ ...route, schema: schema as unknown as typeof bounceReport });
          return (data) => (Buffer.isBuffer(data) ? { value: data } : check(data));
        },
        schema: {
          tags: ['mail'],
          summary: 'Report mail that came back',
          description: DESCRIPTION,
          security: [{ apiKey: [] }],
          consumes: ['application/json', MESSAGE],
          body: bounceReport,
          response: { 200: bounceResponse, '4xx': problemSchema },
        },
      },
      async (request, reply) => {
        const reported = await reportIn(request.body);
        if (!reported.ok) return sendProblem(reply, problem(422, `The message ${reported.error}`));
        const recorded = await recordBounce(deps, keyShop(request), reported.value);
        return recorded.ok ? reply.send(recorded.value) : sendProblem(reply, refused(recorded.error));
      },
    );
  });
}

async function reportIn(body: unknown): Promise<Result<ReportedBounce, string>> {
  if (Buffer.isBuffer(body)) return readDeliveryStatus(body);
  const { messageId, reason = null } = bounceReport.parse(body);
  return ok({ messageId, reason });
}
