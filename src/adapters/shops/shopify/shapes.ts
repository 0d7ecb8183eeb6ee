import { z } from 'zod';

/*
 * What is read of Shopify's records, and no more: unknown fields are let through and ignored. History and everything that is fetched come
 * as nodes of the Admin GraphQL API; webhooks carry bodies of the older REST form.
 */

const amount = z.string();
const moneyBag = z.looseObject({ shopMoney: z.looseObject({ amount, currencyCode: z.string() }) });
const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? null);
const text = optional(z.string());

/** A list, or a connection's nodes. */
const nodes = <T extends z.ZodType>(item: T) => z.looseObject({ nodes: z.array(item) });

const product = {
  title: text,
  sku: text,
  product: optional(z.looseObject({ id: z.string() })),
  variant: optional(z.looseObject({ id: z.string() })),
  originalUnitPriceSet: optional(moneyBag),
};

const graphLine = z.looseObject({ id: z.string(), quantity: z.int(), ...product });
const namedLine = z.looseObject({ id: z.string(), ...product });
export type GraphLine = z.infer<typeof namedLine>;

const graphTransaction = z.looseObject({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  createdAt: z.string(),
  processedAt: text,
  errorCode: text,
  amountSet: moneyBag,
});

const graphFulfillment = z.looseObject({ id: z.string(), status: text, createdAt: text, deliveredAt: text });

const graphReason = z.looseObject({
  returnReason: text,
  returnReasonDefinition: optional(z.looseObject({ handle: z.string() })),
});
export type GraphReason = z.infer<typeof graphReason>;

const graphRefund = z.looseObject({
  id: z.string(),
  createdAt: text,
  processedAt: text,
  totalRefundedSet: moneyBag,
  return: optional(z.looseObject({ id: z.string(), returnLineItems: optional(nodes(graphReason)) })),
  /** Left out in the lists of orders; without them nothing is said of the refund yet. */
  refundLineItems: optional(
    nodes(z.looseObject({ quantity: z.int(), restockType: z.string(), subtotalSet: moneyBag, lineItem: namedLine })),
  ),
  reasons: optional(
    z.array(
      z.looseObject({ returnReason: text, returnReasonDefinition: optional(z.looseObject({ handle: z.string() })) }),
    ),
  ),
});

const graphReturnLine = graphReason.extend({
  quantity: z.int(),
  processedQuantity: optional(z.int()),
  withCodeDiscountedTotalPriceSet: optional(moneyBag),
  fulfillmentLineItem: optional(z.looseObject({ lineItem: namedLine })),
});

const graphReturn = z.looseObject({
  id: z.string(),
  status: z.string(),
  createdAt: z.string(),
  closedAt: text,
  returnLineItems: nodes(graphReturnLine),
});

const graphDispute = z.looseObject({
  id: z.string(),
  status: z.string(),
  initiatedAt: z.string(),
  finalizedOn: text,
  amount: z.looseObject({ amount, currencyCode: z.string() }),
  reasonDetails: optional(z.looseObject({ reason: z.string() })),
});

const graphAddress = z.looseObject({
  firstName: text,
  lastName: text,
  address1: text,
  address2: text,
  city: text,
  zip: text,
  provinceCode: text,
  countryCodeV2: text,
});
export type GraphAddress = z.infer<typeof graphAddress>;

export const graphCustomer = z.looseObject({
  id: z.string(),
  createdAt: optional(z.string()),
  firstName: text,
  lastName: text,
  defaultEmailAddress: optional(z.looseObject({ emailAddress: z.string() })),
  defaultPhoneNumber: optional(z.looseObject({ phoneNumber: z.string() })),
  /** Asked for with customers, not with orders. */
  defaultAddress: optional(graphAddress),
});
export type GraphCustomer = z.infer<typeof graphCustomer>;

/** An order with as much around it as was asked for. `asked`: what a webhook rang for, so that it is known as told. */
export const graphOrder = z.looseObject({
  asked: optional(z.string()),
  id: z.string(),
  name: z.string(),
  currencyCode: z.string(),
  createdAt: z.string(),
  processedAt: text,
  email: text,
  phone: text,
  customerLocale: text,
  customer: optional(graphCustomer),
  updatedAt: text,
  edited: optional(z.boolean()),
  cancelledAt: text,
  cancelReason: text,
  paymentGatewayNames: optional(z.array(z.string())),
  originalTotalPriceSet: optional(moneyBag),
  clientIp: text,
  billingAddress: optional(graphAddress),
  shippingAddress: optional(graphAddress),
  displayFulfillmentStatus: text,
  lineItems: optional(nodes(graphLine)),
  transactions: optional(z.array(graphTransaction)),
  fulfillments: optional(z.array(graphFulfillment)),
  /** The same beside a refund: only to tell what had left by then. */
  sent: optional(z.array(graphFulfillment)),
  refunds: optional(z.array(graphRefund)),
  returns: optional(nodes(graphReturn)),
  disputes: optional(z.array(graphDispute)),
});
export type GraphOrder = z.infer<typeof graphOrder>;

const restId = z.union([z.int(), z.string().min(1)]).transform(String);
const restAmount = z.union([z.string(), z.number().transform(String)]);

const restAddress = z.looseObject({
  first_name: text,
  last_name: text,
  address1: text,
  address2: text,
  city: text,
  zip: text,
  province_code: text,
  country_code: text,
});
export type RestAddress = z.infer<typeof restAddress>;

export const restCustomer = z.looseObject({
  id: restId,
  email: text,
  phone: text,
  first_name: text,
  last_name: text,
  default_address: optional(restAddress),
});
export type RestCustomer = z.infer<typeof restCustomer>;

/** `customers/create` and `customers/update`. */
export const restCustomerBody = restCustomer.extend({ created_at: z.string() });

export const restOrder = z.looseObject({
  id: restId,
  name: z.string(),
  created_at: z.string(),
  processed_at: text,
  updated_at: text,
  cancelled_at: text,
  cancel_reason: text,
  email: text,
  phone: text,
  customer_locale: text,
  currency: z.string(),
  total_price: restAmount,
  payment_gateway_names: optional(z.array(z.string())),
  gateway: text,
  fulfillment_status: text,
  fulfillments: optional(z.array(z.looseObject({ status: text, shipment_status: text }))),
  customer: optional(restCustomer),
  billing_address: optional(restAddress),
  shipping_address: optional(restAddress),
  line_items: z.array(
    z.looseObject({
      id: restId,
      product_id: optional(restId),
      variant_id: optional(restId),
      sku: text,
      title: text,
      quantity: z.int(),
      price: restAmount,
    }),
  ),
});
export type RestOrder = z.infer<typeof restOrder>;

const orderOf = z.looseObject({ id: restId });

/** Bodies that name a thing and its order, and little more. */
export const restRefund = z.looseObject({ id: restId, order_id: restId });
export const restReturn = z
  .looseObject({ id: restId, status: text, order_id: optional(restId), order: optional(orderOf) })
  .transform((body, context) => {
    const order = body.order_id ?? body.order?.id ?? null;
    if (order === null) context.addIssue({ code: 'custom', path: ['order', 'id'], message: 'is missing' });
    return { id: body.id, status: body.status, order: order ?? '' };
  });
export const restDispute = z.looseObject({ id: restId, order_id: optional(restId), status: z.string() });
export const restTransaction = z.looseObject({ id: restId, order_id: restId, status: z.string(), kind: z.string() });
export const restFulfillment = z.looseObject({ id: restId, order_id: restId, shipment_status: text });
export const restFulfillmentEvent = z.looseObject({ fulfillment_id: restId, order_id: restId, status: z.string() });
export const restEditedOrder = z.looseObject({ order_edit: z.looseObject({ order_id: restId }) });

/** `customers/merge`. */
export const restMerge = z.looseObject({
  admin_graphql_api_customer_kept_id: z.string(),
  admin_graphql_api_customer_deleted_id: z.string(),
  status: text,
});

/** `customers/data_request` and `customers/redact`. */
export const restPrivacy = z.looseObject({
  customer: z.looseObject({ id: optional(restId), email: text, phone: text }),
});
/** `shop/redact` and `app/uninstalled`. */
export const restShopRedact = z.looseObject({ shop_domain: z.string() });
export const restUninstalled = z.looseObject({ id: restId });
