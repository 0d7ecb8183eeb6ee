import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxRowView } from '../../../../contracts/notices.ts';
import { EmptyState, ErrorState, Link, Note, PageFill, PageHeader, Table, Tabs } from '../../../ui/index.ts';
import { oneAfterAnother } from '../../../ui/sentences.ts';
import { useApiPages } from '../../query.ts';
import { type Shop, useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { useOutboxColumns } from './columns.tsx';
import { MessageDialog } from './message-dialog.tsx';

const TABS = ['waiting', 'sent', 'failed', 'bounced', 'all'] as const;
const VIEW = { tab: 'waiting' };

/** What was said to customers, and did it arrive? */
export default function OutboxPage() {
  const { t } = useTranslation('outbox');
  const shop = useShop();
  const [view, setView] = useView(VIEW);
  const tab = TABS.find((each) => each === view.tab) ?? 'waiting';
  const [reading, setReading] = useState<OutboxRowView | null>(null);
  const list = useApiPages('GET /api/shops/:shop/outbox', {
    params: { shop: shop.slug },
    query: tab === 'all' ? {} : { state: tab },
  });
  const columns = useOutboxColumns(shop.slug, setReading);
  const counts = list.first?.counts;
  const waiting = counts?.waiting ?? 0;
  const failed = counts?.failed ?? 0;
  const countOf = { waiting, failed, bounced: counts?.bounced ?? 0, sent: undefined, all: undefined };
  const answer = [
    failed > 0 && t('answer.failed', { count: failed }),
    waiting > 0 && t('answer.waiting', { count: waiting }),
    counts && failed + waiting === 0 && t('answer.calm'),
  ].filter((each) => typeof each === 'string');
  return (
    <PageFill>
      <PageHeader title={t('title')} answer={oneAfterAnother(answer)} />
      {list.first && !list.first.mailServer && <NoServer shop={shop} />}
      <Tabs
        label={t('tabs.label')}
        value={tab}
        onChange={(next) => setView({ tab: next })}
        fill
        tabs={TABS.map((each) => {
          const count = countOf[each];
          return { value: each, label: t(`tabs.${each}`), ...(count !== undefined && count > 0 && { count }) };
        })}
      >
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <Table
            className="flex-1"
            label={t('tabs.label')}
            keep="outbox"
            rows={list.rows}
            rowKey={(row) => row.id}
            loading={list.isPending}
            loadingMore={list.isFetchingNextPage}
            onEnd={list.more}
            onOpen={setReading}
            columns={columns}
            empty={
              <EmptyState icon="mail" title={t(`empty.${tab}`)}>
                {t(`empty.${tab}Hint`)}
              </EmptyState>
            }
          />
        )}
      </Tabs>
      {reading && (
        <MessageDialog
          shop={shop}
          row={reading}
          mailServer={list.first?.mailServer ?? false}
          onClose={() => setReading(null)}
        />
      )}
    </PageFill>
  );
}

function NoServer({ shop }: { shop: Shop }) {
  const { t } = useTranslation('outbox');
  return (
    <Note meaning="watch">
      <strong className="font-medium">{t('noServer.title')}</strong> {t('noServer.hint')}{' '}
      {shop.may('PUT /api/shops/:shop/mail') ? (
        <Link to="/shops/$shop/settings" params={{ shop: shop.slug }} search={{ tab: 'mail' }}>
          {t('noServer.action')}
        </Link>
      ) : (
        t('noServer.askOwner')
      )}
    </Note>
  );
}
