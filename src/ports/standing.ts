import type { MeasureType, Obligation, Surface } from '../core/events/measures.ts';
import type { Measure } from '../core/measures/types.ts';
import type { RuleTraceJson } from '../core/policy/trace-json.ts';
import type { Gravity } from '../core/policy/types.ts';
import type { CustomerId, EventId, MeasureId, ProposalId, ShopId, StaffId } from '../core/shared/brand.ts';
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
export interface ProposalRecord {
  readonly id: ProposalId;
  readonly customer: CustomerId;
  readonly key: string;
  readonly status: 'open' | 'approved' | 'declined' | 'withdrawn';
  readonly type: 'watch' | MeasureType;
  readonly ladder: string;
  readonly step: number;
  readonly rules: readonly string[];
  readonly gravity: Gravity;
  readonly obligations: readonly Obligation[];
  readonly surfaces: readonly Surface[];
  readonly until: Instant;
  readonly skipped: 'threat' | 'fraud' | 'danger_to_staff' | null;
  readonly trace: readonly RuleTraceJson[];
  readonly evidence: readonly EventId[];
  readonly policyVersion: number | null;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: StaffId | null;
  readonly measure: MeasureId | null;
  readonly firstApprover: StaffId | null;
  readonly colleague: StaffId | null;
}

/** A measure as the projection keeps it: without what only its events say. */
export interface MeasureRecord extends Omit<Measure, 'evidence' | 'approvedBy'> {
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
  /** Those open now; open ones that are not here any more are withdrawn. */
  readonly proposals: readonly ProposalRecord[];
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
  save(shop: ShopId, assessed: readonly AssessedCustomer[], now: Instant): Promise<void>;
  /** Leaves claimed customers as they are, and has them assessed again at `until`. */
  postpone(shop: ShopId, customers: readonly CustomerId[], until: Instant): Promise<void>;
  countDue(shop: ShopId, now: Instant): Promise<number>;
  shopsWithDue(now: Instant): Promise<readonly ShopId[]>;
  proposal(shop: ShopId, id: ProposalId): Promise<ProposalRecord | null>;
  answer(
    shop: ShopId,
    id: ProposalId,
    to: Pick<
      ProposalRecord,
      'status' | 'updatedAt' | 'decidedAt' | 'decidedBy' | 'measure' | 'firstApprover' | 'colleague'
    >,
  ): Promise<void>;
  measure(shop: ShopId, id: MeasureId): Promise<MeasureRecord | null>;
}

/** A customer with measures in force, as decisions know them: by their identifiers, as type and keyed hash ("email:3f…"). */
export interface Restricted {
  readonly customer: CustomerId;
  readonly hashes: readonly string[];
  readonly measures: readonly MeasureRecord[];
}

export interface EnforcementStore {
  restricted(shop: ShopId): Promise<readonly Restricted[]>;
  /** Identifiers on the allow-list, as type and keyed hash, with their ends; those that are over may be among them. */
  allowed(shop: ShopId): Promise<ReadonlyMap<string, Instant>>;
  /** Whom identifiers (as type and keyed hash) belong to; those of nobody are missing. */
  customersOf(shop: ShopId, hashes: readonly string[]): Promise<ReadonlyMap<string, CustomerId>>;
  /** A counter per shop that grows with every change decisions depend on. */
  changes(): Promise<ReadonlyMap<ShopId, number>>;
}
