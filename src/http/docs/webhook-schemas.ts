import { z } from 'zod';
import { hookData, hookPayload } from '../../contracts/webhook-payloads.ts';

/** What Evenhand sends to other systems, one entry for each topic, as OpenAPI 3.1 has it. */
export function webhookSchemas(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(hookData).map(([topic, data]) => {
      const body = hookPayload.extend({ type: z.literal(topic), data });
      const { $schema: _dialect, ...schema } = z.toJSONSchema(body, { io: 'output' });
      return [
        topic,
        {
          post: {
            tags: ['webhooks'],
            summary: data.meta()?.title,
            description:
              'Signed by the Standard Webhooks specification: headers webhook-id, webhook-timestamp and webhook-signature.',
            requestBody: { required: true, content: { 'application/json': { schema } } },
            responses: { '2XX': { description: 'Taken. Anything else is tried again for three days.' } },
          },
        },
      ];
    }),
  );
}
