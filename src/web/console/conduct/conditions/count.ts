import type { WordsOfUnit } from './unit.ts';

/** How often something happened: whole numbers. */
export const countWords: WordsOfUnit = (trace, _t, formats) => ({
  value: trace.value === null ? null : formats.count(trace.value),
  threshold: formats.count(trace.threshold),
  plural: trace.value ?? 0,
  part: null,
});
