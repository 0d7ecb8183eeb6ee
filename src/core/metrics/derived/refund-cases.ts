import { addUnits } from '../../shared/money.ts';
import type { Fact, History } from '../facts.ts';

/**
 * At most this much is a low value: 2,500 minor units of the shop's currency, which is 25.00 where it has two decimals.
 * Around there looking into a claim costs a shop more than paying it, which is what free-riding lives on.
 */
export const LOW_VALUE = 2_500;

/** A claim with the refunds it led to, or a refund without goods back that nobody claimed in so many words. */
export interface RefundCase extends Fact {
  /** Minor units of the shop's currency; null when neither the claim nor a refund says. */
  readonly value: number | null;
}

/** Cases oldest first. A claim and its refunds are one case, from when it was claimed. */
export function refundCases(history: History): readonly RefundCase[] {
  const claims = history.claims.filter((claim) => claim.exclusion !== 'voided');
  const known = new Set(claims.map((claim) => claim.claim));
  const paid = new Map<string, number>();
  const cases: RefundCase[] = [];
  for (const refund of history.refunds) {
    if (!refund.withoutGoods) continue;
    if (refund.claim === null || !known.has(refund.claim)) cases.push(refund);
    else if (refund.exclusion !== 'voided') paid.set(refund.claim, addUnits(paid.get(refund.claim) ?? 0, refund.value));
  }
  for (const claim of claims) {
    const { at, evidence, exclusion } = claim;
    cases.push({ at, evidence, exclusion, value: claim.value ?? paid.get(claim.claim) ?? null });
  }
  return cases.sort((a, b) => a.at - b.at);
}
