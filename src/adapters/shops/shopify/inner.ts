import type { CustomerReference } from '../../../core/events/incoming.ts';
import type { Instant } from '../../../core/shared/time.ts';

/*
 * The one inner form of what Shopify tells, in which webhooks and history are the same. Ids are numbers as text, amounts decimals in the
 * shop's own currency as Shopify writes them, times instants.
 */

export interface InnerOrder {
  readonly id: string;
  /** As people know it: without the "#" that Shopify puts before it. */
  readonly name: string;
  /** The shop's own, in which all amounts are but those of disputes. */
  readonly currency: string;
  /** Null: nobody is known (a sale over the counter): nothing is recorded of it. */
  readonly customer: CustomerReference | null;
  readonly language: string | null;
  /** From which connection it was placed; null: this record does not say. */
  readonly ip: string | null;
  readonly placedAt: Instant;
  /** What was bought, where the record shows it as it was at the beginning. */
  readonly placed: InnerPlaced | null;
  /** Items were added or taken off since, or a product is no longer known: a first telling of it is better than this one. */
  readonly changed: boolean;
  readonly cancelled: { readonly at: Instant; readonly by: 'customer' | 'shop' } | null;
  readonly stage: 'before_dispatch' | 'after_dispatch' | 'after_delivery';
  readonly address: { readonly version: Instant; readonly form: string } | null;
  readonly transactions: readonly InnerTransaction[];
  readonly deliveries: readonly { readonly id: string; readonly at: Instant }[];
  readonly refunds: readonly InnerRefund[];
  readonly returns: readonly InnerReturn[];
  readonly disputes: readonly InnerDispute[];
  /** What a webhook rang for that this answers; null: it is no answer. */
  readonly asked: string | null;
}

export interface InnerMoney {
  readonly amount: string;
  readonly currency: string;
}

export interface InnerPlaced {
  readonly total: InnerMoney;
  readonly gateways: readonly string[];
  readonly lines: readonly InnerLine[];
}

export interface InnerLine {
  readonly id: string;
  readonly article: string | null;
  readonly variant: string | null;
  readonly sku: string | null;
  readonly title: string | null;
  readonly quantity: number;
  readonly unitPrice: string | null;
}

export interface InnerTransaction {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly at: Instant;
  readonly amount: InnerMoney;
  readonly error: string | null;
}

export interface InnerRefund {
  readonly id: string;
  readonly at: Instant;
  readonly amount: InnerMoney;
  readonly return: string | null;
  readonly reasons: readonly string[];
  /** Nothing of its order had left by then; false also where that is not shown. */
  readonly beforeDispatch: boolean;
  readonly lines: readonly (InnerLine & { readonly restock: string; readonly subtotal: InnerMoney })[];
}

export interface InnerReturn {
  readonly id: string;
  readonly status: string;
  readonly at: Instant;
  readonly closedAt: Instant | null;
  readonly reasons: readonly string[];
  readonly lines: readonly (InnerLine & { readonly worth: InnerMoney | null; readonly processed: number })[];
}

export interface InnerDispute {
  readonly id: string;
  readonly status: string;
  readonly at: Instant;
  readonly finalAt: Instant | null;
  readonly amount: InnerMoney;
  readonly reason: string;
}
