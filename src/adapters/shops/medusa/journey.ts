import type { IncomingEnvelope } from '../../../core/events/incoming.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import { instantAt } from '../drift.ts';
import type { MedusaAddress, MedusaFulfillment, MedusaOrder, OrderData } from './shapes.ts';
import { addressDetails } from './shapes.ts';

type Stage = 'before_dispatch' | 'after_dispatch' | 'after_delivery';
export type Told = Pick<IncomingEnvelope, 'id' | 'kind' | 'occurredAt' | 'body'>;

/** Where an order was on its way at an instant. */
export function stageAt(order: MedusaOrder, at: Instant): Stage {
  const parcels = liveParcels(order);
  const delivered = parcels.map((parcel) => momentOf(parcel.delivered_at, 'delivered_at'));
  if (delivered.length > 0 && delivered.every((each) => each !== null && each <= at)) return 'after_delivery';
  const left = parcels.some(({ shipped_at, delivered_at }) => {
    const moment = momentOf(shipped_at, 'shipped_at') ?? momentOf(delivered_at, 'delivered_at');
    return moment !== null && moment <= at;
  });
  return left ? 'after_dispatch' : 'before_dispatch';
}

/** Told when every parcel has arrived. */
export function delivery(order: MedusaOrder, name: string): readonly Told[] {
  const moments = liveParcels(order).map(({ delivered_at }) => momentOf(delivered_at, 'delivered_at'));
  const known = moments.filter((moment) => moment !== null);
  if (known.length === 0 || known.length < moments.length) return [];
  const at = known.reduce((a, b) => (a > b ? a : b));
  return [
    {
      id: `order:${order.id}:delivered`,
      kind: 'order.delivered',
      occurredAt: formatInstant(at),
      body: { order: name },
    },
  ];
}

/** Medusa keeps each change of the address with its own time, and both addresses. */
export function addressChanges({ order, changes }: OrderData, name: string): readonly Told[] {
  return changes.flatMap(({ status, confirmed_at, created_at, actions }) =>
    status !== 'confirmed'
      ? []
      : actions.flatMap(({ id, details }) => {
          const moved = addressDetails.safeParse(details);
          if (!moved.success || formOf(moved.data.old) === formOf(moved.data.new)) return [];
          const at = instantAt(confirmed_at ?? created_at, 'data.changes.confirmed_at');
          return [
            {
              id: `order-change:${id}`,
              kind: 'order.address_changed' as const,
              occurredAt: formatInstant(at),
              body: { order: name, stage: stageAt(order, at) },
            },
          ];
        }),
  );
}

/** Where parcels go, without what changes nothing about it: capitals and spaces, and who they are for. */
function formOf(address: MedusaAddress | null | undefined): string {
  const { address_1, address_2, postal_code, city, province, country_code } = address ?? {};
  return [address_1, address_2, postal_code, city, province, country_code]
    .map((part) => (part ?? '').toLowerCase().replaceAll(/[\s.,]+/g, ''))
    .join('|');
}

const liveParcels = (order: MedusaOrder): readonly MedusaFulfillment[] =>
  (order.fulfillments ?? []).filter(({ canceled_at }) => !canceled_at);

const momentOf = (text: string | null | undefined, field: string): Instant | null =>
  text ? instantAt(text, `data.order.fulfillments.${field}`) : null;
