import { useTranslation } from 'react-i18next';
import { Loading, Skeleton, SkeletonRows } from '../../../ui/index.ts';

/** A customer that is coming, in the places everything will have. */
export function CustomerSkeleton() {
  const { t } = useTranslation('customer');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="h-4 w-24" />
      <Skeleton className="mt-2 h-7 w-64 max-w-full" />
      <Skeleton className="mt-2 h-4 w-96 max-w-full" />
      <Skeleton className="mt-6 h-10 w-full max-w-2xl" />
      <div className="mt-6 grid gap-6 xl:grid-cols-[22rem_minmax(0,1fr)] xl:max-wide:grid-rows-[auto_1fr] wide:grid-cols-[22rem_minmax(0,1fr)_20rem]">
        <Skeleton className="h-96 max-xl:order-2 xl:max-wide:col-start-1 xl:max-wide:row-start-1" />
        <div className="max-xl:order-3 xl:max-wide:col-start-2 xl:max-wide:row-span-2 xl:max-wide:row-start-1">
          <SkeletonRows rows={12} />
        </div>
        <Skeleton className="h-72 max-xl:order-1 xl:max-wide:col-start-1 xl:max-wide:row-start-2" />
      </div>
    </Loading>
  );
}
