import type { CompiledPolicy, RuleTrace } from '../../core/policy/types.ts';
import type { CustomerId, EventId } from '../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { ProposalDraft } from '../../core/standing/types.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { judge } from '../assess/assess-due.ts';

/** What a policy would propose about one customer. */
export interface EvaluatedProposal {
  readonly customer: { readonly id: CustomerId; readonly externalId: string | null };
  readonly rules: readonly {
    readonly id: string;
    readonly metrics: readonly {
      readonly name: string;
      readonly value: number | null;
      readonly threshold: number;
      readonly comparison: string;
      readonly part?: number;
      readonly whole?: number;
    }[];
  }[];
  readonly ladder: string;
  readonly step: number;
  readonly type: ProposalDraft['type'];
  readonly evidence: readonly EventId[];
}

export interface Evaluation {
  readonly asOf: string;
  readonly policy: { readonly name: string; readonly version: number | null };
  /** How many customers were judged: all of whom something was known by then. */
  readonly evaluated: number;
  readonly proposals: readonly EvaluatedProposal[];
}

/**
 * Judges every customer at an instant by a policy, from the ledger alone, and changes nothing. Customers are streamed, so only
 * the proposals are held in memory.
 */
export async function evaluate(
  { store }: Pick<Deps, 'store'>,
  shop: Shop,
  policy: CompiledPolicy,
  asOf: Instant,
  onProgress: (customers: number) => void = () => undefined,
): Promise<Evaluation> {
  const proposals: EvaluatedProposal[] = [];
  let evaluated = 0;
  for await (const batch of store.ledger.byCustomer(shop.id, asOf)) {
    const drafts: { customer: CustomerId; draft: ProposalDraft }[] = [];
    for (const { customer, events } of batch)
      for (const draft of judge(events, shop, policy, asOf).proposals) drafts.push({ customer, draft });
    evaluated += batch.length;
    const shown = await store.ledger.shownOf(shop.id, [...new Set(drafts.map(({ customer }) => customer))]);
    for (const { customer, draft } of drafts)
      proposals.push(evaluatedProposal(customer, shown.get(customer)?.externalId ?? null, draft));
    onProgress(evaluated);
  }
  return {
    asOf: formatInstant(asOf),
    policy: { name: policy.policy.name, version: policy.version },
    evaluated,
    proposals,
  };
}

function evaluatedProposal(id: CustomerId, externalId: string | null, draft: ProposalDraft): EvaluatedProposal {
  return {
    customer: { id, externalId },
    rules: draft.traces.map(ruleOf),
    ladder: draft.ladder,
    step: draft.step,
    type: draft.type,
    evidence: draft.evidence,
  };
}

function ruleOf({ rule, conditions }: RuleTrace): EvaluatedProposal['rules'][number] {
  return {
    id: rule.id,
    metrics: conditions.map(({ condition, measured }) => ({
      name: condition.request.metric,
      value: measured.value,
      threshold: condition.threshold,
      comparison: condition.comparison,
      ...(measured.part === undefined ? {} : { part: measured.part }),
      ...(measured.whole === undefined ? {} : { whole: measured.whole }),
    })),
  };
}
