import { z } from 'zod';

/*
 * What is read of WooCommerce's REST API v3, which is also what its webhooks carry. Everything else is let through unread: extensions add
 * fields freely.
 */

const text = z.string();
/** WooCommerce writes "" for what is not there, and extensions leave fields out. */
const optionalText = z.string().nullish();
/** "2026-03-02T10:00:00" in UTC, without saying so. */
const gmt = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/, 'is not a date and time');
const id = z.int().min(1);
/** Money as a decimal in the order's currency: "29.35". */
const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,12})?$/, 'is not a decimal amount');

const addressShape = z.looseObject({
  first_name: optionalText,
  last_name: optionalText,
  company: optionalText,
  address_1: optionalText,
  address_2: optionalText,
  city: optionalText,
  state: optionalText,
  postcode: optionalText,
  country: optionalText,
  email: optionalText,
  phone: optionalText,
});
export type WooAddress = z.infer<typeof addressShape>;

const metaShape = z.looseObject({ key: z.string(), value: z.unknown() });
export type WooMeta = z.infer<typeof metaShape>;

export const lineShape = z.looseObject({
  id: z.int(),
  name: optionalText,
  product_id: z.int().nullish(),
  variation_id: z.int().nullish(),
  quantity: z.number(),
  total: decimal,
  total_tax: decimal.nullish(),
  sku: optionalText,
});
export type WooLine = z.infer<typeof lineShape>;

export const refundShape = z.looseObject({
  id,
  date_created_gmt: gmt,
  amount: decimal,
  reason: optionalText,
  line_items: z.array(lineShape).default([]),
});
export type WooRefund = z.infer<typeof refundShape>;

/** What our extension, or the back-fill, puts beside an order so that it tells all of itself. */
const besideOrder = z.looseObject({
  refunds: z.array(refundShape).default([]),
  /** Refunds that a webhook named and that were deleted since. */
  gone: z.array(id).default([]),
  /** When and by whom it was cancelled, which WooCommerce does not keep. */
  cancelled: z.looseObject({ by: z.enum(['customer', 'shop']), at: gmt }).nullish(),
});

export const orderShape = z.looseObject({
  id,
  number: z.union([text, z.int()]).transform(String),
  status: text,
  currency: text,
  date_created_gmt: gmt,
  date_modified_gmt: gmt.nullish(),
  date_paid_gmt: gmt.nullish(),
  date_completed_gmt: gmt.nullish(),
  total: decimal,
  customer_id: z.int().min(0).default(0),
  billing: addressShape.default({}),
  shipping: addressShape.default({}),
  payment_method: optionalText,
  line_items: z.array(lineShape),
  refunds: z.array(z.looseObject({ id })).default([]),
  meta_data: z.array(metaShape).default([]),
  evenhand: besideOrder.nullish(),
});
export type WooOrder = z.infer<typeof orderShape>;

export const customerShape = z.looseObject({
  id,
  date_created_gmt: gmt,
  email: optionalText,
  first_name: optionalText,
  last_name: optionalText,
  role: optionalText,
  billing: addressShape.default({}),
});
export type WooCustomer = z.infer<typeof customerShape>;

/** A dispute as WooPayments tells it (Stripe's words), with the order it is about beside it. */
export const disputeShape = z.looseObject({
  id: text,
  status: text,
  reason: optionalText,
  /** In the smallest unit, as Stripe counts. */
  amount: z.int().min(0),
  currency: text,
  /** Unix seconds. */
  created: z.int(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  evenhand: z.looseObject({ order: orderShape }),
});
export type WooDispute = z.infer<typeof disputeShape>;

/** Only the id is told of what is gone. */
export const goneShape = z.looseObject({ id });

export const webhookShape = z.looseObject({ id, topic: text, status: text, delivery_url: text });
export type WooWebhook = z.infer<typeof webhookShape>;

/** What a REST server says of itself at /wp-json/. */
export const indexShape = z.looseObject({
  name: optionalText,
  home: optionalText,
  namespaces: z.array(z.string()).default([]),
  routes: z.record(z.string(), z.unknown()).default({}),
  timezone_string: optionalText,
  gmt_offset: z.union([z.number(), z.string()]).nullish(),
});
