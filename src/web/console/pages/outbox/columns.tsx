import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxRowView } from '../../../../contracts/notices.ts';
import { type Column, cx, Icon, Link, RelativeTime } from '../../../ui/index.ts';
import { PersonName } from '../../conduct/person.tsx';
import { messageTitle } from './words.ts';

/** The columns of the outbox: what, to whom, how it stands, and what went wrong in plain words. */
export function useOutboxColumns(shop: string, onOpen: (row: OutboxRowView) => void): readonly Column<OutboxRowView>[] {
  const { t } = useTranslation('outbox');
  return useMemo(
    () => [
      {
        id: 'what',
        header: t('column.what'),
        cell: (row) => (
          <button
            type="button"
            onClick={() => onOpen(row)}
            className="max-w-full truncate text-start font-medium text-ink hover:underline"
          >
            {messageTitle(row, t)}
          </button>
        ),
      },
      { id: 'to', header: t('column.to'), cell: (row) => <To shop={shop} row={row} /> },
      { id: 'state', header: t('column.state'), width: '8.5rem', wide: true, cell: (row) => <State row={row} /> },
      {
        id: 'error',
        header: t('column.error'),
        width: '26%',
        wide: true,
        cell: (row) =>
          row.trouble !== null && <span title={row.error ?? undefined}>{t(`trouble.${row.trouble}`)}</span>,
      },
      {
        id: 'tries',
        header: t('column.tries'),
        width: '5rem',
        align: 'end',
        wide: true,
        optional: true,
        cell: (row) => row.attempts,
      },
      {
        id: 'when',
        header: t('column.when'),
        width: '9.5rem',
        wide: true,
        sorted: 'descending',
        cell: (row) => <RelativeTime at={row.sentAt ?? row.createdAt} className="text-muted" />,
      },
    ],
    [t, shop, onOpen],
  );
}

function To({ shop, row }: { shop: string; row: OutboxRowView }) {
  const { t } = useTranslation('outbox');
  if (row.audience === 'team') return <span className="text-muted">{t('team')}</span>;
  if (row.customer === null) return null;
  return (
    <Link quiet to="/shops/$shop/customers/$id" params={{ shop, id: row.customer.id }}>
      <PersonName person={row.customer} />
    </Link>
  );
}

/** How a message stands: a word, with a mark where a person must look. */
function State({ row }: { row: Pick<OutboxRowView, 'state'> }) {
  const { t } = useTranslation('outbox');
  const trouble = row.state === 'failed' || row.state === 'bounced';
  return (
    <span className={cx('inline-flex items-center gap-1.5 align-middle', trouble && 'font-medium text-restrict')}>
      <Icon
        name={trouble ? 'alert' : row.state === 'sent' || row.state === 'printed' ? 'check' : 'clock'}
        className="size-3.5"
      />
      {t(`state.${row.state}`)}
    </span>
  );
}
