import { define } from '../definition.ts';
import { over, total } from '../totals.ts';
import { faultReads } from './reads.ts';
import { lateAddressChanges, lateCancellations, orders } from './series.ts';

const cancelling = { reads: faultReads, conduct: true, incident: false } as const;
const redirecting = { reads: ['order.address_changed', ...faultReads], conduct: true, incident: false } as const;

/** Changing one's mind while the parcel is on its way. */
export const changing = {
  cancellations_after_dispatch: define(
    'cancellations_after_dispatch',
    {
      ...cancelling,
      title: 'Cancellations after dispatch',
      definition:
        'Cancellations by the customer after dispatch and before delivery, each event by itself. After delivery, calling a purchase off is a return.',
    },
    total('count', lateCancellations),
  ),
  cancellation_rate: define(
    'cancellation_rate',
    {
      ...cancelling,
      title: 'Rate of cancellations after dispatch',
      definition: '“Cancellations after dispatch” over orders placed. Unknown when nothing was ordered.',
    },
    over('share', lateCancellations, orders),
  ),
  address_changes_after_dispatch: define(
    'address_changes_after_dispatch',
    {
      ...redirecting,
      title: 'Address changes after dispatch',
      definition: 'Changes of a delivery address after dispatch and before delivery, each event by itself.',
    },
    total('count', lateAddressChanges),
  ),
  address_change_rate: define(
    'address_change_rate',
    {
      ...redirecting,
      title: 'Rate of address changes after dispatch',
      definition:
        '“Address changes after dispatch” over orders placed. Several changes of one order each count, so it can be above 100 %. Unknown when nothing was ordered.',
    },
    over('share', lateAddressChanges, orders),
  ),
} as const;
