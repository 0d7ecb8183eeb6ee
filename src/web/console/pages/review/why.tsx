import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../../../contracts/review.ts';
import { Badge, Card, Link, Section } from '../../../ui/index.ts';
import { ConditionRow } from '../../conduct/condition-row.tsx';
import { EvidenceList } from '../../conduct/evidence-list.tsx';

/** Each rule that fired, each of its figures beside what the policy says, and the events they rest on. */
export function Why({ shop, detail }: { shop: string; detail: ProposalDetail }) {
  const { t } = useTranslation(['review', 'events']);
  const events = useMemo(() => new Map(detail.events.map((entry) => [entry.id, entry])), [detail.events]);
  const fired = detail.traces.filter((trace) => trace.outcome === 'true');
  return (
    <Section title={t('why')} hint={t('whyHint')} level={3}>
      {fired.map((rule) => (
        <Card key={rule.id}>
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2.5">
            <h4 className="text-base font-medium text-ink">
              <bdi>{rule.title}</bdi>
            </h4>
            <span className="flex items-center gap-3 text-sm">
              {rule.gravity === 'grave' && <Badge meaning="block">{t('events:gravity.grave')}</Badge>}
              <Link to="/shops/$shop/policy" params={{ shop }} hash={rule.id}>
                {t('readPolicy')}
              </Link>
            </span>
            <p className="w-full text-sm text-muted">{t('ruleSays', { because: rule.because })}</p>
          </div>
          {rule.conditions.map((condition, index) => (
            <ConditionRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule's conditions have no names and never change their order
              key={index}
              trace={condition}
              evidence={
                condition.evidence.length + condition.excluded.length > 0 ? (
                  <EvidenceList trace={condition} events={events} />
                ) : null
              }
            />
          ))}
        </Card>
      ))}
    </Section>
  );
}
