import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, Loading, Page, PageHeader, Skeleton } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { useView } from '../../view.ts';
import { Choose } from './choose.tsx';
import { Connect } from './connect.tsx';
import { Connected } from './connected.tsx';
import { JustMade } from './made.tsx';
import { isPlatform, type Made, type PlatformName } from './types.ts';

const VIEW = { platform: '' };
const TOUCHED = ['GET /api/shops/:shop/connections', 'GET /api/shops/:shop/home'] as const;

/** Is the shop's system connected, and does it work? */
export default function ShopSystemPage() {
  const shop = useShop();
  const [view, setView] = useView(VIEW);
  const [made, setMade] = useState<{ made: Made; platform: PlatformName } | null>(null);
  const cache = useQueryClient();
  const keep = (next: Made, platform: PlatformName) => {
    setMade({ made: next, platform });
    for (const touched of TOUCHED) void cache.invalidateQueries({ queryKey: [touched] });
  };
  const list = useApi('GET /api/shops/:shop/connections', { params: { shop: shop.slug } });
  if (made !== null) {
    return (
      <JustMade
        {...made}
        onDone={() => {
          setMade(null);
          setView({ platform: '' });
        }}
      />
    );
  }
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Coming />;
  const live = list.data.items.find((each) => each.state !== 'disconnected');
  if (live) return <Connected key={live.id} row={live} onMade={keep} />;
  if (isPlatform(view.platform)) return <Connect key={view.platform} platform={view.platform} onMade={keep} />;
  return <Choose former={list.data.items} />;
}

function Coming() {
  const { t } = useTranslation('connections');
  return (
    <Page width="form">
      <PageHeader title={t('title')} answer={<Skeleton className="mt-1 h-4 w-72" />} />
      <Loading label={t('loading')}>
        <Skeleton className="h-80 w-full" />
      </Loading>
    </Page>
  );
}
