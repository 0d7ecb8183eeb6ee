import { isDeepStrictEqual } from 'node:util';
import { type EventBody, eventBodies } from '../../core/events/event.ts';
import type { Proposal } from '../../core/measures/proposals.ts';
import { boundedTrace, ruleTraceJson } from '../../core/policy/trace-json.ts';
import type { Gravity } from '../../core/policy/types.ts';
import type { CustomerId, ProposalId, ShopId } from '../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { ProposalDraft } from '../../core/standing/types.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import { stableId } from '../stable-id.ts';

const GRAVITIES: readonly Gravity[] = ['minor', 'serious', 'grave'];

/** The id of a proposal: the same for as long as it is the same proposal. */
export function proposalId(shop: ShopId, customer: CustomerId, key: string): ProposalId {
  return stableId<ProposalId>('proposal', shop, customer, key);
}

/** All that the policy proposes with a draft, as the ledger keeps it. `opens`: nothing of the kind is open yet. */
export function madeOf(
  proposal: ProposalId,
  draft: ProposalDraft,
  policyVersion: number | null,
  opens: boolean,
): EventBody<'proposal.made'> {
  return eventBodies['proposal.made'].parse({
    proposal,
    key: draft.key,
    type: draft.type,
    ladder: draft.ladder,
    step: draft.step,
    rules: draft.traces.map((trace) => trace.rule.id),
    gravity: gravest(draft),
    obligations: draft.obligations,
    surfaces: draft.surfaces,
    until: formatInstant(draft.until),
    skipped: draft.skipped,
    policyVersion,
    evidence: draft.evidence,
    trace: draft.traces.map((trace) => boundedTrace(ruleTraceJson(trace))),
    opens,
  });
}

/** What an assessment has to say about one customer's proposals, given those that are open and those that it would make again. */
export function proposalNews(
  shop: ShopId,
  customer: CustomerId,
  drafts: readonly ProposalDraft[],
  known: ReadonlyMap<ProposalId, Proposal>,
  policyVersion: number | null,
  now: Instant,
): readonly OfferedEvent[] {
  const drafted = new Map(drafts.map((draft) => [proposalId(shop, customer, draft.key), draft] as const));
  const news: OfferedEvent[] = [];
  const common = (proposal: ProposalId) => ({
    subject: { id: customer, identifiers: [], shown: {} },
    occurredAt: now,
    source: 'evenhand',
    // One thing follows on one state of a proposal: of two who judge it at the same time, the first to write is heard.
    sourceId: `proposal:${proposal}:${known.get(proposal)?.seq ?? 0}`,
  });
  for (const [id, draft] of drafted) {
    const before = known.get(id);
    // What people have answered stays answered.
    if (before?.status === 'approved' || before?.status === 'declined') continue;
    const open = before?.status === 'open' ? before : null;
    const body = madeOf(id, draft, policyVersion, open === null);
    if (open === null || !saysTheSame(body, open)) news.push({ kind: 'proposal.made', body, ...common(id) });
  }
  for (const { id, ladder, step, rules, status, customer: whose } of known.values())
    if (status === 'open' && whose === customer && !drafted.has(id))
      news.push({
        kind: 'proposal.withdrawn',
        body: { proposal: id, ladder, step, rules: [...rules] },
        ...common(id),
      });
  return news;
}

type Content = Pick<
  EventBody<'proposal.made'>,
  'type' | 'step' | 'gravity' | 'skipped' | 'policyVersion' | 'evidence'
> & {
  readonly rules: readonly string[];
  readonly obligations: readonly string[];
  readonly surfaces: readonly string[];
  readonly trace: readonly unknown[];
};

/** Whether two say the same. The end is left out: it counts from the moment of each assessment, and moves though nothing changed. */
function saysTheSame(a: Content | Proposal, b: Content | Proposal): boolean {
  return isDeepStrictEqual(asKept(a), asKept(b));
}

/** As it comes back from the database, where neither −0 nor the order of fields is kept. */
function asKept(content: Content | Proposal): unknown {
  const { type, step, rules, gravity, obligations, surfaces, skipped, policyVersion, evidence, trace } = content;
  return JSON.parse(
    JSON.stringify({ type, step, rules, gravity, obligations, surfaces, skipped, policyVersion, evidence, trace }),
  );
}

function gravest({ traces }: ProposalDraft): Gravity {
  return traces.reduce<Gravity>(
    (worst, { rule }) => (GRAVITIES.indexOf(rule.gravity) > GRAVITIES.indexOf(worst) ? rule.gravity : worst),
    'minor',
  );
}
