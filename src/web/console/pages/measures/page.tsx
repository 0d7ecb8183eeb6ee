import { useTranslation } from 'react-i18next';
import {
  DateText,
  EmptyState,
  ErrorState,
  PageFill,
  PageHeader,
  STANDING_OF_STEP,
  StandingBadge,
  Table,
} from '../../../ui/index.ts';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** What is in force, and until when? */
export default function MeasuresPage() {
  const { t } = useTranslation(['measures', 'common']);
  const shop = useShop();
  const list = useApiPages('GET /api/shops/:shop/measures', { params: { shop: shop.slug } });
  return (
    <PageFill>
      <PageHeader title={t('title')} answer={t('answer')} />
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Table
          className="flex-1"
          label={t('title')}
          rows={list.rows}
          rowKey={(row) => row.id}
          loading={list.isPending}
          loadingMore={list.isFetchingNextPage}
          onEnd={list.more}
          empty={<EmptyState icon="measure" title={t('empty')} />}
          columns={[
            { id: 'customer', header: t('customer'), cell: (row) => row.customer.name ?? row.customer.externalId },
            {
              id: 'type',
              header: t('type'),
              cell: (row) => <StandingBadge standing={STANDING_OF_STEP[row.type]} plain />,
            },
            { id: 'until', header: t('until'), cell: (row) => <DateText at={row.until} /> },
          ]}
        />
      )}
    </PageFill>
  );
}
