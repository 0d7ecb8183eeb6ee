import type { ShopPlatform } from '../../../ports/platforms.ts';
import { abilities } from './abilities.ts';
import { act } from './acts.ts';
import { authorise } from './authorise.ts';
import { check } from './check.ts';
import { connect, disconnect } from './connect.ts';
import { listGuests } from './guests.ts';
import { history } from './history.ts';
import { mark } from './marks.ts';
import { order } from './order.ts';
import { readRecord } from './read.ts';
import { readAddress } from './shop-address.ts';
import { verify } from './signature.ts';

/** Shopify, by its Admin API 2026-10 and its webhooks. */
export const shopify: ShopPlatform = {
  name: 'shopify',
  abilities,
  fields: [
    { name: 'clientId', kind: 'text', required: false },
    { name: 'clientSecret', kind: 'secret', required: true },
    { name: 'accessToken', kind: 'secret', required: false },
    { name: 'signIn', kind: 'text', required: false },
    { name: 'oldClientSecret', kind: 'secret', required: false },
  ],
  readAddress,
  check,
  connect,
  disconnect,
  verify,
  read: readRecord,
  history,
  order,
  mark,
  listGuests,
  act,
  authorise,
};
