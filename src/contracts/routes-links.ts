import { z } from 'zod';
import { pageQuery } from './common.ts';
import * as links from './links.ts';
import { acting, done, everyone, list, managing, type Route, shop, shopAnd } from './route.ts';

/** Whether customers are one person. */
export const linkRoutes = {
  'GET /api/shops/:shop/links': {
    access: everyone,
    summary: 'Customers who may be one person',
    params: shop,
    query: z.object(pageQuery),
    response: links.linkQuestions,
  },
  'GET /api/shops/:shop/customers/:id/links': {
    access: everyone,
    summary: 'Accounts that may have to do with a customer',
    params: shopAnd,
    response: links.linkedAccounts,
  },
  'POST /api/shops/:shop/customers/:id/links': {
    access: acting,
    summary: 'Say whether two customers are one person, or take that back',
    params: shopAnd,
    body: links.answerLink,
    response: links.linkAnswered,
  },
  'GET /api/shops/:shop/objections': {
    access: everyone,
    summary: 'Customers who say that they are not the person staff took them for',
    params: shop,
    response: list(links.objection),
  },
  'POST /api/shops/:shop/objections/:id': {
    access: managing,
    summary: 'Answer an objection: tell the two apart, or leave the link',
    params: shopAnd,
    body: links.answerObjection,
    response: done,
  },
} as const satisfies Record<string, Route>;
