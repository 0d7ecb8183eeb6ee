import type { CustomerRow } from '../../../src/contracts/customers.ts';
import type { ResponseOf } from '../../../src/contracts/routes.ts';
import type { Visitor } from '../../support/api.ts';

/** A page that is walked in every language, and how to get there. */
export interface Place {
  readonly name: string;
  /** Who sees it: somebody of the shop who is signed in, or anybody. */
  readonly by: 'staff' | 'anybody';
  /** Its address; null: the shop of the walk has nothing to show there. */
  readonly at: (owner: Visitor) => string | null | Promise<string | null>;
  /** Its buttons open dialogs or menus, which are looked at too. */
  readonly opens?: boolean;
}

const S = '/shops/tulip';
const place = (name: string, path: string, by: Place['by'] = 'staff'): Place => ({ name, by, at: () => path });
const opening = (name: string, path: string): Place => ({ ...place(name, path), opens: true });

async function first<T>(owner: Visitor, url: string, pick: (item: T) => string): Promise<string | null> {
  const response = await owner.get(`/api${S}${url}`);
  const [item] = response.json<{ items: T[] }>().items;
  return item === undefined ? null : pick(item);
}

async function someCustomer(owner: Visitor, standing: string): Promise<string | null> {
  const found = await owner.post(`/api${S}/customers/search`, { standing: [standing], limit: 1 });
  const [item] = found.json<{ items: CustomerRow[] }>().items;
  return item === undefined ? null : `${S}/customers/${item.id}`;
}

type Connections = ResponseOf<'GET /api/shops/:shop/connections'>;

async function live(owner: Visitor): Promise<Connections['items'][number] | undefined> {
  const list = await owner.get(`/api${S}/connections`);
  return list.json<Connections>().items.find((each) => each.state !== 'disconnected');
}

/** The address, once no shop system is connected. */
async function disconnected(owner: Visitor, path: string): Promise<string> {
  const found = await live(owner);
  if (found !== undefined) await owner.post(`/api${S}/connections/${found.id}/disconnect`);
  return path;
}

/** The address, once a system of one's own is connected: the only one that needs nobody at the other end. */
async function connected(owner: Visitor, path: string): Promise<string> {
  if ((await live(owner)) === undefined)
    await owner.post(`/api${S}/connections`, { platform: 'generic', address: 'shop.example.com', credentials: {} });
  return path;
}

/** Every page there is. A page that is not in this list is not seen in other languages. */
export const PLACES: readonly Place[] = [
  place('sign in', '/sign-in', 'anybody'),
  place('home', S),
  opening('review', `${S}/review`),
  {
    name: 'a case that was answered',
    by: 'staff',
    at: (owner) =>
      first<{ id: string }>(owner, '/review?status=approved&limit=1', ({ id }) => `${S}/review/${id}?status=approved`),
  },
  opening('appeals', `${S}/appeals`),
  opening('outbox', `${S}/outbox`),
  place('customers', `${S}/customers`),
  { name: 'a customer who is warned', by: 'staff', at: (owner) => someCustomer(owner, 'warned') },
  { name: 'a customer who is restricted', by: 'staff', opens: true, at: (owner) => someCustomer(owner, 'restricted') },
  { name: 'a customer in good standing', by: 'staff', at: (owner) => someCustomer(owner, 'good') },
  opening('same person', `${S}/links`),
  opening('measures', `${S}/measures`),
  opening('lists', `${S}/lists`),
  place('policy', `${S}/policy`),
  place('versions of the policy', `${S}/policy?tab=versions`),
  opening('the policy, being written', `${S}/policy?tab=edit`),
  place('imports', `${S}/imports`),
  { name: 'shop systems', by: 'staff', at: (owner) => disconnected(owner, `${S}/shop-system`) },
  ...['shopify', 'woocommerce', 'vendure', 'medusa', 'generic'].map(
    (name): Place => ({
      name: `connecting ${name}`,
      by: 'staff',
      at: (owner) => disconnected(owner, `${S}/shop-system?platform=${name}`),
    }),
  ),
  ...['overview', 'received', 'acts', 'abilities', 'settings'].map(
    (tab): Place => ({
      name: `a shop system, ${tab}`,
      by: 'staff',
      opens: tab === 'settings',
      at: (owner) => connected(owner, `${S}/shop-system?tab=${tab}`),
    }),
  ),
  place('settings of the shop', `${S}/settings`),
  place('e-mail', `${S}/settings?tab=mail`),
  place('portal and look', `${S}/settings?tab=look`),
  place('how appeals are heard', `${S}/settings?tab=appeals`),
  opening('colleagues', `${S}/settings?tab=staff`),
  opening('keys', `${S}/settings?tab=keys`),
  opening('webhooks', `${S}/settings?tab=webhooks`),
  {
    name: 'a webhook',
    by: 'staff',
    opens: true,
    at: (owner) => first<{ id: string }>(owner, '/webhooks', ({ id }) => `${S}/settings/webhooks/${id}`),
  },
  place('my password', `${S}/settings?tab=me`),
  place('add a shop', '/add-shop'),
  place('nothing there', `${S}/nothing`),
  place('the policy for customers', '/policy/tulip', 'anybody'),
  // The pages behind the portal's door are walked in portal.test.ts, as a customer comes by them.
  place('the door of the portal', '/c/tulip', 'anybody'),
  place('the policy in the portal', '/c/tulip/policy', 'anybody'),
];
