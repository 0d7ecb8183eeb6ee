import { useTranslation } from 'react-i18next';
import { Button, ErrorState, Loading, Note, PageHeader, Skeleton, Tabs, useAgo } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { Edit } from './edit.tsx';
import { Read } from './read.tsx';
import { Versions } from './versions.tsx';

const VIEW = { tab: 'read', from: '', to: '', version: '' };
const TABS = ['read', 'edit', 'versions'] as const;

/** What do we promise? */
export default function PolicyPage() {
  const { t } = useTranslation('policy');
  const shop = useShop();
  const ago = useAgo();
  const [view, setView] = useView(VIEW);
  const policy = useApi('GET /api/shops/:shop/policy', { params: { shop: shop.slug } });
  const mayWrite = shop.may('PUT /api/shops/:shop/policy/draft');
  const tab = TABS.find((each) => each === view.tab) ?? 'read';
  if (policy.error) return <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />;
  const { data } = policy;
  return (
    <div className="mx-auto flex w-full max-w-7xl flex-col gap-5 px-4 py-5 md:px-8 md:py-7">
      <PageHeader
        title={t('title')}
        answer={
          data
            ? t('inForce', {
                version: data.version,
                when: isolate(ago(data.publishedAt)),
                author: isolate(data.author),
                note: isolate(data.note),
              })
            : t('answer')
        }
      />
      {data?.draft && mayWrite && tab !== 'edit' && (
        <Note>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {t('draftWaits', { by: isolate(data.draft.by), when: isolate(ago(data.draft.savedAt)) })}
            <Button onClick={() => setView({ tab: 'edit' })}>{t('openDraft')}</Button>
          </span>
        </Note>
      )}
      <Tabs
        label={t('tabs.label')}
        value={tab}
        onChange={(next) => setView({ tab: next })}
        tabs={TABS.map((value) => ({ value, label: t(`tabs.${value}`) }))}
      >
        {data === undefined ? (
          <Loading label={t('loading')}>
            <Skeleton className="h-8 w-72" />
            <Skeleton className="mt-4 h-20 max-w-2xl" />
            <Skeleton className="mt-6 h-40 max-w-2xl" />
            <Skeleton className="mt-6 h-40 max-w-2xl" />
          </Loading>
        ) : tab === 'read' ? (
          <Read policy={data} />
        ) : tab === 'versions' ? (
          <Versions shop={shop.slug} current={data.version} view={view} onView={setView} />
        ) : mayWrite ? (
          <Edit key={data.version} shop={shop.slug} policy={data} onPublished={() => setView({ tab: 'read' })} />
        ) : (
          <Note>{t('edit.noRights')}</Note>
        )}
      </Tabs>
    </div>
  );
}
