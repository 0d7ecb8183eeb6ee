import { z } from 'zod';
import { uuid } from './common.ts';
import * as notices from './notices.ts';
import { acting, done, everyone, list, managing, owning, type Route, shop, shopAnd } from './route.ts';

/** What customers are told, and how it reaches them. */
export const noticeRoutes = {
  'POST /api/shops/:shop/review/:id/notice': {
    access: everyone,
    summary: 'What the customer would read about a proposal',
    params: shopAnd,
    body: notices.noticePreviewAsk,
    response: notices.noticePreview,
  },
  'POST /api/shops/:shop/customers/:id/notice': {
    access: managing,
    summary: 'What the customer would read about a measure staff take by themselves',
    params: shopAnd,
    body: notices.noticePreviewAsk,
    response: notices.noticePreview,
  },
  'GET /api/shops/:shop/customers/:id/notices': {
    access: everyone,
    summary: 'What a customer was told',
    params: shopAnd,
    response: list(notices.issuedNoticeRow),
  },
  'GET /api/shops/:shop/notices/:id': {
    access: everyone,
    summary: 'A notice, word for word',
    params: shopAnd,
    response: notices.issuedNotice,
  },
  'GET /api/shops/:shop/outbox': {
    access: everyone,
    summary: 'Messages on their way',
    params: shop,
    query: notices.outboxQuery,
    response: notices.outboxPage,
  },
  'POST /api/shops/:shop/outbox/:id/retry': { access: acting, summary: 'Try again', params: shopAnd, response: done },
  'POST /api/shops/:shop/outbox/:id/printed': {
    access: acting,
    summary: 'Say that it was printed and sent by post',
    params: shopAnd,
    response: done,
  },
  'POST /api/shops/:shop/outbox/:id/bounced': {
    access: acting,
    summary: 'Say that it came back',
    params: shopAnd,
    response: done,
  },
  'GET /api/shops/:shop/mail': {
    access: owning,
    summary: 'The mail server',
    params: shop,
    response: notices.mailSettings,
  },
  'PUT /api/shops/:shop/mail': {
    access: owning,
    summary: 'Set the mail server',
    params: shop,
    body: notices.changeMail,
    response: notices.mailSettings,
  },
  'DELETE /api/shops/:shop/mail': { access: owning, summary: 'Forget the mail server', params: shop, response: done },
  'POST /api/shops/:shop/mail/test': {
    access: owning,
    summary: 'Send myself a test message',
    params: shop,
    response: notices.mailTested,
  },
  'GET /api/shops/:shop/branding': {
    access: everyone,
    summary: 'How the shop looks to customers',
    params: shop,
    response: notices.branding,
  },
  'PUT /api/shops/:shop/branding': {
    access: owning,
    summary: 'Change how the shop looks',
    params: shop,
    body: notices.changeBranding,
    response: notices.branding,
  },
  'DELETE /api/shops/:shop/branding/logo': { access: owning, summary: 'Remove the logo', params: shop, response: done },
  'POST /api/shops/:shop/customers/:id/portal-link': {
    access: acting,
    summary: 'Send the customer a new link to the portal',
    params: shopAnd,
    response: z.object({ message: uuid }),
  },
} as const satisfies Record<string, Route>;
