import type { MedusaContainer } from '@medusajs/framework/types';
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils';
import type { Message, Snapshot } from './logic/deliver.ts';
import { HOLD } from './logic/hold.ts';
import { EVENHAND } from './modules/evenhand/index.ts';
import type { EvenhandService } from './modules/evenhand/service.ts';

/** What of an order Evenhand reads. */
const ORDER_FIELDS = [
  'id',
  'display_id',
  'custom_display_id',
  'status',
  'version',
  'summary.*',
  'total',
  'locale',
  'email',
  'currency_code',
  'customer_id',
  'is_draft_order',
  'canceled_at',
  'created_at',
  'updated_at',
  'metadata',
  'customer.*',
  'items.*',
  'shipping_address.*',
  'billing_address.*',
  'payment_collections.*',
  'payment_collections.payments.*',
  'payment_collections.payments.captures.*',
  'payment_collections.payments.refunds.*',
  'payment_collections.payments.refunds.refund_reason.*',
  'fulfillments.*',
  'fulfillments.items.*',
];
const RETURN_FIELDS = ['*', 'items.*', 'items.reason.*', 'items.item.id'];
const CHANGE_FIELDS = ['*', 'actions.*'];

/** Reads things as they are now, in the shapes of the Admin API. */
export function snapshotsOf(container: MedusaContainer): Snapshot {
  return async (message) =>
    message.kind === 'customer' ? customerIn(container, message.reference) : orderIn(container, message);
}

async function customerIn(container: MedusaContainer, id: string): Promise<Record<string, unknown> | null> {
  const [customer] = await container.resolve(Modules.CUSTOMER).listCustomers({ id }, { withDeleted: true });
  return customer === undefined ? null : { customer };
}

async function orderIn(container: MedusaContainer, message: Message): Promise<Record<string, unknown> | null> {
  const id = await orderOf(container, message);
  if (id === null) return null;
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const [orders, returns, changes, carts] = await Promise.all([
    query.graph({ entity: 'order', fields: ORDER_FIELDS, filters: { id } }),
    query.graph({ entity: 'return', fields: RETURN_FIELDS, filters: { order_id: id } }),
    query.graph({ entity: 'order_change', fields: CHANGE_FIELDS, filters: { order_id: id } }),
    query.graph({ entity: 'order_cart', fields: ['cart_id'], filters: { order_id: id } }),
  ]);
  const order = orders.data[0];
  if (order === undefined) return null;
  const cart = (carts.data[0] as { readonly cart_id?: string } | undefined)?.cart_id;
  const service = container.resolve<EvenhandService>(EVENHAND);
  const open = message.topic === 'order.placed' && cart !== undefined ? await service.openAt(cart) : null;
  return {
    order,
    returns: returns.data,
    changes: changes.data,
    return: message.return,
    asked: cart !== undefined && open === null,
  };
}

/** The order a message tells of: itself, or the one its parcel or payment belongs to. */
async function orderOf(container: MedusaContainer, { kind, reference }: Message): Promise<string | null> {
  if (kind === 'order') return reference;
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  if (kind === 'fulfillment') {
    const { data } = await query.graph({
      entity: 'order_fulfillment',
      fields: ['order_id'],
      filters: { fulfillment_id: reference },
    });
    return (data[0] as { readonly order_id?: string } | undefined)?.order_id ?? null;
  }
  const { data } = await query.graph({
    entity: 'payment',
    fields: ['payment_collection.order.id'],
    filters: { id: reference },
  });
  const payment = data[0] as
    | { readonly payment_collection?: { readonly order?: { readonly id?: string } } }
    | undefined;
  return payment?.payment_collection?.order?.id ?? null;
}

/** Keeps an order that went through in silence from being fulfilled, where the shop wants it so. */
export async function holdWhereSilent(container: MedusaContainer, order: string): Promise<void> {
  const service = container.resolve<EvenhandService>(EVENHAND);
  if (service.configuration.whenSilent !== 'review') return;
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const carts = await query.graph({ entity: 'order_cart', fields: ['cart_id'], filters: { order_id: order } });
  const cart = (carts.data[0] as { readonly cart_id?: string } | undefined)?.cart_id;
  const open = cart === undefined ? null : await service.openAt(cart);
  if (open?.silent !== true) return;
  const orders = container.resolve(Modules.ORDER);
  const { metadata } = await orders.retrieveOrder(order);
  await orders.updateOrders(order, { metadata: { ...metadata, [HOLD]: true } });
}
