import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealRow } from '../../../../contracts/appeals.ts';
import { Badge, type Column, Link, RelativeTime, STANDING_OF_STEP, StandingMark } from '../../../ui/index.ts';
import { DueText } from '../../conduct/appeal-due.tsx';
import { PersonName } from '../../conduct/person.tsx';

/** "Restriction: Sends back most of what is ordered"; what staff took by themselves has no rule to name. */
function measureTitle({ type, title }: AppealRow['measure'], t: TFunction<['appeals', 'events']>): string {
  const what = t(`events:measureType.${type}`);
  return title === '' ? what : t('about', { what, title });
}

/** The columns of the appeals table: open ones show when an answer is due, closed ones what was decided and by whom. */
export function useAppealColumns(shop: string, show: 'open' | 'closed'): readonly Column<AppealRow>[] {
  const { t } = useTranslation(['appeals', 'events']);
  return useMemo(() => {
    const open = show === 'open';
    const columns: Column<AppealRow>[] = [
      {
        id: 'customer',
        header: t('column.customer'),
        // Beside "Application" the name must still be read.
        ...(open && { width: '24%' }),
        cell: (row) => (
          <span className="flex items-center gap-2">
            <Link quiet to="/shops/$shop/appeals/$id" params={{ shop, id: row.id }} className="truncate font-medium">
              <PersonName person={row.customer} />
            </Link>
            {row.type === 'application' && <Badge>{t('type.application')}</Badge>}
          </span>
        ),
      },
      {
        id: 'about',
        header: t('column.about'),
        width: open ? '18%' : '23%',
        wide: true,
        cell: (row) => (
          <span className="flex items-center gap-1.5" title={row.measure.title}>
            <StandingMark standing={STANDING_OF_STEP[row.measure.type]} />
            <span className="truncate">{measureTitle(row.measure, t)}</span>
          </span>
        ),
      },
      {
        id: 'ground',
        header: t('column.ground'),
        width: open ? '12%' : '14%',
        wide: true,
        optional: true,
        cell: (row) => t(`ground.${row.ground}`),
      },
      {
        id: 'state',
        header: t('column.state'),
        width: open ? '15%' : '10.5rem',
        wide: open,
        cell: (row) => t(`state.${row.state}`),
      },
    ];
    if (open)
      columns.push(
        {
          id: 'reviewer',
          header: t('column.reviewer'),
          width: '11%',
          wide: true,
          optional: true,
          cell: (row) =>
            row.reviewer ? <bdi>{row.reviewer.name}</bdi> : <span className="text-muted">{t('nobody')}</span>,
        },
        {
          id: 'due',
          header: t('column.due'),
          width: '20%',
          sorted: 'ascending',
          cell: (row) => <DueText due={row} />,
        },
      );
    else
      columns.push(
        {
          id: 'by',
          header: t('column.reviewer'),
          width: '9rem',
          wide: true,
          cell: (row) => row.decidedBy && <bdi>{row.decidedBy.name}</bdi>,
        },
        {
          id: 'decided',
          header: t('column.decided'),
          width: '9rem',
          wide: true,
          sorted: 'descending',
          cell: (row) => row.decidedAt && <RelativeTime at={row.decidedAt} className="text-muted" />,
        },
      );
    return columns;
  }, [t, shop, show]);
}
