import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '../../../../contracts/review.ts';
import {
  ButtonLink,
  Card,
  ErrorState,
  Link,
  Loading,
  Note,
  Page,
  PageHeader,
  Section,
  Skeleton,
} from '../../../ui/index.ts';
import { oneAfterAnother } from '../../../ui/sentences.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { Offers } from '../welcome/offers.tsx';
import { Appeals, MailTrouble } from './appeals.tsx';
import { Changes } from './changes.tsx';
import { EntriesEnding } from './entries-ending.tsx';
import { ShopTrouble } from './shop-trouble.tsx';
import { Standings } from './standings.tsx';
import { Tiles } from './tiles.tsx';
import { Waiting } from './waiting.tsx';

const Trend = lazy(() => import('./trend.tsx'));

/** What needs me? */
export default function HomePage() {
  const shop = useShop();
  const home = useApi('GET /api/shops/:shop/home', { params: { shop: shop.slug } }, { every: 15_000 });
  if (home.error && !home.data) return <ErrorState error={home.error} onRetry={() => void home.refetch()} />;
  if (!home.data) return <HomePending />;
  if (home.data.customers === 0 && home.data.importRunning === null) return <FirstHome />;
  return <FullHome home={home.data} />;
}

function FullHome({ home }: { home: Home }) {
  const { t } = useTranslation('home');
  const shop = useShop();
  const sentences = [
    home.appealsOverdue > 0 ? t('answer.late', { count: home.appealsOverdue }) : null,
    home.open === 0 ? t('answer.nothing') : t('answer.open', { count: home.open }),
    home.openGrave > 0 ? t('answer.grave', { count: home.openGrave }) : null,
  ].filter((each) => each !== null);
  return (
    <Page>
      <PageHeader
        title={t('title')}
        answer={oneAfterAnother(sentences)}
        actions={
          home.open > 0 && (
            <ButtonLink look="primary" icon="review" to="/shops/$shop/review" params={{ shop: shop.slug }}>
              {t('review')}
            </ButtonLink>
          )
        }
      />
      <Appeals home={home} late />
      <ShopTrouble home={home} />
      <EntriesEnding home={home} />
      <MailTrouble home={home} />
      {home.importRunning !== null && (
        <Note>
          <strong className="font-medium">{t('running.title')}</strong> {t('running.hint')}{' '}
          <Link to="/shops/$shop/imports" params={{ shop: shop.slug }}>
            {t('running.open')}
          </Link>
        </Note>
      )}
      {home.assessing > 0 && <Note>{t('assessing', { count: home.assessing })}</Note>}
      <Tiles home={home} />
      <div className="grid grid-cols-[minmax(0,1fr)_20rem] items-start gap-x-8 gap-y-8 max-lg:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-8">
          <Appeals home={home} />
          <Waiting home={home} />
          {home.trend.length > 1 && (
            <Section title={t('trend.title')}>
              <Card className="px-4 py-3">
                <Suspense fallback={<Skeleton className="h-60 w-full" />}>
                  <Trend trend={home.trend} />
                </Suspense>
              </Card>
            </Section>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Standings home={home} />
          <Changes changes={home.changes} />
        </div>
      </div>
    </Page>
  );
}

/** Before there is anybody: what this page will be for, and the ways to fill it. */
function FirstHome() {
  const { t } = useTranslation('welcome');
  const shop = useShop();
  return (
    <Page width="form">
      <PageHeader title={t('offers.title', { shop: shop.name })} answer={t('offers.answer')} />
      <Offers />
    </Page>
  );
}

function HomePending() {
  const { t } = useTranslation('home');
  return (
    <Page>
      <PageHeader title={t('title')} answer={<Skeleton className="mt-1 h-4 w-72" />} />
      <Loading label={t('loading')}>
        <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
          <Skeleton className="h-18" />
          <Skeleton className="h-18" />
          <Skeleton className="h-18" />
        </div>
        <div className="mt-6 grid grid-cols-[minmax(0,1fr)_20rem] gap-8 max-lg:grid-cols-1">
          <Skeleton className="h-96" />
          <Skeleton className="h-64" />
        </div>
      </Loading>
    </Page>
  );
}
