/**
 * What a column says about a person. `name` is a full name in one column, `address` a street line with or without house
 * number, postcode and city in it. `other` columns are compared as text. `email_verified` says whether the e-mail address
 * of the row was proven to be its owner's (1, true, yes).
 */
export const roles = [
  'given',
  'surname',
  'name',
  'birth',
  'email',
  'email_verified',
  'phone',
  'address',
  'house_number',
  'postcode',
  'city',
  'state',
  'country',
  'national',
  'card',
  'device',
  'customer',
  'other',
] as const;
export type Role = (typeof roles)[number];

/** One input column: its role, and a name for messages (`other` columns are told apart by it). */
export interface Field {
  readonly role: Role;
  readonly name: string;
}

/** How what people wrote is read where the text alone does not say. */
export interface Reading {
  /** The country phone numbers without a country code belong to (ISO 3166, upper case); null: only numbers with + are read. */
  readonly region: string | null;
  /** Which comes first in 03/04/1990; null: told apart from the data where it can be, else day first. */
  readonly dates: 'day-first' | 'month-first' | null;
}

/** The distinct normal values of one feature; a value's id is its place here. Text is UTF-16 units, end to end. */
export interface Values {
  readonly count: number;
  readonly units: Uint16Array;
  /** Where each value starts in `units`; one more than there are values. */
  readonly starts: Int32Array;
  /** In how many rows each value stands. */
  readonly counts: Int32Array;
  /** 32-bit hash of each value: the same for the same text in every table. */
  readonly hashes: Int32Array;
  /** Which letters occur in each value, a bit each (a to z; digits and others share five; the highest is the space). */
  readonly letters: Int32Array;
}

/** What is compared or blocked on, after normalisation; one or several come from a field. */
export type FeatureName =
  | 'given'
  | 'surname'
  | 'birth'
  | 'email'
  | 'mailname'
  | 'verified'
  | 'phone'
  | 'street'
  | 'number'
  | 'postcode'
  | 'city'
  | 'state'
  | 'country'
  | 'address'
  | 'national'
  | 'card'
  | 'device'
  | 'customer'
  | `other:${string}`;

export interface Feature {
  readonly name: FeatureName;
  /** The value's id in each row; −1 where it is missing. */
  readonly ids: Int32Array;
  readonly values: Values;
}

/** Rows as columns of value ids. Everything in it can be posted to a worker; with `shared`, without being copied. */
export interface Table {
  readonly rows: number;
  readonly features: readonly Feature[];
}

/** How a comparison is done; `levelsOf` names its levels. */
export type ComparisonKind = 'given' | 'surname' | 'birth' | 'email' | 'code' | 'place' | 'exact' | 'text';

/** How alike two values are, from nothing to compare (always level 0) upwards. */
export type LevelName =
  | 'missing'
  | 'different'
  | 'same area'
  | 'same area twice'
  | 'same street'
  | 'address close'
  | 'address equal'
  | 'same year'
  | 'similar'
  | 'swapped'
  | 'close'
  | 'one edit'
  | 'same mailbox name'
  | 'equal';

/** One line of evidence: a feature (or several, for a place) compared into one of a few levels. */
export interface Comparison {
  /** The feature's name; `place` for street, number, postcode and city together. */
  readonly name: FeatureName | 'place';
  readonly kind: ComparisonKind;
  readonly levels: readonly LevelName[];
  /** What this comparison's level is multiplied by in a pattern's code. */
  readonly stride: number;
}

/** How a feature's value is cut down to a part of a blocking key. */
export type KeyPart = {
  readonly feature: FeatureName;
  readonly by: 'value' | 'sound' | 'initial' | 'first3' | 'first4' | 'year' | 'words';
};

/** Rows that agree on all parts of a rule become a pair of candidates. Written like `surname.sound+birth.year`. */
export interface BlockingRule {
  readonly name: string;
  readonly parts: readonly KeyPart[];
}

/** What is compared and how candidates are found: decided from the columns there are. */
export interface Plan {
  readonly comparisons: readonly Comparison[];
  readonly rules: readonly BlockingRule[];
  /** Blocks with more rows than this are left out, and counted in `Skipped`. */
  readonly largestBlock: number;
  /** Bits a link needs at least in log odds; see docs/linkage.md. */
  readonly thresholds: Thresholds;
}

export interface Thresholds {
  /** Probability from which a pair is `probably_same`. */
  readonly probable: number;
  /** Probability from which a pair with an equal strong identifier is `same`. */
  readonly certain: number;
}

/** One rule's rows in the order of their keys; only blocks of two rows and more. */
export interface RuleBlocks {
  readonly rule: BlockingRule;
  /** The key of each row; 0 where it has none or its block was left out. */
  readonly keys: Int32Array;
  readonly order: Int32Array;
  /** Where each block starts in `order`; one more than there are blocks. */
  readonly starts: Int32Array;
  readonly skipped: Skipped;
}

export interface Skipped {
  readonly rule: string;
  readonly blocks: number;
  readonly rows: number;
  readonly pairs: number;
}

/** A part of the work of comparing: some blocks of one rule. Slices of one cut are disjoint and complete. */
export interface Slice {
  readonly rule: number;
  readonly from: number;
  readonly to: number;
  /** Pairs in these blocks before those found by an earlier rule are taken out. */
  readonly pairs: number;
}

/** Compared pairs, each once over all slices; `pattern` is the sum of level × stride. */
export interface Pairs {
  readonly count: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly pattern: Int32Array;
}

/** How often each pattern occurs. */
export interface PatternCounts {
  readonly patterns: Int32Array;
  readonly counts: Float64Array;
}

/** What one level of a comparison says: how often it is seen among the same, among housemates, among strangers; sums to 1 over levels 1…n. */
export interface LevelModel {
  readonly level: LevelName;
  readonly same: number;
  readonly household: number;
  readonly unlike: number;
}

export interface ComparisonModel {
  readonly name: Comparison['name'];
  readonly kind: ComparisonKind;
  /** Without level 0: nothing to compare says nothing. */
  readonly levels: readonly LevelModel[];
  /** Values more frequent than the average: hash and share of rows. Holds no text. */
  readonly frequent: readonly (readonly [hash: number, share: number])[];
}

/** Weights, as JSON: can be kept, shipped and read by another process. */
export interface Model {
  readonly version: 1;
  readonly comparisons: readonly ComparisonModel[];
  /** Share of all pairs of rows that are the same person, and that are housemates. */
  readonly same: number;
  readonly household: number;
  /** Where it comes from: rows and pairs learnt from, rounds of EM; 0 for the shipped defaults. */
  readonly rows: number;
  readonly pairs: number;
  readonly rounds: number;
}

/** `household`: same address or phone, another person; nothing is ever inherited along it and no cluster contains it. */
export const linkClasses = ['same', 'probably_same', 'household', 'unlike'] as const;
export type LinkClass = (typeof linkClasses)[number];

/** Scored pairs that are more than `unlike`. `kind` is a place in `linkClasses`. */
export interface Links {
  readonly count: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Log odds in bits that the two are the same person. */
  readonly bits: Float32Array;
  readonly kind: Uint8Array;
}

/** A person's word on a pair of rows. It binds, and the weights learn from it. */
export interface Label {
  readonly left: number;
  readonly right: number;
  readonly verdict: 'same' | 'different';
}

export interface Clusters {
  /** For each row the smallest row of its cluster. */
  readonly cluster: Int32Array;
  /** Links that made the clusters, as places in the `Links` given. */
  readonly used: Int32Array;
  /** Links refused because they would join rows that contradict each other, as places in `Links`. */
  readonly refused: Int32Array;
}

/** One line of an explanation. Ids are −1 where a value is missing; `textOf` shows them. */
export interface FieldEvidence {
  readonly name: Comparison['name'];
  readonly level: LevelName;
  /** Bits for (positive) or against being the same person; 0 for missing. */
  readonly bits: number;
  /** Of `bits`, what the value's own rarity (positive) or commonness (negative) adds. */
  readonly rarity: number;
  readonly left: number;
  readonly right: number;
}

export interface Explanation {
  readonly kind: LinkClass;
  /** Log odds in bits; probability = 1 / (1 + 2^−bits). */
  readonly bits: number;
  readonly probability: number;
  /** Bits before any evidence: how rare it is that two rows are the same person. */
  readonly prior: number;
  readonly fields: readonly FieldEvidence[];
  /** Bits taken off because housemates would agree as well. Never positive. */
  readonly household: number;
  /** Why the class is not what the bits alone would give. */
  readonly reasons: readonly Reason[];
}

export type Reason =
  | 'strong identifier equal'
  | 'other given name'
  | 'other birth date'
  | 'other national number'
  | 'only one identifier'
  | 'confirmed by staff'
  | 'split by staff';

/** A customer as the request path knows it: written values by role, as many as there are. */
export interface Profile {
  readonly id: string;
  readonly values: readonly ProfileValue[];
}

export interface ProfileValue {
  readonly role: Exclude<Role, 'other'>;
  readonly text: string;
}

/** A measured customer found, with all that speaks for and against it. */
export interface Match {
  readonly id: string;
  readonly explanation: MatchExplanation;
}

/** Like `Explanation`, with the normal values themselves (personal data: keep out of logs). */
export interface MatchExplanation extends Omit<Explanation, 'fields'> {
  readonly fields: readonly (Omit<FieldEvidence, 'left' | 'right'> & {
    readonly left: string | null;
    readonly right: string | null;
  })[];
}

export interface MeasuredIndex {
  readonly size: number;
  /** Adds a customer, or takes the new values of one that is there. */
  add(profile: Profile): void;
  /** Takes a customer out; nothing happens when it is not there. */
  remove(id: string): void;
  /**
   * The measured customer most probably the same as `profile`, if any is more than `unlike` (a `household` only if nothing is more).
   * A customer of the same id is passed over. Never throws on hostile text.
   */
  match(profile: Profile): Match | null;
  /** As `match`, up to `most` of them, best first; customers that `passedOver` names are left out. */
  matches(profile: Profile, most: number, passedOver?: (id: string) => boolean): readonly Match[];
}
