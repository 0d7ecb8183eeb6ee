import type { EventId } from '../shared/brand.ts';
import { addUnits } from '../shared/money.ts';
import type { Instant } from '../shared/time.ts';
import type { MetricDefinition } from './definition.ts';
import { type Entry, firstAfter, type Series } from './series.ts';
import type { Excluded, MetricRequest, MetricUnit, MetricValue } from './types.ts';
import { leavesAt, type Span, settlesAt, spanOf } from './window.ts';

type How = Omit<MetricDefinition, 'name' | 'title' | 'definition' | 'reads' | 'conduct' | 'incident'>;

/** Adds up a series over the window: a count of facts or a sum of minor units. */
export function total(unit: MetricUnit, part: Series, windowed = true): How {
  const asked = (request: MetricRequest): MetricRequest => (windowed ? request : { ...request, window: null });
  return {
    unit,
    isCount: unit === 'count',
    isShare: false,
    windowed,
    measure: (history, request, now) => {
      const span = spanOf(asked(request), now);
      const sum = addUp(part(history, request), span, now);
      return { value: sum.amount, evidence: sum.evidence, excluded: sum.excluded };
    },
    valuesAt: (history, request, instants) => {
      const sumIn = running(part(history, request));
      return instants.map((at) => sumIn(spanOf(asked(request), at)));
    },
    nextChange: (history, request, now) => nextCrossing([part(history, request)], asked(request), now),
  };
}

/** One series over another in the same window; unknown when there is nothing to compare with. */
export function over(unit: 'share' | 'ratio', part: Series, whole: Series): How {
  return {
    unit,
    isCount: false,
    isShare: true,
    windowed: true,
    measure: (history, request, now): MetricValue => {
      const span = spanOf(request, now);
      const above = addUp(part(history, request), span, now);
      const below = addUp(whole(history, request), span, now);
      return {
        value: divide(above.amount, below.amount),
        part: above.amount,
        whole: below.amount,
        evidence: above.evidence,
        excluded: withoutRepeats(above.excluded, below.excluded),
      };
    },
    valuesAt: (history, request, instants) => {
      const above = running(part(history, request));
      const below = running(whole(history, request));
      return instants.map((at) => {
        const span = spanOf(request, at);
        return divide(above(span), below(span));
      });
    },
    nextChange: (history, request, now) =>
      nextCrossing([part(history, request), whole(history, request)], request, now),
  };
}

function divide(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

interface Sum {
  readonly amount: number;
  readonly evidence: readonly EventId[];
  readonly excluded: readonly Excluded[];
}

function addUp(entries: readonly Entry[], span: Span, now: Instant): Sum {
  let amount = 0;
  const evidence: EventId[] = [];
  const excluded: Excluded[] = [];
  for (let index = firstAfter(entries, span.from); index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry === undefined || entry.fact.at > now) break;
    const because = entry.exclusion ?? (entry.fact.at > span.to ? 'not_settled' : null);
    if (because === null) {
      amount = addUnits(amount, entry.amount);
      for (const event of entry.fact.evidence) evidence.push(event);
    } else excluded.push({ event: entry.fact.evidence[0], because });
  }
  return { amount, evidence: [...new Set(evidence)], excluded };
}

/** Sums over any span in the time of two searches, for looking at many instants. */
function running(entries: readonly Entry[]): (span: Span) => number {
  const sums = [0];
  for (const entry of entries) sums.push(addUnits(sums.at(-1) ?? 0, entry.exclusion === null ? entry.amount : 0));
  const upTo = (at: Instant | null): number => (at === null ? 0 : (sums[firstAfter(entries, at)] ?? 0));
  return (span) => upTo(span.to) - upTo(span.from);
}

/** When the next entry that counts settles or leaves the window. Entries that add nothing come and go without effect. */
function nextCrossing(
  series: readonly (readonly Entry[])[],
  request: Pick<MetricRequest, 'window' | 'settle'>,
  now: Instant,
): Instant | null {
  const { from, to } = spanOf(request, now);
  let next: Instant | null = null;
  for (const entries of series) {
    const settling = firstCounting(entries, firstAfter(entries, to));
    if (settling !== null) next = earlier(next, settlesAt(settling.fact.at, request));
    if (request.window === null || from === null) continue;
    const leaving = firstCounting(entries, firstAfter(entries, from));
    if (leaving !== null) next = earlier(next, leavesAt(leaving.fact.at, request.window, request.settle));
  }
  return next;
}

function firstCounting(entries: readonly Entry[], from: number): Entry | null {
  for (let index = from; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry !== undefined && entry.exclusion === null && entry.amount !== 0) return entry;
  }
  return null;
}

export function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** A fact may be left out of both series; it is listed once, as the part says. */
function withoutRepeats(part: readonly Excluded[], whole: readonly Excluded[]): readonly Excluded[] {
  if (part.length === 0) return whole;
  if (whole.length === 0) return part;
  const seen = new Set(part.map((excluded) => excluded.event));
  return [...part, ...whole.filter((excluded) => !seen.has(excluded.event))];
}
