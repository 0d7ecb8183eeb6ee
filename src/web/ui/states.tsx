import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  icon?: IconName;
  title: ReactNode;
  /** Teaches: what will stand here, and what brings it. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      {icon && (
        <span className="mb-1 inline-flex size-9 items-center justify-center rounded-full bg-sunken text-muted">
          <Icon name={icon} />
        </span>
      )}
      <p className="text-lg font-semibold text-ink">{title}</p>
      {children && <div className="max-w-[52ch] text-base text-muted">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** Holds the place of what is coming, in its final size. Say once, with `Loading`, what is being loaded. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block animate-pulse rounded-md bg-sunken', className)} />;
}

/** Skeletons for eyes, one sentence for screen readers. */
export function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        {label}
      </span>
      {children}
    </div>
  );
}

/** A list of rows that is coming. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((name) => (
        <div key={name} className="flex row-height items-center gap-4 border-b border-line px-3 last:border-0">
          <Skeleton className="h-3 w-2/5" />
          <Skeleton className="ms-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}

interface ErrorStateProps {
  /** What went wrong; an ApiError's own words are fit to show. */
  error: Error;
  onRetry?: () => void;
}

/** Something could not be loaded: what, why, and the way on. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation('ui');
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <span className="mb-1 inline-flex size-9 items-center justify-center rounded-full bg-block-soft text-block">
        <Icon name="alert" />
      </span>
      <p className="text-lg font-semibold text-ink">{t('failedTitle')}</p>
      <p className="max-w-[52ch] text-base text-muted">{error.message}</p>
      {onRetry && (
        <div className="mt-3">
          <Button onClick={onRetry}>{t('retry')}</Button>
        </div>
      )}
    </div>
  );
}

/** A remark on the page itself: not an alarm. */
export function Note({
  meaning = 'neutral',
  children,
}: {
  meaning?: 'neutral' | 'watch' | 'block' | 'good';
  children: ReactNode;
}) {
  const look = {
    neutral: 'bg-sunken text-ink',
    watch: 'bg-watch-soft text-watch',
    block: 'bg-block-soft text-block',
    good: 'bg-good-soft text-good',
  }[meaning];
  return (
    <div className={cx('flex items-start gap-2.5 rounded-md px-3 py-2 text-base', look)}>
      <Icon name={meaning === 'good' ? 'check' : meaning === 'neutral' ? 'info' : 'alert'} className="mt-1" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
