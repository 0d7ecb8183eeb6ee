import type { LedgerEvent } from '../core/events/event.ts';
import type { CompiledPolicy } from '../core/policy/types.ts';
import { type CustomerId, id, type MeasureId, type StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { LedgerStore, OfferedEvent } from '../ports/ledger.ts';
import { SAMPLE_COLLEAGUE } from '../ports/sample-colleague.ts';
import type { Deps, Store } from '../ports/store.ts';
import type { Shop } from '../ports.ts';
import { type Recorded, type StaffEvent, tellPast } from '../sample/past.ts';
import { SAMPLE_SOURCE, type SampleShop } from '../sample/sample-shop.ts';
import { judge } from './assess/assess-due.ts';
import { openProposal, proposalId } from './assess/proposal.ts';
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
    const staff = (await deciderBefore(store.ledger, shop, first.customer)) ?? SAMPLE_COLLEAGUE.id;
    const past = tell(staff);
    const outcomes = await store.ledger.append(shop, past.map(offer));
    await recordAnswers(store, shop, past, compiled, deps.clock.now());
    const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
    return { rows: past.length, added: count('added'), known: count('known'), conflicts: count('conflict') };
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
 * The proposals that were answered: judged by the shop's policy as of a moment before each answer. A policy of the shop's
 * own that would not have proposed it leaves the measure without one. Everybody concerned stays due for assessment.
 */
async function recordAnswers(
  store: Store,
  shop: Shop,
  past: readonly StaffEvent[],
  policy: CompiledPolicy,
  now: Instant,
): Promise<void> {
  const answers = past.filter((event) => event.kind === 'measure.started' || event.kind === 'proposal.declined');
  const customers = [...new Set(answers.map((answer) => answer.customer))];
  const ledgers = new Map<CustomerId, readonly LedgerEvent[]>(
    (await store.ledger.eventsOf(shop.id, customers)).map((own) => [own.customer, own.events]),
  );
  for (const { customer, at, kind, body } of answers) {
    const before = (at - 1) as Instant;
    const events = (ledgers.get(customer) ?? []).filter((event) => event.occurredAt <= before);
    const draft = judge(events, shop, policy, before).proposals.find(
      (one) => one.ladder === body.ladder && one.step === body.step,
    );
    if (draft === undefined) continue;
    const proposal = openProposal(shop.id, customer, draft, policy.version, before);
    const known = await store.standing.proposal(shop.id, proposal.id);
    if (known?.status === 'approved' || known?.status === 'declined') continue;
    const judged = { customer, standing: 'good', since: null, until: null, because: [], nextAt: now } as const;
    await store.standing.save(shop.id, [{ ...judged, proposals: [proposal] }], before);
    const yes = kind === 'measure.started';
    await store.standing.answer(shop.id, proposal.id, {
      status: yes ? 'approved' : 'declined',
      updatedAt: at,
      decidedAt: at,
      decidedBy: id<StaffId>(yes ? (body.approvedBy[0] ?? SAMPLE_COLLEAGUE.id) : body.by),
      measure: yes ? id<MeasureId>(body.measure) : null,
      firstApprover: null,
      colleague: null,
    });
  }
}
