import type { EventBody, EventKind, LedgerEvent, PrivatePart } from '../core/events/event.ts';
import type { Identifier } from '../core/identity/identifier.ts';
import type { CustomerId, EventId, ShopId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Shop } from '../ports.ts';

/** What may be shown of a customer; kept sealed. */
export type ShownPart = Omit<PrivatePart, 'text' | 'reason'>;

/** Who an offered event is about. `id` must be known; without it the identifiers, strongest first, find or make the customer. */
export interface Subject {
  readonly id?: CustomerId | undefined;
  readonly identifiers: readonly Identifier[];
  readonly shown: ShownPart;
}

/** An event offered to the ledger, which gives it id, sequence, times and hashes. Its body has passed the schema of its kind. */
export type OfferedEvent = {
  readonly [K in EventKind]: {
    readonly kind: K;
    readonly body: EventBody<K>;
    /** Null: about nobody the shop knows. */
    readonly subject: Subject | null;
    /** Free text and reasons, kept sealed. Needs a subject. */
    readonly private?: Pick<PrivatePart, 'text' | 'reason'> | undefined;
    readonly occurredAt: Instant;
    readonly source: string;
    readonly sourceId: string;
  };
}[EventKind];

/** What became of one event that was offered to the ledger. */
export type AppendOutcome =
  | {
      readonly status: 'added';
      readonly id: EventId;
      readonly seq: number;
      readonly customer: CustomerId | null;
      /** An identifier it came with belongs to another customer already, and stays with that one. */
      readonly torn: boolean;
    }
  | { readonly status: 'known'; readonly id: EventId; readonly customer: CustomerId | null }
  /** The same source id with other content: the first stands. */
  | { readonly status: 'conflict'; readonly id: EventId }
  | { readonly status: 'refused'; readonly field: string; readonly message: string };

/** An event with its sealed part; null where it has none, or the customer was erased since. */
export interface OpenedEvent {
  readonly event: LedgerEvent;
  readonly private: PrivatePart | null;
}

/** One customer's whole past, oldest first. */
export interface CustomerEvents {
  readonly customer: CustomerId;
  readonly events: readonly LedgerEvent[];
}

/** Something `verify` found wrong. `seq` is where; `kind` of the row, or null where the row is gone. */
export interface Damage {
  readonly seq: number;
  readonly kind: string | null;
  readonly what: 'altered' | 'removed' | 'reordered' | 'cut_off' | 'head_differs';
  readonly detail: string;
}

export interface Verification {
  readonly rows: number;
  readonly head: { readonly seq: number; readonly hash: string };
  /** At most the first thousand. */
  readonly damage: readonly Damage[];
}

export interface LedgerStore {
  /**
   * Adds events in the order given, one outcome each. Locks the shop's ledger until the transaction ends, keeps every projection
   * in step, makes the customers due, and tells other processes at commit. Only inside `Store.transaction`.
   */
  append(shop: Shop, offered: readonly OfferedEvent[]): Promise<readonly AppendOutcome[]>;
  /** Takes the lock that `append` takes, for work that must read first. */
  lock(shop: ShopId): Promise<void>;
  /**
   * The events of some customers that a judgement can depend on, in one query, each oldest first (occurredAt, seq): all but decisions
   * and what the policy proposed.
   */
  eventsOf(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly CustomerEvents[]>;
  /** Every customer with the same of their events up to an instant, streamed in the order of their ids. */
  byCustomer(shop: ShopId, upTo: Instant): AsyncIterable<readonly CustomerEvents[]>;
  /** What may be shown of some customers, read from the ledger itself. */
  shownOf(shop: ShopId, customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, ShownPart>>;
  /** What was written with some events of a customer (a text or a reason), as far as it can still be read. */
  wordsOf(shop: ShopId, customer: CustomerId, events: readonly EventId[]): Promise<ReadonlyMap<EventId, string>>;
  /** A page of all events of a customer with what is sealed opened, in the order they were recorded, after a place in the ledger. */
  openedOf(
    shop: ShopId,
    customer: CustomerId,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly OpenedEvent[]>;
  /** One event, or null. */
  event(shop: ShopId, id: EventId): Promise<LedgerEvent | null>;
  /** Some event that a source reported, or null when it never reported any. */
  eventOfSource(shop: ShopId, source: string): Promise<LedgerEvent | null>;
  /** Whether a row with this hash is in the ledger. */
  holds(shop: ShopId, hash: Buffer): Promise<boolean>;
  verify(shop: ShopId, onProgress?: (rows: number) => void): Promise<Verification>;
  /** Empties every projection of the shop and makes them again; standings are then due. Only inside a transaction. */
  rebuild(shop: Shop, onProgress?: (rows: number) => void): Promise<void>;
}
