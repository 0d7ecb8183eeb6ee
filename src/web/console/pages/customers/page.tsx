import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, Link, PageFill, PageHeader, StandingBadge, Table } from '../../../ui/index.ts';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** Who is this shop dealing with? */
export default function CustomersPage() {
  const { t } = useTranslation(['customers', 'common']);
  const shop = useShop();
  const navigate = useNavigate();
  const list = useApiPages('GET /api/shops/:shop/customers', { params: { shop: shop.slug } });
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
          onOpen={(row) => void navigate({ to: '/shops/$shop/customers/$id', params: { shop: shop.slug, id: row.id } })}
          empty={<EmptyState icon="people" title={t('empty')} />}
          columns={[
            {
              id: 'name',
              header: t('name'),
              cell: (row) => (
                <Link quiet to="/shops/$shop/customers/$id" params={{ shop: shop.slug, id: row.id }}>
                  {row.name ?? row.externalId ?? t('common:unnamed')}
                </Link>
              ),
            },
            {
              id: 'standing',
              header: t('standing'),
              width: '12rem',
              cell: (row) => <StandingBadge standing={row.standing} plain />,
            },
          ]}
        />
      )}
    </PageFill>
  );
}
