import * as appeals from './appeals.ts';
import { done, everyone, managing, type Route, shop, shopAnd } from './route.ts';

/** Appeals and applications, as staff hear them. Attachments are streams: see `http/console/files.ts`. */
export const appealRoutes = {
  'GET /api/shops/:shop/appeals': {
    access: everyone,
    summary: 'Appeals',
    params: shop,
    query: appeals.appealsQuery,
    response: appeals.appealsPage,
  },
  'GET /api/shops/:shop/appeals/:id': {
    access: everyone,
    summary: 'An appeal, beside what it is about',
    params: shopAnd,
    response: appeals.appealDetail,
  },
  'POST /api/shops/:shop/appeals/:id/take': {
    access: managing,
    summary: 'Begin to review',
    params: shopAnd,
    response: done,
  },
  'POST /api/shops/:shop/appeals/:id/ask': {
    access: managing,
    summary: 'Ask the customer for more',
    params: shopAnd,
    body: appeals.appealAsk,
    response: done,
  },
  'POST /api/shops/:shop/appeals/:id/preview': {
    access: everyone,
    summary: 'What would be left with these corrections',
    params: shopAnd,
    body: appeals.appealPreviewAsk,
    response: appeals.appealPreview,
  },
  'POST /api/shops/:shop/appeals/:id/decide': {
    access: managing,
    summary: 'Decide',
    params: shopAnd,
    body: appeals.appealDecide,
    response: done,
  },
} as const satisfies Record<string, Route>;
