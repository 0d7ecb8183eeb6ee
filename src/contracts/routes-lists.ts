import * as lists from './lists.ts';
import { done, everyone, managing, type Route, shop, shopAnd } from './route.ts';

/** The shop's lists. Everybody may read them; owners and managers write. */
export const listRoutes = {
  'POST /api/shops/:shop/lists/search': {
    access: everyone,
    summary: 'Entries of the lists',
    params: shop,
    body: lists.entriesSearch,
    response: lists.entriesPage,
  },
  'POST /api/shops/:shop/lists/entries/preview': {
    access: everyone,
    summary: 'What pasted lines are, and whom they concern',
    params: shop,
    body: lists.pastedLines,
    response: lists.readLines,
  },
  'POST /api/shops/:shop/lists/entries': {
    access: managing,
    summary: 'Put on a list',
    params: shop,
    body: lists.newEntries,
    response: lists.writtenEntries,
  },
  'POST /api/shops/:shop/lists/entries/:id/extend': {
    access: managing,
    summary: 'Keep an entry longer',
    params: shopAnd,
    body: lists.extendEntry,
    response: lists.listEntry,
  },
  'POST /api/shops/:shop/lists/remove': {
    access: managing,
    summary: 'Take off the lists',
    params: shop,
    body: lists.removedEntries,
    response: done,
  },
  'GET /api/shops/:shop/lists/changes': {
    access: everyone,
    summary: 'Who put what on the lists, and who took it off',
    params: shop,
    query: lists.changesQuery,
    response: lists.changesPage,
  },
} as const satisfies Record<string, Route>;
