/** What of a cart says who is buying. Everything may be missing: carts begin empty. */
export interface CartSeen {
  readonly email?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly currency_code?: string | null | undefined;
  readonly total?: unknown;
  readonly items?: readonly ({ readonly quantity?: unknown } | null)[] | null | undefined;
  readonly customer?:
    | { readonly id?: string | null; readonly has_account?: boolean | null; readonly email?: string | null }
    | null
    | undefined;
  readonly shipping_address?: { readonly phone?: string | null } | null | undefined;
}

/** What POST /v1/decisions is asked. */
export interface Question {
  readonly surface: 'purchase';
  readonly customer: { externalId?: string; email?: string; phone?: string };
  readonly order?: OrderAsked;
  readonly language?: string;
}

export interface OrderAsked {
  readonly total: number;
  readonly currency: string;
  readonly items?: number;
}

/**
 * The question a cart puts; null while nobody knows whose it is. A guest has a customer number in Medusa as well, but it is made from the
 * address alone: guests are asked for by address.
 */
export function questionOf(cart: CartSeen): Question | null {
  const { customer } = cart;
  const email = cart.email ?? customer?.email ?? undefined;
  const phone = cart.shipping_address?.phone ?? undefined;
  const who = {
    ...(customer?.has_account === true && customer.id ? { externalId: customer.id } : {}),
    ...(email ? { email } : {}),
    ...(phone && phone.length >= 3 && phone.length <= 40 ? { phone } : {}),
  };
  if (who.externalId === undefined && who.email === undefined) return null;
  const order = orderOf(cart);
  return {
    surface: 'purchase',
    customer: who,
    ...(order === null ? {} : { order }),
    ...(cart.locale ? { language: cart.locale } : {}),
  };
}

function orderOf(cart: CartSeen): OrderAsked | null {
  const currency = cart.currency_code?.toUpperCase();
  const total = currency === undefined ? null : minorUnits(cart.total, currency);
  const items = (cart.items ?? []).reduce((sum, item) => sum + (Number(item?.quantity) || 0), 0);
  return total === null || currency === undefined
    ? null
    : { total, currency, ...(Number.isInteger(items) && items > 0 ? { items } : {}) };
}

/** Whole minor units of an amount as Medusa keeps it (in major units); null where it has none. */
function minorUnits(amount: unknown, currency: string): number | null {
  const number = Number(amount);
  if (amount === null || amount === undefined || !Number.isFinite(number) || number < 0) return null;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return Math.round(Number(`${number}e${digits}`));
}
