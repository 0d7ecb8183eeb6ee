import type { DecisionSubject, Likeness, LiveFinding, StandingMeasure } from '../../../core/decisions/types.ts';
import type { StandingEntry } from '../../../core/lists/types.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';

/** Who stands behind a request, as far as a decision asks. */
export interface Found extends DecisionSubject {
  /**
   * Whom the strongest identifier belongs to; null when it is nobody with measures. Null, too, when it is another account of somebody
   * with measures: which one is not in memory, and what that account does belongs in nobody else's history.
   */
  readonly customer: CustomerId | null;
  readonly byPhoneAlone: readonly StandingMeasure[];
  readonly entries: readonly StandingEntry[];
  readonly live: readonly LiveFinding[];
  readonly likenesses: readonly Likeness[];
  /** Entries of the allow-list that let through, by their ids. */
  readonly vouching: readonly string[];
}

/** Nobody with measures, and nothing that stands in the way. Always the same object, so that it costs nothing. */
export const NOBODY: Found = Object.freeze({
  customer: null,
  measures: Object.freeze([]),
  byPhoneAlone: Object.freeze([]),
  entries: Object.freeze([]),
  live: Object.freeze([]),
  likenesses: Object.freeze([]),
  allowListed: false,
  vouching: Object.freeze([]),
});

/** Puts together what is found, and makes nothing as long as nothing is. */
export class Finding {
  #customer: CustomerId | null = null;
  #isSomebodyElse = false;
  #measures: readonly StandingMeasure[] = NOBODY.measures;
  #byPhoneAlone: readonly StandingMeasure[] = NOBODY.byPhoneAlone;
  #entries: StandingEntry[] | null = null;
  #live: readonly LiveFinding[] = NOBODY.live;
  #likenesses: readonly Likeness[] = NOBODY.likenesses;
  #vouching: string[] | null = null;
  #allowListed = false;
  #isNobody = true;

  reset(): void {
    if (this.#isNobody) return;
    this.#customer = null;
    this.#isSomebodyElse = false;
    this.#measures = NOBODY.measures;
    this.#byPhoneAlone = NOBODY.byPhoneAlone;
    this.#entries = null;
    this.#live = NOBODY.live;
    this.#likenesses = NOBODY.likenesses;
    this.#vouching = null;
    this.#allowListed = false;
    this.#isNobody = true;
  }

  get allowListed(): boolean {
    return this.#allowListed;
  }

  get measures(): readonly StandingMeasure[] {
    return this.#measures;
  }

  get byPhoneAlone(): readonly StandingMeasure[] {
    return this.#byPhoneAlone;
  }

  get hasMeasures(): boolean {
    return this.#measures.length > 0;
  }

  /** The identifier looked at belongs to another account of whoever is found by it. The strongest one says who asks. */
  somebodyElse(): void {
    this.#isNobody = false;
    if (this.#customer === null) this.#isSomebodyElse = true;
  }

  /** Measures of a customer; `phoneAlone`: of somebody whom only a phone leads to, in a request that names somebody otherwise. */
  measured(customer: CustomerId, measures: readonly StandingMeasure[], phoneAlone: boolean): void {
    this.#isNobody = false;
    if (!this.#isSomebodyElse) this.#customer ??= customer;
    if (phoneAlone) this.#byPhoneAlone = joined(this.#byPhoneAlone, measures);
    else this.#measures = joined(this.#measures, measures);
  }

  entry(entry: StandingEntry): void {
    this.#isNobody = false;
    this.#entries ??= [];
    this.#entries.push(entry);
  }

  /** `whole`: for the customer, and not only for a network or a domain. */
  vouched(entry: string, whole: boolean): void {
    this.#isNobody = false;
    this.#vouching ??= [];
    this.#vouching.push(entry);
    if (whole) this.#allowListed = true;
  }

  live(findings: readonly LiveFinding[]): void {
    if (findings.length === 0) return;
    this.#isNobody = false;
    this.#live = findings;
  }

  alike(likenesses: readonly Likeness[]): void {
    if (likenesses.length === 0) return;
    this.#isNobody = false;
    this.#likenesses = likenesses;
  }

  /** Whoever asks only lives with the customer whose measures these are: a phone that both have says nothing then. */
  household(measures: readonly StandingMeasure[]): void {
    if (this.#byPhoneAlone.length > 0)
      this.#byPhoneAlone = this.#byPhoneAlone.filter((own) => !measures.some(({ id }) => id === own.id));
  }

  found(): Found {
    if (this.#isNobody) return NOBODY;
    return {
      customer: this.#customer,
      measures: this.#measures,
      byPhoneAlone: this.#byPhoneAlone,
      entries: this.#entries ?? NOBODY.entries,
      live: this.#live,
      likenesses: this.#likenesses,
      allowListed: this.#allowListed,
      vouching: this.#vouching ?? NOBODY.vouching,
    };
  }
}

const joined = <T>(a: readonly T[], b: readonly T[]): readonly T[] =>
  a.length === 0 ? b : b.length === 0 ? a : [...a, ...b];
