import { useTranslation } from 'react-i18next';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { StateList } from '../../state-list.tsx';
import { useView } from '../../view.ts';
import { Act } from './act.tsx';
import { usePlatformNames } from './names.ts';
import type { PlatformName } from './types.ts';

const SHOWN = ['all', 'failed', 'waiting', 'done'] as const;
const VIEW = { show: 'all' };

/** What was done in the shop's system, and what could not be. */
export function ActsTab({ platform }: { platform: PlatformName }) {
  const { t } = useTranslation('connections');
  const shop = useShop();
  const names = usePlatformNames(platform);
  const [view, setView] = useView(VIEW);
  const show = SHOWN.find((each) => each === view.show) ?? 'all';
  const list = useApiPages('GET /api/shops/:shop/acts', {
    params: { shop: shop.slug },
    query: show === 'all' ? {} : { state: show },
  });
  return (
    <StateList
      title={t('tabs.acts')}
      hint={t('acts.answer', names)}
      filter={{
        label: t('acts.filter'),
        options: SHOWN.map((each) => ({
          value: each,
          label: each === 'all' ? t('acts.all') : t(`acts.state.${each}`),
        })),
      }}
      show={show}
      onShow={(next) => setView({ show: next })}
      list={list}
      loading={t('loading')}
      empty={{
        icon: 'check',
        title: t(show === 'all' ? 'acts.empty' : 'acts.none'),
        hint: t(show === 'all' ? 'acts.emptyHint' : 'acts.noneHint'),
      }}
      row={(act) => <Act key={act.id} act={act} showCustomer />}
    />
  );
}
