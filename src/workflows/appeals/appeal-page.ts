import { tracesAgain } from '../../core/appeals/outcome.ts';
import type { EventOf } from '../../core/events/event.ts';
import { type RuleTraceJson, ruleTraceJson } from '../../core/policy/trace-json.ts';
import { type AppealId, id as brand, type EventId, type ProposalId, type StaffId } from '../../core/shared/brand.ts';
import type { ConsoleReads, CustomerCard, NamedStaff } from '../../ports/console.ts';
import type { AppealRecord } from '../../ports/hearing.ts';
import { SAMPLE_COLLEAGUE } from '../../ports/sample-colleague.ts';
import type { Colleague } from '../../ports/staff.ts';
import type { Shop } from '../../ports.ts';
import { outcomesOf } from '../console/outcomes.ts';
import type { Evidence } from '../console/proposal-page.ts';
import { exchangesOf } from './exchange.ts';
import { type Case, caseOf } from './hearing.ts';
import { approversOf, type MayHear, mayHear } from './may-hear.ts';
import { whatIfOf } from './outcome.ts';
import { seenOf } from './seen.ts';
import type { AppealDeps, Hearer, Said } from './types.ts';

const MOST_EVENTS = 200;

export interface AppealPageDeps extends AppealDeps {
  readonly reads: ConsoleReads;
}

/** Everything one needs to see in order to decide an appeal. */
export interface AppealPage extends Case {
  readonly record: AppealRecord;
  readonly card: CustomerCard;
  readonly names: StaffNames;
  readonly exchange: readonly Said[];
  readonly traces: readonly RuleTraceJson[];
  readonly evidence: readonly Evidence[];
  /** Why staff took the measure, or what they noted with it. */
  readonly reason: string | null;
  readonly earlier: readonly AppealRecord[];
  readonly notices: readonly {
    readonly id: string;
    readonly kind: string;
    readonly issuedAt: AppealRecord['filedAt'];
  }[];
  readonly may: MayHear;
  readonly seen: string;
}

export type StaffNames = (id: StaffId) => NamedStaff;

/** Null: the shop has no such appeal. */
export async function appealPage(
  deps: AppealPageDeps,
  shop: Shop,
  by: Hearer,
  id: AppealId,
): Promise<AppealPage | null> {
  const now = deps.clock.now();
  const [record, found, colleagues] = await Promise.all([
    deps.store.appeals.one(shop.id, id),
    caseOf(deps.store, shop, id, now),
    deps.staff.colleagues(shop.id),
  ]);
  if (record === null || found === null) return null;
  const { customer, measure, appeal, events } = found;
  const started = events.find(
    (event): event is EventOf<'measure.started'> =>
      event.kind === 'measure.started' && event.body.measure === measure.id,
  );
  if (started === undefined) throw new Error('An appeal about a measure without its beginning');
  const traces = await tracesOf(deps, shop, found, started, by.id);
  const named = [
    ...measure.evidence,
    ...appeal.disputed,
    ...traces.flatMap((rule) =>
      rule.conditions.flatMap((line) => [...line.evidence, ...line.excluded.map((each) => each.event)]),
    ),
  ];
  const [card, rows, exchanges, words, others, notices] = await Promise.all([
    deps.reads.customer(shop.id, customer),
    deps.reads.events(shop.id, customer, [...new Set<EventId>(named)], MOST_EVENTS),
    exchangesOf(deps.store, shop, customer, events, [id]),
    deps.store.ledger.wordsOf(shop.id, customer, [started.id]),
    deps.store.appeals.ofCustomer(shop.id, customer),
    deps.store.notices.ofMeasure(shop.id, measure.id),
  ]);
  if (card === null) throw new Error('An appeal about nobody');
  const outcomes = outcomesOf(events);
  return {
    ...found,
    record,
    card,
    names: namesOf(colleagues),
    exchange: exchanges.get(id) ?? [],
    traces,
    evidence: rows.map((row) => ({ ...row, outcomes: outcomes.get(row.id) ?? [] })),
    reason: words.get(started.id) ?? null,
    earlier: others.filter((other) => other.measure === measure.id && other.id !== id),
    notices: notices.map(({ id: notice, kind, issuedAt }) => ({ id: notice, kind, issuedAt })),
    may: mayHear(appeal, { approvedBy: approversOf(events, measure) }, colleagues, by, now),
    seen: seenOf(found, now),
  };
}

/** As they were judged when the measure was proposed; judged again for one that was told without its proposal. */
async function tracesOf(
  deps: AppealPageDeps,
  shop: Shop,
  found: Case,
  { body }: EventOf<'measure.started'>,
  by: StaffId,
): Promise<readonly RuleTraceJson[]> {
  if (body.rules.length === 0 || body.ladder === null) return [];
  const proposal = body.proposal === null ? null : await deps.reads.proposal(shop.id, brand<ProposalId>(body.proposal));
  if (proposal !== null && proposal.trace.length > 0)
    return proposal.trace.filter((trace) => body.rules.includes(trace.id));
  const ruling = { corrections: [], lift: false };
  const input = await whatIfOf(deps, deps.store, shop, found, ruling, by, deps.clock.now());
  return tracesAgain(input, found.measure.id).map(ruleTraceJson);
}

export function namesOf(colleagues: readonly Colleague[]): StaffNames {
  const names = new Map<string, string>(colleagues.map(({ id, name }) => [id, name]));
  names.set(SAMPLE_COLLEAGUE.id, SAMPLE_COLLEAGUE.name);
  return (id) => ({ id, name: names.get(id) ?? '' });
}
