import type { CustomerReference } from '../../../core/events/incoming.ts';
import type { ReadingContext } from '../../../ports/platforms.ts';
import { fullName, homeOfBuyer, homeOfHolder, type PlatformAddress } from '../home.ts';
import type { WooAddress, WooCustomer, WooMeta, WooOrder } from './shapes.ts';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** Who an order is of; null when it names nobody (a sale at a till). */
export function personOfOrder(order: WooOrder, context: ReadingContext): CustomerReference | null {
  return reference(
    {
      id: order.customer_id > 0 ? String(order.customer_id) : null,
      email: order.billing.email,
      phone: order.billing.phone || order.shipping.phone,
      name: nameOf(order.billing) ?? nameOf(order.shipping),
      language: languageOf(order.meta_data),
      home: homeOfBuyer(nameOf(order.billing), placeOf(order.billing), placeOf(order.shipping)),
    },
    context,
  );
}

/** Who an account is of. */
export function personOfAccount(customer: WooCustomer, context: ReadingContext): CustomerReference | null {
  const name = nameOf(customer) ?? nameOf(customer.billing);
  return reference(
    {
      id: String(customer.id),
      email: customer.email,
      phone: customer.billing.phone,
      name,
      language: null,
      home: homeOfHolder(name, placeOf(customer.billing)),
    },
    context,
  );
}

/** The language an order was placed in, where the shop's extension for languages or ours says it ("nl_NL" is written "nl-NL"). */
export function languageOf(meta: readonly WooMeta[]): string | null {
  for (const key of ['_evenhand_language', 'wpml_language']) {
    const value = meta.find((one) => one.key === key)?.value;
    if (typeof value !== 'string') continue;
    const tag = value.replaceAll('_', '-');
    if (LANGUAGE.test(tag) && tag.length <= 35) return tag;
  }
  return null;
}

interface Told {
  readonly id: string | null;
  readonly email: string | null | undefined;
  readonly phone: string | null | undefined;
  readonly name: string | null;
  readonly language: string | null;
  readonly home: Pick<CustomerReference, 'address'>;
}

function reference(
  { id, email, phone, name, language, home }: Told,
  context: ReadingContext,
): CustomerReference | null {
  const address = (email ?? '').trim();
  const number = (phone ?? '').trim();
  const mailed = EMAIL.test(address) && address.length >= 3 && address.length <= 254;
  // People write "n/a" where a form insists.
  const dialled = number.length <= 40 && number.replaceAll(/\D/g, '').length >= 6;
  if (id === null && !mailed && !dialled) return null;
  return {
    ...(id === null ? {} : { externalId: context.customerNumber(id) }),
    ...(mailed ? { email: address } : {}),
    ...(dialled ? { phone: number } : {}),
    ...(name === null ? {} : { name }),
    ...(language === null ? {} : { language }),
    ...home,
  };
}

const nameOf = ({ first_name, last_name }: Pick<WooAddress, 'first_name' | 'last_name'>): string | null =>
  fullName(first_name, last_name);

const placeOf = (address: WooAddress): PlatformAddress => ({
  first: address.first_name,
  last: address.last_name,
  line1: address.address_1,
  line2: address.address_2,
  postcode: address.postcode,
  city: address.city,
  country: address.country,
});
