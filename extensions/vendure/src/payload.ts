/*
 * What is sent to Evenhand: the body of a Standard Webhook, {type, timestamp, data}. Everything that happened to an order is told by one
 * form, whatever happened last, so that a message that comes twice, late or never changes nothing that another does not put right.
 * Of addresses only the customer's own is sent; where a present goes, free text and what was said in notes are not.
 */

export type MessageType = 'order.placed' | 'order.changed' | 'customer.changed' | 'customer.deleted' | 'ping';
export type PaymentKind = 'prepaid' | 'card' | 'invoice' | 'cash_on_delivery' | 'other';
export const paymentKinds: readonly PaymentKind[] = ['prepaid', 'card', 'invoice', 'cash_on_delivery', 'other'];

/** Why money went back or an order was cancelled. `customer`: the customer asked for it, without saying why. */
export type ReasonCode =
  | 'changed_mind'
  | 'did_not_fit'
  | 'not_as_expected'
  | 'ordered_several'
  | 'found_cheaper'
  | 'arrived_too_late'
  | 'defect'
  | 'wrong_item_sent'
  | 'not_as_described'
  | 'damaged_in_transit'
  | 'missing_parts'
  | 'goodwill'
  | 'customer'
  | 'unspecified';

export interface Message<
  Type extends MessageType = MessageType,
  Data = OrderData | CustomerData | Record<string, never>,
> {
  readonly type: Type;
  /** When it was sent, as ISO 8601. */
  readonly timestamp: string;
  readonly data: Data;
}

export interface CustomerData {
  readonly id: string;
  readonly email: string;
  readonly phone: string | null;
  readonly name: string | null;
  /** When the account was opened; null: a guest. */
  readonly registeredAt: string | null;
  /** When it was deleted in the shop. */
  readonly deletedAt: string | null;
}

/** A postal address. */
export interface HomeData {
  readonly line1: string;
  readonly line2: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  /** ISO 3166, two letters. */
  readonly country: string | null;
}

/** Money is whole units of 1 / 10^precision of the currency, as Vendure keeps it. */
export interface OrderData {
  readonly id: string;
  /** Its name to people. */
  readonly code: string;
  readonly state: string;
  readonly currency: string;
  readonly precision: number;
  /** Null: it is still a cart. */
  readonly placedAt: string | null;
  readonly customer: CustomerData | null;
  /** Where the bill goes, or else a parcel that bears the customer's own name; null: nothing says where they live. */
  readonly home: HomeData | null;
  /** The language the customer had chosen; with order.placed only. */
  readonly language: string | null;
  /** Whether Evenhand answered when this order was checked out; with order.placed only. */
  readonly asked: boolean;
  /** What was to be paid when it was placed. */
  readonly total: number;
  /** As placed. */
  readonly lines: readonly LineData[];
  readonly payments: readonly PaymentData[];
  /** When the first parcel left, when all of it had left, and when the last one arrived. */
  readonly dispatchedAt: string | null;
  readonly allSentAt: string | null;
  readonly deliveredAt: string | null;
  readonly cancelled: { readonly at: string; readonly reason: ReasonCode } | null;
  /** Goods taken off the order and booked back: before dispatch they never left, afterwards they came back. */
  readonly takenBack: readonly TakenBackData[];
  readonly refunds: readonly RefundData[];
  /** When it was to go elsewhere, without where. */
  readonly moved: readonly { readonly id: string; readonly at: string }[];
}

export interface LineData {
  readonly id: string;
  readonly product: string;
  readonly variant: string;
  readonly title: string;
  readonly quantity: number;
  /** With tax. */
  readonly unitPrice: number;
  /** With tax, less what discounts took off. */
  readonly paid: number;
}

export interface PaymentData {
  readonly id: string;
  readonly amount: number;
  readonly kind: PaymentKind;
  readonly settledAt: string | null;
  readonly failedAt: string | null;
  /** It failed because something went wrong in the shop or at its payment provider: nobody declined it. */
  readonly technical: boolean;
}

export interface TakenBackData {
  readonly id: string;
  readonly at: string;
  readonly reason: ReasonCode;
  readonly lines: readonly { readonly line: string; readonly quantity: number }[];
}

export interface RefundData {
  readonly id: string;
  readonly at: string;
  /** When the money went; null: not yet. */
  readonly settledAt: string | null;
  readonly amount: number;
  readonly reason: ReasonCode;
  readonly lines: readonly { readonly line: string; readonly quantity: number }[];
}
