import type { WordsOfUnit } from './unit.ts';

/** So many per order, with the two whole numbers behind it. */
export const ratioWords: WordsOfUnit = (trace, t, formats) => ({
  value: trace.value === null ? null : formats.ratio(trace.value),
  threshold: formats.ratio(trace.threshold),
  plural: trace.value ?? 0,
  part:
    trace.part === undefined || trace.whole === undefined
      ? null
      : t('per.orders', {
          count: trace.whole,
          part: formats.count(trace.part),
          whole: formats.count(trace.whole),
        }),
});
