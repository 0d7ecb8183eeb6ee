import type { StandingMeasure } from '../core/decisions/types.ts';
import type { Proposal } from '../core/measures/proposals.ts';
import type { Measure } from '../core/measures/types.ts';
import type { CustomerId, MeasureId, ProposalId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Standing } from '../core/standing/types.ts';

/** A published policy. Immutable. */
export interface PolicyVersion {
  readonly version: number;
  readonly source: string;
  readonly note: string;
  readonly author: StaffId | null;
  readonly authorName: string;
  readonly publishedAt: Instant;
}

export interface PolicyStore {
  current(shop: ShopId): Promise<PolicyVersion | null>;
  version(shop: ShopId, version: number): Promise<PolicyVersion | null>;
  /** Newest first, without the sources. */
  list(shop: ShopId): Promise<readonly Omit<PolicyVersion, 'source'>[]>;
  /** Adds the next version, and makes every customer due. False when another one was published meanwhile. */
  publish(shop: ShopId, version: PolicyVersion): Promise<boolean>;
}

/** A proposal as the queue keeps it. */
export type ProposalRecord = Proposal;

/** A measure as the projection keeps it: without what only its events say. */
export interface MeasureRecord extends Omit<Measure, 'evidence' | 'approvedBy' | 'suspendedAt' | 'suspendedFor'> {
  readonly customer: CustomerId;
}

/** What an assessment leaves behind for one customer. */
export interface AssessedCustomer {
  readonly customer: CustomerId;
  readonly standing: Standing;
  readonly since: Instant | null;
  readonly until: Instant | null;
  readonly because: readonly string[];
  readonly nextAt: Instant | null;
}

/** Customers that are due and locked, and whether others may be due besides. */
export interface Claimed {
  readonly customers: readonly CustomerId[];
  readonly more: boolean;
}

export interface StandingStore {
  /**
   * Locks customers that are due (skipping those another process has), oldest first, until the transaction ends: as many as
   * have about so many events together, and at least one.
   */
  claimDue(shop: ShopId, now: Instant, most: { readonly customers: number; readonly events: number }): Promise<Claimed>;
  /** Locks one customer; false when there is none. */
  claim(shop: ShopId, customer: CustomerId): Promise<boolean>;
  /** Writes what assessing found about claimed customers. What it proposes is in the ledger by then. */
  save(shop: ShopId, assessed: readonly AssessedCustomer[], now: Instant): Promise<void>;
  /** Leaves claimed customers as they are, and has them assessed again at `until`. */
  postpone(shop: ShopId, customers: readonly CustomerId[], until: Instant): Promise<void>;
  countDue(shop: ShopId, now: Instant): Promise<number>;
  shopsWithDue(now: Instant): Promise<readonly ShopId[]>;
  proposal(shop: ShopId, id: ProposalId): Promise<ProposalRecord | null>;
  /** Those with these ids, and whatever is open about these customers, in one query. */
  proposals(
    shop: ShopId,
    wanted: { readonly ids: readonly ProposalId[]; readonly openAbout: readonly CustomerId[] },
  ): Promise<readonly ProposalRecord[]>;
  measure(shop: ShopId, id: MeasureId): Promise<MeasureRecord | null>;
  measures(shop: ShopId, ids: readonly MeasureId[]): Promise<readonly MeasureRecord[]>;
  /** A customer's measures that are active. */
  activeOf(shop: ShopId, customer: CustomerId): Promise<readonly MeasureRecord[]>;
}

/** A customer with measures in force, as decisions know them: by their identifiers, as type and keyed hash ("email:3f…"). */
export interface Restricted {
  readonly customer: CustomerId;
  readonly hashes: readonly string[];
  readonly measures: readonly MeasureRecord[];
}

export interface EnforcementStore {
  restricted(shop: ShopId): Promise<readonly Restricted[]>;
  /** The same of some customers; those without measures in force are missing. */
  restrictedAmong(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly Restricted[]>;
  /** The same of whomever some identifiers belong to. */
  restrictedBy(shop: ShopId, hashes: readonly string[]): Promise<readonly Restricted[]>;
  /** Identifiers on the allow-list, as type and keyed hash, with their ends; those that are over may be among them. */
  allowed(shop: ShopId): Promise<ReadonlyMap<string, Instant>>;
  /** Whom identifiers (as type and keyed hash) belong to; those of nobody are missing. */
  customersOf(shop: ShopId, hashes: readonly string[]): Promise<ReadonlyMap<string, CustomerId>>;
  /**
   * Every customer with measures in force, in parts and compact; of some customers, when they are named: those missing have none. No part
   * holds a connection while the one before is being taken in.
   */
  inMemory(shop: ShopId, only?: readonly CustomerId[]): AsyncIterable<readonly MeasuredInMemory[]>;
  /** Some shops with measures in force or entries on their lists, in no order. */
  shopsInForce(most: number): Promise<readonly ShopId[]>;
  /** The keyed hashes of the identifiers of some customers, 32 bytes each, one after the other. */
  keysOf(shop: ShopId, customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, Uint8Array>>;
  /** A counter of each of some shops that grows with every change decisions depend on; those where nothing ever changed are missing. */
  counters(shops: readonly ShopId[]): Promise<ReadonlyMap<ShopId, number>>;
  /** What changed since a counter, in order; the oldest are forgotten after some thousands. */
  changesSince(shop: ShopId, counter: number, most: number): Promise<readonly DecisionChange[]>;
}

/** A customer with measures in force as each process keeps it. */
export interface MeasuredInMemory {
  readonly customer: CustomerId;
  /** Keyed hashes of the customer's identifiers, 32 bytes each, one after the other. */
  readonly keys: Uint8Array;
  readonly measures: readonly StandingMeasure[];
}

/** What one change names; everything: all of the shop may have changed. */
export interface DecisionChange {
  readonly counter: number;
  readonly everything: boolean;
  /** The published policy, or the shop's settings. */
  readonly policy: boolean;
  readonly customers: readonly CustomerId[];
  readonly entries: readonly string[];
}
