import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConditionTraceJson } from '../../../contracts/trace.ts';
import { cx, Icon, Meter, useFormats } from '../../ui/index.ts';
import { excludedByReason } from './conditions/events-behind.ts';
import { conditionWords } from './conditions/words.ts';

interface ConditionRowProps {
  trace: ConditionTraceJson;
  /** Stands beside the sentence: how it went over the year. */
  aside?: ReactNode;
  /** What opening the row shows: the events that counted and those that did not. Null: nothing to open. */
  evidence: ReactNode | null;
}

/** One condition as it was judged: the value beside the threshold, on one scale and in words, and what it rests on. */
export function ConditionRow({ trace, aside, evidence }: ConditionRowProps) {
  const { t } = useTranslation('metrics');
  const words = conditionWords(trace, t, useFormats());
  const [open, setOpen] = useState(false);
  const id = useId();
  const met = trace.outcome === 'true';
  return (
    <div className="@container border-b border-line px-4 py-3 last:border-0">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 @max-xl:grid-cols-1">
        <div className="min-w-0">
          <p className={cx('text-base', met ? 'font-medium text-ink' : 'text-muted')}>{words.sentence}</p>
          <p className="flex flex-wrap gap-x-2 text-sm text-muted">
            {words.part && <span>{words.part}</span>}
            {words.window && <span>{words.window}</span>}
          </p>
        </div>
        <div className="flex w-64 flex-col gap-1 @max-xl:w-full">
          <div className="flex items-center justify-between gap-3 text-sm">
            <span className="text-muted">{words.limit}</span>
            <span className={cx('inline-flex items-center gap-1 font-medium', met ? 'text-restrict' : 'text-muted')}>
              <Icon name={met ? 'check' : trace.outcome === 'unknown' ? 'question' : 'close'} className="size-3.5" />
              {t(`outcome.${trace.outcome}`)}
            </span>
          </div>
          <div className="flex items-center gap-3">
            <Meter
              label={words.sentence}
              value={trace.value}
              threshold={trace.threshold}
              valueText={words.value ?? t(`outcome.unknown`)}
              thresholdText={words.threshold}
              reached={met}
            />
            {aside}
          </div>
        </div>
      </div>
      {evidence !== null && (
        <>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="-ms-1 mt-1 inline-flex min-h-6 flex-wrap items-center gap-x-2 rounded-sm px-1 text-start text-sm text-muted hover:bg-hover hover:text-ink max-md:min-h-11"
          >
            <Icon name={open ? 'chevronDown' : 'chevronEnd'} className="size-3.5" />
            <span>{t('counted', { count: trace.evidenceCount ?? trace.evidence.length })}</span>
            <Excluded trace={trace} />
          </button>
          <div id={id} hidden={!open} className="mt-1">
            {open && (
              <>
                {words.settle && <p className="py-1 text-sm text-muted">{words.settle}</p>}
                {evidence}
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** "Not counted: 3 events – the shop's own fault": the number struck through, the reason beside it. */
function Excluded({ trace }: { trace: ConditionTraceJson }) {
  const { t } = useTranslation('metrics');
  const counts = excludedByReason(trace);
  if (counts.size === 0) return null;
  return (
    <span className="inline-flex flex-wrap gap-x-1.5">
      {t('notCounted')}
      {[...counts].map(([because, count]) => (
        <span key={because} className="inline-flex gap-x-1.5">
          <s>{t('events', { count })}</s>
          <span className="text-good">{t(`exclusion.${because}`)}</span>
        </span>
      ))}
    </span>
  );
}
