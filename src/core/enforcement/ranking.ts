import type { Instant } from '../shared/time.ts';
import type { MarkedAs } from './types.ts';

/** A customer who may come to a checkout as a guest, as far as their place on a limited list depends on it. */
export interface GuestCandidate {
  readonly id: string;
  readonly as: MarkedAs;
  readonly refusedPurchase: boolean;
  /** Demands something at the purchase. */
  readonly demandsAtPurchase: boolean;
  /** They have a number in the shop's system: signed in they are recognised without the list. */
  readonly hasAccount: boolean;
  /** When they last did something at the shop. */
  readonly lastAt: Instant;
  /** When the last of what is in force ends. */
  readonly until: Instant;
}

/**
 * Puts those who matter most first, for lists that hold only so many. Whoever is not to buy at all comes before whoever has conditions to
 * meet; among them guests without an account, whom nothing else recognises, before those with one; then whoever was here last, because they
 * are the likeliest to come back; then whose measure runs longest; then by id, so that the list is the same each time. Whoever nothing stands
 * in the way of at a purchase is not on it.
 */
export function rankGuests<T extends GuestCandidate>(candidates: readonly T[]): readonly T[] {
  return candidates
    .filter(({ refusedPurchase, demandsAtPurchase }) => refusedPurchase || demandsAtPurchase)
    .toSorted(
      (a, b) =>
        Number(b.refusedPurchase) - Number(a.refusedPurchase) ||
        Number(a.hasAccount) - Number(b.hasAccount) ||
        b.lastAt - a.lastAt ||
        b.until - a.until ||
        (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    );
}
