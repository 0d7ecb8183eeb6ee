import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ButtonLink, Card, Icon, type IconName, Skeleton } from '../../../ui/index.ts';
import { loadWords } from '../../i18n.ts';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** Only the first visit needs these; Home on a working day does without their code and words. */
const PlatformChoices = lazy(async () => {
  const [module] = await Promise.all([import('../shop-system/choose.tsx'), loadWords('connections')]);
  return { default: module.PlatformChoices };
});

/** The three ways to bring a shop's history in; those that are not there yet or not allowed say so. */
export function Offers() {
  const { t } = useTranslation('welcome');
  const shop = useShop();
  const navigate = useNavigate();
  const sample = useAction('POST /api/shops/:shop/sample', {
    touches: ['GET /api/shops/:shop/home', 'GET /api/shops/:shop/imports'],
  });
  const may = shop.may('POST /api/shops/:shop/sample');
  const load = () =>
    sample.mutate(
      { params: { shop: shop.slug } },
      { onSuccess: () => void navigate({ to: '/shops/$shop/imports', params: { shop: shop.slug } }) },
    );
  return (
    <div className="flex flex-col gap-3">
      <Offer icon="spark" title={t('offers.sample')} hint={t('offers.sampleHint')}>
        <Button look="primary" pending={sample.isPending} disabled={!may} onClick={load}>
          {t('offers.sampleDo')}
        </Button>
      </Offer>
      <Offer icon="upload" title={t('offers.import')} hint={t('offers.importHint')}>
        {may ? (
          <ButtonLink to="/shops/$shop/imports" params={{ shop: shop.slug }}>
            {t('offers.importDo')}
          </ButtonLink>
        ) : (
          <Button disabled>{t('offers.importDo')}</Button>
        )}
      </Offer>
      {!may && <p className="text-sm text-muted">{t('offers.mayNot')}</p>}
      <section className="mt-4 flex flex-col gap-2.5">
        <div>
          <h2 className="text-base font-semibold text-ink">{t('offers.connect')}</h2>
          <p className="text-sm text-muted">{t('offers.connectHint')}</p>
        </div>
        <Suspense fallback={<Skeleton className="h-96 w-full" />}>
          <PlatformChoices />
        </Suspense>
      </section>
    </div>
  );
}

interface OfferProps {
  icon: IconName;
  title: ReactNode;
  hint: ReactNode;
  children: ReactNode;
}

function Offer({ icon, title, hint, children }: OfferProps) {
  return (
    <Card className="flex items-center gap-4 px-4 py-4 max-sm:flex-wrap">
      <span className="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-sunken text-muted">
        <Icon name={icon} />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="text-base font-semibold">{title}</h2>
        <p className="text-base text-muted">{hint}</p>
      </div>
      <div className="max-sm:w-full max-sm:*:w-full">{children}</div>
    </Card>
  );
}
