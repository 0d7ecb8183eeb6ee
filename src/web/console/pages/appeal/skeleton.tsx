import { useTranslation } from 'react-i18next';
import { Loading, Skeleton } from '../../../ui/index.ts';

/** An appeal that is coming, in its final layout. */
export function AppealSkeleton() {
  const { t } = useTranslation('appeals');
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-5 md:px-8 md:py-7">
      <h1 className="sr-only">{t('title')}</h1>
      <Loading label={t('loading')}>
        <Skeleton className="h-4 w-16" />
        <Skeleton className="mt-3 h-6 w-96 max-w-full" />
        <Skeleton className="mt-3 h-4 w-64" />
        <div className="mt-8 grid gap-8 lg:grid-cols-2">
          <Skeleton className="h-72" />
          <Skeleton className="h-112" />
        </div>
      </Loading>
    </div>
  );
}
