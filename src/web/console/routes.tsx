import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { api } from './api.ts';
import { lazyPage } from './lazy-page.ts';
import { queryClient } from './query.ts';
import { mayAddShop, sessionQuery, shopOf } from './session.tsx';
import { NotFound, PageError, PagePending } from './shell/fallbacks.tsx';
import { Shell } from './shell/shell.tsx';

type Search = Record<string, unknown>;
const anySearch = (search: Search): Search => search;

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, validateSearch: anySearch });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    const kept = localStorage.getItem('evenhand.shop');
    const shop = session?.shops.find((each) => each.slug === kept) ?? session?.shops[0];
    if (shop) throw redirect({ to: '/shops/$shop', params: { shop: shop.slug }, replace: true });
    const setup = await api('GET /api/setup', {});
    throw redirect({ to: setup.needed ? '/welcome' : '/sign-in', replace: true });
  },
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyPage('welcome', () => import('./pages/welcome/page.tsx')),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyPage('welcome', () => import('./pages/sign-in/page.tsx')),
});

const addShop = createRoute({
  getParentRoute: () => root,
  path: '/add-shop',
  component: lazyPage('welcome', () => import('./pages/add-shop/page.tsx')),
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!mayAddShop(session)) throw redirect({ to: '/', replace: true });
  },
});

const shop = createRoute({
  getParentRoute: () => root,
  path: '/shops/$shop',
  component: Shell,
  // Another shop is another console: nothing that a page of the former remembered may stand in the next.
  remountDeps: ({ params }) => params.shop,
  beforeLoad: async ({ params, location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true });
    const found = shopOf(session, params.shop);
    if (!found) throw redirect({ to: '/', replace: true });
    localStorage.setItem('evenhand.shop', found.slug);
    return { shop: found };
  },
});

/*
 * One line a page: its place, its words (languages/<code>/console/<words>.json) and its file. The code comes when the page is opened.
 * What is filtered stands in the address, and nothing about a person does: see useView in view.ts.
 */
const inShop = () => shop;
const pages = [
  createRoute({
    getParentRoute: inShop,
    path: '/',
    component: lazyPage(['home', 'welcome'], () => import('./pages/home/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/review',
    component: lazyPage(['review', 'events', 'metrics', 'notices'], () => import('./pages/review/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/review/$id',
    component: lazyPage(['review', 'events', 'metrics', 'notices'], () => import('./pages/review/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/appeals',
    component: lazyPage(['appeals', 'events'], () => import('./pages/appeals/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/appeals/$id',
    component: lazyPage(
      ['appeals', 'events', 'metrics', 'measures', 'notices'],
      () => import('./pages/appeal/page.tsx'),
    ),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/outbox',
    component: lazyPage(['outbox', 'events', 'notices'], () => import('./pages/outbox/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/customers',
    component: lazyPage(['customers', 'events', 'metrics'], () => import('./pages/customers/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/customers/$id',
    component: lazyPage(
      ['customer', 'events', 'metrics', 'measures', 'notices', 'appeals', 'connections', 'links'],
      () => import('./pages/customer/page.tsx'),
    ),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/links',
    component: lazyPage(['links', 'events'], () => import('./pages/links/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/measures',
    component: lazyPage(['measures', 'events', 'metrics'], () => import('./pages/measures/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/lists',
    component: lazyPage('lists', () => import('./pages/lists/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/policy',
    component: lazyPage(['policy', 'events', 'metrics'], () => import('./pages/policy/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/imports',
    component: lazyPage('imports', () => import('./pages/imports/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/shop-system',
    component: lazyPage(['connections', 'events'], () => import('./pages/shop-system/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/settings',
    component: lazyPage(['settings', 'welcome', 'webhooks'], () => import('./pages/settings/page.tsx')),
  }),
  createRoute({
    getParentRoute: inShop,
    path: '/settings/webhooks/$id',
    component: lazyPage('webhooks', () => import('./pages/webhooks/page.tsx')),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([start, welcome, signIn, addShop, shop.addChildren(pages)]),
  defaultPreload: 'intent',
  defaultPendingMs: 200,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
