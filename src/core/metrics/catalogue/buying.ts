import { eventBodies, isEventKind } from '../../events/event.ts';
import { sinceFirstEvent } from '../ages.ts';
import { define } from '../definition.ts';
import { lifetime } from '../derived/lifetime.ts';
import { total } from '../totals.ts';
import { returnReads } from './reads.ts';
import { orders, orderValue } from './series.ts';

const plain = { conduct: false, incident: false } as const;

/** How much and how long the customer has been buying. Not conduct: what conduct is set against. */

export const buying = {
  orders: define(
    'orders',
    {
      ...plain,
      title: 'Orders',
      definition:
        'Orders placed. An order reported twice under the same number is one order. An order the shop cancelled whole is left out as the shop’s doing; one the customer cancelled stays.',
      reads: ['order.placed', 'order.cancelled'],
    },
    total('count', orders),
  ),
  order_value: define(
    'order_value',
    {
      ...plain,
      title: 'Value ordered',
      definition:
        'Sum of the totals of the orders that “orders” counts, in the shop’s currency. Another currency is converted by the rate recorded on the event and rounded once per amount, half away from zero.',
      reads: ['order.placed', 'order.cancelled'],
    },
    total('money', orderValue),
  ),
  lifetime_value: define(
    'lifetime_value',
    {
      ...plain,
      title: 'Lifetime value so far',
      definition:
        'Value ordered, less what was cancelled before delivery, returned, refunded without a return, or lost in a dispute, since the first event. Whose fault it was makes no difference here; only what was voided is left out. Cancellations, returns, refunds and disputes about the same order together take away no more than the order was worth, so nothing is subtracted twice; those about no known order are subtracted in full, so the value can be negative.',
      reads: [
        'order.placed',
        'order.cancelled',
        ...returnReads,
        'payment.disputed',
        'payment.dispute_won',
        'payment.dispute_lost',
      ],
    },
    total('money', lifetime, false),
  ),
  tenure: define(
    'tenure',
    {
      ...plain,
      title: 'Days as a customer',
      definition:
        'Whole days since the first event of any kind that was not voided. Unknown before the first event. A settle delay makes no difference, because nothing about time passing can turn out otherwise.',
      reads: Object.keys(eventBodies)
        .filter(isEventKind)
        .filter((kind) => kind !== 'event.corrected'),
    },
    sinceFirstEvent,
  ),
} as const;
