import type { ShopPlatform } from '../../../ports/platforms.ts';
import { abilities } from './abilities.ts';
import { act } from './acts.ts';
import { readAddress } from './address.ts';
import { history, order } from './history.ts';
import { mark } from './marks.ts';
import { read } from './read.ts';
import { check, connect, disconnect } from './setup.ts';
import { verify } from './verify.ts';

/** WooCommerce, by its REST API v3 and its webhooks. Our extension there asks for decisions by itself (extensions/woocommerce). */
export const woocommerce: ShopPlatform = {
  name: 'woocommerce',
  abilities,
  fields: [
    { name: 'consumerKey', kind: 'secret', required: true },
    { name: 'consumerSecret', kind: 'secret', required: true },
  ],
  readAddress,
  check,
  connect,
  disconnect,
  verify: (webhook, secrets, connection, _credentials, now) => verify(webhook, secrets, connection, now),
  read,
  history,
  order,
  mark,
  listGuests: null,
  act,
  authorise: null,
};
