import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureView } from '../../../../contracts/customers.ts';
import { Badge, Button, type Column, Link, RelativeTime, STANDING_OF_STEP, StandingMark } from '../../../ui/index.ts';
import { obligationText, surfaceList } from '../../conduct/effect.ts';
import { PersonName, personInSentence } from '../../conduct/person.tsx';
import { useTools } from '../../conduct/use-tools.ts';

const REASONS = ['time', 'staff', 'earned', 'appeal', 'undo', 'application', 'voided'] as const;

/** The columns of the measures table: those in force show when they end, past ones when and why they did. */
export function useMeasureColumns(
  shop: string,
  active: boolean,
  onLift: ((measure: MeasureView) => void) | null,
): readonly Column<MeasureView>[] {
  const { t } = useTranslation(['measures', 'events']);
  const { t: words } = useTranslation('events');
  const tools = useTools();
  return useMemo(() => {
    const columns: Column<MeasureView>[] = [
      {
        id: 'customer',
        header: t('column.customer'),
        cell: (row) => (
          <Link quiet to="/shops/$shop/customers/$id" params={{ shop, id: row.customer.id }} className="font-medium">
            <PersonName person={row.customer} />
          </Link>
        ),
      },
      {
        id: 'type',
        header: t('column.type'),
        width: 'min(12rem, 30vw)',
        cell: (row) => (
          <span className="inline-flex items-center gap-1.5">
            <StandingMark standing={STANDING_OF_STEP[row.type]} />
            {words(`measureType.${row.type}`)}
            {row.state === 'suspended' && <Badge>{t('suspendedShort')}</Badge>}
          </span>
        ),
      },
      {
        id: 'what',
        header: t('column.what'),
        width: '22%',
        wide: true,
        optional: true,
        cell: (row) => {
          const text = whatItDemands(row);
          return <span title={text}>{text}</span>;
        },
      },
      {
        id: 'why',
        header: t('column.why'),
        width: '22%',
        wide: true,
        optional: true,
        cell: (row) => {
          const text = row.rules.map((rule) => rule.title).join(', ') || t('byHand');
          return <span title={text}>{text}</span>;
        },
      },
      {
        id: 'started',
        header: t('column.started'),
        width: '8rem',
        wide: true,
        optional: true,
        cell: (row) => <RelativeTime at={row.startedAt} className="text-muted" />,
      },
    ];
    if (active) {
      columns.push({
        id: 'until',
        header: t('column.until'),
        width: 'min(8rem, 31vw)',
        cell: (row) => <RelativeTime at={row.until} />,
      });
      if (onLift)
        columns.push({
          id: 'action',
          header: t('column.action'),
          width: '7.5rem',
          wide: true,
          cell: (row) => (
            <Button
              look="quiet"
              className="-my-1 h-7! text-accent!"
              aria-label={t('liftOne', { name: personInSentence(row.customer, words) })}
              onClick={() => onLift(row)}
            >
              {t('lift')}
            </Button>
          ),
        });
      return columns;
    }
    columns.push(
      {
        id: 'ended',
        header: t('column.ended'),
        width: '8rem',
        cell: (row) => row.endedAt && <RelativeTime at={row.endedAt} />,
      },
      {
        id: 'because',
        header: t('column.because'),
        width: '14rem',
        wide: true,
        cell: (row) => {
          const reason = REASONS.find((each) => each === row.endedBecause);
          return reason ? words(`endedBecause.${reason}`) : row.endedBecause;
        },
      },
    );
    return columns;

    function whatItDemands(row: MeasureView): string {
      const parts = row.obligations.map((obligation) => obligationText(obligation, tools));
      if (row.surfaces.length > 0) parts.unshift(t('closed', { surfaces: surfaceList(row.surfaces, tools) }));
      return parts.length === 0 ? t('nothing') : parts.join(' · ');
    }
  }, [t, words, tools, shop, active, onLift]);
}
