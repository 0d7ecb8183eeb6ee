/** Shopify's global ids: "gid://shopify/Order/450789469". Events and references carry the number alone, as people and webhooks do. */
export const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

/** The number of a global id ("gid://shopify/Order/450789469?x=1" → "450789469"); what is none stays as it is. */
export const numberOf = (global: string): string => /^gid:\/\/shopify\/\w+\/([^/?]+)/.exec(global)?.[1] ?? global;

/** The type of a global id; null: it is none. */
export const typeOf = (global: string): string | null => /^gid:\/\/shopify\/(\w+)\//.exec(global)?.[1] ?? null;

/** What belongs to orders and is told by webhooks that do not say whose it is. */
export const thingKinds = ['refund', 'return', 'transaction', 'fulfillment', 'dispute'] as const;
export type ThingKind = (typeof thingKinds)[number];

/** A thing of an order at one point of its life. Fetched once: what it says then is recorded, and the same again says nothing new. */
export interface Thing {
  readonly order: string;
  readonly kind: ThingKind;
  readonly id: string;
  readonly state: string;
}

export const thingName = ({ order, kind, id, state }: Thing): string => `${order}/${kind}/${id}/${state.toLowerCase()}`;

/** Reads what `thingName` made; null: it names an order. */
export function readThing(name: string): Thing | null {
  const [order = '', kind, id = '', state = ''] = name.split('/');
  const known = thingKinds.find((each) => each === kind);
  return known === undefined ? null : { order, kind: known, id, state };
}
