import { useTranslation } from 'react-i18next';
import { Card, ErrorState, Loading, Section, Skeleton } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import type { Shop } from '../../session.tsx';
import { LinksGraph } from './links-graph.tsx';
import { LinksTable } from './links-table.tsx';

/** Who may be the same person, who shares a home, and what they have in common: as a drawing, and the same as a table. */
export function Links({ shop, customer, name }: { shop: Shop; customer: string; name: string }) {
  const { t } = useTranslation('links');
  const links = useApi('GET /api/shops/:shop/customers/:id/links', { params: { shop: shop.slug, id: customer } });
  const known = links.data;
  if (links.error && !known) return <ErrorState error={links.error} onRetry={() => void links.refetch()} />;
  if (known === undefined)
    return (
      <Loading label={t('linked.loading')}>
        <Skeleton className="h-11 w-full" />
      </Loading>
    );
  if (known.accounts.length === 0)
    return (
      <Section title={t('linked.title')}>
        <Card className="px-4 py-2.5 text-sm text-muted">{t('linked.none')}</Card>
      </Section>
    );
  return (
    <Section title={t('linked.title')} hint={t('linked.hint')}>
      <Card className="grid items-start gap-x-8 gap-y-5 p-4 xl:grid-cols-[minmax(0,29rem)_minmax(0,1fr)]">
        <LinksGraph shop={shop.slug} name={name} links={known} />
        <LinksTable shop={shop} customer={customer} links={known} />
      </Card>
    </Section>
  );
}
