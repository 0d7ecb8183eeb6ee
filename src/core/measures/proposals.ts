import type { EventBody, EventOf, LedgerEvent } from '../events/event.ts';
import type { MeasureType, Obligation, Surface } from '../events/measures.ts';
import type { RuleTraceJson } from '../policy/trace-json.ts';
import type { Gravity } from '../policy/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import { type CustomerId, type EventId, id, type MeasureId, type ProposalId, type StaffId } from '../shared/brand.ts';
import { type Instant, parseInstant } from '../shared/time.ts';

export type ProposalStatus = 'open' | 'approved' | 'declined' | 'withdrawn';

/** A proposal as the fold over its events gives it: what the policy proposes, on what, and what people answered. */
export interface Proposal {
  readonly id: ProposalId;
  readonly customer: CustomerId;
  readonly key: string;
  readonly status: ProposalStatus;
  readonly type: 'watch' | MeasureType;
  readonly ladder: string;
  readonly step: number;
  readonly rules: readonly string[];
  readonly gravity: Gravity;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  /** When a measure would end that had begun when this was last said. */
  readonly until: Instant;
  readonly skipped: 'threat' | 'fraud' | 'danger_to_staff' | null;
  readonly trace: readonly RuleTraceJson[];
  readonly evidence: readonly EventId[];
  readonly policyVersion: number | null;
  readonly openedAt: Instant;
  /** When people or newer evidence last changed something about it. */
  readonly updatedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: StaffId | null;
  readonly measure: MeasureId | null;
  readonly firstApprover: StaffId | null;
  readonly colleague: StaffId | null;
  /** The row of the ledger that last spoke of it. */
  readonly seq: number;
}

type State = ProposalStatus | 'none';

/** What happens to a proposal. It is approved by the measure that answers it, and an undone approval is that measure's end. */
export const proposalEventKinds = [
  'proposal.made',
  'proposal.withdrawn',
  'proposal.first_approval',
  'proposal.colleague_asked',
  'proposal.declined',
  'proposal.reopened',
  'measure.started',
  'measure.lifted',
] as const;
export type ProposalEventKind = (typeof proposalEventKinds)[number];
export type ProposalEvent = EventOf<ProposalEventKind>;

/** The life of a proposal, whole. What has been answered stays as it was answered, unless whoever answered takes that back. */
export const proposalTransitions: readonly {
  readonly from: State;
  readonly on: ProposalEventKind;
  readonly to: ProposalStatus;
}[] = [
  { from: 'none', on: 'proposal.made', to: 'open' },
  { from: 'open', on: 'proposal.made', to: 'open' },
  { from: 'withdrawn', on: 'proposal.made', to: 'open' },
  { from: 'open', on: 'proposal.withdrawn', to: 'withdrawn' },
  { from: 'open', on: 'proposal.first_approval', to: 'open' },
  { from: 'open', on: 'proposal.colleague_asked', to: 'open' },
  { from: 'open', on: 'measure.started', to: 'approved' },
  { from: 'open', on: 'proposal.declined', to: 'declined' },
  { from: 'approved', on: 'measure.lifted', to: 'open' },
  { from: 'declined', on: 'proposal.reopened', to: 'open' },
  { from: 'open', on: 'proposal.reopened', to: 'open' },
];

/** Whether an event says something about a proposal: of the ends of measures, only those that were taken back at once do. */
export function isProposalEvent(event: LedgerEvent): event is ProposalEvent {
  switch (event.kind) {
    case 'measure.started':
      return event.body.proposal !== null;
    case 'measure.lifted':
      return event.body.because === 'undo';
    default:
      return kinds.has(event.kind);
  }
}

const kinds: ReadonlySet<string> = new Set(proposalEventKinds);

/**
 * The proposals of customers after these events, by id. `before` are those that earlier rows of the ledger gave, so that a
 * fold in parts is the fold of the whole. Events count as recorded, by their place in the ledger: only Evenhand records
 * these, and a clock set back must not put an answer before its question. What the table does not allow (an answer to
 * what was answered, a withdrawal that comes too late) changes nothing: the first one stands.
 */
export function foldProposals(
  events: readonly LedgerEvent[],
  before: readonly Proposal[] = [],
): ReadonlyMap<ProposalId, Proposal> {
  const proposals = new Map(before.map((proposal) => [proposal.id, proposal]));
  /** Which proposal each measure answers, as long as it does. */
  const answered = new Map<string, ProposalId>();
  for (const { id: proposal, measure } of before) if (measure !== null) answered.set(measure, proposal);
  for (const event of events.filter(isProposalEvent).sort((a, b) => a.seq - b.seq)) {
    const about = event.kind === 'measure.lifted' ? answered.get(event.body.measure) : event.body.proposal;
    if (about == null) continue;
    const known = proposals.get(id<ProposalId>(about));
    const next = apply(known, event);
    if (next === undefined) continue;
    proposals.set(next.id, next);
    if (known?.measure != null) answered.delete(known.measure);
    if (next.measure !== null) answered.set(next.measure, next.id);
  }
  return proposals;
}

function apply(known: Proposal | undefined, event: ProposalEvent): Proposal | undefined {
  const to = proposalTransitions.find((row) => row.from === (known?.status ?? 'none') && row.on === event.kind)?.to;
  // What changes nothing has spoken of it all the same.
  if (to === undefined) return known === undefined ? undefined : { ...known, seq: event.seq };
  if (event.kind === 'proposal.made') return made(known, event);
  if (known === undefined) return undefined;
  const { seq, occurredAt: at } = event;
  const moved = { ...known, status: to, updatedAt: at, seq };
  switch (event.kind) {
    case 'proposal.withdrawn':
      return { ...moved, decidedAt: at };
    case 'proposal.first_approval':
      return { ...moved, firstApprover: id<StaffId>(event.body.by) };
    case 'proposal.colleague_asked':
      return { ...moved, colleague: id<StaffId>(event.body.colleague) };
    case 'measure.started': {
      const by = event.body.approvedBy.at(-1);
      const measure = id<MeasureId>(event.body.measure);
      return { ...moved, decidedAt: at, decidedBy: by === undefined ? null : id<StaffId>(by), measure };
    }
    case 'proposal.declined':
      return { ...moved, decidedAt: at, decidedBy: id<StaffId>(event.body.by) };
    case 'proposal.reopened': {
      // Of an open proposal it is the first approval that was taken back.
      const firstApprover = known.status === 'open' ? null : known.firstApprover;
      return { ...moved, ...unanswered, firstApprover };
    }
    case 'measure.lifted':
      return { ...moved, ...unanswered };
    default:
      return assertNever(event);
  }
}

const unanswered = { decidedAt: null, decidedBy: null, measure: null } as const;

/**
 * A first approval stands only as long as what it approved: whoever agreed to one effect has not agreed to another. What is
 * proposed again after the policy took it back is new, and nobody has been asked about it.
 */
function made(known: Proposal | undefined, event: EventOf<'proposal.made'>): Proposal | undefined {
  const { body, customer, occurredAt: at } = event;
  if (customer === null) return known;
  const open = known?.status === 'open' ? known : null;
  const evidence = body.evidence.map((one) => id<EventId>(one));
  return {
    id: id<ProposalId>(body.proposal),
    customer,
    key: body.key,
    status: 'open',
    type: body.type,
    ladder: body.ladder,
    step: body.step,
    rules: body.rules,
    gravity: body.gravity,
    obligations: body.obligations,
    surfaces: body.surfaces,
    until: readUntil(body.until),
    skipped: body.skipped,
    // Written from this very type; the event's schema knows metrics only as words.
    trace: body.trace as RuleTraceJson[],
    evidence,
    policyVersion: body.policyVersion,
    // A past that is told later can say that it was open before.
    openedAt: open !== null && open.openedAt < at ? open.openedAt : at,
    updatedAt: open !== null && sameList(open.evidence, evidence) ? open.updatedAt : at,
    ...unanswered,
    firstApprover: open !== null && sameEffect(open, body) ? open.firstApprover : null,
    colleague: open?.colleague ?? null,
    seq: event.seq,
  };
}

function sameEffect(known: Proposal, body: EventBody<'proposal.made'>): boolean {
  return (
    known.type === body.type &&
    sameMembers(known.obligations, body.obligations) &&
    sameMembers(known.surfaces, body.surfaces)
  );
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.every((each) => b.includes(each)) && b.every((each) => a.includes(each));
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

function readUntil(text: string): Instant {
  const until = parseInstant(text);
  if (until === null) throw new Error('A proposal in the ledger has no readable end');
  return until;
}
