import type { CustomerId } from '../../core/shared/brand.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { AnnouncedEvent, HookSent } from '../../ports/announcing.ts';
import type { ShownPart } from '../../ports/ledger.ts';

/**
 * The body of a message: `{type, timestamp, data}` with ids and the customer's own number, as `src/contracts/webhook-payloads.ts`
 * describes it for each topic. Made anew for every try from the ledger, and so without the number once its customer was erased.
 */
export function payloadOf(
  { topic, createdAt }: Pick<HookSent, 'topic' | 'createdAt'>,
  event: AnnouncedEvent | null,
  shown: ReadonlyMap<CustomerId, ShownPart>,
): string {
  if (event === null) return JSON.stringify({ type: topic, timestamp: formatInstant(createdAt), data: {} });
  const { id, customer, body, recordedAt } = event;
  const who = customer === null ? null : { id: customer, externalId: shown.get(customer)?.externalId ?? null };
  return JSON.stringify({
    type: topic,
    timestamp: formatInstant(recordedAt),
    data: { event: id, customer: who, ...aboutOf(topic, body) },
  });
}

function aboutOf(topic: HookSent['topic'], body: AnnouncedEvent['body']): Readonly<Record<string, unknown>> {
  const [family] = topic.split('.');
  switch (family) {
    case 'measure':
      return { measure: body.measure };
    case 'appeal':
      return { appeal: body.appeal };
    case 'decision':
      return { decision: body.decision };
    default:
      return {};
  }
}
