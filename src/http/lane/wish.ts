import { isIP } from 'node:net';
import { type DecisionRequest, decisionRequest } from '../../contracts/v1.ts';
import { readAddress } from '../../core/network/address.ts';
import { isCurrency } from '../../core/shared/money.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Every field of `T` written down, also those that are not there: one shape for all requests. */
type Whole<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> | undefined };
export type Wish = Whole<Omit<DecisionRequest, 'customer' | 'order' | 'surface'>> & {
  readonly surface: DecisionRequest['surface'];
  readonly customer: Whole<Omit<DecisionRequest['customer'], 'address'>> & {
    readonly address: DecisionRequest['customer']['address'];
  };
  readonly order: Whole<NonNullable<DecisionRequest['order']>> | undefined;
};

const SURFACES: ReadonlySet<unknown> = new Set(decisionRequest.shape.surface.options);
const RETURN_KINDS: ReadonlySet<unknown> = new Set(decisionRequest.shape.returnKind.unwrap().options);
const BODY = new Set(Object.keys(decisionRequest.shape));
const CUSTOMER = new Set(Object.keys(decisionRequest.shape.customer.shape));
const ADDRESS = new Set(Object.keys(decisionRequest.shape.customer.shape.address.unwrap().shape));
const ORDER = new Set(Object.keys(decisionRequest.shape.order.unwrap().shape));

const SURROGATE = /[\ud800-\udfff]/;

/** Thrown and caught here: the request is not plainly right. */
const DOUBT = new Error('A request in doubt');

/**
 * A request to decide, checked by hand because the schema takes as long as all the rest. Null where it is not plainly what the
 * contract (`decisionRequest`) asks for, which then says what is wrong with it, if anything is.
 */
export function readWish(body: unknown): Wish | null {
  try {
    return wishOf(body);
  } catch (error) {
    if (error === DOUBT) return null;
    throw error;
  }
}

function wishOf(body: unknown): Wish {
  const { surface, customer, order, returnKind, ip, language } = fieldsOf(body, BODY);
  if (!SURFACES.has(surface)) throw DOUBT;
  if (returnKind !== undefined && !RETURN_KINDS.has(returnKind)) throw DOUBT;
  return {
    surface: surface as Wish['surface'],
    customer: customerOf(customer),
    order: order === undefined ? undefined : orderOf(order),
    returnKind: returnKind as Wish['returnKind'],
    ip: addressOfNetwork(ip),
    language: text(language, 2, 20),
  };
}

function customerOf(value: unknown): Wish['customer'] {
  const { externalId, email, phone, name, address, device, card } = fieldsOf(value, CUSTOMER);
  return {
    externalId: trimmed(externalId, 1, 120),
    email: trimmed(email, 3, 254),
    phone: trimmed(phone, 3, 40),
    name: trimmed(name, 1, 200),
    address: address === undefined ? undefined : addressOf(address),
    device: trimmed(device, 4, 120),
    card: trimmed(card, 4, 120),
  };
}

function addressOf(value: unknown): NonNullable<Wish['customer']['address']> {
  const { street, postcode, city, country } = fieldsOf(value, ADDRESS);
  const where = trimmed(street, 1, 200);
  if (where === undefined) throw DOUBT;
  return {
    street: where,
    postcode: trimmed(postcode, 1, 20),
    city: trimmed(city, 1, 120),
    country: countryOf(country),
  };
}

function orderOf(value: unknown): NonNullable<Wish['order']> {
  const { reference, total, currency, items, first, billingCountry, deliveryCountry } = fieldsOf(value, ORDER);
  if (currency !== undefined && !(typeof currency === 'string' && isCurrency(currency))) throw DOUBT;
  if (first !== undefined && typeof first !== 'boolean') throw DOUBT;
  return {
    reference: text(reference, 0, 120),
    total: count(total, Number.MAX_SAFE_INTEGER),
    currency,
    items: count(items, 100_000),
    first,
    billingCountry: countryOf(billingCountry),
    deliveryCountry: countryOf(deliveryCountry),
  };
}

/** The value as an object that has no other fields than these. */
function fieldsOf(value: unknown, known: ReadonlySet<string>): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw DOUBT;
  // What JSON gives has no fields but its own, so that no list of them need be made.
  for (const name in value) if (!known.has(name)) throw DOUBT;
  return value as Fields;
}

/** The contract counts characters; those of two units are few enough only where even units are. */
function text(value: unknown, least: number, most: number): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value.length < least || value.length > most) throw DOUBT;
  if (value.length < 2 * least && SURROGATE.test(value)) throw DOUBT;
  return value;
}

function trimmed(value: unknown, least: number, most: number): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw DOUBT;
  return text(value.trim(), least, most);
}

function count(value: unknown, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most) throw DOUBT;
  return value;
}

function countryOf(value: unknown): string | undefined {
  const code = text(value, 2, 2);
  if (code === undefined) return undefined;
  if (!isCapital(code.charCodeAt(0)) || !isCapital(code.charCodeAt(1))) throw DOUBT;
  return code;
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** An address that Node and the contract both take; one with a zone or in another notation is for the contract to judge. */
function addressOfNetwork(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw DOUBT;
  // An IPv4 address within an IPv6 one is written in ways that only the contract's own pattern tells apart.
  const known = value.includes(':') && value.includes('.') ? isIP(value) !== 0 : readAddress(value, WORDS) !== 0;
  if (!known || value.includes('%')) throw DOUBT;
  return value;
}

const WORDS = new Int32Array(4);
