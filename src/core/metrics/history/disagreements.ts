import { inShopCurrency } from '../../shared/money.ts';
import type { ClaimFact, ComplaintFact, DisputeFact, ReviewFact } from '../facts.ts';
import type { Exclusion } from '../types.ts';
import type { Past } from './past.ts';
import { disputeOutcomes, excuseOf, SHOP_FAILED_REASONS } from './troubled-orders.ts';

type Troubled = ReadonlyMap<string, 'shop_fault' | 'voided'>;
type Finding = 'founded' | 'unfounded' | undefined;

/** Only a claim or complaint found unfounded is conduct: one found justified speaks for the customer, an open one for nobody. */
function byFinding(outcome: Finding, excuse: Exclusion | null): Exclusion | null {
  if (outcome === 'founded') return 'found_justified';
  return excuse ?? (outcome === undefined ? 'unresolved' : null);
}

export function claimFacts(past: Past, currency: string, troubled: Troubled): ClaimFact[] {
  const resolutions = past.grouped('claim.resolved', (body) => body.claim);
  const facts: ClaimFact[] = [];
  for (const [claim, group] of past.grouped('claim.opened', (body) => body.claim)) {
    const opened = past.chief(group);
    const resolved = past.lastWord(resolutions.get(claim));
    const { order, type, value } = opened.body;
    facts.push({
      at: opened.occurredAt,
      evidence: [opened.id],
      exclusion:
        past.corrected(opened, [...group, resolved]) ??
        byFinding(resolved?.body.outcome, excuseOf(troubled, order === undefined ? [] : [order])),
      claim,
      type,
      value: value === undefined ? null : inShopCurrency(value, currency),
    });
  }
  return facts;
}

export function complaintFacts(past: Past, troubled: Troubled): ComplaintFact[] {
  const resolutions = past.grouped('complaint.resolved', (body) => body.complaint);
  const facts: ComplaintFact[] = [];
  for (const [complaint, group] of past.grouped('complaint.opened', (body) => body.complaint)) {
    const opened = past.chief(group);
    const resolved = past.lastWord(resolutions.get(complaint));
    const { order } = opened.body;
    facts.push({
      at: opened.occurredAt,
      evidence: [opened.id],
      exclusion:
        past.corrected(opened, [...group, resolved]) ??
        byFinding(resolved?.body.outcome, excuseOf(troubled, order === undefined ? [] : [order])),
    });
  }
  return facts;
}

/** Disputes at the bank. An undecided one may still turn out to be the shop's fault, so it does not count. */
export function disputeFacts(past: Past, currency: string, troubled: Troubled): DisputeFact[] {
  const outcomes = disputeOutcomes(past);
  const facts: DisputeFact[] = [];
  for (const [dispute, group] of past.grouped('payment.disputed', (body) => body.dispute)) {
    const opened = past.chief(group);
    const outcome = outcomes.get(dispute);
    const lost = outcome?.kind === 'payment.dispute_lost';
    const { order, amount, reason } = opened.body;
    const orders = order === undefined ? [] : [order];
    const shopFault = outcome?.shopFault === true || (lost && SHOP_FAILED_REASONS.has(reason));
    facts.push({
      at: opened.occurredAt,
      evidence: [opened.id],
      exclusion:
        past.corrected(opened, group) ??
        (shopFault ? 'shop_fault' : null) ??
        excuseOf(troubled, orders) ??
        (outcome === undefined ? 'unresolved' : null),
      orders,
      value: inShopCurrency(amount, currency),
      outcome: outcome === undefined ? null : lost ? 'lost' : 'won',
    });
  }
  return facts;
}

/** Reviews. Bad is not unfair: only the word of staff that a review is unfair makes it conduct. */
export function reviewFacts(past: Past, troubled: Troubled): ReviewFact[] {
  const assessments = past.grouped('review.assessed', (body) => body.review);
  const facts: ReviewFact[] = [];
  for (const [review, group] of past.grouped('review.posted', (body) => body.review)) {
    const posted = past.chief(group);
    const assessed = past.lastWord(assessments.get(review));
    const { order } = posted.body;
    facts.push({
      at: posted.occurredAt,
      evidence: [posted.id],
      exclusion: past.corrected(posted, [...group, assessed]) ?? excuseOf(troubled, order === undefined ? [] : [order]),
      outcome: assessed?.body.outcome ?? null,
    });
  }
  return facts;
}
