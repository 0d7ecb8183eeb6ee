import type { EventOf } from '../../events/event.ts';
import type { ConductLabel } from '../../events/messages.ts';
import type { FailedPaymentFact, MessageFact } from '../facts.ts';
import type { Past } from './past.ts';
import { excuseOf } from './troubled-orders.ts';

type Troubled = ReadonlyMap<string, 'shop_fault' | 'voided'>;
type Labelled = EventOf<'message.received' | 'message.labelled'>;

const UNLABELLED = { labels: new Set<ConductLabel>(), confirmed: false } as const;

/** Messages under their reference, with the labels that stand in the end. */
export function messageFacts(past: Past, troubled: Troubled): MessageFact[] {
  const received = past.grouped('message.received', (body) => body.message);
  const labelled = past.grouped('message.labelled', (body) => body.message);
  const facts: MessageFact[] = [];
  for (const [message, group] of received) {
    const chief = past.chief(group);
    const labellings = labelled.get(message) ?? [];
    const { order } = chief.body;
    facts.push({
      at: chief.occurredAt,
      evidence: [chief.id],
      exclusion: past.corrected(chief, [...group, ...labellings]),
      ...finalLabels(chief, past.standing(labellings)),
      excuse: excuseOf(troubled, order === undefined ? [] : [order]),
    });
  }
  return facts;
}

/**
 * The last word of staff, empty or not, replaces everything before it and any machine's. Only a message that came with
 * no labels at all has had no word of staff yet: that nobody labelled it is not a finding.
 */
function finalLabels(
  received: EventOf<'message.received'>,
  labellings: readonly EventOf<'message.labelled'>[],
): { labels: ReadonlySet<ConductLabel>; confirmed: boolean } {
  if (received.body.labels.length === 0 && labellings.length === 0) return UNLABELLED;
  const said: Labelled[] = received.body.labels.length > 0 ? [received, ...labellings] : [...labellings];
  const byStaff = said.findLast((event) => event.body.labelledBy === 'staff');
  const last = byStaff ?? said.at(-1);
  return { labels: new Set(last?.body.labels ?? []), confirmed: byStaff !== undefined };
}

export function failedPaymentFacts(past: Past, troubled: Troubled): FailedPaymentFact[] {
  return past.of('payment.failed').map((event) => ({
    at: event.occurredAt,
    evidence: [event.id],
    exclusion: past.corrected(event) ?? excuseOf(troubled, event.body.order === undefined ? [] : [event.body.order]),
  }));
}
