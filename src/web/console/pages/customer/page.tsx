import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState, Page, PageHeader, StandingBadge } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { PagePending } from '../../shell/fallbacks.tsx';

/** Who is this, and what happened? */
export default function CustomerPage() {
  const { t } = useTranslation(['customer', 'common']);
  const shop = useShop();
  const { id } = useParams({ from: '/shops/$shop/customers/$id' });
  const customer = useApi('GET /api/shops/:shop/customers/:id', { params: { shop: shop.slug, id } });
  if (customer.error) return <ErrorState error={customer.error} onRetry={() => void customer.refetch()} />;
  if (!customer.data) return <PagePending />;
  const { name, externalId, standing } = customer.data;
  return (
    <Page>
      <PageHeader title={name ?? externalId ?? t('common:unnamed')} actions={<StandingBadge standing={standing} />} />
    </Page>
  );
}
