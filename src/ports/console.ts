import type { PlatformName } from '../core/enforcement/types.ts';
import type { EventKind } from '../core/events/event.ts';
import type { MeasureType } from '../core/events/measures.ts';
import type { Gravity } from '../core/policy/types.ts';
import type { CustomerId, EventId, MeasureId, ProposalId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { MeasureState, Standing } from '../core/standing/types.ts';
import type { IdentifierType } from './desk.ts';
import type { ShownPart } from './ledger.ts';
import type { ConnectionState } from './platforms.ts';
import type { MeasureRecord, ProposalRecord } from './standing.ts';
import type { Skipped } from './store.ts';

/** What the console reads to show. Every answer is a page or has a bound; no method asks once per row. */
export interface ConsoleReads {
  customers(shop: ShopId, wanted: CustomersWanted): Promise<readonly CustomerListing[]>;
  customer(shop: ShopId, id: CustomerId): Promise<CustomerCard | null>;
  customerByIdentifier(shop: ShopId, type: IdentifierType, hash: Buffer): Promise<CustomerCard | null>;
  standings(shop: ShopId): Promise<Readonly<Record<Standing, number>>>;
  timeline(shop: ShopId, customer: CustomerId, wanted: TimelineWanted): Promise<readonly TimelineRow[]>;
  /** How many events of each kind a timeline holds. */
  kindCounts(shop: ShopId, customer: CustomerId): Promise<Readonly<Record<string, number>>>;
  /** Some events of one customer, newest first. */
  events(shop: ShopId, customer: CustomerId, ids: readonly EventId[], most: number): Promise<readonly TimelineRow[]>;
  proposals(shop: ShopId, wanted: ProposalsWanted): Promise<readonly ProposalListing[]>;
  proposal(shop: ShopId, id: ProposalId): Promise<ProposalListing | null>;
  similar(shop: ShopId, like: SimilarWanted): Promise<Similar>;
  measures(shop: ShopId, wanted: MeasuresWanted): Promise<readonly MeasureListing[]>;
  homeCounts(shop: ShopId, staff: StaffId, now: Instant): Promise<HomeCounts>;
  changes(shop: ShopId, most: number): Promise<readonly Change[]>;
  trend(shop: ShopId, currency: string, timeZone: string, since: Instant): Promise<readonly WeekTotals[]>;
  imports(shop: ShopId, id: string | null): Promise<readonly ImportListing[]>;
  touches(shop: ShopId): Promise<Readonly<Record<string, number>>>;
  faces(shop: ShopId, customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, Face>>;
  /** All that may be shown of some customers, addresses too. */
  addresses(shop: ShopId, customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, ShownPart>>;
  /** Why some measures were taken, where a person wrote it. */
  reasons(
    shop: ShopId,
    measures: readonly { readonly id: MeasureId; readonly customer: CustomerId }[],
  ): Promise<ReadonlyMap<MeasureId, string>>;
}

/** Somebody as lists show them. */
export interface Face {
  readonly id: CustomerId;
  readonly name: string | null;
  readonly externalId: string | null;
}

export interface CustomerListing extends Face {
  readonly standing: Standing;
  readonly standingSince: Instant | null;
  readonly standingUntil: Instant | null;
  readonly orders: number;
  readonly orderedValue: number;
  readonly returns: number;
  readonly returnedValue: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly openProposal: boolean;
}

export interface CustomerCard extends CustomerListing {
  readonly email: string | null;
  readonly phone: string | null;
  readonly erased: boolean;
  readonly because: readonly string[];
  readonly refundedValue: number;
  readonly events: number;
  readonly allowListed: boolean;
}

export type CustomerSort = 'recent' | 'value' | 'returned';

/** Where the page before ended: the value sorted by, and the id that breaks ties. */
export interface After<Id extends string = string> {
  readonly value: number;
  readonly id: Id;
}

export interface CustomersWanted {
  readonly standings: readonly Standing[];
  readonly sort: CustomerSort;
  /** Null: everybody. */
  readonly search: CustomerSearch | null;
  readonly after: After<CustomerId> | null;
  readonly limit: number;
}

/** Who matches any of: an identifier, an order number, all the beginnings of words of a name. */
export interface CustomerSearch {
  readonly identifiers: readonly { readonly type: IdentifierType; readonly hash: Buffer }[];
  readonly order: string;
  readonly nameTokens: readonly Buffer[];
}

export interface TimelineWanted {
  /** Null: all. */
  readonly kinds: readonly EventKind[] | null;
  /** Older than this event (by the time it happened, then its place in the ledger). */
  readonly before: { readonly at: Instant; readonly seq: number } | null;
  /** Begin a little after this event instead. */
  readonly around: EventId | null;
  readonly limit: number;
}

/** An event as it is shown: of a proposal without its trace and evidence, which its own page has. */
export interface TimelineRow {
  readonly id: EventId;
  readonly seq: number;
  readonly kind: EventKind;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly source: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Free text or a reason; null where there is none, or the customer was erased. */
  readonly text: string | null;
  /** Who of the staff did it, by name. */
  readonly by: string | null;
  readonly corrected: 'void' | 'shop_fault' | 'counts' | null;
}

export interface ProposalsWanted {
  readonly status: ProposalRecord['status'];
  readonly gravity: Gravity | null;
  /** Only open ones that a colleague asked this person about, or that one of two people has agreed to; null: all. */
  readonly waitingFor: { readonly colleague: StaffId } | 'second' | null;
  readonly customer: CustomerId | null;
  /** Open ones come by gravity, the gravest first, and then by when they were opened; others by when they were answered, the last first. */
  readonly after: (After<ProposalId> & { readonly gravity: Gravity }) | null;
  readonly limit: number;
}

export interface NamedStaff {
  readonly id: StaffId;
  readonly name: string;
}

/** A proposal with everybody's names. In lists its trace names no events. */
export interface ProposalListing extends Omit<ProposalRecord, 'decidedBy' | 'firstApprover' | 'colleague'> {
  readonly face: Face & { readonly standing: Standing };
  readonly decidedBy: NamedStaff | null;
  readonly firstApprover: NamedStaff | null;
  readonly colleague: NamedStaff | null;
}

export interface SimilarWanted {
  readonly proposal: ProposalId;
  readonly ladder: string;
  readonly rules: readonly string[];
  /** Somebody counts as changed when nothing was proposed on the same ladder since an approval before this. */
  readonly quietSince: Instant;
}

export interface Similar {
  readonly approved: number;
  readonly declined: number;
  readonly changedAfterwards: number;
}

export interface MeasuresWanted {
  readonly state: MeasureState | null;
  readonly type: MeasureType | null;
  /** Only those in force that end within seven days, soonest first (and `after` names an end); otherwise newest first (a start). */
  readonly ending: 'week' | null;
  readonly customer: CustomerId | null;
  readonly after: After<MeasureId> | null;
  readonly limit: number;
}

export interface MeasureListing extends MeasureRecord {
  readonly face: Face;
}

export interface HomeCounts {
  readonly open: number;
  readonly openGrave: number;
  readonly askedOfYou: number;
  readonly waitingForSecond: number;
  /** Measures that end within a week. */
  readonly endingSoon: number;
  /** Entries of the lists that end within 30 days. */
  readonly entriesEnding: number;
  readonly assessing: number;
  readonly importRunning: string | null;
  /** Messages that could not be sent or came back: a person must look. */
  readonly mailFailed: number;
  readonly mailWaiting: number;
  /** The shop's connection, what it sent that could not be read, and what could not be done there. Null: none is connected. */
  readonly shopSystem: {
    readonly platform: PlatformName;
    readonly state: ConnectionState;
    readonly refused: number;
    readonly actsFailed: number;
  } | null;
  /** Webhooks to other systems that were switched off because nobody took them. */
  readonly webhooksOff: number;
  /** Where the ledger ends. */
  readonly head: number;
}

/** Something that was done about a customer lately. */
export interface Change {
  readonly at: Instant;
  readonly what: 'started' | 'ended' | 'declined';
  readonly type: 'watch' | MeasureType;
  readonly endedBecause: string | null;
  readonly until: Instant;
  readonly rules: readonly string[];
  readonly face: Face;
  readonly by: string | null;
}

/** A week (its Monday, as YYYY-MM-DD) in minor units of the shop's currency. */
export interface WeekTotals {
  readonly week: string;
  readonly ordered: number;
  readonly returned: number;
}

export interface ImportListing {
  readonly id: string;
  readonly format: string;
  readonly fileName: string;
  readonly status: 'running' | 'done' | 'failed' | 'interrupted';
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly bytesTotal: number | null;
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly added: number;
  readonly known: number;
  readonly conflicts: number;
  readonly skipped: readonly Skipped[];
  readonly error: string | null;
  readonly startedBy: string | null;
}

/** A policy being written; a shop has at most one. */
export interface PolicyDrafts {
  of(shop: ShopId): Promise<{ readonly source: string; readonly savedAt: Instant; readonly by: string } | null>;
  keep(
    shop: ShopId,
    draft: { readonly source: string; readonly savedAt: Instant; readonly by: StaffId },
  ): Promise<void>;
  drop(shop: ShopId): Promise<void>;
}
