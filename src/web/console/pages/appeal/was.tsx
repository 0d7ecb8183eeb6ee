import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealDetail } from '../../../../contracts/appeals.ts';
import { Badge, Card, Icon, Note, Section, STANDING_OF_STEP, StandingMark, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { ConditionRow } from '../../conduct/condition-row.tsx';
import { obligationText, surfaceList } from '../../conduct/effect.ts';
import { EvidenceList } from '../../conduct/evidence-list.tsx';
import { useTools } from '../../conduct/use-tools.ts';

interface WasProps {
  detail: AppealDetail;
  /** The facts, to be marked. */
  children: ReactNode;
}

/** What was decided and why: the measure, who approved it, each figure beside what the policy says, and the facts. */
export function Was({ detail, children }: WasProps) {
  const { t } = useTranslation(['appeals', 'events', 'metrics']);
  const events = useMemo(() => new Map(detail.events.map((entry) => [entry.id, entry])), [detail.events]);
  return (
    <Section title={t('was.title')}>
      <Measure detail={detail} />
      {detail.reason !== null && (
        <Card className="flex flex-col gap-1 px-4 py-3">
          <p className="text-sm text-muted">{t('was.reason')}</p>
          <p dir="auto" className="text-base whitespace-pre-line text-ink">
            {detail.reason}
          </p>
        </Card>
      )}
      {detail.traces.map((rule) => (
        <Card key={rule.id}>
          <div className="border-b border-line px-4 py-2.5">
            <h3 className="flex flex-wrap items-center gap-2 text-base font-medium text-ink">
              {rule.title}
              {rule.gravity === 'grave' && <Badge meaning="block">{t('events:gravity.grave')}</Badge>}
            </h3>
            <p className="text-sm text-muted">{rule.because}</p>
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
      {detail.traces.length === 0 && <Note>{t('was.noRules')}</Note>}
      {children}
    </Section>
  );
}

function Measure({ detail: { measureDetail: measure, approvedBy } }: { detail: AppealDetail }) {
  const { t } = useTranslation(['appeals', 'events', 'measures']);
  const tools = useTools();
  const formats = useFormats();
  const demands = [
    ...(measure.surfaces.length > 0 ? [t('measures:closed', { surfaces: surfaceList(measure.surfaces, tools) })] : []),
    ...measure.obligations.map((obligation) => obligationText(obligation, tools)),
  ];
  const because = measure.rules.map((rule) => rule.title).join(', ');
  const dates = { from: isolate(formats.date(measure.startedAt)), until: isolate(formats.date(measure.until)) };
  return (
    <Card className="flex flex-col gap-1 px-4 py-4">
      <p className="flex items-center gap-2 text-lg font-semibold text-ink">
        <StandingMark standing={STANDING_OF_STEP[measure.type]} />
        {t('about', {
          what: t(`events:measureType.${measure.type}`),
          title: because === '' ? t('measures:byHand') : because,
        })}
      </p>
      {demands.length > 0 && (
        <ul className="list-disc ps-5 text-base text-ink">
          {demands.map((demand) => (
            <li key={demand}>{demand}</li>
          ))}
        </ul>
      )}
      <p className="text-sm text-muted">{t('was.from', dates)}</p>
      {measure.endedAt !== null && (
        <p className="text-sm text-muted">{t('was.ended', { date: isolate(formats.date(measure.endedAt)) })}</p>
      )}
      {approvedBy.length > 0 && (
        <p className="text-sm text-muted">
          {t('was.approvedBy', { names: formats.list(approvedBy.map((each) => isolate(each.name))) })}
        </p>
      )}
      {measure.state === 'suspended' && (
        <p className="flex items-center gap-1.5 text-sm text-ink">
          <Icon name="clock" className="size-3.5 text-muted" />
          {t('was.suspended')}
        </p>
      )}
    </Card>
  );
}
