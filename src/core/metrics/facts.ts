import type { EventBody } from '../events/event.ts';
import type { ConductLabel } from '../events/messages.ts';
import type { Line, ReturnReason } from '../events/values.ts';
import type { EventId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';
import type { Exclusion } from './types.ts';

/**
 * One thing that happened, joined from all the events that tell of it. `at` is when the conduct took place: an outcome
 * that comes later (a claim resolved, a label put) changes what the fact counts as, never when it was.
 */
export interface Fact {
  readonly at: Instant;
  /** The events to show for it, the most telling first. */
  readonly evidence: readonly [EventId, ...EventId[]];
  /** Why it does not count as conduct; null: it does. */
  readonly exclusion: Exclusion | null;
  /** The stated reason, where the kind of fact has one and inspection did not refute it. */
  readonly reason?: ReturnReason;
}

export interface OrderFact extends Fact {
  readonly order: string;
  /** Minor units of the shop's currency, like every value of a fact. */
  readonly value: number;
  readonly lines: readonly Line[];
  /** Articles ordered, counted by quantity; null when the source gave no lines. */
  readonly items: number | null;
  /** How much of the value was cancelled before it was delivered, by whomever. */
  readonly cancelledValue: number;
}

export interface CancellationFact extends Fact {
  readonly order: string;
  /** Null: the whole order. */
  readonly value: number | null;
  readonly by: EventBody<'order.cancelled'>['by'];
  readonly stage: EventBody<'order.cancelled'>['stage'];
}

export interface AddressChangeFact extends Fact {
  readonly stage: EventBody<'order.address_changed'>['stage'];
}

export interface ReturnFact extends Fact {
  readonly return: string;
  /** The orders it came from: the one it names, or those it was matched to. */
  readonly orders: readonly string[];
  /** The orders are known by matching articles, not by the source's word. */
  readonly matched: boolean;
  readonly value: number;
  readonly lines: readonly Line[];
  /** Null when the return, or an order it came from, has no lines: then there is nothing to compare. */
  readonly items: number | null;
  readonly reason: ReturnReason;
  readonly grade: EventBody<'return.inspected'>['grade'] | null;
  /** False: announced, and not (yet) come back. */
  readonly arrived: boolean;
}

export interface RefundFact extends Fact {
  readonly orders: readonly string[];
  readonly value: number;
  readonly reason: ReturnReason;
  /** The claim it answers: the one it names, or the first one about its order. */
  readonly claim: string | null;
  /** The return it names. */
  readonly return: string | null;
  readonly goodsBack: boolean;
  /** Money of an order that was cancelled before its goods were there to send back. */
  readonly ofCancellation: boolean;
  /** Paid for nothing that came back. False for goods that did, and for goods that never left. */
  readonly withoutGoods: boolean;
}

export interface ClaimFact extends Fact {
  readonly claim: string;
  readonly type: EventBody<'claim.opened'>['type'];
  /** Null when the claim named no value. */
  readonly value: number | null;
}

export interface DisputeFact extends Fact {
  readonly orders: readonly string[];
  readonly value: number;
  readonly outcome: 'won' | 'lost' | null;
}

export interface MessageFact extends Fact {
  /** Labels staff put on it, or else those a machine suggests. */
  readonly labels: ReadonlySet<ConductLabel>;
  readonly confirmed: boolean;
  /** It is about an order in which the shop failed, or that was voided: writing about that is nobody's fault but the shop's. */
  readonly excuse: Exclusion | null;
}

export interface ReviewFact extends Fact {
  readonly outcome: 'fair' | 'unfair' | null;
}

export type ComplaintFact = Fact;
export type FailedPaymentFact = Fact;

/** One customer's events as facts, each list oldest first. Built for one instant; valid for later ones until an event is added. */
export interface History {
  readonly currency: string;
  readonly asOf: Instant;
  /** The first event that was not voided; null when nothing has happened yet. */
  readonly first: { readonly at: Instant; readonly event: EventId } | null;
  /** The first event that, at `asOf`, had not happened yet; null: none. */
  readonly nextEventAt: Instant | null;
  readonly orders: readonly OrderFact[];
  readonly cancellations: readonly CancellationFact[];
  readonly addressChanges: readonly AddressChangeFact[];
  readonly returns: readonly ReturnFact[];
  readonly refunds: readonly RefundFact[];
  readonly claims: readonly ClaimFact[];
  readonly disputes: readonly DisputeFact[];
  readonly messages: readonly MessageFact[];
  readonly reviews: readonly ReviewFact[];
  readonly complaints: readonly ComplaintFact[];
  readonly failedPayments: readonly FailedPaymentFact[];
  readonly evasions: readonly Fact[];
}
