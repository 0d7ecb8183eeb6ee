import { isolate } from '../../../ui/isolate.ts';
import type { WordsOfUnit } from './unit.ts';

/** Amounts in minor units of the shop's currency, written with the currency. */
export const moneyWords: WordsOfUnit = (trace, _t, formats) => ({
  value: trace.value === null ? null : isolate(formats.money(trace.value)),
  threshold: isolate(formats.money(trace.threshold)),
  plural: trace.value ?? 0,
  part: null,
});
