import { z } from 'zod';

/*
 * What is read of Medusa's Admin API, which is also what our plug-in sends. Amounts come twice: as a number, and exactly as
 * `raw_amount.value`. Everything else is let through unread: modules and links add fields freely.
 */

const text = z.string();
const optionalText = z.string().nullish();
const raw = z.looseObject({ value: z.union([z.string(), z.number()]) }).nullish();
const amount = z.number();

/** The exact decimal of an amount: what Medusa keeps, or else its number. */
export const exact = (
  kept: { readonly value: string | number } | null | undefined,
  number: number | null | undefined,
): string => String(kept?.value ?? number ?? 0);

const addressShape = z.looseObject({
  first_name: optionalText,
  last_name: optionalText,
  company: optionalText,
  address_1: optionalText,
  address_2: optionalText,
  city: optionalText,
  province: optionalText,
  postal_code: optionalText,
  country_code: optionalText,
  phone: optionalText,
});
export type MedusaAddress = z.infer<typeof addressShape>;

const keptAddress = addressShape.extend({
  is_default_billing: z.boolean().nullish(),
  is_default_shipping: z.boolean().nullish(),
});

export const customerShape = z.looseObject({
  id: text,
  email: optionalText,
  first_name: optionalText,
  last_name: optionalText,
  phone: optionalText,
  has_account: z.boolean(),
  created_at: text,
  deleted_at: optionalText,
  /** Told with the past, not by webhooks. */
  addresses: z.array(keptAddress).nullish(),
});
export type MedusaCustomer = z.infer<typeof customerShape>;

const itemShape = z.looseObject({
  id: text,
  title: optionalText,
  product_title: optionalText,
  product_id: optionalText,
  variant_id: optionalText,
  variant_sku: optionalText,
  quantity: amount,
  unit_price: amount.nullish(),
  raw_unit_price: raw,
  created_at: optionalText,
});
export type MedusaItem = z.infer<typeof itemShape>;

const captureShape = z.looseObject({ id: text, amount, raw_amount: raw, created_at: text });
const refundShape = z.looseObject({
  id: text,
  amount,
  raw_amount: raw,
  created_at: text,
  refund_reason: z.looseObject({ code: optionalText, label: optionalText }).nullish(),
});
export type MedusaRefund = z.infer<typeof refundShape>;

const paymentShape = z.looseObject({
  id: text,
  amount,
  raw_amount: raw,
  provider_id: optionalText,
  created_at: text,
  captures: z.array(captureShape).nullish(),
  refunds: z.array(refundShape).nullish(),
});
export type MedusaPayment = z.infer<typeof paymentShape>;

const fulfillmentShape = z.looseObject({
  id: text,
  shipped_at: optionalText,
  delivered_at: optionalText,
  canceled_at: optionalText,
});
export type MedusaFulfillment = z.infer<typeof fulfillmentShape>;

const orderShape = z.looseObject({
  id: text,
  display_id: z.int(),
  custom_display_id: optionalText,
  status: text,
  is_draft_order: z.boolean().nullish(),
  email: optionalText,
  currency_code: text,
  locale: optionalText,
  created_at: text,
  canceled_at: optionalText,
  total: amount.nullish(),
  summary: z.looseObject({ original_order_total: amount.nullish(), raw_original_order_total: raw }).nullish(),
  customer: customerShape.partial({ has_account: true, created_at: true }).nullish(),
  items: z.array(itemShape),
  shipping_address: addressShape.nullish(),
  billing_address: addressShape.nullish(),
  payment_collections: z.array(z.looseObject({ payments: z.array(paymentShape).nullish() }).nullable()).nullish(),
  fulfillments: z.array(fulfillmentShape).nullish(),
});
export type MedusaOrder = z.infer<typeof orderShape>;

export const returnShape = z.looseObject({
  id: text,
  order_id: optionalText,
  status: text,
  claim_id: optionalText,
  claim: z.looseObject({ id: text }).nullish(),
  requested_at: optionalText,
  received_at: optionalText,
  canceled_at: optionalText,
  items: z
    .array(
      z.looseObject({
        item_id: text,
        quantity: amount,
        received_quantity: amount.nullish(),
        reason: z.looseObject({ value: optionalText, label: optionalText }).nullish(),
      }),
    )
    .default([]),
});
export type MedusaReturn = z.infer<typeof returnShape>;

export const changeShape = z.looseObject({
  id: text,
  change_type: optionalText,
  status: optionalText,
  confirmed_at: optionalText,
  created_at: text,
  actions: z
    .array(
      z.looseObject({
        id: text,
        action: text,
        details: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .default([]),
});
export type MedusaChange = z.infer<typeof changeShape>;

/** An order with all that belongs to it, as our plug-in sends it and as history puts it together. */
export const orderRecord = z.looseObject({
  data: z.looseObject({
    order: orderShape,
    returns: z.array(returnShape),
    changes: z.array(changeShape),
    /** The return a webhook tells of. */
    return: optionalText,
    /** Whether our plug-in had a clear answer at the checkout. */
    asked: z.boolean().nullish(),
  }),
});
export type OrderData = z.infer<typeof orderRecord>['data'];

export const customerRecord = z.looseObject({ data: z.looseObject({ customer: customerShape }) });

/** The address of an `UPDATE_ORDER_PROPERTIES` action, before and after. */
export const addressDetails = z.looseObject({
  type: z.literal('shipping_address'),
  old: addressShape.nullish(),
  new: addressShape.nullish(),
});
