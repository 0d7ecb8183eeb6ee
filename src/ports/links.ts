import type { LinkState } from '../core/events/link-states.ts';
import type { ComparedField } from '../core/events/links.ts';
import type { TraitKind } from '../core/linkage/traits.ts';
import type { Model } from '../core/linkage/types.ts';
import type { CustomerId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Standing } from '../core/standing/types.ts';
import type { ShownPart } from './ledger.ts';

/** A customer with all that may be compared of them. */
export interface KnownPerson {
  readonly customer: CustomerId;
  readonly shown: ShownPart;
}

/** What is known of whether two customers are one person; `a` is the smaller id. */
export interface LinkRecord {
  readonly a: CustomerId;
  readonly b: CustomerId;
  /** In whose part of the ledger the question stands. */
  readonly about: CustomerId;
  readonly state: LinkState;
  /** Null: staff said so, and no comparison. */
  readonly finding: {
    readonly klass: 'same' | 'probably_same';
    readonly millibits: number;
    readonly fields: readonly ComparedField[];
    readonly model: number;
  } | null;
  readonly foundAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly answeredBy: StaffId | null;
  /** The row of the ledger that last spoke of it. */
  readonly seq: number;
}

/** Something that a customer has in common with others. */
export interface SharedTrait {
  readonly kind: TraitKind;
  /** Keyed hash of its normal form, hexadecimal. */
  readonly hash: string;
  /** How many customers have it, this one too; counted up to a bound. */
  readonly customers: number;
  /** Some of the others. */
  readonly others: readonly CustomerId[];
}

/** Weights learnt from a shop's own customers. */
export interface KeptModel {
  readonly version: number;
  readonly model: Model;
  readonly customers: number;
  readonly answers: number;
  readonly madeAt: Instant;
}

/** One side of a question, as staff see it. */
export interface LinkSide extends KnownPerson {
  readonly standing: Standing;
  readonly erased: boolean;
  /** A restriction or block binds them now. */
  readonly bound: boolean;
  readonly orders: number;
  readonly returns: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

export interface DueToCompare {
  readonly customer: CustomerId;
  readonly since: Instant;
}

export interface Candidate {
  readonly customer: CustomerId;
  /** A restriction or block binds them; false: it binds whom they are compared with. */
  readonly measured: boolean;
}

/** Where a page of questions ended. */
export interface AfterLink {
  readonly millibits: number;
  readonly seq: number;
}

/** Staff said of two customers that they are one person. */
export interface Confirmed {
  readonly one: CustomerId;
  readonly other: CustomerId;
  readonly by: StaffId;
}

export interface LinkStore {
  /**
   * Customers with a restriction or block in force, and those confirmed to be the same person as one: whom new customers are
   * compared with. All of a shop page by page, or some.
   */
  measured(shop: ShopId): AsyncIterable<readonly KnownPerson[]>;
  measuredAmong(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly KnownPerson[]>;
  /** Some customers by all that may be compared; without the erased. */
  people(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly KnownPerson[]>;
  /** Some customers as staff see them, in one query. */
  sides(shop: ShopId, customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, LinkSide>>;
  /** All customers page by page, the newest first, up to a number of them. */
  everybody(shop: ShopId, most: number): AsyncIterable<readonly KnownPerson[]>;
  /**
   * For each customer with a confirmed link all others who are the same person, over however many links and in both
   * directions, but for those who were told apart from that customer: their word goes before a chain of others. Null: all of
   * the shop.
   */
  sameAs(
    shop: ShopId,
    customers: readonly CustomerId[] | null,
  ): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>>;
  /**
   * Pairs that staff found to be two people: for each customer of one the keyed hashes (`type:hex`) of the other's
   * identifiers. Null: all of the shop.
   */
  splitHashes(
    shop: ShopId,
    customers: readonly CustomerId[] | null,
  ): Promise<ReadonlyMap<CustomerId, readonly string[]>>;
  /** Whoever was told apart from any of some customers. */
  splitFrom(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly CustomerId[]>;
  /** Pairs among some customers that staff found to be two people. */
  splitAmong(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly LinkRecord[]>;
  /** Who ever confirmed pairs among some customers to be one person, whether or not that was taken back since. */
  confirmersAmong(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly Confirmed[]>;
  link(shop: ShopId, one: CustomerId, other: CustomerId): Promise<LinkRecord | null>;
  linksBetween(shop: ShopId, pairs: readonly (readonly [CustomerId, CustomerId])[]): Promise<readonly LinkRecord[]>;
  linksOf(shop: ShopId, customer: CustomerId, most: number): Promise<readonly LinkRecord[]>;
  /** What staff answered, the latest first: the weights learn from it. */
  answered(shop: ShopId, most: number): Promise<readonly LinkRecord[]>;
  /** Questions that wait for staff, the likeliest first: as long as something binds one of the two, or whoever is the same as one. */
  open(
    shop: ShopId,
    page: { readonly after: AfterLink | null; readonly limit: number },
  ): Promise<readonly LinkRecord[]>;
  /** How many of them there are, and how many objections to links wait for an answer. */
  openCount(shop: ShopId): Promise<{ readonly questions: number; readonly objections: number }>;
  /** What a customer has in common with others, with at most so many of the others each. */
  shared(shop: ShopId, customer: CustomerId, most: number): Promise<readonly SharedTrait[]>;
  /** What each of some pairs have in common, and how many customers share it. */
  sharedBy(
    shop: ShopId,
    pairs: readonly (readonly [CustomerId, CustomerId])[],
  ): Promise<readonly (readonly { readonly kind: TraitKind; readonly customers: number }[])[]>;
  /** Some of the customers who are to be compared, those who wait longest first. They are due until `compared` says otherwise. */
  due(shop: ShopId, most: number): Promise<readonly DueToCompare[]>;
  /** Those are due no more, but for whom something was new since. */
  compared(shop: ShopId, due: readonly DueToCompare[]): Promise<void>;
  /** Whom it is worth comparing each customer with: somebody with whom they have something in common, one of the two being measured. */
  candidates(
    shop: ShopId,
    customers: readonly CustomerId[],
    most: number,
  ): Promise<readonly (readonly [CustomerId, Candidate])[]>;
  /** Drops everybody who is due: for a shop with nobody to compare with. */
  dropDue(shop: ShopId): Promise<void>;
  /** Whether anybody has a restriction or block in force. */
  anyMeasured(shop: ShopId): Promise<boolean>;
  shopsWithDue(): Promise<readonly ShopId[]>;
  model(shop: ShopId): Promise<KeptModel | null>;
  keepModel(shop: ShopId, model: KeptModel): Promise<void>;
  /** Shops with somebody measured whose weights were not looked at since. */
  shopsToLearn(lookedBefore: Instant): Promise<readonly ShopId[]>;
  looked(shop: ShopId, at: Instant): Promise<void>;
}
