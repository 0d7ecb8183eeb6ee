import { z } from 'zod';
import { uuid } from './common.ts';
import * as connections from './connections.ts';
import { acting, done, everyone, list, managing, owning, type Route, shop, shopAnd } from './route.ts';
import * as webhooks from './webhooks.ts';

const shopAndTwo = shopAnd.extend({ other: uuid });

/** The shop's system: connected, watched, told. */
export const connectionRoutes = {
  'GET /api/platforms': {
    access: 'signed-in',
    summary: 'Shop systems, and what each can and cannot do',
    response: list(connections.platform),
  },
  'GET /api/shops/:shop/connections': {
    access: everyone,
    summary: 'Connections, the live one first',
    params: shop,
    response: list(connections.connectionRow),
  },
  'POST /api/shops/:shop/connections/check': {
    access: owning,
    summary: 'Try a connection without making it',
    params: shop,
    body: connections.tryConnection,
    response: connections.connectionCheck,
  },
  'POST /api/shops/:shop/connections': {
    access: owning,
    summary: 'Connect a shop system',
    params: shop,
    body: connections.newConnection,
    response: connections.madeConnection,
  },
  'GET /api/shops/:shop/connections/:id': {
    access: everyone,
    summary: 'A connection and how it does',
    params: shopAnd,
    response: connections.connectionDetail,
  },
  'PATCH /api/shops/:shop/connections/:id': {
    access: owning,
    summary: 'Change settings, or connect again',
    params: shopAnd,
    body: connections.changeConnection,
    response: connections.madeConnection,
  },
  'POST /api/shops/:shop/connections/:id/check': {
    access: managing,
    summary: 'Test the connection now',
    params: shopAnd,
    response: connections.connectionCheck,
  },
  'POST /api/shops/:shop/connections/:id/secret': {
    access: owning,
    summary: 'A new webhook secret; the old one stays good for a day',
    params: shopAnd,
    response: connections.rotatedSecret,
  },
  'POST /api/shops/:shop/connections/:id/disconnect': {
    access: owning,
    summary: 'Disconnect: marks are taken away first',
    params: shopAnd,
    response: done,
  },
  'POST /api/shops/:shop/connections/:id/history': {
    access: managing,
    summary: 'Fetch the past',
    params: shopAnd,
    body: connections.beginHistory,
    response: connections.platformRun,
  },
  'POST /api/shops/:shop/connections/:id/reconcile': {
    access: managing,
    summary: 'Compare with the platform now',
    params: shopAnd,
    response: connections.platformRun,
  },
  'POST /api/shops/:shop/connections/:id/runs/:other/stop': {
    access: managing,
    summary: 'Stop a run; it can go on later from where it was',
    params: shopAndTwo,
    response: done,
  },
  'POST /api/shops/:shop/connections/:id/runs/:other/resume': {
    access: managing,
    summary: 'Go on with a stopped or failed run',
    params: shopAndTwo,
    response: done,
  },
  'GET /api/shops/:shop/connections/:id/received': {
    access: everyone,
    summary: 'Webhooks that came in',
    params: shopAnd,
    query: connections.receivedQuery,
    response: connections.receivedPage,
  },
  'POST /api/shops/:shop/connections/:id/received/:other/retry': {
    access: acting,
    summary: 'Read a refused webhook again',
    params: shopAndTwo,
    response: done,
  },
  'GET /api/shops/:shop/acts': {
    access: everyone,
    summary: 'What was done in the shop system',
    params: shop,
    query: connections.actsQuery,
    response: connections.actsPage,
  },
  'POST /api/shops/:shop/acts/:id/retry': { access: acting, summary: 'Try again', params: shopAnd, response: done },
  'POST /api/shops/:shop/acts/:id/cancel': {
    access: acting,
    summary: 'Do not do it after all',
    params: shopAnd,
    response: done,
  },
  'POST /api/shops/:shop/acts/:id/undo': {
    access: managing,
    summary: 'Do what undoes it: release a held order, hold a released one',
    params: shopAnd,
    response: z.object({ act: uuid }),
  },
  'GET /api/shops/:shop/customers/:id/shop': {
    access: everyone,
    summary: 'A customer in the shop system',
    params: shopAnd,
    response: connections.customerInShop,
  },
  'POST /api/shops/:shop/customers/:id/acts': {
    access: managing,
    summary: 'Do something in the shop system',
    params: shopAnd,
    body: connections.askedAct,
    response: z.object({ act: uuid }),
  },
} as const satisfies Record<string, Route>;

/** Webhooks to other systems. */
export const webhookRoutes = {
  'GET /api/shops/:shop/webhooks': {
    access: everyone,
    summary: 'Where other systems are told',
    params: shop,
    response: list(webhooks.hookEndpoint),
  },
  'POST /api/shops/:shop/webhooks': {
    access: owning,
    summary: 'Tell another system',
    params: shop,
    body: webhooks.newHookEndpoint,
    response: webhooks.madeHookEndpoint,
  },
  'PATCH /api/shops/:shop/webhooks/:id': {
    access: owning,
    summary: 'Change it, or switch it on or off',
    params: shopAnd,
    body: webhooks.changeHookEndpoint,
    response: webhooks.hookEndpoint,
  },
  'DELETE /api/shops/:shop/webhooks/:id': {
    access: owning,
    summary: 'Stop telling it',
    params: shopAnd,
    response: done,
  },
  'POST /api/shops/:shop/webhooks/:id/secret': {
    access: owning,
    summary: 'A new secret; for a day both sign',
    params: shopAnd,
    response: webhooks.rotatedHookSecret,
  },
  'POST /api/shops/:shop/webhooks/:id/test': {
    access: owning,
    summary: 'Send a test',
    params: shopAnd,
    response: webhooks.hookSent,
  },
  'GET /api/shops/:shop/webhooks/:id/sent': {
    access: everyone,
    summary: 'What was sent',
    params: shopAnd,
    query: webhooks.hookSentQuery,
    response: webhooks.hookSentPage,
  },
  'GET /api/shops/:shop/webhooks/:id/sent/:other': {
    access: managing,
    summary: 'One message, word for word',
    params: shopAndTwo,
    response: webhooks.hookSentDetail,
  },
  'POST /api/shops/:shop/webhooks/:id/sent/:other/retry': {
    access: acting,
    summary: 'Send it again',
    params: shopAndTwo,
    response: done,
  },
} as const satisfies Record<string, Route>;
