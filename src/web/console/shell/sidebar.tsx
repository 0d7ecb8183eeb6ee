import { useTranslation } from 'react-i18next';
import { cx, Icon, KeyHint, Link, Tooltip } from '../../ui/index.ts';
import { useShop } from '../session.tsx';
import { type Count, useCounts } from './counts.ts';
import { AccountMenu, ShopMenu } from './lazy-menus.tsx';
import { PLACES } from './nav.ts';

/** Navigation at the start side, from 768 px up. */
export function Sidebar({ onSearch, onShortcuts }: { onSearch: () => void; onShortcuts: () => void }) {
  const { t } = useTranslation();
  const shop = useShop();
  const counts = useCounts();
  return (
    <header className="sticky top-0 flex h-dvh w-56 shrink-0 flex-col gap-1 border-e border-line bg-canvas p-3 max-md:hidden">
      <ShopMenu />
      <button
        type="button"
        onClick={onSearch}
        className="mt-2 mb-2 flex control-height items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-sm text-muted shadow-sm hover:text-ink"
      >
        <Icon name="search" />
        <span className="grow text-start">{t('palette.button')}</span>
        <KeyHint keys="mod+k" />
      </button>
      <nav aria-label={t('nav.label')} className="flex flex-col gap-px">
        {PLACES.map(({ to, icon, label, keys, counts: what }) => (
          <Tooltip key={to} keys={keys} label={t(label)}>
            <Link
              to={to}
              params={{ shop: shop.slug }}
              activeOptions={{ exact: to === '/shops/$shop', includeSearch: false }}
              className="flex control-height items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-muted no-underline! hover:bg-hover hover:text-ink aria-[current=page]:bg-selected aria-[current=page]:text-ink"
            >
              <Icon name={icon} />
              <span className="grow">{t(label)}</span>
              {what && <CountMark count={counts[what]} />}
            </Link>
          </Tooltip>
        ))}
      </nav>
      <div className="mt-auto flex items-center gap-1">
        <AccountMenu onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}

/** How much waits at a place; what is late stands out by weight and colour, and in words for screen readers. */
export function CountMark({ count }: { count: Count }) {
  if (count.shown === 0) return null;
  return (
    <span className={cx('tabular text-xs', count.late ? 'font-semibold text-restrict' : 'text-muted')}>
      <span aria-hidden="true">{count.shown}</span>
      <span className="sr-only">{count.words}</span>
    </span>
  );
}
