import { useNavigate, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormatProvider } from '../../../ui/index.ts';
import { fieldError } from '../../api.ts';
import { formatLocale } from '../../i18n.ts';
import { useAction } from '../../query.ts';
import { refreshSession } from '../../session.tsx';
import { Doorstep } from '../welcome/doorstep.tsx';
import { guessedShop, type NewShop, ShopStep } from '../welcome/shop-step.tsx';

/** Another shop in the same installation; its first page then offers what to put in it. */
export default function AddShopPage() {
  const { t } = useTranslation(['welcome', 'common']);
  const navigate = useNavigate();
  const router = useRouter();
  const [shop, setShop] = useState<NewShop>(guessedShop);
  const add = useAction('POST /api/shops', { quietErrors: true });

  useEffect(() => {
    document.title = `${t('add.title')} · ${t('name')}`;
  }, [t]);

  const leave = () => (router.history.canGoBack() ? router.history.back() : void navigate({ to: '/' }));
  const create = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { body: shop },
      {
        onSuccess: async ({ slug }) => {
          // The console lets one into shops of the session only, so that must know the new one first.
          await refreshSession();
          await navigate({ to: '/shops/$shop', params: { shop: slug }, replace: true });
        },
      },
    );
  };

  return (
    <FormatProvider locale={formatLocale()} timeZone={shop.timeZone} currency={shop.currency}>
      <Doorstep wide title={t('add.title')} answer={t('add.answer')}>
        <ShopStep
          value={shop}
          onChange={setShop}
          error={add.error}
          errorOf={(field) => fieldError(add.error, field)}
          pending={add.isPending}
          back={t('common:cancel')}
          onBack={leave}
          onCreate={create}
        />
      </Doorstep>
    </FormatProvider>
  );
}
