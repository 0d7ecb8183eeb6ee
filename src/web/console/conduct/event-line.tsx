import type { ReactNode } from 'react';
import type { EvidenceEntry } from '../../../contracts/customers.ts';
import { cx, DateText, Icon, type Meaning, Money } from '../../ui/index.ts';
import { presentEvent } from './events/registry.ts';
import { useTools } from './use-tools.ts';

const MARK: Record<Meaning, string> = {
  neutral: 'bg-sunken text-muted',
  good: 'bg-good-soft text-good',
  watch: 'bg-watch-soft text-watch',
  restrict: 'bg-restrict-soft text-restrict',
  block: 'bg-block-soft text-block',
};

interface EventLineProps {
  entry: EvidenceEntry;
  /** Why it does not count: the line is struck through and the reason stands behind it. */
  excluded?: string | undefined;
  /** Stands at the end of the line instead of the date. */
  end?: ReactNode;
}

/** One event in one line, as evidence: what, when, how much. */
export function EventLine({ entry, excluded, end }: EventLineProps) {
  const tools = useTools();
  const { icon, meaning, title, amount, details } = presentEvent(entry, tools);
  return (
    <div className="flex min-w-0 items-start gap-2.5 py-1.5 text-sm">
      <EventMark icon={icon} meaning={excluded ? 'neutral' : meaning} />
      <div className="min-w-0 grow pt-px">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className={cx('min-w-0 text-ink', excluded && 'text-muted line-through')}>{title}</span>
          <span className="flex items-baseline gap-3 text-muted">
            {amount && (
              <Money
                units={amount.amount}
                currency={amount.currency}
                {...(excluded && { className: 'line-through' })}
              />
            )}
            {end ?? <DateText at={entry.occurredAt} />}
          </span>
        </div>
        {details.length > 0 && <p className="text-xs text-muted">{details.join(' · ')}</p>}
        {entry.text && <p className="mt-0.5 line-clamp-3 whitespace-pre-line text-ink">{entry.text}</p>}
        {entry.outcomes.map((outcome) => (
          <Outcome key={`${outcome.kind} ${outcome.occurredAt}`} outcome={outcome} above={details} />
        ))}
        {excluded && <p className="text-xs font-medium text-good">{excluded}</p>}
      </div>
    </div>
  );
}

interface OutcomeProps {
  outcome: EvidenceEntry['outcomes'][number];
  /** What the line above says already, and need not be said again. */
  above: readonly string[];
}

/** What was found out about an event afterwards. */
function Outcome({ outcome, above }: OutcomeProps) {
  const { title, details } = presentEvent(outcome, useTools());
  const words = [title, ...details.filter((each) => !above.includes(each))].join(' · ');
  return (
    <p className="mt-0.5 flex flex-wrap items-baseline justify-between gap-x-3 text-xs text-muted">
      <span className="font-medium text-ink">{words}</span>
      <DateText at={outcome.occurredAt} />
    </p>
  );
}

/** The round mark before an event: the same shape and tint wherever the kind appears. */
export function EventMark({ icon, meaning }: { icon: Parameters<typeof Icon>[0]['name']; meaning: Meaning }) {
  return (
    <span className={cx('inline-flex size-6 shrink-0 items-center justify-center rounded-full', MARK[meaning])}>
      <Icon name={icon} className="size-3.5" />
    </span>
  );
}
