import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, type Column, RelativeTime, useFormats } from '../../../ui/index.ts';
import { doesOf, type Entry, MEANING } from './types.ts';

/**
 * The table's columns; `onOpen` opens an entry from its first cell, for whoever does not press rows. A phone has room for ends only
 * where they are asked for.
 */
export function useEntryColumns(onOpen: (entry: Entry) => void, asksForEnds: boolean): readonly Column<Entry>[] {
  const { t } = useTranslation('lists');
  const formats = useFormats();
  return useMemo<readonly Column<Entry>[]>(
    () => [
      {
        id: 'value',
        header: t('column.value'),
        cell: (row) => (
          <button
            type="button"
            className="inline-flex max-w-full cursor-pointer font-medium hover:underline"
            title={row.value ?? undefined}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(row);
            }}
          >
            {row.value === null ? (
              <span className="truncate text-muted">{t('erased')}</span>
            ) : (
              <bdi className="truncate">{row.value}</bdi>
            )}
          </button>
        ),
      },
      {
        id: 'does',
        header: t('column.does'),
        width: 'min(10.5rem, 34vw)',
        cell: (row) => <Badge meaning={MEANING[doesOf(row)]}>{t(`does.${doesOf(row)}`)}</Badge>,
      },
      {
        id: 'type',
        header: t('column.type'),
        width: '10rem',
        wide: true,
        optional: true,
        cell: (row) => t(`type.${row.type}`),
      },
      {
        id: 'reason',
        header: t('column.reason'),
        width: '26%',
        wide: true,
        optional: true,
        cell: (row) => (
          <span className="flex text-muted" title={row.reason ?? undefined}>
            <bdi className="truncate">{row.reason}</bdi>
          </span>
        ),
      },
      {
        id: 'by',
        header: t('column.by'),
        width: '9rem',
        wide: true,
        optional: true,
        hidden: true,
        cell: (row) => <bdi>{row.createdBy?.name ?? t('commandLine')}</bdi>,
      },
      {
        id: 'hits',
        header: t('column.hits'),
        width: '5.5rem',
        align: 'end',
        wide: true,
        optional: true,
        cell: (row) =>
          row.hits === 0 ? (
            <span className="text-faint">{t('hits.never')}</span>
          ) : (
            t('hits.some', { number: formats.count(row.hits) })
          ),
      },
      {
        id: 'until',
        header: t('column.until'),
        width: 'min(9.5rem, 30vw)',
        wide: !asksForEnds,
        cell: (row) => <RelativeTime at={row.until} />,
      },
    ],
    [t, formats, onOpen, asksForEnds],
  );
}
