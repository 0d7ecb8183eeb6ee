import type { ShopPlatform } from '../../../ports/platforms.ts';
import { abilities } from './abilities.ts';
import { act } from './acts.ts';
import { readAddress } from './address.ts';
import { mark } from './groups.ts';
import { history, orderNow } from './history.ts';
import { read } from './read.ts';
import { check, connect, disconnect } from './setup.ts';
import { verify } from './verify.ts';

/** Medusa 2, by its Admin API. Our plug-in there asks for decisions and tells what happens (extensions/medusa). */
export const medusa: ShopPlatform = {
  name: 'medusa',
  abilities,
  fields: [{ name: 'secretKey', kind: 'secret', required: true }],
  readAddress,
  check,
  connect,
  disconnect,
  verify: (webhook, secrets, _connection, _credentials, now) => verify(webhook, secrets, now),
  read,
  history,
  order: orderNow,
  mark,
  listGuests: null,
  act,
  authorise: null,
};
