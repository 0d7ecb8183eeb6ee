import type { ActMove } from '../core/enforcement/acts.ts';
import type { BareMarks } from '../core/enforcement/desired.ts';
import type { ShopAct, ShopActKind, ShopActState } from '../core/enforcement/types.ts';
import type { ConnectionId, CustomerId, DecisionId, MeasureId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';

/** Who somebody is at a platform: their number as events carry it, with the connection's prefix, and their e-mail address. */
export interface Farewell {
  readonly externalId: string | null;
  readonly email: string | null;
}

/** Somebody of whom a platform is to be told, taken until the claim runs out. */
export interface ClaimedMark {
  readonly customer: CustomerId;
  /** What was told last; null: nothing yet. */
  readonly applied: BareMarks | null;
  /** Tries since the last that succeeded. */
  readonly attempts: number;
  /** Nothing is told of them any more but that nothing is in force. */
  readonly erased: boolean;
  /** Who an erased customer was there. */
  readonly farewell: Farewell | null;
}

/** What a platform was told of one customer. */
export interface MarkState {
  readonly applied: BareMarks | null;
  readonly appliedAt: Instant | null;
  /** Something changed, and is yet to be told. */
  readonly waiting: boolean;
  readonly fault: string | null;
}

/** What came of a try. `spent`: the try counts. */
export interface NotTold {
  readonly fault: string;
  readonly nextAt: Instant;
  readonly spent: boolean;
}

/** What platforms were told of customers. What is to be told follows from the ledger; here stands only that it is to be, and what was. */
export interface MarkStore {
  /** Makes everybody due who has a measure in force, or of whom the platform was told before: after connecting, and when settings change. */
  allDue(shop: ShopId, connection: ConnectionId, at: Instant): Promise<void>;
  /** Takes customers whose turn it is until an instant, the longest due first, skipping those others have. */
  claim(
    shop: ShopId,
    connection: ConnectionId,
    claim: { readonly now: Instant; readonly until: Instant; readonly most: number },
  ): Promise<readonly ClaimedMark[]>;
  /** The platform was told. `nextAt`: when to look again; null: never by itself. True: something changed meanwhile, and stays due. */
  told(
    shop: ShopId,
    connection: ConnectionId,
    customer: CustomerId,
    told: { readonly marks: BareMarks; readonly at: Instant; readonly nextAt: Instant | null },
  ): Promise<boolean>;
  notTold(shop: ShopId, connection: ConnectionId, customer: CustomerId, why: NotTold): Promise<void>;
  /** Telling it is of no use until something changes. */
  leave(shop: ShopId, connection: ConnectionId, customer: CustomerId, fault: string): Promise<void>;
  /** Nobody of the connection is told before an instant. */
  postpone(shop: ShopId, connection: ConnectionId, until: Instant): Promise<void>;
  of(shop: ShopId, connection: ConnectionId, customer: CustomerId): Promise<MarkState | null>;
  counts(
    shop: ShopId,
    connection: ConnectionId,
  ): Promise<{ readonly told: number; readonly waiting: number; readonly failed: number }>;
  /** Customers whom the platform shows marks of ours on, by id, after one of them. */
  marked(
    shop: ShopId,
    connection: ConnectionId,
    page: { readonly after: CustomerId | null; readonly limit: number },
  ): Promise<readonly ClaimedMark[]>;
}

/** The list of guests of a connection. */
export interface GuestListState {
  readonly listed: number;
  readonly fitted: number;
  readonly appliedAt: Instant | null;
  readonly fault: string | null;
}

export interface GuestListStore {
  /** From now on the connection has a list, which is due. Once more changes nothing. */
  begin(shop: ShopId, connection: ConnectionId, at: Instant): Promise<void>;
  /** Takes the list when it is due; null: it is not, or somebody has it. Gives the tries since the last that succeeded. */
  claim(
    shop: ShopId,
    connection: ConnectionId,
    claim: { readonly now: Instant; readonly until: Instant },
  ): Promise<{ readonly attempts: number } | null>;
  /** True: something changed meanwhile, and stays due. */
  told(
    shop: ShopId,
    connection: ConnectionId,
    told: { readonly listed: number; readonly fitted: number; readonly at: Instant; readonly nextAt: Instant | null },
  ): Promise<boolean>;
  notTold(shop: ShopId, connection: ConnectionId, why: NotTold): Promise<void>;
  /** Null: none was made yet. */
  of(shop: ShopId, connection: ConnectionId): Promise<GuestListState | null>;
  /** When customers last did something. */
  lastSeen(shop: ShopId, customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, Instant>>;
}

/** An act as it is kept. */
export interface ActRecord {
  readonly id: string;
  readonly connection: ConnectionId;
  readonly customer: CustomerId | null;
  readonly kind: ShopActKind;
  readonly about: string | null;
  /** Null: it cannot be read any more, because its customer was erased. */
  readonly act: ShopAct | null;
  /** What people call the order or return it is about. */
  readonly name: string | null;
  /** What the platform said when it refused. */
  readonly said: string | null;
  readonly state: ShopActState;
  readonly because: 'staff' | 'decision';
  readonly decision: DecisionId | null;
  readonly measures: readonly MeasureId[];
  readonly askedBy: StaffId | null;
  readonly askedAt: Instant;
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly doneAt: Instant | null;
  /** Of a hold: when its release or the order's cancellation was asked for. */
  readonly overAt: Instant | null;
  readonly reference: string | null;
  readonly fault: string | null;
}

export interface NewAct {
  readonly id: string;
  readonly connection: ConnectionId;
  readonly customer: CustomerId | null;
  readonly act: ShopAct;
  readonly name: string | null;
  /** The same key is written once. */
  readonly key: string;
  readonly because: 'staff' | 'decision';
  readonly decision: DecisionId | null;
  readonly measures: readonly MeasureId[];
  readonly askedBy: StaffId | null;
  readonly at: Instant;
  /** It is known from the start that the platform cannot: staff see it, and do it by hand. */
  readonly impossible?: boolean;
}

/** What becomes of an act. */
export interface ActMoved {
  readonly on: ActMove;
  readonly at: Instant;
  readonly nextAt?: Instant;
  readonly attempts?: number;
  readonly reference?: string | null;
  readonly fault?: string | null;
  readonly said?: string | null;
}

export interface ActStore {
  /**
   * Writes that something is to be done, and asks for it. An act of the same key changes nothing. A release or cancellation of an order
   * ends the holds of it. Gives the id of the act with this key, and whether it is new.
   */
  ask(shop: ShopId, act: NewAct): Promise<{ readonly id: string; readonly added: boolean }>;
  one(shop: ShopId, id: string): Promise<ActRecord | null>;
  /** The same, locked until the transaction ends. */
  lock(shop: ShopId, id: string): Promise<ActRecord | null>;
  byKey(shop: ShopId, connection: ConnectionId, key: string): Promise<string | null>;
  /** Takes acts whose turn it is until an instant, the longest due first, skipping those others have. Each has its try counted. */
  claim(
    shop: ShopId,
    connection: ConnectionId,
    claim: { readonly now: Instant; readonly until: Instant; readonly most: number },
  ): Promise<readonly ActRecord[]>;
  /** False: its state does not allow it. An act that is cancelled no longer ends the holds that it would have. */
  move(shop: ShopId, id: string, moved: ActMoved): Promise<boolean>;
  /** Nothing that waits at the connection is tried before an instant. */
  postpone(shop: ShopId, connection: ConnectionId, until: Instant, fault: string): Promise<void>;
  /** Cancels all that waits at a connection. Gives how many. */
  cancelAll(shop: ShopId, connection: ConnectionId, at: Instant): Promise<number>;
  list(
    shop: ShopId,
    page: {
      readonly state: ShopActState | null;
      readonly after: { readonly at: Instant; readonly id: string } | null;
      readonly limit: number;
    },
  ): Promise<readonly ActRecord[]>;
  ofCustomer(shop: ShopId, customer: CustomerId, limit: number): Promise<readonly ActRecord[]>;
  /** Which of these orders are held by us now, with the act that holds each. */
  heldOrders(shop: ShopId, connection: ConnectionId, orders: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Holds that automation asked for and that last, which rest on measures of these customers or concern them. */
  holdsOn(shop: ShopId, connection: ConnectionId, customers: readonly CustomerId[]): Promise<readonly ActRecord[]>;
  /** Locks holds that were done before an instant, still last, and of which the team was not told; by whoever asked for them. */
  heldTooLong(shop: ShopId, connection: ConnectionId, before: Instant, most: number): Promise<readonly ActRecord[]>;
  reminded(shop: ShopId, ids: readonly string[], at: Instant): Promise<void>;
  failed(shop: ShopId): Promise<number>;
  /** Shops with something for the job `enforce`: acts, marks or lists whose turn it is, a new connection, orders held too long. */
  shopsWithDue(now: Instant): Promise<readonly ShopId[]>;
}
