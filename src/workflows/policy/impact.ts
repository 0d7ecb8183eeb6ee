import { compilePolicy } from '../../core/policy/compile.ts';
import { parsePolicy } from '../../core/policy/parse.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { ProposalDraft } from '../../core/standing/types.ts';
import type { ConsoleReads, Face } from '../../ports/console.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { judge } from '../assess/assess-due.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { invalid, type Refused } from '../desk/refused.ts';

/** Somebody about whom something would be proposed, or no longer. */
export interface Touched {
  readonly customer: Face;
  readonly rule: string;
  readonly type: ProposalDraft['type'];
}

export interface Impact {
  readonly evaluated: number;
  readonly total: number;
  readonly proposalsNow: number;
  readonly proposalsThen: number;
  readonly added: readonly Touched[];
  readonly removed: readonly Touched[];
}

export interface ImpactDeps extends Pick<Deps, 'store' | 'clock'> {
  readonly reads: ConsoleReads;
  readonly policies: PolicyShelf;
}

/** How many of each are named; the counts are of all. */
const MOST_NAMED = 100;
/** Somebody is waiting for the answer. */
const LONGEST_MS = 8_000;

/**
 * Who would change if this were the policy now: everybody is judged by both, from the ledger, and nothing is written. Where the
 * shop is too large for the time somebody waits, `evaluated` is less than `total`.
 */
export async function policyImpact(
  { store, clock, reads, policies }: ImpactDeps,
  shop: Shop,
  source: string,
  signal: AbortSignal,
): Promise<Result<Impact, Refused>> {
  const parsed = parsePolicy(source);
  if (!parsed.ok) {
    const [first] = parsed.error;
    return err(invalid('source', first === undefined ? 'cannot be read' : `line ${first.line}: ${first.message}`));
  }
  const now = clock.now();
  const wanted = compilePolicy(parsed.value.policy, null);
  const { compiled: current } = await policies.inForce(shop.id);
  const counted = { evaluated: 0, proposalsNow: 0, proposalsThen: 0 };
  const added: Found[] = [];
  const removed: Found[] = [];
  const begin = performance.now();
  for await (const batch of store.ledger.byCustomer(shop.id, now)) {
    for (const { customer, events } of batch) {
      const before = judge(events, shop, current, now).proposals;
      const after = judge(events, shop, wanted, now).proposals;
      counted.proposalsNow += before.length;
      counted.proposalsThen += after.length;
      note(added, customer, after, before);
      note(removed, customer, before, after);
    }
    counted.evaluated += batch.length;
    if (signal.aborted || performance.now() - begin > LONGEST_MS) break;
  }
  const [standings, faces] = await Promise.all([
    reads.standings(shop.id),
    reads.faces(
      shop.id,
      [...added, ...removed].map(({ customer }) => customer),
    ),
  ]);
  const shown = ({ customer, rule, type }: Found): Touched => ({
    customer: faces.get(customer) ?? { id: customer, name: null, externalId: null },
    rule,
    type,
  });
  return ok({
    ...counted,
    total: Object.values(standings).reduce((sum, each) => sum + each, 0),
    added: added.map(shown),
    removed: removed.map(shown),
  });
}

interface Found {
  readonly customer: CustomerId;
  readonly rule: string;
  readonly type: ProposalDraft['type'];
}

/** Notes what the one list proposes and the other does not: the same rule leading to the same kind of measure is the same. */
function note(
  into: Found[],
  customer: CustomerId,
  of: readonly ProposalDraft[],
  without: readonly ProposalDraft[],
): void {
  if (into.length >= MOST_NAMED) return;
  const known = new Set(without.flatMap(({ traces, type }) => traces.map(({ rule }) => `${type} ${rule.id}`)));
  for (const { traces, type } of of) {
    const fresh = traces.find(({ rule }) => !known.has(`${type} ${rule.id}`));
    if (fresh !== undefined) into.push({ customer, rule: fresh.rule.id, type });
  }
}
