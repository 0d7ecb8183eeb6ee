import type { ReactNode } from 'react';
import {
  Card,
  EmptyState,
  ErrorState,
  type IconName,
  Loading,
  More,
  Section,
  Segments,
  SkeletonRows,
} from '../ui/index.ts';

interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly refetch: () => unknown;
  readonly more?: (() => void) | undefined;
}

interface StateListProps<Show extends string, Row> {
  readonly title: string;
  readonly hint: string;
  /** What the switch over the list is called, and what each of its parts shows. */
  readonly filter: { readonly label: string; readonly options: readonly { value: Show; label: string }[] };
  readonly show: Show;
  readonly onShow: (show: Show) => void;
  readonly list: Pages<Row>;
  readonly loading: string;
  readonly empty: { readonly icon: IconName; readonly title: string; readonly hint: string };
  readonly row: (row: Row) => ReactNode;
  readonly children?: ReactNode;
}

/** Records with a state, newest first, that can be narrowed to one state: in all its conditions, with more behind a button. */
export function StateList<Show extends string, Row>(props: StateListProps<Show, Row>) {
  const { title, hint, filter, show, onShow, list, loading, empty, row, children } = props;
  return (
    <Section
      title={title}
      hint={hint}
      actions={
        <Segments
          className="flex-wrap"
          label={filter.label}
          value={show}
          onChange={onShow}
          options={[...filter.options]}
        />
      }
    >
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Card>
          {list.isPending ? (
            <Loading label={loading}>
              <SkeletonRows rows={6} />
            </Loading>
          ) : list.rows.length === 0 ? (
            <EmptyState icon={empty.icon} title={empty.title}>
              {empty.hint}
            </EmptyState>
          ) : (
            <ul>{list.rows.map(row)}</ul>
          )}
          <More hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => list.more?.()} />
        </Card>
      )}
      {children}
    </Section>
  );
}
