import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, PageFill, PageHeader, Table } from '../../../ui/index.ts';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** Is this fair? */
export default function ReviewPage() {
  const { t } = useTranslation(['review', 'common']);
  const shop = useShop();
  const list = useApiPages('GET /api/shops/:shop/review', { params: { shop: shop.slug } });
  return (
    <PageFill>
      <PageHeader title={t('title')} answer={list.first && t('answer', { count: list.first.open })} />
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
          empty={<EmptyState icon="review" title={t('empty')} />}
          columns={[
            { id: 'customer', header: t('customer'), cell: (row) => row.customer.name ?? row.customer.externalId },
            { id: 'proposal', header: t('proposal'), cell: (row) => row.title },
          ]}
        />
      )}
    </PageFill>
  );
}
