import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '../../../../contracts/customers.ts';
import { type Column, DateText, Link, Money, RelativeTime, StandingBadge, useFormats } from '../../../ui/index.ts';
import { PersonName } from '../../conduct/person.tsx';

type Sort = 'recent' | 'value' | 'returned';

/** The columns of the customers table; all but the name may be hidden, and most are left out on phones. */
export function useColumns(shop: string, sort: Sort): readonly Column<CustomerRow>[] {
  const { t } = useTranslation('customers');
  const formats = useFormats();
  return useMemo(() => {
    const sorted = (by: Sort) => (sort === by ? { sorted: 'descending' as const } : {});
    return [
      {
        id: 'name',
        header: t('column.name'),
        cell: (row) => (
          <Link quiet to="/shops/$shop/customers/$id" params={{ shop, id: row.id }} className="font-medium">
            <PersonName person={row} />
          </Link>
        ),
      },
      {
        id: 'standing',
        header: t('column.standing'),
        width: '10.5rem',
        cell: (row) => <StandingBadge standing={row.standing} plain />,
      },
      {
        id: 'proposal',
        header: t('column.proposal'),
        width: '6.5rem',
        wide: true,
        optional: true,
        cell: (row) =>
          row.openProposal ? (
            <Link to="/shops/$shop/review" params={{ shop }}>
              {t('waits')}
            </Link>
          ) : null,
      },
      {
        id: 'orders',
        header: t('column.orders'),
        width: '5.5rem',
        align: 'end',
        wide: true,
        optional: true,
        cell: (row) => formats.count(row.orders),
      },
      {
        id: 'ordered',
        header: t('column.ordered'),
        width: '8rem',
        align: 'end',
        wide: true,
        optional: true,
        ...sorted('value'),
        cell: (row) => <Money units={row.orderedValue} />,
      },
      {
        id: 'returned',
        header: t('column.returned'),
        width: '8rem',
        align: 'end',
        wide: true,
        optional: true,
        ...sorted('returned'),
        cell: (row) => <Money units={row.returnedValue} />,
      },
      {
        id: 'share',
        header: t('column.share'),
        width: '8.5rem',
        align: 'end',
        wide: true,
        optional: true,
        cell: (row) =>
          row.returnShare === null ? (
            <span className="text-faint">{t('nothingOrdered')}</span>
          ) : (
            formats.share(row.returnShare)
          ),
      },
      {
        id: 'first',
        header: t('column.first'),
        width: '8.5rem',
        wide: true,
        optional: true,
        hidden: true,
        cell: (row) => <DateText at={row.firstAt} />,
      },
      {
        id: 'last',
        header: t('column.last'),
        width: '10.5rem',
        wide: true,
        optional: true,
        ...sorted('recent'),
        cell: (row) => <RelativeTime at={row.lastAt} className="text-muted" />,
      },
      {
        id: 'number',
        header: t('column.number'),
        width: '8rem',
        wide: true,
        optional: true,
        hidden: true,
        cell: (row) => row.externalId && <bdi className="font-mono text-xs text-muted">{row.externalId}</bdi>,
      },
    ];
  }, [t, formats, shop, sort]);
}
