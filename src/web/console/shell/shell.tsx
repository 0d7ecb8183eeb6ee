import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeToasts, FormatProvider } from '../../ui/index.ts';
import { formatLocale } from '../i18n.ts';
import { sessionQuery, useShop } from '../session.tsx';
import { type Shortcut, useShortcuts } from '../shortcuts.ts';
import { PLACES } from './nav.ts';
import { BottomBar, TopBar } from './phone.tsx';
import { Sidebar } from './sidebar.tsx';

const Palette = lazy(() => import('./palette.tsx'));
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'));

type Overlay = 'palette' | 'shortcuts' | null;

/** Around every page of a shop: where one is, where one can go, and the keys that work everywhere. */
export function Shell() {
  const { t } = useTranslation();
  const shop = useShop();
  const navigate = useNavigate();
  const router = useRouter();
  const session = useQuery(sessionQuery);
  const path = useLocation({ select: (location) => location.pathname });
  const [overlay, setOverlay] = useState<Overlay>(null);

  const ended = session.data === null;
  useEffect(() => {
    // Read here rather than followed: the address changes by this very step.
    if (ended) void navigate({ to: '/sign-in', search: { to: router.state.location.href }, replace: true });
  }, [ended, router, navigate]);

  const page = PLACES.findLast(({ to }) => path.startsWith(to.replace('$shop', shop.slug)))?.label ?? 'nav.home';
  const title = t('title', { page: t(page), shop: shop.name });
  useEffect(() => {
    document.title = title;
  }, [title]);

  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: 'mod+k', label: t('palette.open'), group: t('shortcuts.everywhere'), run: () => setOverlay('palette') },
      { keys: '/', label: t('palette.search'), group: t('shortcuts.everywhere'), run: () => setOverlay('palette') },
      { keys: '?', label: t('shortcuts.title'), group: t('shortcuts.everywhere'), run: () => setOverlay('shortcuts') },
      {
        keys: 'esc',
        label: t('shortcuts.back'),
        group: t('shortcuts.everywhere'),
        run: () => router.history.canGoBack() && router.history.back(),
      },
      ...PLACES.map(({ to, keys, label }) => ({
        keys,
        label: t(label),
        group: t('shortcuts.goTo'),
        run: () => void navigate({ to, params: { shop: shop.slug } }),
      })),
    ],
    [t, navigate, router, shop.slug],
  );
  useShortcuts(shortcuts, { beneath: true });

  // What was said of one shop, and could be taken back there, is not said over another.
  useEffect(() => closeToasts, []);

  const close = (open: boolean) => !open && setOverlay(null);
  return (
    <FormatProvider locale={formatLocale()} timeZone={shop.timeZone} currency={shop.currency}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
      >
        {t('skip')}
      </a>
      <div className="flex min-h-dvh max-md:flex-col">
        <Sidebar onSearch={() => setOverlay('palette')} onShortcuts={() => setOverlay('shortcuts')} />
        <TopBar onSearch={() => setOverlay('palette')} />
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 grow outline-none max-md:pb-[calc(3.75rem+env(safe-area-inset-bottom))]"
        >
          <Outlet />
        </main>
        <BottomBar />
      </div>
      <Suspense fallback={null}>
        {overlay === 'palette' && <Palette onOpenChange={close} onShortcuts={() => setOverlay('shortcuts')} />}
        {overlay === 'shortcuts' && <ShortcutSheet onOpenChange={close} />}
      </Suspense>
    </FormatProvider>
  );
}
