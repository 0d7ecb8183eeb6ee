import type { TFunction } from 'i18next';
import type { ConditionTraceJson } from '../../../../contracts/trace.ts';
import type { Formats } from '../../../ui/format.ts';

export type MetricsT = TFunction<'metrics'>;

/** How one unit reads: the value and the threshold as text, the number that chooses the plural, and the parts behind a share. */
export interface UnitWords {
  /** Null: unknown. */
  readonly value: string | null;
  readonly threshold: string;
  readonly plural: number;
  /** "14 of 19 orders"; null where the unit has no parts. */
  readonly part: string | null;
}

export type WordsOfUnit = (trace: ConditionTraceJson, t: MetricsT, formats: Formats) => UnitWords;

/** A threshold as the policy means it: "50% or more". */
export function thresholdWords(trace: ConditionTraceJson, threshold: string, t: MetricsT): string {
  return t(`comparison.${trace.comparison}`, { threshold });
}
