import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDetail } from '../../../../contracts/customers.ts';
import { Badge, Button, Card, Link, Section, Sparkline, useFormats } from '../../../ui/index.ts';
import { ConditionRow } from '../../conduct/condition-row.tsx';
import { conditionWords } from '../../conduct/conditions/words.ts';
import { groupReadings, type RuleReadings } from './reading-groups.ts';
import type { Marked } from './timeline.tsx';

interface ReadingsProps {
  shop: string;
  customer: CustomerDetail;
  onMark: (marked: Marked) => void;
}

/** Every figure the policy looks at, beside its threshold: what applies, what is close, and the rest folded away. */
export function Readings({ shop, customer, onMark }: ReadingsProps) {
  const { t } = useTranslation('customer');
  const [all, setAll] = useState(false);
  const { fired, close, spared, rest } = groupReadings(customer.readings);
  const calm = fired.length === 0 && close.length === 0;
  return (
    <Section title={t('readings.title')} hint={t('readings.hint')}>
      {customer.readings.length === 0 ? (
        <Card className="px-4 py-3 text-base text-muted">{t('readings.none')}</Card>
      ) : (
        calm && <Card className="px-4 py-3 text-base text-ink">{t('readings.calm')}</Card>
      )}
      {fired.map((group) => (
        <RuleCard key={group.rule.id} shop={shop} group={group} near="fired" onMark={onMark} />
      ))}
      {close.map((group) => (
        <RuleCard key={group.rule.id} shop={shop} group={group} near="close" onMark={onMark} />
      ))}
      {spared.map((group) => (
        <RuleCard key={group.rule.id} shop={shop} group={group} near="spared" onMark={onMark} />
      ))}
      {rest.length > 0 && (
        <Button
          look="quiet"
          icon={all ? 'chevronDown' : 'chevronEnd'}
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="justify-start! self-start"
        >
          {t('readings.rest', { count: rest.length })}
        </Button>
      )}
      {all &&
        rest.map((group) => <RuleCard key={group.rule.id} shop={shop} group={group} near={null} onMark={onMark} />)}
    </Section>
  );
}

const MEANING = { fired: 'restrict', close: 'watch', spared: 'good' } as const;

interface RuleCardProps {
  shop: string;
  group: RuleReadings;
  near: keyof typeof MEANING | null;
  onMark: (marked: Marked) => void;
}

function RuleCard({ shop, group, near, onMark }: RuleCardProps) {
  const { t } = useTranslation('customer');
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-2.5">
        <h3 className="text-base font-medium text-ink">
          <Link quiet to="/shops/$shop/policy" params={{ shop }} hash={group.rule.id}>
            {group.rule.title}
          </Link>
        </h3>
        {near && <Badge meaning={MEANING[near]}>{t(`readings.${near}`)}</Badge>}
      </div>
      {group.readings.map((reading, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the conditions of a rule have no names and never change their order
        <ReadingRow key={index} reading={reading} onMark={onMark} />
      ))}
    </Card>
  );
}

function ReadingRow({
  reading,
  onMark,
}: {
  reading: RuleReadings['readings'][number];
  onMark: ReadingsProps['onMark'];
}) {
  const { t } = useTranslation(['customer', 'metrics']);
  const { t: words } = useTranslation('metrics');
  const formats = useFormats();
  const { condition, sparkline } = reading;
  const events = condition.evidence.length + condition.excluded.length;
  const known = sparkline.filter((value) => value !== null);
  const label =
    known.length === 0
      ? words('trendUnknown')
      : words('trend', {
          first: formats.metric(known[0] ?? 0, condition.unit),
          last: formats.metric(known.at(-1) ?? 0, condition.unit),
        });
  return (
    <ConditionRow
      trace={condition}
      aside={
        known.length > 1 ? (
          <Sparkline values={sparkline} label={label} threshold={condition.threshold} width={80} height={22} />
        ) : undefined
      }
      evidence={
        events === 0 ? null : (
          <Button
            className="my-1"
            icon="arrowEnd"
            onClick={() =>
              onMark({
                what: conditionWords(condition, words, formats).sentence,
                counted: condition.evidence,
                excluded: new Map(condition.excluded.map(({ event, because }) => [event, because])),
              })
            }
          >
            {t('readings.show', { count: events })}
          </Button>
        )
      }
    />
  );
}
