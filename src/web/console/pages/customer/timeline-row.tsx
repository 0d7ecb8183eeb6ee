import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../../contracts/customers.ts';
import { Button, CopyableId, cx, Icon, Money, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { EventMark } from '../../conduct/event-line.tsx';
import type { Presented } from '../../conduct/events/presenter.ts';
import { linesOf } from './timeline-rows.ts';

interface TimelineRowProps {
  entry: TimelineEntry;
  presented: Presented;
  /** Why it does not count, in words: struck through, with the reason under it. */
  remark: string | null;
  marked: boolean;
  open: boolean;
  onToggle: () => void;
  onCorrect: (() => void) | null;
}

/** One event on the timeline: the look of its kind, and on a press all there is to know about it. */
export function TimelineRow({ entry, presented, remark, marked, open, onToggle, onCorrect }: TimelineRowProps) {
  const formats = useFormats();
  const { icon, meaning, title, amount, details } = presented;
  const struck = remark !== null && entry.corrected !== 'counts';
  return (
    <div className={cx('h-full border-b border-line', marked && 'border-s-2 border-s-accent bg-selected')}>
      <button
        type="button"
        aria-expanded={open}
        data-event={entry.id}
        onClick={onToggle}
        className="flex w-full items-start gap-2.5 px-3 pt-2.5 pb-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
      >
        <EventMark icon={icon} meaning={struck ? 'neutral' : meaning} />
        <span className="min-w-0 grow">
          <span className="flex h-6 items-center justify-between gap-3">
            <span className={cx('truncate text-base', struck ? 'text-muted line-through' : 'text-ink')}>{title}</span>
            <span className="flex shrink-0 items-baseline gap-3 text-sm">
              {amount && (
                <Money
                  units={amount.amount}
                  currency={amount.currency}
                  className={struck ? 'text-muted line-through' : 'text-ink'}
                />
              )}
              <time
                dateTime={entry.occurredAt}
                title={formats.instant(entry.occurredAt)}
                className="text-xs text-muted"
              >
                {formats.time(entry.occurredAt)}
              </time>
            </span>
          </span>
          {details.length > 0 && (
            <span className={cx('block text-xs leading-4.5 text-muted', !open && 'truncate')}>
              {details.join(' · ')}
            </span>
          )}
          {entry.text && (
            <span
              dir="auto"
              className={cx(
                'mt-0.5 block text-sm text-ink',
                open ? 'whitespace-pre-line' : linesOf(entry.text) === 2 ? 'line-clamp-2 max-h-10' : 'truncate',
              )}
            >
              {entry.text}
            </span>
          )}
          {remark && (
            <span className="flex h-5 items-center gap-1 text-xs font-medium text-good">
              <Icon name="info" className="size-3.5" />
              <span className="truncate">{remark}</span>
            </span>
          )}
        </span>
      </button>
      {open && <More entry={entry} presented={presented} onCorrect={onCorrect} />}
    </div>
  );
}

function More({
  entry,
  presented,
  onCorrect,
}: {
  entry: TimelineEntry;
  presented: Presented;
  onCorrect: (() => void) | null;
}) {
  const { t } = useTranslation('customer');
  const formats = useFormats();
  const { lines = [] } = presented;
  return (
    <div className="flex flex-col gap-2 ps-11.5 pe-3 pb-3 text-sm">
      {lines.length > 0 && (
        <ul className="flex flex-col gap-0.5 text-ink">
          {lines.map((line) => {
            const title = isolate(line.title ?? line.article);
            return (
              <li key={`${line.article} ${line.variant ?? ''}`}>
                {t('timeline.article', {
                  quantity: formats.count(line.quantity),
                  title: line.variant ? t('timeline.variant', { title, variant: isolate(line.variant) }) : title,
                })}
              </li>
            );
          })}
        </ul>
      )}
      <p className="text-xs text-muted">
        {t('timeline.recorded', {
          when: isolate(formats.instant(entry.recordedAt)),
          source: isolate(entry.by ?? entry.source),
          seq: formats.count(entry.seq),
        })}{' '}
        <CopyableId value={entry.id} label={t('timeline.id')} chars={8} />
      </p>
      {onCorrect && (
        <div>
          <Button icon="edit" onClick={onCorrect}>
            {t('timeline.correct')}
          </Button>
        </div>
      )}
    </div>
  );
}
