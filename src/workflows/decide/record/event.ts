import type { Decision, DecisionReason } from '../../../core/decisions/types.ts';
import type { EventBody } from '../../../core/events/event.ts';
import type { Surface } from '../../../core/events/measures.ts';
import type { CustomerId, DecisionId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { OfferedEvent } from '../../../ports/ledger.ts';

const PHONE_ALONE =
  'Another customer may have asked: only the phone number led here, and the customer number or e-mail address was not this customer’s. What is in force on that phone number counts for no more than a look by a person.';

/** What whoever reads the record must know besides; none with most decisions. */
export function remarkOn(decision: Decision): string | undefined {
  return decision.byPhoneAlone ? PHONE_ALONE : undefined;
}

const MOST_NAMED = 50;
const MOST_LIKENESSES = 10;

/** What the ledger is told of a decision. */
export function decisionBody(
  id: DecisionId,
  surface: Surface,
  decision: Decision,
  stale = false,
): EventBody<'decision.made'> {
  const measures = ofKind(decision, 'measure');
  const entries = ofKind(decision, 'entry');
  const live = ofKind(decision, 'live');
  const likenesses = ofKind(decision, 'likeness');
  const versions = measures.flatMap(({ policyVersion }) => policyVersion ?? []);
  return {
    decision: id,
    surface,
    outcome: decision.outcome,
    obligations: [...decision.obligations],
    measures: measures.slice(0, MOST_NAMED).map(({ measure }) => measure),
    policyVersion: versions.length === 0 ? null : Math.max(...versions),
    allowListed: decision.allowListed,
    ...(entries.length === 0 ? {} : { entries: entries.slice(0, MOST_NAMED).map(({ entry }) => entry) }),
    ...(live.length === 0 ? {} : { live: live.slice(0, MOST_NAMED).map(({ rule }) => rule) }),
    ...(likenesses.length === 0
      ? {}
      : {
          likenesses: likenesses
            .slice(0, MOST_LIKENESSES)
            .map(({ customer, measures: theirs }) => ({ customer, measures: theirs.slice(0, MOST_NAMED) })),
        }),
    ...(stale ? { stale } : {}),
  };
}

function ofKind<K extends DecisionReason['kind']>(
  { reasons }: Decision,
  kind: K,
): readonly Extract<DecisionReason, { kind: K }>[] {
  return reasons.filter((reason): reason is Extract<DecisionReason, { kind: K }> => reason.kind === kind);
}

/** A decision as the ledger is offered it; the remark is sealed with it for whoever reads the customer's history. */
export function decisionEvent(
  body: EventBody<'decision.made'>,
  customer: CustomerId | null,
  occurredAt: Instant,
  remark?: string,
): OfferedEvent {
  return {
    kind: 'decision.made',
    body,
    subject: customer === null ? null : { id: customer, identifiers: [], shown: {} },
    private: remark === undefined || customer === null ? undefined : { reason: remark },
    occurredAt,
    source: 'evenhand',
    sourceId: `decision:${body.decision}`,
  };
}
