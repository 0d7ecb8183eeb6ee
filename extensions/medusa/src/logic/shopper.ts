import { countryOf, fitting, type Known, known, mailOf, streetOf } from './fit.ts';
import { amountOf } from './money.ts';

/** An address of a cart. */
export interface AddressSeen {
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly address_1?: string | null | undefined;
  readonly address_2?: string | null | undefined;
  readonly postal_code?: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly country_code?: string | null | undefined;
}

/** What of a cart says who is buying. Everything may be missing: carts begin empty. */
export interface CartSeen {
  readonly id?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly currency_code?: string | null | undefined;
  readonly total?: unknown;
  readonly items?: readonly ({ readonly quantity?: unknown } | null)[] | null | undefined;
  readonly customer?:
    | {
        readonly id?: string | null;
        readonly has_account?: boolean | null;
        readonly email?: string | null;
        readonly first_name?: string | null;
        readonly last_name?: string | null;
        readonly phone?: string | null;
      }
    | null
    | undefined;
  readonly shipping_address?: AddressSeen | null | undefined;
  readonly billing_address?: AddressSeen | null | undefined;
}

/** What POST /v1/decisions is asked. */
export interface Question {
  readonly surface: 'purchase';
  readonly customer: Known<{
    externalId: string | undefined;
    email: string | undefined;
    phone: string | undefined;
    name: string | undefined;
    address: Home | undefined;
  }>;
  readonly order?: OrderAsked;
  readonly language?: string;
}

type Home = { readonly street: string } & Known<{
  postcode: string | undefined;
  city: string | undefined;
  country: string | undefined;
}>;

export type OrderAsked = Known<{
  reference: string | undefined;
  total: number | undefined;
  currency: string | undefined;
  items: number | undefined;
  first: boolean | undefined;
  billingCountry: string | undefined;
  deliveryCountry: string | undefined;
}>;

/**
 * The question a cart puts; null while nobody knows whose it is. A guest has a customer number in Medusa as well, but it is made from the
 * address alone: guests are asked for by address. `first`: whether nothing was ordered before, where that is known.
 */
export function questionOf(cart: CartSeen, first?: boolean): Question | null {
  const { customer } = cart;
  const bill = cart.billing_address ?? {};
  const delivery = cart.shipping_address ?? {};
  const name = nameOf(customer ?? {}) ?? nameOf(bill);
  // A parcel may go to somebody else: their home and their phone say nothing of who is buying.
  const on = nameOf(delivery);
  const isOwn = name !== undefined && on !== undefined && plain(on) === plain(name);
  const isOthers = name !== undefined && on !== undefined && !isOwn;
  const phones = isOthers
    ? [bill.phone, customer?.phone, delivery.phone]
    : [delivery.phone, bill.phone, customer?.phone];
  const who = known({
    externalId: customer?.has_account === true ? fitting(customer.id, 1, 120) : undefined,
    email: mailOf(cart.email ?? customer?.email),
    phone: phones.map((phone) => fitting(phone, 3, 40)).find((phone) => phone !== undefined),
    name,
    address: homeAt(bill) ?? (isOwn ? homeAt(delivery) : undefined),
  });
  if (who === undefined || (who.externalId === undefined && who.email === undefined)) return null;
  const order = orderOf(cart, first);
  const language = fitting(cart.locale, 2, 20);
  return {
    surface: 'purchase',
    customer: who,
    ...(order === undefined ? {} : { order }),
    ...(language === undefined ? {} : { language }),
  };
}

function orderOf(cart: CartSeen, first: boolean | undefined): OrderAsked | undefined {
  const items = (cart.items ?? []).reduce((sum, item) => sum + (Number(item?.quantity) || 0), 0);
  const amount = amountOf(cart.total, cart.currency_code);
  return known({
    reference: fitting(cart.id, 1, 120),
    total: amount?.total,
    currency: amount?.currency,
    items: Number.isInteger(items) && items > 0 && items <= 100_000 ? items : undefined,
    first,
    billingCountry: countryOf(cart.billing_address?.country_code),
    deliveryCountry: countryOf(cart.shipping_address?.country_code),
  });
}

function homeAt({ address_1, address_2, postal_code, city, country_code }: AddressSeen): Home | undefined {
  const street = streetOf(address_1, address_2);
  if (street === undefined) return undefined;
  const rest = known({
    postcode: fitting(postal_code, 1, 20),
    city: fitting(city, 1, 120),
    country: countryOf(country_code),
  });
  return { street, ...rest };
}

function nameOf({ first_name, last_name }: Pick<AddressSeen, 'first_name' | 'last_name'>): string | undefined {
  return fitting(`${first_name ?? ''} ${last_name ?? ''}`, 1, 200);
}

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
