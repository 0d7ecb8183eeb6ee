import { z } from 'zod';
import { reportedEvents } from '../../core/events/event.ts';
import { incomingEnvelope } from '../../core/events/incoming.ts';
import type { Schema } from './schema-view.ts';

/**
 * What POST /v1/events takes, one schema for each kind. The route itself reads items one by one, so that a bad one costs no
 * other; this says to readers and tools what each must be.
 */
export function eventSchemas(): readonly (Schema & { readonly title: string })[] {
  const { properties = {}, required = [] } = asSchema(incomingEnvelope);
  return Object.entries(reportedEvents).map(([kind, body]) => {
    const bodySchema = asSchema(body);
    return {
      title: kind,
      type: 'object',
      properties: { ...properties, kind: { const: kind }, body: bodySchema },
      required: [...required, ...((bodySchema.required ?? []).length > 0 ? ['body'] : [])],
    };
  });
}

function asSchema(schema: z.ZodType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as Schema;
}
