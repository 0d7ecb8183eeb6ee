import { define } from '../definition.ts';
import { returnedOrders } from '../derived/returned-orders.ts';
import { over, total } from '../totals.ts';
import { faultReads, returnReads } from './reads.ts';
import {
  bracketingOrders,
  orderItems,
  orders,
  orderValue,
  returnedItems,
  returnedValue,
  returns,
  wornReturns,
} from './series.ts';

const reads = [...returnReads, ...faultReads] as const;

/** Sending back is a right: conduct, but no incident. */
const aRight = { reads, conduct: true, incident: false } as const;

/** Of what had left in the window before, more may come back in this one than was ordered in it. */
const MAY_EXCEED = 'Returns of orders placed before the window count too, so it can be above 100 %.';

/** What came back, how much of it, and in what state. */
export const returning = {
  returns: define(
    'returns',
    {
      ...aRight,
      title: 'Returns',
      definition:
        'Returns that arrived, each once, from the moment it arrived: when it was first received, inspected or refunded as goods back. A return only requested is listed as unresolved and does not count. The events of one return are joined by its number.',
    },
    total('count', returns),
  ),
  returned_value: define(
    'returned_value',
    {
      ...aRight,
      title: 'Value returned',
      definition:
        'Sum of the values of the returns that “returns” counts, in the shop’s currency: the value received, or requested, or refunded, the first of them that is known.',
    },
    total('money', returnedValue),
  ),
  return_rate_by_value: define(
    'return_rate_by_value',
    {
      ...aRight,
      title: 'Return rate by value',
      definition: `“Value returned” in the window over “value ordered” in the same window. ${MAY_EXCEED} Unknown when nothing was ordered.`,
    },
    over('share', returnedValue, orderValue),
  ),
  return_rate_by_item: define(
    'return_rate_by_item',
    {
      ...aRight,
      title: 'Return rate by item',
      definition: `Articles returned over articles ordered, both by quantity. Orders reported without lines are left out of both; a return whose articles are not known, or that came from such an order, is listed as unresolved. ${MAY_EXCEED} Unknown when no articles were ordered.`,
    },
    over('share', returnedItems, orderItems),
  ),
  return_rate_by_order: define(
    'return_rate_by_order',
    {
      ...aRight,
      title: 'Return rate by order',
      definition: `Orders from which something came back over orders placed. An order counts once, at the first return of it that counts. A return for which no order is known is listed as unresolved. ${MAY_EXCEED} Unknown when nothing was ordered.`,
    },
    over('share', returnedOrders, orders),
  ),
  worn_returns: define(
    'worn_returns',
    {
      reads,
      conduct: true,
      incident: true,
      title: 'Worn or damaged returns',
      definition:
        'Of the returns that “returns” counts, those whose last inspection found the goods worn, damaged, not the article sent out, or the parcel empty. New and opened is how a shopper may handle goods. Goods said to have been damaged in transit or to be defective do not count unless the inspection refuted it.',
    },
    total('count', wornReturns),
  ),
  worn_return_rate: define(
    'worn_return_rate',
    {
      reads,
      conduct: true,
      incident: true,
      title: 'Worn or damaged return rate',
      definition:
        '“Worn or damaged returns” over orders placed. Set against orders, not returns, so that a return found to be the shop’s fault can never raise it. Unknown when nothing was ordered.',
    },
    over('share', wornReturns, orders),
  ),
  bracketing_orders: define(
    'bracketing_orders',
    {
      ...aRight,
      title: 'Bracketing orders',
      definition:
        'Orders that held at least two variants of one article of which more than half, by quantity, came back in returns that count. Return lines are matched to order lines by article and variant, or by article alone where the return names no variant, and never to more than was ordered. The order counts once, from the return that took it over the half. The returns are the evidence.',
    },
    total('count', bracketingOrders),
  ),
  bracketing_rate: define(
    'bracketing_rate',
    {
      ...aRight,
      title: 'Bracketing rate',
      definition: '“Bracketing orders” over orders placed. Unknown when nothing was ordered.',
    },
    over('share', bracketingOrders, orders),
  ),
} as const;
