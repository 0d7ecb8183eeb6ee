import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, Button, Card, DateText, Section, Segments } from '../../../ui/index.ts';
import { EventLine } from '../../conduct/event-line.tsx';
import { presentEvent } from '../../conduct/events/registry.ts';
import { useTools } from '../../conduct/use-tools.ts';
import { type Fact, MARKS, type Mark, type Marked, mark, markOf } from './marks.ts';

interface FactsProps {
  facts: readonly Fact[];
  marked: Marked;
  /** How many marks there are. */
  count: number;
  /** Null: they can be read, not marked. */
  onMark: ((next: Marked) => void) | null;
}

const SHOWN = ['all', 'disputed', 'marked'] as const;
const FIRST = 25;
const NOT_COUNTED = { counts: null, void: 'voided', shop_fault: 'shop_fault' } as const satisfies Record<
  Mark,
  string | null
>;

/** The facts behind the measure, each to be marked as it should count. */
export function Facts({ facts, marked, count, onMark }: FactsProps) {
  const { t } = useTranslation(['appeals', 'metrics']);
  const [show, setShow] = useState<(typeof SHOWN)[number]>('all');
  const [all, setAll] = useState(false);
  const disputed = facts.some((fact) => fact.disputed);
  const wanted = facts.filter(
    (fact) => show === 'all' || (show === 'disputed' ? fact.disputed : markOf(marked, fact.entry.id) !== 'counts'),
  );
  const shown = all ? wanted : wanted.slice(0, FIRST);
  return (
    <Section
      level={3}
      title={t('facts.title')}
      hint={onMark ? t('facts.hint') : undefined}
      actions={
        (disputed || count > 0) && (
          <Segments
            label={t('facts.filter')}
            value={show}
            onChange={setShow}
            options={[
              { value: 'all', label: t('facts.all') },
              { value: 'disputed', label: t('facts.onlyDisputed') },
              { value: 'marked', label: t('facts.onlyMarked') },
            ]}
          />
        )
      }
    >
      <Card className="px-4 py-1">
        {wanted.length === 0 ? (
          <p className="py-3 text-base text-muted">{t(facts.length === 0 ? 'facts.none' : 'facts.noneShown')}</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {shown.map((fact) => (
              <li key={fact.entry.id}>
                <FactRow
                  fact={fact}
                  as={markOf(marked, fact.entry.id)}
                  onMark={onMark && ((as) => onMark(mark(marked, fact.entry.id, as)))}
                />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <div className="flex flex-wrap items-center gap-3">
        {wanted.length > shown.length && (
          <Button onClick={() => setAll(true)}>{t('facts.showAll', { count: wanted.length })}</Button>
        )}
        {onMark && count > 0 && (
          <>
            <span className="text-sm text-muted">{t('facts.marked', { count })}</span>
            <Button
              look="quiet"
              icon="undo"
              onClick={() => {
                setShow('all');
                onMark({ void: [], fault: [] });
              }}
            >
              {t('facts.clear')}
            </Button>
          </>
        )}
      </div>
    </Section>
  );
}

interface FactRowProps {
  fact: Fact;
  as: Mark;
  onMark: ((as: Mark) => void) | null;
}

function FactRow({ fact, as, onMark }: FactRowProps) {
  const { t } = useTranslation(['appeals', 'metrics']);
  const tools = useTools();
  const { entry, disputed, out } = fact;
  const because = out ?? NOT_COUNTED[as];
  const reason = because === null ? null : t(`metrics:exclusion.${because}`);
  return (
    <div className="py-1">
      <EventLine
        entry={entry}
        {...(reason !== null && { excluded: t('metrics:notCountedBecause', { reason }) })}
        end={
          <span className="flex items-baseline gap-2">
            {disputed && <Badge meaning="watch">{t('facts.disputed')}</Badge>}
            <DateText at={entry.occurredAt} />
          </span>
        }
      />
      {onMark && out === null && (
        <div className="ps-8.5 pb-1.5">
          <Segments
            label={t('facts.mark', { what: presentEvent(entry, tools).title })}
            value={as}
            onChange={onMark}
            className="max-md:w-full"
            options={MARKS.map((value) => ({ value, label: t(`facts.${value}`), hint: t(`facts.${value}Hint`) }))}
          />
        </div>
      )}
    </div>
  );
}
