import { useTranslation } from 'react-i18next';
import { Button, Card, Loading, Section, Skeleton } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import type { Shop } from '../../session.tsx';
import { LinksGraph } from './links-graph.tsx';
import { LinksTable } from './links-table.tsx';

/** Who may be the same person, who shares a home, and what they have in common: as a drawing, and the same as a table. */
export function Links({ shop, customer, name }: { shop: Shop; customer: string; name: string }) {
  const { t } = useTranslation(['links', 'ui']);
  const links = useApi('GET /api/shops/:shop/customers/:id/links', { params: { shop: shop.slug, id: customer } });
  const known = links.data;
  if (known === undefined)
    return (
      <Section title={t('linked.title')}>
        {links.error ? (
          <Card className="px-4 py-2.5 text-sm">
            <div role="alert" className="flex flex-wrap items-center justify-between gap-3">
              <p>
                <span className="block font-medium">{t('ui:failedTitle')}</span>
                <bdi className="text-muted">{links.error.message}</bdi>
              </p>
              <Button onClick={() => void links.refetch()}>{t('ui:retry')}</Button>
            </div>
          </Card>
        ) : (
          <Loading label={t('linked.loading')}>
            <Skeleton className="h-10 w-full" />
          </Loading>
        )}
      </Section>
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
