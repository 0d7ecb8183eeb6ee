import { useTranslation } from 'react-i18next';
import type { EvidenceEntry } from '../../../contracts/customers.ts';
import type { ConditionTraceJson } from '../../../contracts/trace.ts';
import { eventsBehind } from './conditions/events-behind.ts';
import { EventLine } from './event-line.tsx';

interface EvidenceListProps {
  trace: ConditionTraceJson;
  events: ReadonlyMap<string, EvidenceEntry>;
}

/** The events behind a condition, newest first: those that counted, then those that did not, with the reason why. */
export function EvidenceList({ trace, events }: EvidenceListProps) {
  const { t } = useTranslation('metrics');
  const known = trace.evidence.map((id) => events.get(id)).filter((entry) => entry !== undefined);
  const counted = known.toSorted((a, b) => b.occurredAt.localeCompare(a.occurredAt));
  const left = trace.excluded
    .map(({ event, because }) => ({ entry: events.get(event), because }))
    .filter((each): each is { entry: EvidenceEntry; because: (typeof each)['because'] } => each.entry !== undefined);
  const unseen = eventsBehind(trace) - counted.length - left.length;
  return (
    <ul className="flex flex-col divide-y divide-line border-t border-line">
      {counted.map((entry) => (
        <li key={entry.id}>
          <EventLine entry={entry} />
        </li>
      ))}
      {left.map(({ entry, because }) => (
        <li key={entry.id}>
          <EventLine entry={entry} excluded={t('notCountedBecause', { reason: t(`exclusion.${because}`) })} />
        </li>
      ))}
      {unseen > 0 && <li className="py-1.5 text-sm text-muted">{t('unseen', { count: unseen })}</li>}
    </ul>
  );
}
