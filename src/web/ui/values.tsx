import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { useAgo, useFormats } from './format-context.tsx';
import { Icon } from './icon.tsx';

interface MoneyProps {
  /** Minor units. */
  units: number;
  /** When it is not the shop's own currency. */
  currency?: string;
  short?: boolean;
  className?: string;
}

/** An amount in the shop's currency. */
export function Money({ units, currency, short, className }: MoneyProps) {
  const formats = useFormats();
  const text = formats.money(units, { ...(currency && { currency }), ...(short && { short }) });
  return (
    <span className={cx('tabular whitespace-nowrap', className)} title={short ? formats.money(units) : undefined}>
      <bdi>{text}</bdi>
    </span>
  );
}

/** "2 hours ago", with the exact instant in the shop's zone on hover and for machines. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const formats = useFormats();
  const ago = useAgo();
  return (
    <time dateTime={at} title={formats.instant(at)} className={cx('whitespace-nowrap', className)}>
      {ago(at)}
    </time>
  );
}

/** A calendar date in the shop's zone. */
export function DateText({ at, className }: { at: string; className?: string }) {
  const formats = useFormats();
  return (
    <time dateTime={at} title={formats.instant(at)} className={cx('whitespace-nowrap', className)}>
      {formats.date(at)}
    </time>
  );
}

interface CopyableIdProps {
  value: string;
  /** What the id is of, for screen readers: "customer number". */
  label: string;
  /** Shows only the beginning; the whole is copied. */
  chars?: number;
  className?: string;
}

/** An id in a monospaced face, copied by one click. */
export function CopyableId({ value, label, chars, className }: CopyableIdProps) {
  const { t } = useTranslation('ui');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <button
      type="button"
      onClick={copy}
      title={copied ? t('copied') : value}
      aria-label={t('copyThe', { label, value })}
      className={cx(
        'group inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm px-1 font-mono text-xs text-muted hover:bg-hover hover:text-ink max-md:min-h-11',
        className,
      )}
    >
      <bdi className="truncate">{chars && value.length > chars ? `${value.slice(0, chars)}…` : value}</bdi>
      <Icon name={copied ? 'check' : 'copy'} className="size-3.5 shrink-0 text-faint group-hover:text-ink" />
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </button>
  );
}
