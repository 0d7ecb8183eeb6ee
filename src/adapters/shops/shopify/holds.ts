import { z } from 'zod';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { PlatformFault, Reach } from '../../../ports/platforms.ts';
import type { Acted } from './acts.ts';
import { ask } from './api.ts';
import { mutate } from './connect.ts';
import { gid } from './ids.ts';
import { HOLD, PARCELS, RELEASE } from './queries.ts';

/** By this we know our hold again, and Shopify that it is there already. */
const HANDLE = 'evenhand';

const parcels = z.looseObject({
  order: z
    .looseObject({
      cancelledAt: z.string().nullish(),
      fulfillmentOrders: z.looseObject({
        nodes: z.array(
          z.looseObject({
            id: z.string(),
            status: z.string(),
            fulfillmentHolds: z.array(
              z.looseObject({ id: z.string(), handle: z.string().nullish(), heldByRequestingApp: z.boolean() }),
            ),
          }),
        ),
      }),
    })
    .nullable(),
});
type Parcel = NonNullable<z.infer<typeof parcels>['order']>['fulfillmentOrders']['nodes'][number];

/** Holds whatever of an order has not left. Where all of it has, Shopify has nothing to hold. */
export async function holdOrder(reach: Reach, order: string): Promise<Acted> {
  const found = await parcelsOf(reach, order);
  if (!found.ok) return found;
  const open = found.value.filter(({ status }) => status === 'OPEN' || status === 'SCHEDULED' || status === 'ON_HOLD');
  if (open.length === 0) return err({ kind: 'refused', detail: 'Nothing of this order is left to be sent.' });
  for (const { id, fulfillmentHolds } of open) {
    if (fulfillmentHolds.some(isOurs)) continue;
    const hold = {
      reason: 'OTHER',
      reasonNotes: 'A colleague looks at this order in Evenhand.',
      handle: HANDLE,
      notifyMerchant: false,
    };
    const held = await mutate(reach, HOLD, { id, hold }, 'fulfillmentOrderHold', ['DUPLICATE_FULFILLMENT_HOLD_HANDLE']);
    if (!held.ok) return held;
  }
  return ok({ reference: null });
}

/** Takes our own hold away, and leaves those of others. */
export async function releaseOrder(reach: Reach, order: string): Promise<Acted> {
  const found = await parcelsOf(reach, order);
  if (!found.ok) return found;
  for (const { id, fulfillmentHolds } of found.value) {
    const holds = fulfillmentHolds.filter(isOurs).map((hold) => hold.id);
    if (holds.length === 0) continue;
    const released = await mutate(reach, RELEASE, { id, holds }, 'fulfillmentOrderReleaseHold');
    if (!released.ok) return released;
  }
  return ok({ reference: null });
}

const isOurs = ({ handle, heldByRequestingApp }: Parcel['fulfillmentHolds'][number]): boolean =>
  heldByRequestingApp && handle === HANDLE;

async function parcelsOf(reach: Reach, order: string): Promise<Result<readonly Parcel[], PlatformFault>> {
  const asked = await ask(reach, PARCELS, { id: gid('Order', order) }, parcels);
  if (!asked.ok) return asked;
  const found = asked.value.data.order;
  return found === null ? err({ kind: 'gone' }) : ok(found.fulfillmentOrders.nodes);
}
