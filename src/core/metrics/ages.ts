import { wholeDaysBetween } from '../shared/period.ts';
import { type Instant, instant } from '../shared/time.ts';
import type { MetricDefinition } from './definition.ts';
import type { History } from './facts.ts';
import { type Entry, firstAfter, type Series } from './series.ts';
import { earlier } from './totals.ts';
import type { Excluded } from './types.ts';
import { settlesAt, spanOf } from './window.ts';

const DAY = 86_400_000;

type How = Omit<MetricDefinition, 'name' | 'title' | 'definition' | 'reads' | 'conduct' | 'incident'>;

const age = { unit: 'days', isCount: false, isShare: false, windowed: false } as const;

/** Whole days since the customer's first event. A fact about time, not about conduct: nothing has to settle first. */
export const sinceFirstEvent: How = {
  ...age,
  measure: (history, _request, now) => ({
    value: daysSinceFirst(history, now),
    evidence: history.first === null || history.first.at > now ? [] : [history.first.event],
    excluded: [],
  }),
  valuesAt: (history, _request, instants) => instants.map((at) => daysSinceFirst(history, at)),
  nextChange: (history, _request, now) => {
    if (history.first === null) return null;
    return history.first.at > now ? history.first.at : nextBirthday(history.first.at, now);
  },
};

function daysSinceFirst(history: History, now: Instant): number | null {
  return history.first === null || history.first.at > now ? null : wholeDaysBetween(history.first.at, now);
}

/** Whole days since the last entry that counts and has settled; unknown when there is none. */
export function sinceLast(series: Series): How {
  return {
    ...age,
    measure: (history, request, now) => {
      const entries = series(history, request);
      const { to } = spanOf(request, now);
      const last = lastCounting(entries, to);
      return {
        value: last === null ? null : wholeDaysBetween(last.fact.at, now),
        evidence: last === null ? [] : [...last.fact.evidence],
        excluded: excludedSince(entries, last, to, now),
      };
    },
    valuesAt: (history, request, instants) => {
      const entries = series(history, request);
      return instants.map((at) => {
        const last = lastCounting(entries, spanOf(request, at).to);
        return last === null ? null : wholeDaysBetween(last.fact.at, at);
      });
    },
    nextChange: (history, request, now) => {
      const entries = series(history, request);
      const { to } = spanOf(request, now);
      const last = lastCounting(entries, to);
      const settling = entries.slice(firstAfter(entries, to)).find((entry) => entry.exclusion === null);
      return earlier(
        last === null ? null : nextBirthday(last.fact.at, now),
        settling === undefined ? null : settlesAt(settling.fact.at, request),
      );
    },
  };
}

function lastCounting(entries: readonly Entry[], to: Instant): Entry | null {
  for (let index = firstAfter(entries, to) - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry !== undefined && entry.exclusion === null) return entry;
  }
  return null;
}

/** What would have been the last one, had it counted. */
function excludedSince(entries: readonly Entry[], last: Entry | null, to: Instant, now: Instant): Excluded[] {
  const excluded: Excluded[] = [];
  for (const entry of entries.slice(last === null ? 0 : firstAfter(entries, last.fact.at))) {
    if (entry.fact.at > now) break;
    const because = entry.exclusion ?? (entry.fact.at > to ? 'not_settled' : null);
    if (because !== null) excluded.push({ event: entry.fact.evidence[0], because });
  }
  return excluded;
}

function nextBirthday(from: Instant, now: Instant): Instant {
  return instant(from + (wholeDaysBetween(from, now) + 1) * DAY);
}
