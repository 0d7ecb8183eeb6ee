import type { CustomerReference } from '../../../core/events/incoming.ts';
import type { ReadingContext } from '../../../ports/platforms.ts';
import { fullName, homeOfBuyer, homeOfHolder, type PlatformAddress } from '../home.ts';
import type { MedusaAddress, MedusaChange, MedusaCustomer, OrderData } from './shapes.ts';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/**
 * Who placed an order; null when it names nobody (a sale at a till). A guest has a customer number in Medusa as well, made from the address
 * alone: guests are known by address. An order that was handed over to an account later stays, as an order placed, the guest's.
 */
export function buyerOf({ order, changes }: OrderData, context: ReadingContext): CustomerReference | null {
  const { customer } = order;
  const guest = handedOverFrom(changes);
  if (guest !== null)
    return reference({ id: null, email: guest, phone: null, name: null, language: null, home: {} }, context);
  const { billing_address: bill, shipping_address: parcel } = order;
  const own = nameOf(customer) ?? nameOf(bill);
  return reference(
    {
      id: customer?.has_account === true ? customer.id : null,
      email: order.email ?? customer?.email,
      phone: parcel?.phone ?? customer?.phone,
      name: own ?? nameOf(parcel),
      language: order.locale,
      home: homeOfBuyer(own, placeOf(bill), placeOf(parcel)),
    },
    context,
  );
}

/** Who an account is of. */
export function holderOf(customer: MedusaCustomer, context: ReadingContext): CustomerReference | null {
  const { id, email, phone, addresses } = customer;
  const name = nameOf(customer);
  const kept = addresses?.find((one) => one.is_default_billing) ?? addresses?.find((one) => one.is_default_shipping);
  return reference({ id, email, phone, name, language: null, home: homeOfHolder(name, placeOf(kept)) }, context);
}

/** The address an order had before it was first handed over to somebody's account. */
function handedOverFrom(changes: readonly MedusaChange[]): string | null {
  const handed = changes
    .filter(({ change_type, status }) => change_type === 'transfer' && status === 'confirmed')
    .toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));
  for (const { actions } of handed)
    for (const { action, details } of actions) {
      const email = details?.original_email;
      if (action === 'TRANSFER_CUSTOMER' && typeof email === 'string' && EMAIL.test(email)) return email;
    }
  return null;
}

interface Told {
  readonly id: string | null;
  readonly email: string | null | undefined;
  readonly phone: string | null | undefined;
  readonly name: string | null;
  readonly language: string | null | undefined;
  readonly home: Pick<CustomerReference, 'address'>;
}

function reference(
  { id, email, phone, name, language, home }: Told,
  context: ReadingContext,
): CustomerReference | null {
  const address = (email ?? '').trim();
  const number = (phone ?? '').trim();
  const hasEmail = EMAIL.test(address) && address.length <= 254;
  const hasPhone = number.length <= 40 && /\d{6}/.test(number.replaceAll(/\D/g, ''));
  if (id === null && !hasEmail && !hasPhone) return null;
  return {
    ...(id === null ? {} : { externalId: context.customerNumber(id) }),
    ...(hasEmail ? { email: address } : {}),
    ...(hasPhone ? { phone: number } : {}),
    ...(name === null ? {} : { name }),
    ...(language && LANGUAGE.test(language) && language.length <= 35 ? { language } : {}),
    ...home,
  };
}

interface Named {
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
}

const nameOf = (named: Named | null | undefined): string | null => fullName(named?.first_name, named?.last_name);

const placeOf = (address: MedusaAddress | null | undefined): PlatformAddress | null =>
  address === null || address === undefined
    ? null
    : {
        first: address.first_name,
        last: address.last_name,
        line1: address.address_1,
        line2: address.address_2,
        postcode: address.postal_code,
        city: address.city,
        country: address.country_code,
      };
