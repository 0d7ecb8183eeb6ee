/** Every documented event of Medusa 2 about orders, returns, payments, refunds and customers, and the kind of thing its `id` names. */
export const TOPICS = {
  'order.placed': 'order',
  'order.updated': 'order',
  'order.canceled': 'order',
  'order.completed': 'order',
  'order.archived': 'order',
  'order.fulfillment_created': 'order',
  'order.fulfillment_canceled': 'order',
  'order.return_requested': 'order',
  'order.return_received': 'order',
  'order.claim_created': 'order',
  'order.exchange_created': 'order',
  'order.transfer_requested': 'order',
  'order-edit.requested': 'order',
  'order-edit.confirmed': 'order',
  'order-edit.canceled': 'order',
  'shipment.created': 'fulfillment',
  'delivery.created': 'fulfillment',
  'payment.captured': 'payment',
  'payment.refunded': 'payment',
  'customer.created': 'customer',
  'customer.updated': 'customer',
  'customer.deleted': 'customer',
} as const;

export type Topic = keyof typeof TOPICS;
export type ThingKind = (typeof TOPICS)[Topic];

/** What an event is about, by ids alone: no personal data waits in the shop's database for Evenhand to come back. */
export interface Mention {
  readonly topic: Topic;
  readonly kind: ThingKind;
  readonly reference: string;
  /** The return it tells of, where it tells of one. */
  readonly return: string | null;
}

export const isTopic = (name: string): name is Topic => Object.hasOwn(TOPICS, name);

/** What an event's data names. Empty where it names nothing: such an event says nothing to us. */
export function mentionsIn(name: string, data: unknown): readonly Mention[] {
  if (!isTopic(name)) return [];
  const kind = TOPICS[name];
  return (Array.isArray(data) ? data : [data]).flatMap((each) => {
    const fields = (each ?? {}) as Readonly<Record<string, unknown>>;
    const reference = kind === 'order' ? (fields.order_id ?? fields.id) : fields.id;
    const returned = fields.return_id;
    return typeof reference === 'string' && reference !== ''
      ? [{ topic: name, kind, reference, return: typeof returned === 'string' ? returned : null }]
      : [];
  });
}
