import type { Fact, History, MessageFact, ReturnFact, ReviewFact } from '../metrics/facts.ts';
import { measureMetric } from '../metrics/measure.ts';
import type { MetricRequest, MetricValue } from '../metrics/types.ts';
import type { Instant } from '../shared/time.ts';

/** How an event counts from now on, as the reviewer of an appeal would have it. */
export type Corrections = ReadonlyMap<string, 'void' | 'shop_fault'>;

/**
 * A history as it was, less what corrections speak for: whatever they take away or excuse counts no more, and nothing that did not
 * count begins to. Taking away an order, a harmless message or an excuse can raise a share or let something else count; for a
 * judgement of somebody who appealed, it does not.
 */
export function spared(asItWas: History, corrected: History, corrections: Corrections): History {
  const spare = <F extends Fact>(
    facts: readonly F[],
    others: readonly F[],
    key: (fact: F) => string,
    same: (fact: F, then: F) => F = (fact) => fact,
  ): F[] => {
    const thens = new Map(others.map((fact) => [key(fact), fact]));
    return facts.map((fact) => {
      const then = thens.get(key(fact));
      const left = sparedFact(fact, then, corrections);
      return then === undefined ? left : same(left, then);
    });
  };
  const byEvent = (fact: Fact): string => fact.evidence[0];
  return {
    ...asItWas,
    cancellations: spare(asItWas.cancellations, corrected.cancellations, byEvent),
    addressChanges: spare(asItWas.addressChanges, corrected.addressChanges, byEvent),
    returns: spare(asItWas.returns, corrected.returns, (fact) => fact.return, sameGrade),
    refunds: spare(asItWas.refunds, corrected.refunds, byEvent),
    claims: spare(asItWas.claims, corrected.claims, (fact) => fact.claim),
    disputes: spare(asItWas.disputes, corrected.disputes, byEvent),
    messages: spare(asItWas.messages, corrected.messages, byEvent, sameLabels),
    reviews: spare(asItWas.reviews, corrected.reviews, byEvent, sameFinding),
    complaints: spare(asItWas.complaints, corrected.complaints, byEvent),
    failedPayments: spare(asItWas.failedPayments, corrected.failedPayments, byEvent),
    evasions: spare(asItWas.evasions, corrected.evasions, byEvent),
  };
}

function sparedFact<F extends Fact>(fact: F, then: F | undefined, corrections: Corrections): F {
  if (fact.exclusion !== null) return fact;
  const said = fact.evidence.map((event) => corrections.get(event)).find((as) => as !== undefined);
  if (said !== undefined) return { ...fact, exclusion: said === 'void' ? 'voided' : 'shop_fault' };
  // Told more than once, and the telling it stood on is gone.
  return { ...fact, exclusion: then === undefined ? 'voided' : then.exclusion };
}

/** A finding that was taken away leaves none: not the one before it, which may be worse. */
function sameGrade(fact: ReturnFact, then: ReturnFact): ReturnFact {
  return then.grade === fact.grade ? fact : { ...fact, grade: null };
}

function sameLabels(fact: MessageFact, then: MessageFact): MessageFact {
  return {
    ...fact,
    labels: new Set([...fact.labels].filter((label) => then.labels.has(label))),
    confirmed: fact.confirmed && then.confirmed,
    excuse: fact.excuse ?? then.excuse,
  };
}

function sameFinding(fact: ReviewFact, then: ReviewFact): ReviewFact {
  return then.outcome === fact.outcome ? fact : { ...fact, outcome: null };
}

/** A metric on a spared history. What a share is a share of stays what it was: less to compare with must not weigh more. */
export function measureSpared(history: History, asItWas: History, request: MetricRequest, at: Instant): MetricValue {
  const measured = measureMetric(history, request, at);
  if (measured.part === undefined || measured.whole === undefined || history === asItWas) return measured;
  const whole = Math.max(measured.whole, measureMetric(asItWas, request, at).whole ?? 0);
  return { ...measured, whole, value: whole === 0 ? null : measured.part / whole };
}
