import { GUEST_WORDS_KEY, GUESTS_KEY, MARKS_KEY, NAMESPACE } from './metafields.ts';

/** All of our marks on a customer, for staff and for Shopify Flow; the checkout function reads a field of its own. */
export const ALL_MARKS_KEY = 'marks';

const field = (ownerType: 'CUSTOMER' | 'SHOP', key: string, type: string, name: string, description: string) => ({
  ownerType,
  namespace: NAMESPACE,
  key,
  type,
  name,
  description,
  // Staff can look; only this app can write. No storefront can read it.
  access: { admin: 'MERCHANT_READ', storefront: 'NONE' },
});

/** Our metafields. Their namespace belongs to the app: no other can read or change what is in it. */
export const definitions = [
  field('CUSTOMER', ALL_MARKS_KEY, 'json', 'Evenhand: what is in force', 'What Evenhand decided about this customer.'),
  field('CUSTOMER', MARKS_KEY, 'json', 'Evenhand: at the checkout', 'Read by the checkout function of Evenhand.'),
  field('SHOP', GUESTS_KEY, 'single_line_text_field', 'Evenhand: guests', 'Read by the checkout function of Evenhand.'),
  field('SHOP', GUEST_WORDS_KEY, 'json', 'Evenhand: what guests read', 'Read by the checkout function of Evenhand.'),
];

export const MARKS_OWNED = definitions.map(({ ownerType, namespace, key }) => ({ ownerType, namespace, key }));
