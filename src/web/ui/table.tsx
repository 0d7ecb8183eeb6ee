import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { Menu, MenuCheck } from './menu.tsx';
import { Skeleton } from './states.tsx';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Numbers and money stand at the end of their column. */
  align?: 'start' | 'end';
  /** A CSS width; the first column without one takes what is left. */
  width?: string;
  /** Left out on phones. */
  wide?: boolean;
  /** May be hidden by the reader. */
  optional?: boolean;
  /** Hidden until the reader asks for it. */
  hidden?: boolean;
  /** Set where the rows stand in this column's order. */
  sorted?: 'ascending' | 'descending';
}

interface TableProps<T> {
  /** What the rows are, for screen readers. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** Opens a row: on Enter and on a press. Put a Link in the first cell as well. */
  onOpen?: (row: T) => void;
  /** Under this name the reader's choice of columns is kept. */
  keep?: string;
  /** Called when the end comes near; see useApiPages. */
  onEnd?: (() => void) | undefined;
  /** More rows are on their way. */
  loadingMore?: boolean;
  /** The first rows are on their way: skeletons in the final layout. */
  loading?: boolean;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  className?: string;
}

const ROW = 36;
const ROW_PHONE = 44;
const COMING = Array.from({ length: 12 }, (_, row) => `coming-${row}`);

function useKeptColumns<T>(keep: string | undefined, columns: readonly Column<T>[]) {
  const key = keep && `evenhand.columns.${keep}`;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => {
    const kept = key && localStorage.getItem(key);
    return new Set(kept ? kept.split(',') : columns.filter((column) => column.hidden).map((column) => column.id));
  });
  const toggle = (id: string, shown: boolean) => {
    const next = new Set(hidden);
    if (shown) next.delete(id);
    else next.add(id);
    setHidden(next);
    if (key) localStorage.setItem(key, [...next].join(','));
  };
  return [hidden, toggle] as const;
}

/**
 * Rows of facts. Draws only the rows in sight, so a hundred thousand are as light as ten. `j`/`k` or the arrows move, `Enter` opens.
 * It scrolls by itself: give it a height (`flex-1 min-h-0` in a PageFill, or a class).
 */
export function Table<T>(props: TableProps<T>) {
  const { label, columns, rows, rowKey, onOpen, keep, onEnd, loadingMore, loading, empty, className } = props;
  const { t } = useTranslation('ui');
  const scroller = useRef<HTMLDivElement>(null);
  const [hidden, toggle] = useKeptColumns(keep, columns);
  const [active, setActive] = useState(0);
  const phone = typeof matchMedia === 'function' && matchMedia('(width < 48rem)').matches;
  // A column that is only hidden by a class would still stretch the spacers' colSpan, and with it the table.
  const shown = columns.filter((column) => !(column.optional && hidden.has(column.id)) && !(phone && column.wide));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (phone ? ROW_PHONE : ROW),
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);

  const nearEnd = last !== undefined && last.index >= rows.length - 15;
  useEffect(() => {
    if (nearEnd && !loadingMore) onEnd?.();
  }, [nearEnd, loadingMore, onEnd]);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, textarea, select, button')) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      move(active + step);
    } else if (event.key === 'Enter' && target.tagName === 'TR') {
      const row = rows[active];
      if (row !== undefined) onOpen?.(row);
    } else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(rows.length - 1);
  };

  /* `j` works as soon as the page is there, without a press into the table first. */
  useEffect(() => {
    const start = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'j' && event.key !== 'k') return;
      if (event.target !== document.body && (event.target as HTMLElement).id !== 'main') return;
      scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
    };
    document.addEventListener('keydown', start);
    return () => document.removeEventListener('keydown', start);
  }, []);

  const optional = columns.filter((column) => column.optional);
  const cellClass = (column: Column<T>) =>
    cx('truncate px-3', column.align === 'end' ? 'text-end tabular' : 'text-start', column.wide && 'max-md:hidden');

  return (
    <div className={cx('flex min-h-0 flex-col', className)}>
      <div className="relative flex min-h-0 flex-col rounded-lg border border-line bg-surface">
        {optional.length > 0 && (
          <div className="absolute end-1 top-0.5 z-20 max-md:hidden">
            <Menu align="end" trigger={<IconButton icon="columns" label={t('columns')} className="bg-surface" />}>
              {optional.map((column) => (
                <MenuCheck
                  key={column.id}
                  checked={!hidden.has(column.id)}
                  onChange={(checked) => toggle(column.id, checked)}
                >
                  {column.header}
                </MenuCheck>
              ))}
            </Menu>
          </div>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows inside, which take the focus */}
        <div ref={scroller} onKeyDown={onKeyDown} className="min-h-0 overflow-auto rounded-lg">
          <table
            aria-label={label}
            aria-rowcount={onEnd ? -1 : rows.length + 1}
            aria-busy={loading || undefined}
            className="w-full table-fixed border-separate border-spacing-0 text-sm"
          >
            <thead>
              <tr aria-rowindex={1}>
                {shown.map((column, index) => (
                  <th
                    key={column.id}
                    scope="col"
                    aria-sort={column.sorted}
                    style={{ inlineSize: column.width }}
                    className={cx(
                      cellClass(column),
                      'sticky top-0 z-10 h-9 border-b border-line bg-surface text-xs font-medium text-muted',
                      optional.length > 0 && index === shown.length - 1 && 'md:pe-11',
                    )}
                  >
                    {column.header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {first && first.start > 0 && <Spacer height={first.start} columns={shown.length} />}
              {items.map((item) => {
                const row = rows[item.index];
                if (row === undefined) return null;
                return (
                  <tr
                    key={item.key}
                    data-index={item.index}
                    aria-rowindex={item.index + 2}
                    tabIndex={item.index === active ? 0 : -1}
                    onFocus={() => setActive(item.index)}
                    onClick={(event) => {
                      if ((event.target as HTMLElement).closest('a, button, input')) return;
                      if (!getSelection()?.toString()) onOpen?.(row);
                    }}
                    className={cx(
                      'row-height focus-visible:-outline-offset-2 hover:bg-hover',
                      onOpen && 'cursor-pointer',
                    )}
                  >
                    {shown.map((column) => (
                      <td
                        key={column.id}
                        className={cx(
                          cellClass(column),
                          'border-b border-line',
                          optional.length > 0 && column === shown.at(-1) && 'md:pe-11',
                        )}
                      >
                        {column.cell(row)}
                      </td>
                    ))}
                  </tr>
                );
              })}
              {last && <Spacer height={virtual.getTotalSize() - last.end} columns={shown.length} />}
              {(loading || loadingMore) &&
                COMING.slice(0, loading ? 12 : 3).map((name) => (
                  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without a tabindex cannot take the focus
                  <tr key={name} aria-hidden="true" className="row-height">
                    {shown.map((column) => (
                      <td key={column.id} className={cx(cellClass(column), 'border-b border-line')}>
                        <Skeleton className={cx('h-3', column.align === 'end' ? 'ms-auto w-12' : 'w-3/5')} />
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
          {!loading && rows.length === 0 && empty}
        </div>
      </div>
    </div>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without a tabindex cannot take the focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ blockSize: height, padding: 0 }} />
    </tr>
  );
}
