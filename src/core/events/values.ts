import { z } from 'zod';
import { isCurrency, LARGEST_AMOUNT } from '../shared/money.ts';

/** A number or name another system gave to something: order number, article, return id. Never free text. */
export const reference = z.string().trim().min(1).max(120);

export const money = z.strictObject({
  amount: z
    .int('whole minor units, for example 1995 for 19.95')
    .min(0, 'must not be negative')
    .max(LARGEST_AMOUNT, `must not be above ${LARGEST_AMOUNT}`),
  currency: z.string().refine(isCurrency, 'is not an ISO 4217 currency code'),
  rate: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,12})?$/, 'is not a decimal number')
    .refine((text) => Number(text) > 0, 'must be above zero')
    .optional(),
});

const unitPrice = z.string().regex(/^\d{1,15}(\.\d{1,12})?$/, 'is not a decimal number such as "19.95"');

/** One article of an order or return. `unitPrice` is a decimal in the order's currency and may have more decimals than the currency. */
export const line = z.strictObject({
  article: reference,
  variant: reference.optional(),
  title: z.string().trim().max(200).optional(),
  quantity: z.int().min(1).max(1_000_000),
  unitPrice: unitPrice.optional(),
});
export type Line = z.infer<typeof line>;

/** Where in its life an order was when something happened to it. */
export const stage = z.enum(['before_dispatch', 'after_dispatch', 'after_delivery']);

/**
 * Why goods came back or money went back, in the words all platforms are mapped to.
 * `SHOP_FAULT_REASONS` says which of them are the shop's own cause.
 */
export const returnReason = z.enum([
  'changed_mind',
  'did_not_fit',
  'not_as_expected',
  'ordered_several',
  'found_cheaper',
  'arrived_too_late',
  'defect',
  'wrong_item_sent',
  'not_as_described',
  'damaged_in_transit',
  'missing_parts',
  'goodwill',
  'unspecified',
]);
export type ReturnReason = z.infer<typeof returnReason>;

/** Shop fault: conduct metrics never count these (unless an inspection refutes the reason). */
export const SHOP_FAULT_REASONS: ReadonlySet<ReturnReason> = new Set<ReturnReason>([
  'arrived_too_late',
  'defect',
  'wrong_item_sent',
  'not_as_described',
  'damaged_in_transit',
  'missing_parts',
]);
