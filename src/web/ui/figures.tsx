import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';

interface MeterProps {
  /** What is measured, for screen readers. */
  label: string;
  value: number | null;
  /** What the policy says. */
  threshold: number;
  /** How value and threshold read: "62%", "50%". */
  valueText: string;
  thresholdText: string;
  /** The condition is met: this is what counts against the customer. */
  reached: boolean;
}

/** A value beside the threshold it is compared with, on one scale. */
export function Meter({ label, value, threshold, valueText, thresholdText, reached }: MeterProps) {
  const { t } = useTranslation('ui');
  const top = Math.max(value ?? 0, threshold) * 1.15 || 1;
  const at = (n: number) => `${Math.min(100, Math.max(0, (n / top) * 100))}%`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot show the threshold it is compared with
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={top}
      aria-valuenow={value ?? 0}
      aria-valuetext={t('valueAgainst', { value: valueText, threshold: thresholdText })}
      className="relative h-3 w-full min-w-16"
    >
      <div className="absolute inset-x-0 top-1 h-1 rounded-full bg-sunken" />
      {value !== null && (
        <div
          className={cx('absolute start-0 top-1 h-1 rounded-full', reached ? 'bg-restrict' : 'bg-edge')}
          style={{ inlineSize: at(value) }}
        />
      )}
      <div
        className="absolute top-0 h-3 w-0.5 -translate-x-1/2 bg-ink rtl:translate-x-1/2"
        style={{ insetInlineStart: at(threshold) }}
      />
    </div>
  );
}

interface SparklineProps {
  /** Oldest first; null where it was not known. */
  values: readonly (number | null)[];
  /** What it shows, in a sentence: the alternative to the picture. */
  label: string;
  threshold?: number;
  width?: number;
  height?: number;
  className?: string;
}

/** How a number went, without axes. Time runs in the reading direction. */
export function Sparkline({ values, label, threshold, width = 96, height = 24, className }: SparklineProps) {
  const id = useId();
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, threshold ?? 0, Number.EPSILON);
  const bottom = Math.min(...known, 0);
  const x = (index: number) => (values.length < 2 ? width / 2 : (index / (values.length - 1)) * (width - 4) + 2);
  const y = (value: number) => height - 2 - ((value - bottom) / (top - bottom || 1)) * (height - 4);
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const joined = index > 0 && values[index - 1] !== null;
    path += `${joined ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  const last = values.at(-1);
  return (
    <svg
      role="img"
      aria-labelledby={id}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={cx('shrink-0 text-muted rtl:-scale-x-100', className)}
    >
      <title id={id}>{label}</title>
      {threshold !== undefined && (
        <path
          d={`M0 ${y(threshold).toFixed(1)}H${width}`}
          stroke="currentColor"
          strokeWidth="1"
          strokeDasharray="2 2"
          opacity="0.7"
        />
      )}
      <path d={path} fill="none" stroke="var(--color-accent)" strokeWidth="1.5" strokeLinejoin="round" />
      {last !== null && last !== undefined && (
        <circle cx={x(values.length - 1)} cy={y(last)} r="2" fill="var(--color-accent)" />
      )}
    </svg>
  );
}

interface ProgressBarProps {
  label: string;
  /** 0–1; null when the end is not known. */
  value: number | null;
  /** How far it is, in words. */
  text?: string;
}

export function ProgressBar({ label, value, text }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value !== null && { 'aria-valuenow': Math.round(value * 100) })}
      {...(text && { 'aria-valuetext': text })}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={cx(
          'h-full rounded-full bg-accent transition-[inline-size]',
          value === null && 'w-1/3 animate-pulse',
        )}
        style={value === null ? undefined : { inlineSize: `${Math.min(100, value * 100)}%` }}
      />
    </div>
  );
}
