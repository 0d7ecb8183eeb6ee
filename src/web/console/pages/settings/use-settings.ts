import { useTranslation } from 'react-i18next';
import { keyOf, useAction, useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';

/** The shop's settings, and how one of them is changed at once: it shows before the answer comes, and goes back if that is no. */
export function useSettings() {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const args = { params: { shop: shop.slug } };
  const settings = useApi('GET /api/shops/:shop/settings', args);
  const may = shop.may('PATCH /api/shops/:shop/settings');
  const save = useAction('PATCH /api/shops/:shop/settings', {
    touches: ['GET /api/shops/:shop/settings'],
    optimistic: (cache, { body }) =>
      cache.setQueryData(keyOf('GET /api/shops/:shop/settings', args), (before: object | undefined) =>
        before ? { ...before, ...body } : before,
      ),
    says: () => t('appeals.saved'),
  });
  return { args, settings, may, save };
}
