import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ButtonLink, ErrorState, Loading, Page, PageHeader, Skeleton } from '../../ui/index.ts';

/** The shape of most pages, while one is on its way. */
export function PagePending() {
  const { t } = useTranslation();
  return (
    <Page>
      <Loading label={t('loading')}>
        <Skeleton className="h-7 w-48" />
        <Skeleton className="mt-2 h-4 w-80 max-w-full" />
        <Skeleton className="mt-8 h-64 w-full" />
      </Loading>
    </Page>
  );
}

/** A page that could not be shown. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Page>
      <ErrorState
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Page>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page>
      <PageHeader title={t('notFound.title')} answer={t('notFound.hint')} />
      <ButtonLink to="/">{t('notFound.back')}</ButtonLink>
    </Page>
  );
}
