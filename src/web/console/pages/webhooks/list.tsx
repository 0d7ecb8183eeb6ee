import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Link,
  Loading,
  Note,
  RelativeTime,
  Section,
  SkeletonRows,
} from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { AddEndpoint } from './endpoint-form.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { EndpointState, EndpointTrouble } from './state.tsx';
import { type Endpoint, TOPICS } from './types.ts';

/** Which other systems are told at once. */
export function Webhooks() {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const list = useApi('GET /api/shops/:shop/webhooks', { params: { shop: shop.slug } });
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const may = shop.may('POST /api/shops/:shop/webhooks');
  return (
    <Section
      title={t('title')}
      hint={t('hint')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      {!may && <Note>{t('mayNot')}</Note>}
      {list.error && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Card>
          {!list.data ? (
            <Loading label={t('loading')}>
              <SkeletonRows rows={2} />
            </Loading>
          ) : list.data.items.length === 0 ? (
            <EmptyState icon="external" title={t('empty')}>
              {t('emptyHint')}
            </EmptyState>
          ) : (
            <ul>
              {list.data.items.map((endpoint) => (
                <Row key={endpoint.id} endpoint={endpoint} />
              ))}
            </ul>
          )}
        </Card>
      )}
      {adding && (
        <AddEndpoint
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            setSecret(made.secret);
          }}
        />
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Section>
  );
}

function Row({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const { waiting, failed, topics } = endpoint;
  return (
    <li className="flex flex-col gap-2 border-b border-line px-4 py-3 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          to="/shops/$shop/settings/webhooks/$id"
          params={{ shop: shop.slug, id: endpoint.id }}
          className="min-w-0 text-base wrap-anywhere"
        >
          <bdi>{endpoint.note || endpoint.url}</bdi>
        </Link>
        <EndpointState endpoint={endpoint} />
      </div>
      <p className="flex min-w-0 flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
        {endpoint.note !== '' && (
          <bdi dir="ltr" className="min-w-0 wrap-anywhere">
            {endpoint.url}
          </bdi>
        )}
        <span>{topics.length === TOPICS.length ? t('allTopics') : t('topicsCount', { count: topics.length })}</span>
        <LastSent endpoint={endpoint} />
        {waiting > 0 && <span>{t('waiting', { count: waiting })}</span>}
        {failed > 0 && <span className="font-medium text-restrict">{t('failed', { count: failed })}</span>}
      </p>
      <EndpointTrouble endpoint={endpoint} />
    </li>
  );
}

/** When something last arrived there. */
export function LastSent({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('webhooks');
  if (endpoint.lastSentAt === null) return <span>{t('never')}</span>;
  return (
    <span>
      {t('last')} <RelativeTime at={endpoint.lastSentAt} />
    </span>
  );
}
