import type { CustomerId, EventId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';

/** What other systems can be told of, as `src/contracts/webhooks.ts` names it; `test`: that it works. */
export type HookTopic =
  | 'measure.started'
  | 'measure.changed'
  | 'measure.lifted'
  | 'measure.expired'
  | 'measure.voided'
  | 'measure.suspended'
  | 'measure.resumed'
  | 'appeal.filed'
  | 'appeal.decided'
  | 'appeal.withdrawn'
  | 'decision.denied'
  | 'customer.erased';

/** staff: somebody switched it off · failing: it took nothing for three days · gone: it answered that it is gone for good. */
export type HookOff = 'staff' | 'failing' | 'gone';

/** Another system that is told what is decided here. */
export interface HookEndpoint {
  readonly shop: ShopId;
  readonly id: string;
  readonly url: string;
  readonly topics: readonly HookTopic[];
  readonly note: string;
  readonly state: 'active' | 'disabled';
  readonly disabledBecause: HookOff | null;
  /** Since when nothing was taken; null: the last message was. */
  readonly failingSince: Instant | null;
  readonly createdBy: StaffId;
  readonly createdAt: Instant;
}

export interface HookEndpointListing extends HookEndpoint {
  readonly lastSentAt: Instant | null;
  readonly waiting: number;
  readonly failed: number;
}

/** A secret that signs. After a change the one before signs too until `until`. */
export interface HookSecret {
  readonly secret: string;
  readonly until: Instant | null;
}

/** Why a message was not taken: what a try came to, or the status that the receiver answered. */
export type HookFault =
  | 'address'
  | 'private'
  | 'unknown'
  | 'silent'
  | 'refused'
  | 'certificate'
  | 'broken'
  | 'status'
  | 'moved'
  | 'gone';

/** One message to one endpoint: the same id at every try. */
export interface HookSent {
  readonly shop: ShopId;
  readonly id: string;
  readonly endpoint: string;
  readonly topic: HookTopic | 'test';
  /** The row of the ledger it tells of; null: a test. */
  readonly seq: number | null;
  /** waiting: to be sent, or sent again · sent: taken · failed: given up · cancelled: the endpoint was switched off before. */
  readonly state: 'waiting' | 'sent' | 'failed' | 'cancelled';
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly status: number | null;
  readonly fault: HookFault | null;
  /** How long the receiver took to answer. */
  readonly ms: number | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
}

/** What a row of the ledger is to others. */
export interface AnnouncedEvent {
  readonly seq: number;
  readonly id: EventId;
  readonly kind: string;
  readonly customer: CustomerId | null;
  readonly recordedAt: Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a try came to. */
export interface HookTried {
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly status: number | null;
  readonly fault: HookFault | null;
  readonly ms: number | null;
  readonly at: Instant;
  /** When to try again. */
  readonly nextAt: Instant;
}

/** Webhooks to other systems. Secrets are kept sealed and handed out by themselves only. */
export interface AnnouncingStore {
  /** Oldest first, with how each does. */
  list(shop: ShopId): Promise<readonly HookEndpointListing[]>;
  /** The same without how they do, which takes counting: for whoever sends. */
  targets(shop: ShopId): Promise<readonly HookEndpoint[]>;
  one(shop: ShopId, id: string): Promise<HookEndpointListing | null>;
  /** It is told what happens from now on. */
  make(endpoint: HookEndpoint, secrets: readonly HookSecret[]): Promise<void>;
  /**
   * Gives it as it is then; null: there is none. Switched off, what waits is cancelled; switched on again, it is told what happens from
   * then on.
   */
  change(
    shop: ShopId,
    id: string,
    change: {
      readonly url?: string | undefined;
      readonly topics?: readonly HookTopic[] | undefined;
      readonly note?: string | undefined;
      readonly state?: 'active' | 'disabled' | undefined;
      readonly disabledBecause?: HookOff | undefined;
    },
    at: Instant,
  ): Promise<HookEndpointListing | null>;
  /** With everything that was sent there. False: there is none. */
  remove(shop: ShopId, id: string): Promise<boolean>;
  /** Newest first. */
  secrets(shop: ShopId, id: string): Promise<readonly HookSecret[]>;
  setSecrets(shop: ShopId, id: string, secrets: readonly HookSecret[], at: Instant): Promise<void>;

  /** Makes messages of what the ledger says since each endpoint was last told, some of it; true when there may be more. */
  announce(shop: ShopId, now: Instant): Promise<boolean>;
  /** A message that tells of no event, to be sent at `nextAt`. Null: there is no such endpoint. */
  addTest(shop: ShopId, endpoint: string, id: string, at: Instant, nextAt: Instant): Promise<HookSent | null>;
  /** Takes messages that are to be sent now, the longest due first, and puts each off until `leaseUntil`: who takes them may not live to tell. */
  claim(shop: ShopId, now: Instant, leaseUntil: Instant, most: number): Promise<readonly HookSent[]>;
  /** The same for one message, whatever its time; null: there is none, or it does not wait. */
  claimOne(shop: ShopId, id: string, leaseUntil: Instant): Promise<HookSent | null>;
  /** Writes what a try came to, and since when the endpoint fails. Gives since when; null: it does not. */
  tried(shop: ShopId, sent: Pick<HookSent, 'id' | 'endpoint' | 'topic'>, to: HookTried): Promise<Instant | null>;
  /** Lets a message that is over be sent again. False: it waits already, or there is none. */
  again(shop: ShopId, endpoint: string, id: string, at: Instant): Promise<boolean>;
  /** What rows of the ledger say. */
  events(shop: ShopId, seqs: readonly number[]): Promise<ReadonlyMap<number, AnnouncedEvent>>;
  sent(shop: ShopId, endpoint: string, id: string): Promise<HookSent | null>;
  /** Newest first. */
  listSent(
    shop: ShopId,
    endpoint: string,
    page: {
      readonly state: HookSent['state'] | null;
      readonly after: { readonly at: Instant; readonly id: string } | null;
      readonly limit: number;
    },
  ): Promise<readonly HookSent[]>;
  /** Forgets what was written before an instant and is over, for every shop. */
  forget(before: Instant): Promise<void>;
  /** Shops with messages that are to be sent now, or with something in the ledger that was not announced. */
  shopsWithDue(now: Instant): Promise<readonly ShopId[]>;
}

/** What a receiver answered, or why there was no answer. */
export type HookAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterMs: number | null; readonly ms: number }
  | { readonly kind: 'fault'; readonly fault: Exclude<HookFault, 'status' | 'moved' | 'gone'>; readonly ms: number };

/** How webhooks leave. Reaches public addresses only, unless the installation says otherwise. */
export interface HookWire {
  newSecret(): string;
  /** Why an address cannot be told anything; null: it can, as far as can be seen without telling it. */
  refuses(url: string): Promise<'address' | 'insecure' | 'private' | 'unknown' | null>;
  /** Sends a body, signed with every secret. */
  post(message: {
    readonly url: string;
    readonly secrets: readonly string[];
    readonly id: string;
    readonly body: string;
    readonly now: Instant;
  }): Promise<HookAnswer>;
}
