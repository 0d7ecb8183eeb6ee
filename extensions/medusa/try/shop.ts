import { type Answer, at, must, send } from './http.ts';

/** A Medusa shop that sells one coat, ready for customers. */
export interface Shop {
  readonly url: string;
  /** Secret API key of the Admin API. */
  readonly adminKey: string;
  readonly publishableKey: string;
  readonly variant: string;
  readonly region: string;
  readonly shipping: string;
  readonly location: string;
}

/** Fills an empty Medusa by its Admin API, as a merchant would: region, stock location, shipping, a product, keys. */
export async function openShop(url: string, email: string, password: string): Promise<Shop> {
  const token = at(await must('POST', `${url}/auth/user/emailpass`, {}, { email, password }), 'token');
  const asUser = { authorization: `Bearer ${token}` };
  const secret = at(
    await must('POST', `${url}/admin/api-keys`, asUser, { title: 'Evenhand', type: 'secret' }),
    'api_key',
    'token',
  );
  const headers = { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` };
  const admin = (path: string, body: unknown) => must('POST', `${url}/admin/${path}`, headers, body);

  const channel = at(await admin('sales-channels', { name: 'Web' }), 'sales_channel', 'id');
  const region = at(
    await admin('regions', {
      name: 'Netherlands',
      currency_code: 'eur',
      countries: ['nl'],
      payment_providers: ['pp_system_default'],
    }),
    'region',
    'id',
  );
  const location = at(
    await admin('stock-locations', { name: 'Warehouse', address: { address_1: 'Dock 1', country_code: 'nl' } }),
    'stock_location',
    'id',
  );
  await admin(`stock-locations/${location}/sales-channels`, { add: [channel] });
  await admin(`stock-locations/${location}/fulfillment-providers`, { add: ['manual_manual'] });
  const sets = await admin(`stock-locations/${location}/fulfillment-sets?fields=*fulfillment_sets`, {
    name: 'Parcels',
    type: 'shipping',
  });
  const set = at(sets, 'stock_location', 'fulfillment_sets', 0, 'id');
  const zones = await admin(`fulfillment-sets/${set}/service-zones`, {
    name: 'Netherlands',
    geo_zones: [{ type: 'country', country_code: 'nl' }],
  });
  const profile = at(await admin('shipping-profiles', { name: 'Parcels', type: 'default' }), 'shipping_profile', 'id');
  const option = await admin('shipping-options', {
    name: 'Parcel',
    service_zone_id: at(zones, 'fulfillment_set', 'service_zones', 0, 'id'),
    shipping_profile_id: profile,
    provider_id: 'manual_manual',
    price_type: 'flat',
    type: { label: 'Parcel', description: 'By post', code: 'parcel' },
    prices: [{ currency_code: 'eur', amount: 5 }],
    rules: [],
  });
  const product = await admin('products', {
    title: 'Coat',
    status: 'published',
    shipping_profile_id: profile,
    sales_channels: [{ id: channel }],
    options: [{ title: 'Size', values: ['M'] }],
    variants: [
      {
        title: 'M',
        sku: 'COAT-M',
        manage_inventory: false,
        options: { Size: 'M' },
        prices: [{ currency_code: 'eur', amount: 79.95 }],
      },
    ],
  });
  const key = await admin('api-keys', { title: 'Storefront', type: 'publishable' });
  await admin(`api-keys/${at(key, 'api_key', 'id')}/sales-channels`, { add: [channel] });
  return {
    url,
    adminKey: secret,
    publishableKey: at(key, 'api_key', 'token'),
    variant: at(product, 'product', 'variants', 0, 'id'),
    region,
    shipping: at(option, 'shipping_option', 'id'),
    location,
  };
}

/** Somebody with an account in the shop. */
export interface Buyer {
  readonly email: string;
  readonly customer: string;
  readonly headers: Readonly<Record<string, string>>;
}

export async function openAccount(shop: Shop, email: string, password: string): Promise<Buyer> {
  const headers = { 'x-publishable-api-key': shop.publishableKey };
  const registered = await must('POST', `${shop.url}/auth/customer/emailpass/register`, headers, { email, password });
  const asNew = { ...headers, authorization: `Bearer ${at(registered, 'token')}` };
  const made = await must('POST', `${shop.url}/store/customers`, asNew, {
    email,
    first_name: 'Bea',
    last_name: 'Buyer',
  });
  const signedIn = await must('POST', `${shop.url}/auth/customer/emailpass`, headers, { email, password });
  return {
    email,
    customer: at(made, 'customer', 'id'),
    headers: { ...headers, authorization: `Bearer ${at(signedIn, 'token')}` },
  };
}

/** Fills a cart up to the last button, by the Store API. */
export async function fillCart(shop: Shop, buyer: Pick<Buyer, 'email' | 'headers'>): Promise<string> {
  const store = (path: string, body: unknown) => must('POST', `${shop.url}/store/${path}`, buyer.headers, body);
  const address = {
    first_name: 'Bea',
    last_name: 'Buyer',
    address_1: 'Keizersgracht 1',
    postal_code: '1015 CJ',
    city: 'Amsterdam',
    country_code: 'nl',
    phone: '+31612345678',
  };
  const made = await store('carts', { region_id: shop.region, email: buyer.email, shipping_address: address });
  const cart = at(made, 'cart', 'id');
  await store(`carts/${cart}/line-items`, { variant_id: shop.variant, quantity: 1 });
  await store(`carts/${cart}/shipping-methods`, { option_id: shop.shipping });
  const payment = at(await store('payment-collections', { cart_id: cart }), 'payment_collection', 'id');
  await store(`payment-collections/${payment}/payment-sessions`, { provider_id: 'pp_system_default' });
  return cart;
}

/** The last button: POST /store/carts/:id/complete. */
export const completeCart = (shop: Shop, buyer: Pick<Buyer, 'headers'>, cart: string): Promise<Answer> =>
  send('POST', `${shop.url}/store/carts/${cart}/complete`, buyer.headers, {});
