import type { MetricName } from '../../../../contracts/events.ts';
import type { Formats } from '../../../ui/format.ts';
import { isolate } from '../../../ui/isolate.ts';
import type { WordsOfUnit } from './unit.ts';

type Noun = 'orders' | 'articles' | 'reviews' | 'messages' | 'money';

/** Of what a share is a share. Everything that is not named here is a share of orders. */
const NOUNS: Partial<Record<MetricName, Noun>> = {
  return_rate_by_value: 'money',
  return_rate_by_item: 'articles',
  unfair_review_rate: 'reviews',
  abusive_message_rate: 'messages',
  legal_or_publicity_threat_rate: 'messages',
  impossible_demand_rate: 'messages',
};

/** Shares of the customer's own total, with the parts they are made of. */
export const shareWords: WordsOfUnit = (trace, t, formats) => {
  const [value, threshold] = distinct(trace.value, trace.threshold, formats);
  const noun = NOUNS[trace.metric] ?? 'orders';
  const amount = (units: number) =>
    noun === 'money' ? isolate(formats.money(units, { short: true })) : formats.count(units);
  const { part, whole } = trace;
  if (part === undefined || whole === undefined) return { value, threshold, plural: 0, part: null };
  const words = { part: amount(part), whole: amount(whole) };
  return {
    value,
    threshold,
    plural: 0,
    part: noun === 'money' ? t('part', words) : t(`noun.${noun}`, { count: whole, ...words }),
  };
};

/** "50%" beside "50%" would hide that 49.6 % is not 50 %: such pairs get as many decimals as tell them apart. */
function distinct(value: number | null, threshold: number, formats: Formats): [string | null, string] {
  if (value === null) return [null, formats.share(threshold)];
  const plain = formats.share(value);
  const limit = formats.share(threshold);
  if (plain !== limit || value === threshold) return [plain, limit];
  for (let digits = 1; digits < 4; digits++) {
    const finer = new Intl.NumberFormat(formats.locale, { style: 'percent', maximumFractionDigits: digits });
    if (finer.format(value) !== finer.format(threshold)) return [finer.format(value), finer.format(threshold)];
  }
  return [plain, limit];
}
