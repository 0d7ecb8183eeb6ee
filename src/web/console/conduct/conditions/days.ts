import type { WordsOfUnit } from './unit.ts';

/** Lengths of time in whole days. */
export const daysWords: WordsOfUnit = (trace, _t, formats) => ({
  value: trace.value === null ? null : formats.days(trace.value),
  threshold: formats.days(trace.threshold),
  plural: Math.round(trace.value ?? 0),
  part: null,
});
