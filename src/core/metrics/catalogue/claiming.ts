import { define } from '../definition.ts';
import { over, total } from '../totals.ts';
import { faultReads, returnReads } from './reads.ts';
import { chargebacks, claims, failedPayments, lowValueCases, orders, refundsWithoutGoods } from './series.ts';

const refundReads = [...returnReads, ...faultReads] as const;

/** Found unfounded by staff: that is an incident. */
const judged = { reads: faultReads, conduct: true, incident: true } as const;
/** The shop chose to pay: conduct to weigh, not an incident. */
const paidOut = { reads: refundReads, conduct: true, incident: false } as const;

const ONLY_UNFOUNDED =
  'Only a claim found unfounded counts, from when it was made; one still open is listed as unresolved, one found founded as justified.';
const PER_ORDER = 'over orders placed. Unknown when nothing was ordered.';

const notReceived = claims('not_received');
const wrongAddress = claims('wrong_address');
const duplicateOrder = claims('duplicate_order');
const anyClaim = claims();

/** Money asked or taken back without goods coming back. */
export const claiming = {
  refunds_without_goods: define(
    'refunds_without_goods',
    {
      ...paidOut,
      title: 'Refunds without goods back',
      definition:
        'Refunds for which no goods came back: the refund says so, and its return (if it names one) never arrived. Money of a cancelled order, whose goods were not there to send back, is none. A refund for a reason that is the shop’s own, or for a claim found founded, is the shop’s fault; one for a claim still open is unresolved. The claim is the one the refund names, or the first about its order.',
    },
    total('count', refundsWithoutGoods),
  ),
  refunds_without_goods_rate: define(
    'refunds_without_goods_rate',
    {
      ...paidOut,
      title: 'Rate of refunds without goods back',
      definition: `“Refunds without goods back” ${PER_ORDER} An order refunded in parts counts each part, so it can be above 100 %.`,
    },
    over('share', refundsWithoutGoods, orders),
  ),
  low_value_refund_claims: define(
    'low_value_refund_claims',
    {
      ...paidOut,
      title: 'Low-value refund claims',
      definition:
        'Claims found unfounded, and refunds without goods back that belong to no claim, of at most 2,500 minor units of the shop’s currency (25.00 where it has two decimals). A claim and its refunds are one, worth what the claim says, or else what was refunded, from when it was claimed. A claim whose value nobody knows is listed as unresolved.',
    },
    total('count', lowValueCases),
  ),
  low_value_refund_claim_rate: define(
    'low_value_refund_claim_rate',
    {
      ...paidOut,
      title: 'Low-value refund claim rate',
      definition: `“Low-value refund claims” ${PER_ORDER}`,
    },
    over('share', lowValueCases, orders),
  ),
  claims_not_received: define(
    'claims_not_received',
    {
      ...judged,
      title: 'Unfounded claims of non-delivery',
      definition: `Claims that an order was not received. ${ONLY_UNFOUNDED}`,
    },
    total('count', notReceived),
  ),
  claims_not_received_rate: define(
    'claims_not_received_rate',
    {
      ...judged,
      title: 'Rate of unfounded claims of non-delivery',
      definition: `“Unfounded claims of non-delivery” ${PER_ORDER}`,
    },
    over('share', notReceived, orders),
  ),
  unfounded_claims: define(
    'unfounded_claims',
    { ...judged, title: 'Unfounded claims', definition: `Claims of any type. ${ONLY_UNFOUNDED}` },
    total('count', anyClaim),
  ),
  unfounded_claim_rate: define(
    'unfounded_claim_rate',
    { ...judged, title: 'Unfounded claim rate', definition: `“Unfounded claims” ${PER_ORDER}` },
    over('share', anyClaim, orders),
  ),
  wrong_address_claims: define(
    'wrong_address_claims',
    {
      ...judged,
      title: 'Unfounded wrong-address claims',
      definition: `Claims that an order went to a wrong address. ${ONLY_UNFOUNDED}`,
    },
    total('count', wrongAddress),
  ),
  wrong_address_claim_rate: define(
    'wrong_address_claim_rate',
    {
      ...judged,
      title: 'Unfounded wrong-address claim rate',
      definition: `“Unfounded wrong-address claims” ${PER_ORDER}`,
    },
    over('share', wrongAddress, orders),
  ),
  duplicate_order_claims: define(
    'duplicate_order_claims',
    {
      ...judged,
      title: 'Unfounded duplicate-order claims',
      definition: `Claims that an order was placed twice by mistake. ${ONLY_UNFOUNDED}`,
    },
    total('count', duplicateOrder),
  ),
  duplicate_order_claim_rate: define(
    'duplicate_order_claim_rate',
    {
      ...judged,
      title: 'Unfounded duplicate-order claim rate',
      definition: `“Unfounded duplicate-order claims” ${PER_ORDER}`,
    },
    over('share', duplicateOrder, orders),
  ),
  chargebacks: define(
    'chargebacks',
    {
      ...judged,
      title: 'Chargebacks',
      definition:
        'Payments disputed at the bank and decided, from when they were disputed. A dispute lost for a reason that says the shop failed (product not received, product unacceptable, credit not processed, duplicate charge, subscription cancelled) is the shop’s fault; one not yet decided is unresolved.',
    },
    total('count', chargebacks),
  ),
  chargeback_rate: define(
    'chargeback_rate',
    {
      ...judged,
      title: 'Chargeback rate',
      definition: `“Chargebacks” ${PER_ORDER}`,
    },
    over('share', chargebacks, orders),
  ),
  failed_payments: define(
    'failed_payments',
    {
      reads: ['payment.failed', ...faultReads],
      conduct: true,
      incident: false,
      title: 'Failed payments',
      definition: 'Attempts to pay that failed, whatever the reason.',
    },
    total('count', failedPayments),
  ),
} as const;
