import type { LedgerEvent } from '../core/events/event.ts';
import type { CompiledPolicy } from '../core/policy/types.ts';
import {
  type CustomerId,
  type EventId,
  id,
  type MeasureId,
  type ProposalId,
  type StaffId,
} from '../core/shared/brand.ts';
import { instant } from '../core/shared/time.ts';
import type { LedgerStore, OfferedEvent } from '../ports/ledger.ts';
import { SAMPLE_COLLEAGUE } from '../ports/sample-colleague.ts';
import type { Deps, Store } from '../ports/store.ts';
import type { Shop } from '../ports.ts';
import { type Recorded, type StaffEvent, tellPast } from '../sample/past.ts';
import { SAMPLE_SOURCE, type SampleShop } from '../sample/sample-shop.ts';
import { judge } from './assess/assess-due.ts';
import { madeOf, proposalId } from './assess/proposal.ts';
import { PolicyShelf } from './console/policy-shelf.ts';
import { stableId } from './stable-id.ts';

export interface RecordedPast {
  readonly rows: number;
  readonly added: number;
  readonly known: number;
  readonly conflicts: number;
}

/** Records what staff decided in the sample's past, with the proposals it answered, all or nothing. Repeating it adds nothing. */
export async function recordSamplePast(
  deps: Deps,
  shop: Shop,
  sample: SampleShop,
  recorded: (sampleId: string) => Recorded,
): Promise<RecordedPast> {
  const tell = (staff: StaffId) =>
    tellPast(sample, {
      recorded,
      staff,
      proposalId: (customer, key) => proposalId(shop.id, customer, key),
      measureId: (name) => stableId<MeasureId>('measure', shop.id, name),
    });
  const [first] = tell(SAMPLE_COLLEAGUE.id);
  if (first === undefined) return { rows: 0, added: 0, known: 0, conflicts: 0 };
  const { compiled } = await new PolicyShelf(deps.store.policies).inForce(shop.id);

  return deps.store.transaction(async (store) => {
    const before = await deciderBefore(store.ledger, shop, first.customer);
    const past = tell(before ?? SAMPLE_COLLEAGUE.id);
    // What was told once has its proposals. They are not judged again: the policy may have become another one since.
    const told = before === null ? await withProposals(deps, store, shop, past, compiled) : past.map(offer);
    const outcomes = await store.ledger.append(shop, told);
    const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
    const again = before === null ? 0 : await countProposals(store, shop, past);
    return {
      rows: told.length + again,
      added: count('added'),
      known: count('known') + again,
      conflicts: count('conflict'),
    };
  });
}

function offer({ kind, body, customer, at, id: sourceId, reason }: StaffEvent): OfferedEvent {
  return {
    kind,
    body,
    subject: { id: customer, identifiers: [], shown: {} },
    occurredAt: at,
    source: SAMPLE_SOURCE,
    sourceId,
    ...(reason === undefined ? {} : { private: { reason } }),
  } as OfferedEvent;
}

/** Who an earlier load named as the one who decided (once, who had loaded it): it stays the same person, or the same events would say something else. */
async function deciderBefore(ledger: LedgerStore, shop: Shop, customer: CustomerId): Promise<StaffId | null> {
  const [own] = await ledger.eventsOf(shop.id, [customer]);
  for (const event of own?.events ?? []) {
    if (event.source !== SAMPLE_SOURCE) continue;
    if (event.kind === 'measure.started') return id<StaffId>(event.body.approvedBy[0] ?? SAMPLE_COLLEAGUE.id);
    if (event.kind === 'proposal.declined' || event.kind === 'event.corrected') return id<StaffId>(event.body.by);
  }
  return null;
}

/**
 * The past as it is offered to the ledger, before each answer the proposal that it answered: judged by the shop's policy as of
 * a moment before. Where a policy of the shop's own would not have proposed it, there is none.
 */
async function withProposals(
  deps: Deps,
  store: Store,
  shop: Shop,
  past: readonly StaffEvent[],
  policy: CompiledPolicy,
): Promise<readonly OfferedEvent[]> {
  const customers = [...new Set(past.map((event) => event.customer))];
  const lives = new Map<CustomerId, LedgerEvent[]>(
    (await store.ledger.eventsOf(shop.id, customers)).map((own) => [own.customer, [...own.events]]),
  );
  const offered: OfferedEvent[] = [];
  for (const [index, event] of past.entries()) {
    const life = lives.get(event.customer) ?? [];
    const proposed = isAnswer(event) ? proposedBefore(shop, event, life, policy) : null;
    if (proposed !== null) offered.push(proposed);
    offered.push(offer(event));
    life.push(asRecorded(event, deps.ids.next<EventId>(), Number.MAX_SAFE_INTEGER - past.length + index));
  }
  return offered;
}

type PastAnswer = Extract<StaffEvent, { kind: 'measure.started' | 'proposal.declined' }>;

function isAnswer(event: StaffEvent): event is PastAnswer {
  return event.kind === 'measure.started' || event.kind === 'proposal.declined';
}

function proposedBefore(
  shop: Shop,
  { customer, at, body, id: answer }: PastAnswer,
  life: readonly LedgerEvent[],
  policy: CompiledPolicy,
): OfferedEvent | null {
  const before = instant(at - 1);
  const events = life.filter((event) => event.occurredAt <= before);
  const draft = judge(events, shop, policy, before).proposals.find(
    ({ key }) => proposalId(shop.id, customer, key) === body.proposal,
  );
  if (draft === undefined) return null;
  return {
    kind: 'proposal.made',
    body: madeOf(proposalId(shop.id, customer, draft.key), draft, policy.version, true),
    subject: { id: customer, identifiers: [], shown: {} },
    occurredAt: before,
    source: SAMPLE_SOURCE,
    sourceId: `${answer}/proposed`,
  };
}

/** What staff did as the ledger will hold it, for judging what came after it; `seq` only says in which order. */
function asRecorded({ kind, body, customer, at, id: sourceId }: StaffEvent, event: EventId, seq: number): LedgerEvent {
  return {
    id: event,
    seq,
    kind,
    body,
    customer,
    occurredAt: at,
    recordedAt: at,
    source: SAMPLE_SOURCE,
    sourceId,
  } as LedgerEvent;
}

/** How many proposals an earlier load told with these answers. */
async function countProposals(store: Store, shop: Shop, past: readonly StaffEvent[]): Promise<number> {
  const ids = past
    .filter(isAnswer)
    .flatMap(({ body }) => (body.proposal === null ? [] : id<ProposalId>(body.proposal)));
  return (await store.standing.proposals(shop.id, { ids, openAbout: [] })).length;
}
