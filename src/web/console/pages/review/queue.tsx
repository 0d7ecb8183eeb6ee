import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalRow } from '../../../../contracts/review.ts';
import { cx, Link, More, RelativeTime, STANDING_OF_STEP, StandingMark, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { PersonName } from '../../conduct/person.tsx';

interface QueueProps {
  shop: string;
  rows: readonly ProposalRow[];
  current: string | undefined;
  /** Set anew when the keyboard moved: that row takes the focus. */
  focusRow: { readonly id: string | null } | null;
  /** A row was opened by a press or by Enter. */
  onOpen: (id: string) => void;
  more: (() => void) | undefined;
  loadingMore: boolean;
}

/** The cases that wait, weightiest first as the server orders them. */
export function Queue({ shop, rows, current, focusRow, onOpen, more, loadingMore }: QueueProps) {
  const { t } = useTranslation('review');
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (focusRow?.id) list.current?.querySelector<HTMLElement>(`[data-case="${focusRow.id}"]`)?.focus();
  }, [focusRow]);
  useEffect(() => {
    if (current) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <>
      <ul ref={list} aria-label={t('queue')} className="flex flex-col">
        {rows.map((row) => (
          <li key={row.id} className="border-b border-line last:border-0">
            <QueueRow shop={shop} row={row} current={row.id === current} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      <More hasMore={more !== undefined || loadingMore} loading={loadingMore} onMore={() => more?.()} />
    </>
  );
}

interface QueueRowProps {
  shop: string;
  row: ProposalRow;
  current: boolean;
  onOpen: (id: string) => void;
}

function QueueRow({ shop, row, current, onOpen }: QueueRowProps) {
  const { t } = useTranslation(['review', 'events']);
  return (
    <Link
      quiet
      to="/shops/$shop/review/$id"
      params={{ shop, id: row.id }}
      search={(before: Record<string, unknown>) => before}
      aria-current={current || undefined}
      data-case={row.id}
      onClick={() => onOpen(row.id)}
      className={cx(
        'flex flex-col gap-0.5 rounded-none! px-3.5 py-2.5 no-underline! hover:bg-hover focus-visible:-outline-offset-2',
        current && 'bg-selected hover:bg-selected',
      )}
    >
      <span className="flex items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <StandingMark standing={STANDING_OF_STEP[row.type]} />
          <span className="truncate text-base font-medium">
            <PersonName person={row.customer} />
          </span>
        </span>
        <span className="shrink-0 text-sm text-ink">{t(`events:stepType.${row.type}`)}</span>
      </span>
      <span className="flex items-baseline justify-between gap-3 text-sm text-muted">
        <bdi className="truncate">{row.title}</bdi>
        <RelativeTime at={row.openedAt} className="shrink-0 text-xs" />
      </span>
      <Remarks row={row} />
    </Link>
  );
}

/** The figure that says it best, and what else one must know before opening the case. */
function Remarks({ row }: { row: ProposalRow }) {
  const { t } = useTranslation('review');
  const formats = useFormats();
  const { headline } = row;
  const remarks = [
    headline &&
      (headline.value === null
        ? t('headlineUnknown', { threshold: isolate(figure(headline.threshold)) })
        : t('headline', { value: isolate(figure(headline.value)), threshold: isolate(figure(headline.threshold)) })),
    row.gravity === 'grave' && t('mark.grave'),
    row.firstApprover
      ? t('mark.waitsSecond', { name: isolate(row.firstApprover.name) })
      : row.needsSecond && t('mark.second'),
    row.colleague && t('mark.asked', { name: isolate(row.colleague.name) }),
  ].filter((remark) => typeof remark === 'string');
  if (remarks.length === 0) return null;
  return <span className="truncate text-xs text-muted">{remarks.join(' · ')}</span>;

  function figure(value: number): string {
    switch (headline?.unit) {
      case 'share':
      case 'money':
      case 'days':
      case 'ratio':
      case 'count':
        return formats.metric(value, headline.unit);
      default:
        return formats.count(value);
    }
  }
}
