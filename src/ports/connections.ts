import type { PlatformName } from '../core/enforcement/types.ts';
import type { CustomerReference } from '../core/events/incoming.ts';
import type { ConnectionId, CustomerId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type {
  AddressSeen,
  Connection,
  ConnectionCheck,
  ConnectionSettings,
  ConnectionState,
  Credentials,
  Json,
  ShopPlatform,
  WebhookSecret,
} from './platforms.ts';

/** The shop systems this installation can be connected to. */
export interface PlatformRegistry {
  readonly all: readonly ShopPlatform[];
  /** Throws for a platform that is not here: names come from the table of connections or from a checked request. */
  readonly of: (name: PlatformName) => ShopPlatform;
  /** Null: it is not here. */
  readonly find: (name: PlatformName) => ShopPlatform | null;
}

/** What the last test of a connection found, and when. */
export interface KeptCheck {
  readonly found: ConnectionCheck;
  readonly at: Instant;
}

export interface ConnectionChange {
  readonly state?: ConnectionState | undefined;
  readonly settings?: ConnectionSettings | undefined;
  readonly facts?: Readonly<Record<string, Json>> | undefined;
  readonly credentials?: Credentials | undefined;
  readonly hookSecrets?: readonly WebhookSecret[] | undefined;
  readonly check?: KeptCheck | undefined;
  readonly checkedAt?: Instant | undefined;
  readonly reconciledTo?: Instant | undefined;
  readonly endedAt?: Instant | null | undefined;
}

/** Connections to shop systems. Credentials and secrets are kept sealed and handed out by themselves only. */
export interface ConnectionStore {
  /** The one that is not disconnected, or null. */
  live(shop: ShopId): Promise<Connection | null>;
  one(shop: ShopId, id: ConnectionId): Promise<Connection | null>;
  /** By the id alone, as webhooks name it. */
  byId(id: ConnectionId): Promise<Connection | null>;
  /** The live one first, then the newest. */
  list(shop: ShopId): Promise<readonly Connection[]>;
  /** Live connections of every shop that work, for what is done each night. `comparedAt`: when the last comparison began, however it ended. */
  allActive(): Promise<
    readonly { readonly connection: Connection; readonly timeZone: string; readonly comparedAt: Instant | null }[]
  >;
  credentials(shop: ShopId, id: ConnectionId): Promise<Credentials>;
  /** Newest first. Old ones that are over are among them. */
  hookSecrets(shop: ShopId, id: ConnectionId): Promise<readonly WebhookSecret[]>;
  lastCheck(shop: ShopId, id: ConnectionId): Promise<KeptCheck | null>;
  /** False, and nothing made: the shop has a live one already. */
  make(
    connection: Connection,
    secret: { readonly credentials: Credentials; readonly hookSecrets: readonly WebhookSecret[] },
  ): Promise<boolean>;
  /** Gives it as it is then; null: there is none. Facts are put in whole. */
  change(shop: ShopId, id: ConnectionId, change: ConnectionChange): Promise<Connection | null>;
  /** Takes a connection away that never worked, with nothing recorded under it. */
  remove(shop: ShopId, id: ConnectionId): Promise<void>;
}

/** A webhook to keep. */
export interface NewReceived {
  readonly shop: ShopId;
  readonly connection: ConnectionId;
  readonly id: string;
  readonly delivery: string;
  readonly topic: string;
  readonly body: string;
  readonly triggeredAt: Instant | null;
  readonly receivedAt: Instant;
  /** False: from the platform's past, set aside until the order it names is known. Nothing is done about it but recording. */
  readonly live: boolean;
  readonly nextAt: Instant;
}

export type ReceivedState = 'waiting' | 'done' | 'refused';

/** A webhook as it waits to be read. */
export interface Received {
  readonly id: string;
  readonly connection: ConnectionId;
  readonly topic: string;
  /** Null: it was emptied. */
  readonly body: string | null;
  readonly attempts: number;
  readonly receivedAt: Instant;
  readonly live: boolean;
  readonly fault: string | null;
}

/** A webhook as lists show it, without what it says. */
export interface ReceivedListing {
  readonly id: string;
  readonly topic: string;
  readonly state: ReceivedState;
  readonly receivedAt: Instant;
  readonly triggeredAt: Instant | null;
  readonly doneAt: Instant | null;
  readonly attempts: number;
  readonly added: number;
  readonly fault: string | null;
  readonly customers: readonly CustomerId[];
}

/** What became of reading one. `fault`: a kind and a path, never a value. */
export type ReceivedEnd =
  | { readonly id: string; readonly state: 'done'; readonly added: number; readonly customers: readonly CustomerId[] }
  | { readonly id: string; readonly state: 'waiting'; readonly nextAt: Instant; readonly fault: string }
  | {
      readonly id: string;
      readonly state: 'refused';
      readonly fault: string;
      readonly added: number;
      readonly customers: readonly CustomerId[];
    };

export interface ReceivedHealth {
  readonly lastReceivedAt: Instant | null;
  /** Medians over the last 24 hours, in milliseconds. */
  readonly heardAfterMs: number | null;
  readonly readAfterMs: number | null;
  readonly received24h: number;
  readonly waiting: number;
  readonly refused: number;
  readonly rejected24h: readonly { readonly reason: string; readonly count: number; readonly lastAt: Instant }[];
}

/** How a connection does, for lists: three figures in one query for all. */
export interface ReceivedCounts {
  readonly connection: ConnectionId;
  readonly lastReceivedAt: Instant | null;
  readonly waiting: number;
  readonly refused: number;
}

export interface ReceivedStore {
  /** Keeps webhooks, and asks for them to be read. A delivery that is there already changes nothing. Gives how many were new. */
  add(received: readonly NewReceived[]): Promise<number>;
  /** Counts webhooks that were not believed. */
  reject(
    rejected: readonly {
      readonly shop: ShopId;
      readonly connection: ConnectionId;
      readonly reason: string;
      readonly count: number;
      readonly at: Instant;
    }[],
  ): Promise<void>;
  /** Locks webhooks that are to be read now, the first received first, skipping those others have. Inside a transaction only. */
  claim(shop: ShopId, now: Instant, most: number): Promise<readonly Received[]>;
  finish(shop: ShopId, ends: readonly ReceivedEnd[], at: Instant): Promise<void>;
  /** Those that wait because of one of these faults are read at once. */
  wake(shop: ShopId, connection: ConnectionId, faults: readonly string[], at: Instant): Promise<void>;
  /** Reads a refused one again. False: there is no refused one with a body. */
  retry(shop: ShopId, connection: ConnectionId, id: string, at: Instant): Promise<boolean>;
  list(
    shop: ShopId,
    connection: ConnectionId,
    page: {
      readonly state: ReceivedState | null;
      readonly after: { readonly at: Instant; readonly id: string } | null;
      readonly limit: number;
    },
  ): Promise<readonly ReceivedListing[]>;
  health(shop: ShopId, connection: ConnectionId, now: Instant): Promise<ReceivedHealth>;
  counts(shop: ShopId): Promise<readonly ReceivedCounts[]>;
  shopsWithWaiting(now: Instant): Promise<readonly ShopId[]>;
  /**
   * Empties bodies of webhooks done before the first instant, and refused ones that came before the second, and forgets counts and rows that
   * were over by then. Gives how many of those done were emptied.
   */
  tidy(emptyBefore: Instant, forgetBefore: Instant): Promise<number>;
  /** Empties one body. */
  forget(shop: ShopId, id: string): Promise<void>;
  /** Empties every body of a connection. */
  empty(shop: ShopId, connection: ConnectionId): Promise<void>;
}

/** What was seen of a platform's orders besides events: their names, and where they go. */
export interface OrderStore {
  names(shop: ShopId, connection: ConnectionId, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The platform's ids of orders known by these names. */
  idsOf(shop: ShopId, connection: ConnectionId, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  name(
    shop: ShopId,
    connection: ConnectionId,
    names: readonly { readonly id: string; readonly name: string }[],
  ): Promise<void>;
  /** Keeps where orders were seen to go; the same version again changes nothing. */
  saw(shop: ShopId, connection: ConnectionId, seen: readonly AddressSeen[], at: Instant): Promise<void>;
  /**
   * Sightings of some orders with one of before this instant that was not compared yet: all up to it and the last one compared, by order and
   * version. Locked until the transaction ends.
   */
  unsettled(shop: ShopId, before: Instant, orders: number): Promise<readonly Sighting[]>;
  /** Marks them compared, and keeps the last of each order only. */
  settle(shop: ShopId, upTo: readonly Pick<Sighting, 'connection' | 'order' | 'version'>[]): Promise<void>;
  shopsWithUnsettled(before: Instant): Promise<readonly ShopId[]>;
  /** Forgets what was last seen before. */
  tidy(before: Instant): Promise<void>;
}

export interface Sighting {
  readonly connection: ConnectionId;
  readonly source: string;
  readonly order: string;
  readonly version: Instant;
  /** A keyed hash of the address, in hex. */
  readonly address: string;
  readonly stage: AddressSeen['stage'];
  readonly customer: CustomerReference;
  readonly settled: boolean;
}

/** What could not be read of a platform's past: a kind and a path, never a value. */
export interface RunFault {
  readonly fault: string;
  readonly count: number;
  /** Topics. */
  readonly examples: readonly string[];
}

export type RunKind = 'history' | 'reconcile';
export type RunState = 'running' | 'done' | 'stopped' | 'failed';

/** Fetching a platform's past, or what its webhooks missed. */
export interface Run {
  readonly id: string;
  readonly shop: ShopId;
  readonly connection: ConnectionId;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly since: Instant | null;
  readonly cursor: Json | null;
  readonly total: number | null;
  readonly read: number;
  readonly added: number;
  readonly known: number;
  readonly refused: number;
  readonly faults: readonly RunFault[];
  /** Why it waits or failed: a fault as text. */
  readonly error: string | null;
  readonly attempts: number;
  readonly startedBy: StaffId | null;
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
  readonly nextAt: Instant;
  readonly finishedAt: Instant | null;
}

export type RunChange = Partial<
  Pick<
    Run,
    | 'state'
    | 'cursor'
    | 'total'
    | 'read'
    | 'added'
    | 'known'
    | 'refused'
    | 'faults'
    | 'error'
    | 'attempts'
    | 'nextAt'
    | 'finishedAt'
  >
> & { readonly updatedAt: Instant };

export interface RunStore {
  /** False: one of this kind runs already. */
  start(run: Run): Promise<boolean>;
  one(shop: ShopId, id: string): Promise<Run | null>;
  /** Locked until the transaction ends. */
  lock(shop: ShopId, id: string): Promise<Run | null>;
  /**
   * Takes the run of this shop that is longest due (of a connection that works), and puts its next turn off until `until`: whoever dies with
   * it leaves it to be taken again. Null: none is due.
   */
  take(shop: ShopId, now: Instant, until: Instant): Promise<Run | null>;
  change(shop: ShopId, id: string, change: RunChange): Promise<void>;
  /** Of one connection, the newest first. */
  list(shop: ShopId, connection: ConnectionId, limit: number): Promise<readonly Run[]>;
  /** The newest of each connection of a shop. */
  newest(shop: ShopId): Promise<ReadonlyMap<ConnectionId, Run>>;
  /** The last comparison that was finished. */
  lastReconciled(shop: ShopId, connection: ConnectionId): Promise<Run | null>;
  /** Runs that waited for a connection to work again go on. */
  wake(shop: ShopId, connection: ConnectionId, at: Instant): Promise<void>;
  shopsWithDue(now: Instant): Promise<readonly ShopId[]>;
}
