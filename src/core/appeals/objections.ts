import type { EventOf, LedgerEvent } from '../events/event.ts';
import { type CustomerId, id, type ObjectionId, type StaffId } from '../shared/brand.ts';
import { type Instant, parseInstant } from '../shared/time.ts';

/** filed: waits for an answer. upheld: they were told apart. rejected: the link stays. */
export const objectionStates = ['filed', 'upheld', 'rejected', 'withdrawn'] as const;
export type ObjectionState = (typeof objectionStates)[number];
type Move = 'filed' | 'upheld' | 'rejected' | 'withdrawn';

/** The life of an objection, whole: what was answered or withdrawn is final, and whoever has something new objects again. */
export const objectionTransitions: readonly {
  readonly from: ObjectionState | 'none';
  readonly on: Move;
  readonly to: ObjectionState;
}[] = [
  { from: 'none', on: 'filed', to: 'filed' },
  { from: 'filed', on: 'upheld', to: 'upheld' },
  { from: 'filed', on: 'rejected', to: 'rejected' },
  { from: 'filed', on: 'withdrawn', to: 'withdrawn' },
];

/** A customer's objection to being taken for one person with the owner of another account. */
export interface Objection {
  readonly id: ObjectionId;
  /** Whose measures bind them. */
  readonly other: CustomerId;
  readonly state: ObjectionState;
  readonly round: number;
  readonly language: string;
  readonly filedAt: Instant;
  readonly dueAt: Instant;
  /** Or withdrawn. */
  readonly decidedAt: Instant | null;
  readonly decidedBy: StaffId | null;
}

export const objectionKinds = ['objection.filed', 'objection.decided', 'objection.withdrawn'] as const;
export type ObjectionEvent = EventOf<(typeof objectionKinds)[number]>;

const kinds: ReadonlySet<string> = new Set(objectionKinds);
export const isObjectionEvent = (event: LedgerEvent): event is ObjectionEvent => kinds.has(event.kind);

/** A customer's objections in the order they were filed, from events in any order. What the table does not allow changes nothing. */
export function foldObjections(events: readonly LedgerEvent[]): readonly Objection[] {
  const known = new Map<string, Objection>();
  for (const event of events.filter(isObjectionEvent).sort((a, b) => a.seq - b.seq)) {
    const before = known.get(event.body.objection);
    const row = objectionTransitions.find(({ from, on }) => from === (before?.state ?? 'none') && on === moveOf(event));
    if (row === undefined) continue;
    const next = event.kind === 'objection.filed' ? filed(event) : before && ended(before, event, row.to);
    if (next !== undefined) known.set(event.body.objection, next);
  }
  return [...known.values()];
}

function moveOf(event: ObjectionEvent): Move {
  switch (event.kind) {
    case 'objection.filed':
      return 'filed';
    case 'objection.decided':
      return event.body.outcome;
    case 'objection.withdrawn':
      return 'withdrawn';
  }
}

function filed({ body, occurredAt }: EventOf<'objection.filed'>): Objection {
  const dueAt = parseInstant(body.dueAt);
  if (dueAt === null) throw new Error('An objection in the ledger has an instant that cannot be read');
  return {
    id: id<ObjectionId>(body.objection),
    other: id<CustomerId>(body.other),
    state: 'filed',
    round: body.round,
    language: body.language,
    filedAt: occurredAt,
    dueAt,
    decidedAt: null,
    decidedBy: null,
  };
}

const ended = (
  before: Objection,
  event: EventOf<'objection.decided' | 'objection.withdrawn'>,
  state: ObjectionState,
): Objection => ({
  ...before,
  state,
  decidedAt: event.occurredAt,
  decidedBy: event.kind === 'objection.decided' ? id<StaffId>(event.body.by) : null,
});

/** How often somebody can object to the same link: then the shop has looked often enough, and words are for its own address. */
export const MOST_OBJECTIONS = 3;

/** How many of those count: whoever was right, and is taken for somebody else once more, is heard as at first. */
export const roundsOf = (earlier: readonly Pick<Objection, 'state'>[]): number =>
  earlier.filter(({ state }) => state !== 'upheld').length;

/** Why no objection can be filed now, given all that were filed about the same account before; null when one can. */
export function objectionRefusal(earlier: readonly Pick<Objection, 'state'>[]): 'open' | 'no-rounds-left' | null {
  if (earlier.some(({ state }) => state === 'filed')) return 'open';
  return roundsOf(earlier) >= MOST_OBJECTIONS ? 'no-rounds-left' : null;
}
