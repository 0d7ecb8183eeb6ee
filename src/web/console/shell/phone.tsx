import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx, Icon, IconButton, Link } from '../../ui/index.ts';
import { useShop } from '../session.tsx';
import { useCounts } from './counts.ts';
import { AccountMenu, ShopMenu } from './lazy-menus.tsx';
import { PLACES } from './nav.ts';

const MoreSheet = lazy(() => import('./more-sheet.tsx'));

/** The top of a phone: which shop, search, me. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation();
  return (
    <header className="sticky top-0 z-30 flex h-13 shrink-0 items-center gap-1 border-b border-line bg-canvas px-2 md:hidden">
      <div className="min-w-0 grow">
        <ShopMenu />
      </div>
      <IconButton icon="search" label={t('palette.button')} onClick={onSearch} />
      <AccountMenu compact />
    </header>
  );
}

const item =
  'flex h-15 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium text-muted no-underline! aria-[current=page]:text-accent focus-visible:-outline-offset-2';

/** Navigation under the thumb, below 768 px. */
export function BottomBar() {
  const { t } = useTranslation();
  const shop = useShop();
  const counts = useCounts();
  const [open, setOpen] = useState(false);
  const path = useLocation({ select: (location) => location.pathname });
  const rest = PLACES.filter((place) => !place.onPhone);
  const behindMore = rest.some(({ to }) => path.startsWith(to.replace('$shop', shop.slug)));
  return (
    <nav
      aria-label={t('nav.label')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {PLACES.filter((place) => place.onPhone).map(({ to, icon, label, counts: what }) => (
        <Link
          key={to}
          to={to}
          params={{ shop: shop.slug }}
          activeOptions={{ exact: to === '/shops/$shop', includeSearch: false }}
          className={item}
        >
          <span className="relative">
            <Icon name={icon} className="size-5" />
            {what && <Bubble count={counts[what].shown} />}
          </span>
          {t(label)}
          {what && counts[what].shown > 0 && <span className="sr-only">{counts[what].words}</span>}
        </Link>
      ))}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        className={cx(item, behindMore && 'text-accent')}
      >
        <span className="relative">
          <Icon name="more" className="size-5" />
          <Bubble count={counts.appeals.shown + counts.links.shown + counts.mail.shown + counts.shopSystem.shown} />
        </span>
        {t('nav.more')}
        {[counts.appeals, counts.links, counts.mail, counts.shopSystem]
          .filter((each) => each.shown > 0)
          .map((each) => (
            <span key={each.words} className="sr-only">
              {each.words}
            </span>
          ))}
      </button>
      <Suspense fallback={null}>{open && <MoreSheet onOpenChange={setOpen} />}</Suspense>
    </nav>
  );
}

/** How much waits, in the corner of an icon. For eyes: the words stand beside it. */
function Bubble({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span
      aria-hidden="true"
      className="absolute start-4 -top-1.5 rounded-full bg-accent px-1 text-xs leading-4 text-on-accent"
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}
