import type { DecisionSubject, StandingMeasure } from '../../core/decisions/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Restricted } from '../../ports/standing.ts';

const isPhone = (hash: string): boolean => hash.startsWith('phone:');

/** Who stands behind some identifiers, as far as a decision asks. */
export interface Found extends DecisionSubject {
  /** Whom the strongest identifier belongs to; null when it is nobody with measures. */
  readonly customer: CustomerId | null;
  readonly byPhoneAlone: readonly StandingMeasure[];
}

interface Known {
  readonly customer: CustomerId;
  readonly measures: readonly StandingMeasure[];
  /** Until when somebody vouched for one of the customer's identifiers. */
  readonly vouchedUntil: Instant | null;
}

const NOBODY: Found = { customer: null, measures: [], byPhoneAlone: [], allowListed: false };

/** All that decisions of one shop need: customers with measures in force and the allow-list, by keyed hash of identifiers. */
export class Snapshot {
  readonly #known = new Map<string, Known>();
  readonly #vouched: ReadonlyMap<string, Instant>;

  constructor(restricted: readonly Restricted[], vouched: ReadonlyMap<string, Instant>) {
    this.#vouched = vouched;
    for (const { customer, hashes, measures } of restricted) {
      const ends = hashes.flatMap((hash) => vouched.get(hash) ?? []);
      const known = { customer, measures, vouchedUntil: ends.length === 0 ? null : (Math.max(...ends) as Instant) };
      for (const hash of hashes) this.#known.set(hash, known);
    }
  }

  /**
   * Whoever any of the identifiers belongs to, strongest first: a new customer number with an old address is still the same
   * person. Where they belong to several, the measures of all of them count, and so does an allow-list entry of one. Homes
   * share phones: whom the phone alone leads to, in a request that also names somebody otherwise, is kept apart.
   */
  find(hashes: readonly string[], now: Instant): Found {
    let first: Known | undefined;
    let measures = NOBODY.measures;
    let byPhoneAlone = NOBODY.byPhoneAlone;
    let allowListed = false;
    const seen = new Set<Known>();
    for (const hash of hashes) {
      const until = this.#vouched.get(hash);
      if (until !== undefined && now < until) allowListed = true;
      const known = this.#known.get(hash);
      if (known === undefined || seen.has(known)) continue;
      seen.add(known);
      if (known.vouchedUntil !== null && now < known.vouchedUntil) allowListed = true;
      if (isPhone(hash) && !hashes.every(isPhone)) byPhoneAlone = known.measures;
      else measures = first === undefined ? known.measures : [...measures, ...known.measures];
      first ??= known;
    }
    if (first === undefined && !allowListed) return NOBODY;
    return { customer: first?.customer ?? null, measures, byPhoneAlone, allowListed };
  }
}
