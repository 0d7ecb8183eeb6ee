import { useTranslation } from 'react-i18next';
import { Loading, Skeleton } from '../../../ui/index.ts';

const COMING = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];

/** Cases that are coming, each in the height it will have. */
export function QueueSkeleton() {
  const { t } = useTranslation('review');
  return (
    <Loading label={t('loading')}>
      {COMING.map((row) => (
        <div key={row} className="flex h-[5.25rem] flex-col justify-center gap-2 border-b border-line px-3.5">
          <Skeleton className="h-3.5 w-3/5" />
          <Skeleton className="h-3 w-4/5" />
          <Skeleton className="h-3 w-2/5" />
        </div>
      ))}
    </Loading>
  );
}

/** A case that is coming. */
export function CaseSkeleton() {
  const { t } = useTranslation('review');
  return (
    <Loading label={t('loadingCase')}>
      <Skeleton className="h-7 w-48" />
      <Skeleton className="mt-2 h-4 w-80 max-w-full" />
      <Skeleton className="mt-6 h-5 w-72 max-w-full" />
      <Skeleton className="mt-8 h-56 w-full" />
      <div className="mt-6 grid gap-6 lg:grid-cols-2">
        <Skeleton className="h-36" />
        <Skeleton className="h-36" />
      </div>
    </Loading>
  );
}
