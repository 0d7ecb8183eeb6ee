import type { ConditionTraceJson } from '../../../../contracts/trace.ts';
import type { Formats } from '../../../ui/format.ts';
import { countWords } from './count.ts';
import { daysWords } from './days.ts';
import { moneyWords } from './money.ts';
import { ratioWords } from './ratio.ts';
import { shareWords } from './share.ts';
import { type MetricsT, thresholdWords, type WordsOfUnit } from './unit.ts';

const UNITS: Record<ConditionTraceJson['unit'], WordsOfUnit> = {
  count: countWords,
  share: shareWords,
  money: moneyWords,
  days: daysWords,
  ratio: ratioWords,
};

/** Metrics that by their nature look at all of a customer's time: to name a window would say nothing. */
const TIMELESS = new Set<string>(['tenure', 'days_since_last_incident', 'lifetime_value']);

/** A condition in plain words: "Sent back 62% by value" · "last 12 months" · "policy: 50% or more" · "€ 620 of € 1,000". */
export interface ConditionWords {
  readonly sentence: string;
  readonly limit: string;
  readonly window: string | null;
  readonly part: string | null;
  readonly settle: string | null;
  readonly value: string | null;
  readonly threshold: string;
}

/** Says what was measured and what the policy compares it with. */
export function conditionWords(trace: ConditionTraceJson, t: MetricsT, formats: Formats): ConditionWords {
  const unit = UNITS[trace.unit](trace, t, formats);
  return {
    sentence:
      unit.value === null
        ? t('unknown', { name: t(`name.${trace.metric}`) })
        : t(`sentence.${trace.metric}`, { count: unit.plural, value: unit.value }),
    limit: thresholdWords(trace, unit.threshold, t),
    window: TIMELESS.has(trace.metric) ? null : windowWords(trace.over, t),
    part: unit.part,
    settle: settleWords(trace.settle, t),
    value: unit.value,
    threshold: unit.threshold,
  };
}

/** "last 12 months"; null is since the first order. */
export function windowWords(over: string | null, t: MetricsT): string {
  const period = over === null ? null : readPeriod(over);
  if (period === null) return over ?? t('window.ever');
  return t(`window.${period.unit}`, { count: period.count });
}

function settleWords(settle: string, t: MetricsT): string | null {
  const period = readPeriod(settle);
  return period === null || period.count === 0 ? null : t(`settle.${period.unit}`, { count: period.count });
}

/** The API writes periods as "30 days" or "12 months"; other words come back as null and are shown as they are. */
function readPeriod(text: string): { count: number; unit: 'days' | 'months' } | null {
  const parts = /^(\d+) (day|month)s?$/.exec(text);
  return parts === null ? null : { count: Number(parts[1]), unit: parts[2] === 'day' ? 'days' : 'months' };
}
