import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, Link, Loading, Page, PageHeader, Skeleton } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { Actions } from './actions.tsx';
import { LastSent } from './list.tsx';
import { SentList } from './sent.tsx';
import { EndpointState, EndpointTrouble } from './state.tsx';
import { type Endpoint, TOPICS, topicKey } from './types.ts';

/** Is this system told, and does it listen? */
export default function WebhookPage() {
  const { t } = useTranslation('webhooks');
  const { id } = useParams({ from: '/shops/$shop/settings/webhooks/$id' });
  const shop = useShop();
  const list = useApi('GET /api/shops/:shop/webhooks', { params: { shop: shop.slug } });
  const endpoint = list.data?.items.find((each) => each.id === id);
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  const crumb = (
    <Link to="/shops/$shop/settings" params={{ shop: shop.slug }} search={{ tab: 'webhooks' }}>
      {t('back')}
    </Link>
  );
  if (list.data && !endpoint) {
    return (
      <Page>
        <PageHeader crumb={crumb} title={t('gone')} />
        <EmptyState icon="question" title={t('gone')}>
          {t('goneHint')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page>
      {endpoint ? (
        <>
          <PageHeader
            crumb={crumb}
            title={<bdi className="wrap-anywhere">{endpoint.note || endpoint.url}</bdi>}
            answer={<Facts endpoint={endpoint} />}
            actions={<Actions endpoint={endpoint} />}
          />
          <EndpointTrouble endpoint={endpoint} />
          <SentList endpoint={endpoint} />
        </>
      ) : (
        <>
          <PageHeader crumb={crumb} title={t('title')} answer={<Skeleton className="mt-1 h-4 w-72" />} />
          <Loading label={t('loading')}>
            <Skeleton className="h-80 w-full" />
          </Loading>
        </>
      )}
    </Page>
  );
}

function Facts({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const { topics } = endpoint;
  return (
    <span className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <EndpointState endpoint={endpoint} />
        {endpoint.note !== '' && (
          <bdi dir="ltr" className="min-w-0 wrap-anywhere">
            {endpoint.url}
          </bdi>
        )}
        <LastSent endpoint={endpoint} />
      </span>
      <span className="text-sm">
        {topics.length === TOPICS.length
          ? t('toldAll')
          : t('toldOf', { topics: topics.map((topic) => t(`topic.${topicKey(topic)}`)).join(' · ') })}
      </span>
    </span>
  );
}
