import { err, ok } from '../../../core/shared/result.ts';
import type { ShopPlatform } from '../../../ports/platforms.ts';
import { abilities } from './abilities.ts';
import { read } from './read.ts';
import { verify } from './verify.ts';

/** A shop system of one's own: it sends signed webhooks, asks for decisions, and hears of measures by webhooks out. Evenhand has no way into it. */
export const generic: ShopPlatform = {
  name: 'generic',
  abilities,
  fields: [],
  readAddress,
  check: async () => ({
    fault: null,
    shopName: null,
    currency: null,
    timeZone: null,
    version: null,
    scopes: [],
    notes: ['nothing_to_try'],
  }),
  connect: async () => ok({}),
  disconnect: async () => ok(null),
  verify: (webhook, secrets, _connection, _credentials, now) => verify(webhook, secrets, now),
  read,
  history: null,
  order: null,
  mark: null,
  listGuests: null,
  act: async () => err({ kind: 'cannot' }),
  authorise: null,
};

/** Where the shop is, for people to recognise it: nothing is ever sent there. */
function readAddress(typed: string): string | null {
  const text = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(whole)) return null;
  const { protocol, username, hostname, origin } = new URL(whole);
  const isName = hostname.includes('.') || hostname === 'localhost';
  return isName && username === '' && (protocol === 'https:' || protocol === 'http:') ? origin : null;
}
