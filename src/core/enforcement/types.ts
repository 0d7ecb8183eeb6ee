import type { Obligation, Surface } from '../events/measures.ts';
import type { Money } from '../shared/money.ts';
import type { Instant } from '../shared/time.ts';

/** Shop systems that Evenhand is connected to. `generic`: one of the shop's own, by signed webhooks and the SDK. */
export const platforms = ['shopify', 'woocommerce', 'vendure', 'medusa', 'generic'] as const;
export type PlatformName = (typeof platforms)[number];

/** The strictest of what is in force for a customer, in the platform's words. */
export type MarkedAs = 'warned' | 'restricted' | 'blocked';

/**
 * What a platform is told about one customer: what is to be read there now, not what changed. So the same thing told twice changes
 * nothing, and what was missed is put right by telling it again.
 */
export interface CustomerMarks {
  /** Null: nothing is in force, and every mark of ours is to be taken away. */
  readonly as: MarkedAs | null;
  /** Surfaces where the customer is refused. */
  readonly refused: readonly Surface[];
  readonly obligations: readonly Obligation[];
  /** When the last of it ends; null with nothing in force. */
  readonly until: Instant | null;
  /** What the customer is to read where they are refused, in each of the shop's languages. */
  readonly sentences: readonly Sentence[];
}

export interface Sentence {
  readonly surface: Surface;
  readonly language: string;
  readonly text: string;
}

/**
 * One thing that is done in the shop's own system. References are the platform's own. What people wrote (`words`) is read by
 * the customer.
 */
export type ShopAct =
  | { readonly kind: 'hold_order'; readonly order: string }
  | { readonly kind: 'release_order'; readonly order: string }
  | {
      readonly kind: 'cancel_order';
      readonly order: string;
      readonly refund: boolean;
      readonly restock: boolean;
      readonly words: string | null;
    }
  | {
      readonly kind: 'assess_order';
      readonly order: string;
      readonly risk: 'low' | 'medium' | 'high';
      readonly facts: readonly string[];
    }
  | { readonly kind: 'approve_return'; readonly return: string }
  | { readonly kind: 'decline_return'; readonly return: string; readonly words: string }
  | { readonly kind: 'give_store_credit'; readonly amount: Money; readonly until: Instant | null }
  | { readonly kind: 'give_gift_card'; readonly amount: Money; readonly words: string | null }
  | { readonly kind: 'give_discount'; readonly off: DiscountOff; readonly until: Instant | null };

export type DiscountOff = { readonly percent: number } | { readonly amount: Money };
export type ShopActKind = ShopAct['kind'];
export const shopActKinds = [
  'hold_order',
  'release_order',
  'cancel_order',
  'assess_order',
  'approve_return',
  'decline_return',
  'give_store_credit',
  'give_gift_card',
  'give_discount',
] as const satisfies readonly ShopActKind[];

/** waiting: to be done, or tried again · done · failed: given up, a person must look · impossible: the platform cannot, or the thing is gone · cancelled. */
export const shopActStates = ['waiting', 'done', 'failed', 'impossible', 'cancelled'] as const;
export type ShopActState = (typeof shopActStates)[number];

/** What a shop owner may want a platform to do. Obligations and acts by their own names beside them. */
export const enforcementPoints = [
  'history',
  'live_events',
  'refuse_purchase',
  'refuse_guest_purchase',
  'refuse_cart',
  'refuse_return',
  'refuse_review',
  'refuse_login',
  'refuse_contact',
  'customer_marks',
] as const;
export type EnforcementPoint = (typeof enforcementPoints)[number];
export type AbilityName = EnforcementPoint | Obligation | ShopActKind;

/**
 * How far a platform does something. `itself`: it does it alone once connected · `extension`: with our extension installed there ·
 * `afterwards`: the order or request comes in first, and is held or cancelled after · `by_hand`: staff see it and do it · `no`: it cannot.
 */
export const honours = ['itself', 'extension', 'afterwards', 'by_hand', 'no'] as const;
export type Honours = (typeof honours)[number];

export interface Ability {
  readonly how: Honours;
  /** Key of a sentence in `languages/<code>/words/<platform>.json` under "notes": what to know about it. Null: nothing. */
  readonly note: string | null;
}

/** Everything of the three kinds, for one platform: shown to a merchant before they rely on it. */
export type Abilities = Readonly<Record<AbilityName, Ability>>;
