import { useTranslation } from 'react-i18next';
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Loading,
  Note,
  Page,
  PageHeader,
  Section,
  SkeletonRows,
} from '../../../ui/index.ts';
import { useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { NewImport } from './new-import.tsx';
import { Run } from './run.tsx';

/** What came in, and what did not? */
export default function ImportsPage() {
  const { t } = useTranslation('imports');
  const shop = useShop();
  const runs = useApi(
    'GET /api/shops/:shop/imports',
    { params: { shop: shop.slug } },
    { every: (data) => (data?.items.some((run) => run.status === 'running') ? 1_000 : false) },
  );
  const may = shop.may('POST /api/shops/:shop/sample');
  return (
    <Page width="form">
      <PageHeader title={t('title')} answer={t('answer')} />
      {may ? (
        <Section title={t('new')}>
          <NewImport />
        </Section>
      ) : (
        <Note>{t('mayNot')}</Note>
      )}
      <Section title={t('history')}>
        {runs.error && !runs.data ? (
          <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
        ) : !runs.data ? (
          <Loading label={t('loading')}>
            <Card>
              <SkeletonRows rows={3} />
            </Card>
          </Loading>
        ) : runs.data.items.length === 0 ? (
          <Card>
            <EmptyState icon="upload" title={t('empty')} action={may && <LoadSample />}>
              {t('emptyHint')}
            </EmptyState>
          </Card>
        ) : (
          <ul className="flex flex-col gap-3">
            {runs.data.items.map((run) => (
              <Run key={run.id} run={run} />
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

function LoadSample() {
  const { t } = useTranslation('imports');
  const shop = useShop();
  const load = useAction('POST /api/shops/:shop/sample', {
    touches: ['GET /api/shops/:shop/imports', 'GET /api/shops/:shop/home'],
    says: () => t('begun'),
  });
  return (
    <Button icon="spark" pending={load.isPending} onClick={() => load.mutate({ params: { shop: shop.slug } })}>
      {t('loadSample')}
    </Button>
  );
}
