import { z } from 'zod';
import { at, uuid } from './common.ts';
import { hookTopic, type hookTopics } from './webhooks.ts';

const customer = z.object({
  id: uuid.describe('Evenhand’s id of the customer.'),
  externalId: z.string().nullable().describe('The customer’s number in your own system, where it is known.'),
});
const event = uuid.describe('The event in the ledger that this tells of.');

const measure = z.object({ event, customer, measure: uuid });
const appeal = z.object({ event, customer, appeal: uuid });

/** What a webhook of each topic tells: ids, and the customer's own number. Whoever needs more asks the API. */
export const hookData = {
  'measure.started': measure.meta({ title: 'A measure began' }),
  'measure.changed': measure.meta({ title: 'A measure was changed: what it asks, or until when' }),
  'measure.lifted': measure.meta({ title: 'A measure was ended early' }),
  'measure.expired': measure.meta({ title: 'A measure ran out' }),
  'measure.voided': measure.meta({ title: 'A measure was wrong, and is as if it had never been' }),
  'measure.suspended': measure.meta({ title: 'A measure does not bite while an answer to an appeal is overdue' }),
  'measure.resumed': measure.meta({ title: 'A suspended measure runs on' }),
  'appeal.filed': appeal.meta({ title: 'A customer appealed' }),
  'appeal.decided': appeal.meta({ title: 'An appeal was decided' }),
  'appeal.withdrawn': appeal.meta({ title: 'A customer withdrew an appeal' }),
  'decision.denied': z
    .object({ event, customer: customer.nullable(), decision: uuid })
    .meta({ title: 'A customer was refused at a surface' }),
  'customer.erased': z
    .object({ event, customer: customer.extend({ externalId: z.null().describe('Erased with the rest.') }) })
    .meta({ title: 'A customer was erased: forget them too' }),
} as const satisfies Record<(typeof hookTopics)[number], z.ZodType>;

export type HookData = { readonly [T in keyof typeof hookData]: z.output<(typeof hookData)[T]> };

/** The body of a webhook. */
export const hookPayload = z.object({
  type: z.union([hookTopic, z.literal('test')]),
  timestamp: at,
  data: z.record(z.string(), z.unknown()),
});
