import { z } from 'zod';
import { uuid } from './common.ts';
import * as customers from './customers.ts';
import * as imports from './imports.ts';
import { law } from './law.ts';
import * as policy from './policy.ts';
import * as review from './review.ts';
import { acting, done, everyone, list, managing, owning, type Route, shop, shopAnd, shopAndVersion } from './route.ts';
import { appealRoutes } from './routes-appeals.ts';
import { connectionRoutes, webhookRoutes } from './routes-connections.ts';
import { linkRoutes } from './routes-links.ts';
import { listRoutes } from './routes-lists.ts';
import { noticeRoutes } from './routes-notices.ts';
import { session } from './session.ts';
import * as settings from './settings.ts';

/**
 * The console's API, one line a route. Fastify registers these and TypeScript infers the browser's client from the same table,
 * so neither can drift. Streams (CSV export, file upload, example files) are named in `http/console/files.ts`. No address holds
 * anything about a person but an id of ours: a POST that ends in /search only reads, and is one because of what it is asked.
 */
export const routes = {
  ...noticeRoutes,
  ...appealRoutes,
  ...connectionRoutes,
  ...webhookRoutes,
  ...linkRoutes,
  ...listRoutes,
  'GET /api/setup': { access: 'public', summary: 'Is this the first visit?', response: session.setupState },
  'POST /api/setup': {
    access: 'public',
    summary: 'Make the owner and the first shop',
    body: session.setup,
    response: session.current,
  },
  'GET /api/session': { access: 'signed-in', summary: 'Who am I?', response: session.current },
  'POST /api/session': { access: 'public', summary: 'Sign in', body: session.signIn, response: session.current },
  'DELETE /api/session': { access: 'signed-in', summary: 'Sign out', response: done },
  'POST /api/session/password': {
    access: 'signed-in',
    summary: 'Change my password',
    body: session.changePassword,
    response: session.current,
  },
  'POST /api/shops': { access: 'signed-in', summary: 'Add a shop', body: session.newShop, response: session.created },

  'GET /api/shops/:shop/home': { access: everyone, summary: 'What needs me', params: shop, response: review.home },
  'POST /api/shops/:shop/sample': {
    access: managing,
    summary: 'Load the sample shop',
    params: shop,
    response: z.object({ import: uuid }),
  },

  'POST /api/shops/:shop/customers/search': {
    access: everyone,
    summary: 'Customers',
    params: shop,
    body: customers.customersSearch,
    response: customers.customersPage,
  },
  'GET /api/shops/:shop/customers/:id': {
    access: everyone,
    summary: 'A customer',
    params: shopAnd,
    response: customers.customerDetail,
  },
  'GET /api/shops/:shop/customers/:id/timeline': {
    access: everyone,
    summary: 'What happened',
    params: shopAnd,
    query: customers.timelineQuery,
    response: customers.timelinePage,
  },
  'POST /api/shops/:shop/customers/:id/notes': {
    access: acting,
    summary: 'Add a note',
    params: shopAnd,
    body: customers.newNote,
    response: done,
  },
  'POST /api/shops/:shop/customers/:id/corrections': {
    access: acting,
    summary: 'Correct how an event counts; only a manager or owner may let it count again',
    params: shopAnd,
    body: customers.correction,
    response: done,
  },
  'POST /api/shops/:shop/customers/:id/measures': {
    access: managing,
    summary: 'Take a measure',
    params: shopAnd,
    body: customers.newMeasure,
    response: z.object({ measure: uuid }),
  },

  'GET /api/shops/:shop/review': {
    access: everyone,
    summary: 'Proposals',
    params: shop,
    query: review.reviewQuery,
    response: review.reviewPage,
  },
  'GET /api/shops/:shop/review/:id': {
    access: everyone,
    summary: 'A proposal with its trace',
    params: shopAnd,
    response: review.proposalDetail,
  },
  'POST /api/shops/:shop/review/:id/approve': {
    access: managing,
    summary: 'Approve',
    params: shopAnd,
    body: review.approve,
    response: review.answered,
  },
  'POST /api/shops/:shop/review/:id/soften': {
    access: managing,
    summary: 'Choose something milder',
    params: shopAnd,
    body: review.soften,
    response: review.answered,
  },
  'POST /api/shops/:shop/review/:id/decline': {
    access: managing,
    summary: 'Decline',
    params: shopAnd,
    body: review.decline,
    response: review.answered,
  },
  'POST /api/shops/:shop/review/:id/ask': {
    access: acting,
    summary: 'Ask a colleague',
    params: shopAnd,
    body: review.ask,
    response: review.answered,
  },
  'POST /api/shops/:shop/review/:id/undo': {
    access: managing,
    summary: 'Take the answer back',
    params: shopAnd,
    response: review.answered,
  },

  'GET /api/shops/:shop/measures': {
    access: everyone,
    summary: 'Measures',
    params: shop,
    query: customers.measuresQuery,
    response: customers.measuresPage,
  },
  'POST /api/shops/:shop/measures/:id/lift': {
    access: managing,
    summary: 'Lift a measure early',
    params: shopAnd,
    body: customers.liftMeasure,
    response: done,
  },

  'GET /api/shops/:shop/policy': {
    access: everyone,
    summary: 'The policy in force',
    params: shop,
    response: policy.policyView,
  },
  'GET /api/shops/:shop/policy/versions': {
    access: everyone,
    summary: 'Its versions',
    params: shop,
    response: list(policy.policyVersionRow),
  },
  'GET /api/shops/:shop/policy/versions/:version': {
    access: everyone,
    summary: 'One version',
    params: shopAndVersion,
    response: policy.policyView,
  },
  'GET /api/shops/:shop/policy/diff': {
    access: everyone,
    summary: 'What changed between two versions',
    params: shop,
    query: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
    response: policy.policyDiff,
  },
  'POST /api/shops/:shop/policy/check': {
    access: everyone,
    summary: 'Check a policy',
    params: shop,
    body: policy.policySource,
    response: policy.policyCheck,
  },
  'POST /api/shops/:shop/policy/impact': {
    access: managing,
    summary: 'Who would change',
    params: shop,
    body: policy.policySource,
    response: policy.policyImpact,
  },
  'PUT /api/shops/:shop/policy/draft': {
    access: managing,
    summary: 'Keep a draft',
    params: shop,
    body: policy.policySource,
    response: done,
  },
  'DELETE /api/shops/:shop/policy/draft': {
    access: managing,
    summary: 'Throw the draft away',
    params: shop,
    response: done,
  },
  'POST /api/shops/:shop/policy/publish': {
    access: managing,
    summary: 'Publish a version',
    params: shop,
    body: policy.policyPublish,
    response: z.object({ version: z.int() }),
  },

  'GET /api/shops/:shop/imports': { access: everyone, summary: 'Imports', params: shop, response: imports.importRuns },
  'GET /api/shops/:shop/imports/:id': {
    access: everyone,
    summary: 'An import',
    params: shopAnd,
    response: imports.importRun,
  },
  'GET /api/formats': { access: 'signed-in', summary: 'The file formats', response: imports.formatDocs },

  'GET /api/shops/:shop/settings': {
    access: everyone,
    summary: 'The shop',
    params: shop,
    response: settings.shopSettings,
  },
  'PATCH /api/shops/:shop/settings': {
    access: owning,
    summary: 'Change the shop',
    params: shop,
    body: settings.changeShop,
    response: settings.shopSettings,
  },
  'GET /api/jurisdictions': { access: 'public', summary: 'Places whose law is known', response: law.known },
  'GET /api/shops/:shop/law': {
    access: everyone,
    summary: 'What binds the shop by law',
    params: shop,
    response: law.ofShop,
  },
  'GET /api/shops/:shop/staff': {
    access: everyone,
    summary: 'Staff',
    params: shop,
    response: list(settings.staffMember),
  },
  'POST /api/shops/:shop/staff': {
    access: owning,
    summary: 'Add a colleague',
    params: shop,
    body: settings.newStaff,
    response: settings.staffMember,
  },
  'PATCH /api/shops/:shop/staff/:id': {
    access: owning,
    summary: 'Change a role',
    params: shopAnd,
    body: settings.changeStaff,
    response: settings.staffMember,
  },
  'GET /api/shops/:shop/keys': {
    access: owning,
    summary: 'API keys',
    params: shop,
    response: list(settings.apiKeyRow),
  },
  'POST /api/shops/:shop/keys': {
    access: owning,
    summary: 'Make an API key',
    params: shop,
    body: settings.newApiKey,
    response: settings.createdApiKey,
  },
  'DELETE /api/shops/:shop/keys/:id': { access: owning, summary: 'Revoke an API key', params: shopAnd, response: done },
} as const satisfies Record<string, Route>;

export type { Access } from './route.ts';
export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type ResponseOf<R extends RouteName> = z.output<Routes[R]['response']>;
export type BodyOf<R extends RouteName> = Routes[R] extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined;
export type QueryOf<R extends RouteName> = Routes[R] extends { query: infer Q extends z.ZodType }
  ? z.input<Q>
  : undefined;
export type ParamsOf<R extends RouteName> = Routes[R] extends { params: infer P extends z.ZodType }
  ? z.input<P>
  : undefined;
