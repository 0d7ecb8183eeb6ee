import type { LedgerEvent } from '../events/event.ts';
import { assertNever } from '../shared/assert-never.ts';
import { type AppealId, type AttachmentId, type EventId, id, type MeasureId, type StaffId } from '../shared/brand.ts';
import { type Instant, parseInstant } from '../shared/time.ts';
import { type AppealEvent, appealEventKinds, appealTransition, moveOf } from './transitions.ts';
import { type Appeal, type AppealState, isOpen } from './types.ts';

const kinds: ReadonlySet<string> = new Set(appealEventKinds);

export function isAppealEvent(event: LedgerEvent): event is AppealEvent {
  return kinds.has(event.kind);
}

/**
 * A customer's appeals, in the order they were filed, from events in any order. Events count as recorded, by their place in the
 * ledger. One that the transition table does not allow (two people who decide at once) changes nothing: the first one stands.
 */
export function foldAppeals(events: readonly LedgerEvent[]): readonly Appeal[] {
  const appeals = new Map<string, Appeal>();
  for (const event of events.filter(isAppealEvent).sort((a, b) => a.seq - b.seq)) {
    const known = appeals.get(event.body.appeal);
    const state = known === undefined ? 'none' : stateAt(known, event.occurredAt);
    const to = appealTransition(state, moveOf(event));
    if (!to.ok) continue;
    const next = event.kind === 'appeal.filed' ? filed(event) : known && moved(known, event, to.value);
    if (next !== undefined) appeals.set(event.body.appeal, next);
  }
  return [...appeals.values()];
}

/** What an appeal is at an instant: a wait for an answer ends by itself, and the review goes on with what there is. */
export function stateAt(
  { state, informationUntil }: Pick<Appeal, 'state' | 'informationUntil'>,
  now: Instant,
): AppealState {
  return state === 'information_asked' && informationUntil !== null && now > informationUntil ? 'under_review' : state;
}

/** Nobody has decided, though it was due. */
export function isOverdue({ state, dueAt }: Pick<Appeal, 'state' | 'dueAt'>, now: Instant): boolean {
  return isOpen(state) && now > dueAt;
}

function filed(event: Extract<AppealEvent, { kind: 'appeal.filed' }>): Appeal {
  const { body } = event;
  return {
    id: id<AppealId>(body.appeal),
    measure: id<MeasureId>(body.measure),
    type: body.type,
    state: 'filed',
    ground: body.ground,
    disputed: body.disputed.map((each) => id<EventId>(each)),
    attachments: body.attachments.map((each) => id<AttachmentId>(each)),
    round: body.round,
    language: body.language,
    reviewer: null,
    filedAt: event.occurredAt,
    dueAt: readInstant(body.dueAt),
    informationUntil: null,
    decidedAt: null,
    decidedBy: null,
    outcome: null,
  };
}

function moved(known: Appeal, event: Exclude<AppealEvent, { kind: 'appeal.filed' }>, state: AppealState): Appeal {
  switch (event.kind) {
    case 'appeal.taken':
      return { ...known, state, reviewer: id<StaffId>(event.body.by) };
    case 'appeal.information_asked':
      return {
        ...known,
        state,
        informationUntil: readInstant(event.body.until),
        dueAt: readInstant(event.body.dueAt),
      };
    case 'appeal.information_given':
      return {
        ...known,
        state,
        informationUntil: null,
        dueAt: readInstant(event.body.dueAt),
        attachments: [...known.attachments, ...event.body.attachments.map((each) => id<AttachmentId>(each))],
      };
    case 'appeal.decided':
      return {
        ...known,
        state,
        informationUntil: null,
        decidedAt: event.occurredAt,
        decidedBy: id<StaffId>(event.body.by),
        outcome: event.body.outcome,
      };
    case 'appeal.withdrawn':
      return { ...known, state, informationUntil: null, decidedAt: event.occurredAt };
    default:
      return assertNever(event);
  }
}

function readInstant(text: string): Instant {
  const at = parseInstant(text);
  if (at === null) throw new Error('An appeal in the ledger has an instant that cannot be read');
  return at;
}
