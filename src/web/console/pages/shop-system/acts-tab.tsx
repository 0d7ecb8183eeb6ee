import { useTranslation } from 'react-i18next';
import { Card, EmptyState, ErrorState, Loading, More, Section, Segments, SkeletonRows } from '../../../ui/index.ts';
import { useApiPages } from '../../query.ts';
import { useShop } from '../../session.tsx';
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
    <Section
      title={t('tabs.acts')}
      hint={t('acts.answer', names)}
      actions={
        <Segments
          className="flex-wrap"
          label={t('acts.filter')}
          value={show}
          onChange={(next) => setView({ show: next })}
          options={SHOWN.map((each) => ({
            value: each,
            label: each === 'all' ? t('acts.all') : t(`acts.state.${each}`),
          }))}
        />
      }
    >
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Card>
          {list.isPending ? (
            <Loading label={t('loading')}>
              <SkeletonRows rows={6} />
            </Loading>
          ) : list.rows.length === 0 ? (
            <EmptyState icon="check" title={t(show === 'all' ? 'acts.empty' : 'acts.none')}>
              {t(show === 'all' ? 'acts.emptyHint' : 'acts.noneHint')}
            </EmptyState>
          ) : (
            <ul>
              {list.rows.map((act) => (
                <Act key={act.id} act={act} showCustomer />
              ))}
            </ul>
          )}
          <More hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => list.more?.()} />
        </Card>
      )}
    </Section>
  );
}
