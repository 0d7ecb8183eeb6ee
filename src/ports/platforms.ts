import type { Abilities, CustomerMarks, PlatformName, Sentence, ShopAct } from '../core/enforcement/types.ts';
import type { CustomerReference, IncomingEnvelope } from '../core/events/incoming.ts';
import type { ConnectionId, ShopId } from '../core/shared/brand.ts';
import type { Result } from '../core/shared/result.ts';
import type { Instant } from '../core/shared/time.ts';

/** What can be kept as JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * connecting: made, not yet seen to work · active · reconnect: the platform refuses our credentials, or was uninstalled: a person must
 * connect it again, and nothing is lost meanwhile · disconnected: ended by a person.
 */
export type ConnectionState = 'connecting' | 'active' | 'reconnect' | 'disconnected';

/** A shop's system, connected. A shop has at most one that is not disconnected. */
export interface Connection {
  readonly id: ConnectionId;
  readonly shop: ShopId;
  readonly platform: PlatformName;
  readonly state: ConnectionState;
  /** Where it is: "https://shop.example.com", or "name.myshopify.com". */
  readonly address: string;
  /** Under which its events are recorded: the platform's name, or with a number behind it for a later connection. */
  readonly source: string;
  /**
   * Put before the platform's customer numbers, so that customer 12 of one system is never customer 12 of another that the shop had
   * before. Empty for the first connection of a shop, whose numbers are those of its files.
   */
  readonly numberPrefix: string;
  readonly settings: ConnectionSettings;
  /** What the platform's adapter keeps for itself: ids of webhooks, the plan, versions. Never secrets or personal data. */
  readonly facts: Readonly<Record<string, Json>>;
  readonly createdAt: Instant;
  /** When it was last found to work. */
  readonly checkedAt: Instant | null;
  /** Up to when everything was compared with the platform. */
  readonly reconciledTo: Instant | null;
}

export interface ConnectionSettings {
  /** What to do with an order that came in although its customer may not buy (guests, plans without checkout extensions, failures). */
  readonly afterOrder: 'nothing' | 'hold' | 'cancel';
  /** Whether customers are marked in the platform (tags, metafields, notes). */
  readonly marks: boolean;
  /** Whether returns that may be refused are declined in the platform, with our words. */
  readonly declineReturns: boolean;
  /** After how many hours the team is told of an order that is still held: nothing is held in silence. */
  readonly holdHours: number;
}

export const defaultConnectionSettings: ConnectionSettings = {
  afterOrder: 'hold',
  marks: true,
  declineReturns: false,
  holdHours: 48,
};

/** Secrets of a connection by the names of the platform's fields. Kept sealed. */
export type Credentials = Readonly<Record<string, string>>;

/** A field of the form in which a merchant connects. Its words are in `languages/<code>/console/connections.json`. */
export interface CredentialField {
  readonly name: string;
  /** secret: never shown again. */
  readonly kind: 'text' | 'secret';
  readonly required: boolean;
}

/** A secret with which webhooks are signed. After a change the one before is good until `until`. */
export interface WebhookSecret {
  readonly id: string;
  readonly secret: string;
  readonly until: Instant | null;
}

/** What an adapter is given to reach its platform. */
export interface Reach {
  readonly connection: Connection;
  readonly credentials: Credentials;
  /** Where the platform sends its webhooks: "https://fair.example.com/hooks/<connection>". */
  readonly hookUrl: string;
  /** The secret that new webhooks are to be signed with, where the platform lets us choose it. */
  readonly hookSecret: string;
  /** Every secret that is good at this moment, the newest first: after a change, a platform that signs both ways may know the old one yet. */
  readonly hookSecrets?: readonly string[];
  /** Known to nobody outside, and the same whatever credentials the connection has: what codes of gifts are made with. */
  readonly codeSecret: string;
  /** `fetch` that goes to public addresses only (unless the installation says otherwise), with a time limit, and without redirects. */
  readonly fetch: typeof fetch;
  readonly now: Instant;
}

/**
 * Why a platform did not do as asked. unauthorised: the credentials are no longer good · forbidden: a right is missing (`scope`) ·
 * limited: asked too often · unavailable: it is down or too slow · refused: it says no, in its words · gone: there is no such thing ·
 * drift: its answer lacks what it must have (`path`) · cannot: it has no means for it.
 */
export type PlatformFault =
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'forbidden'; readonly scope: string | null }
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'drift'; readonly path: string }
  | { readonly kind: 'cannot' };

/** What a test of a connection found. */
export interface ConnectionCheck {
  readonly fault: PlatformFault | null;
  readonly shopName: string | null;
  readonly currency: string | null;
  readonly timeZone: string | null;
  /** Version of the platform or of our extension there. */
  readonly version: string | null;
  /** Every right that is needed. `for`: the abilities that are lost without it. */
  readonly scopes: readonly { readonly name: string; readonly granted: boolean; readonly for: readonly string[] }[];
  /** Other things to know or to put right: keys of sentences in `languages/<code>/words/<platform>.json` under "notes". */
  readonly notes: readonly string[];
}

/** A webhook as it came in. Header names are in lower case. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** A webhook whose signature is good. */
export interface VerifiedWebhook {
  /** The platform's own id of this delivery: the same again is a duplicate. */
  readonly delivery: string;
  /** Null: it says nothing (a ping). */
  readonly topic: string | null;
  readonly triggeredAt: Instant | null;
}

/** unsigned: no signature · signature: it does not fit the body · old: outside the replay window · stranger: it names another shop · body: it is no JSON. */
export type WebhookRefusal = 'unsigned' | 'signature' | 'old' | 'stranger' | 'body';

/** Something of the platform as it tells it: a webhook's body, or an item of its history. Both are read in the same way. */
export interface PlatformRecord {
  readonly topic: string;
  readonly payload: Json;
}

/** What reading may ask about things that were seen before. */
export interface ReadingContext {
  readonly source: string;
  /** Gives the customer's number as events carry it, with the connection's prefix. */
  readonly customerNumber: (platformId: string) => string;
  /** The name under which an order is known to people ("1001"), by the platform's id; null: it was not seen yet. */
  readonly orderName: (platformId: string) => string | null;
  /** The shop's currency, and its zone for times without one. */
  readonly currency: string;
  readonly timeZone: string;
}

/** What a record says. Events have ids that depend on nothing but the thing they tell of, so that history, webhooks and repeats agree. */
export interface PlatformReading {
  readonly events: readonly IncomingEnvelope[];
  /** Orders by the platform's id and by the name that people use, where the record shows both. */
  readonly names: readonly { readonly id: string; readonly name: string }[];
  /** Where each order goes at this moment: what changed is found by comparing (see `AddressSeen`). */
  readonly addresses: readonly AddressSeen[];
  readonly effects: readonly PlatformEffect[];
}

/**
 * Where an order was to go at `version`. Some platforms tell of a new address only by showing it. When webhooks can no longer come late
 * (a day and two hours), the sightings are put in order and each change becomes one `order.address_changed`.
 */
export interface AddressSeen {
  readonly order: string;
  readonly customer: CustomerReference;
  readonly version: Instant;
  /** The address in one normal form. Only a keyed hash of it is kept. */
  readonly address: string;
  readonly stage: 'before_dispatch' | 'after_dispatch' | 'after_delivery';
}

/** What a record asks of us besides recording. Acted on for live records only, never for history. */
export type PlatformEffect =
  | {
      readonly kind: 'order_placed';
      /** The platform's reference, as acts take it. */
      readonly order: string;
      /** Its name to people, as events carry it. */
      readonly name: string;
      readonly customer: CustomerReference;
      readonly language: string | null;
      /** The platform was already told by our extension at the checkout. */
      readonly asked: boolean;
    }
  | {
      readonly kind: 'return_asked';
      readonly return: string;
      readonly order: string | null;
      readonly customer: CustomerReference;
      readonly returnKind: 'withdrawal' | 'faulty' | 'goodwill' | null;
    }
  | { readonly kind: 'customers_merged'; readonly kept: CustomerReference; readonly gone: CustomerReference }
  | { readonly kind: 'erase_customer'; readonly customer: CustomerReference }
  | { readonly kind: 'data_asked'; readonly customer: CustomerReference }
  | { readonly kind: 'erase_shop' }
  | { readonly kind: 'uninstalled' };

/** drift: the record lacks what it must have, at `path` · needs: it names an order that was not seen yet. */
export type ReadingFault =
  | { readonly kind: 'drift'; readonly path: string; readonly message: string }
  | { readonly kind: 'needs'; readonly order: string };

/** Part of a platform's past. */
export interface HistoryPage {
  readonly records: readonly PlatformRecord[];
  /** Where to go on; null: that was all. */
  readonly next: Json | null;
  /** How many records there are in all, as far as known. */
  readonly total: number | null;
  /** How long to wait before the next page, so that the platform's limits are kept. */
  readonly waitMs: number;
}

/** One customer as the platform knows them. */
export interface MarkedCustomer {
  /** The platform's own id, without the connection's prefix; null for guests. */
  readonly externalId: string | null;
  readonly email: string | null;
}

/** A measured customer by what a guest at a checkout gives. Ranked: who matters most first. */
export interface ListedGuest {
  readonly email: string | null;
  readonly phone: string | null;
  readonly marks: CustomerMarks;
}

/** A shop system: the same parts for each. Adapters keep nothing and read no clock. */
export interface ShopPlatform {
  readonly name: PlatformName;
  readonly abilities: Abilities;
  readonly fields: readonly CredentialField[];
  /** Puts an address as people type it into its one form; null: it cannot be one. */
  readonly readAddress: (typed: string) => string | null;
  /** Tries the credentials: what is missing, right by right. Changes nothing. */
  readonly check: (reach: Reach) => Promise<ConnectionCheck>;
  /** Sets up what the connection needs there (webhooks, definitions); once more changes nothing. Gives the facts to keep. */
  readonly connect: (reach: Reach) => Promise<Result<Readonly<Record<string, Json>>, PlatformFault>>;
  /** Takes away what `connect` set up. */
  readonly disconnect: (reach: Reach) => Promise<Result<null, PlatformFault>>;
  readonly verify: (
    webhook: RawWebhook,
    secrets: readonly WebhookSecret[],
    connection: Connection,
    credentials: Credentials,
    now: Instant,
  ) => Result<VerifiedWebhook, WebhookRefusal>;
  /** Pure. */
  readonly read: (record: PlatformRecord, context: ReadingContext) => Result<PlatformReading, ReadingFault>;
  /** The past from a cursor on (null: from the beginning), changed since an instant (null: all of it). Null: the platform's extension sends it. */
  readonly history:
    | ((reach: Reach, from: Json | null, since: Instant | null) => Promise<Result<HistoryPage, PlatformFault>>)
    | null;
  /** One order that a record named before it was seen. */
  readonly order: ((reach: Reach, id: string) => Promise<Result<readonly PlatformRecord[], PlatformFault>>) | null;
  /** Brings the platform's marks on a customer to what they are to be. Null: it has none, because our extension asks each time. */
  readonly mark:
    | ((reach: Reach, customer: MarkedCustomer, marks: CustomerMarks) => Promise<Result<null, PlatformFault>>)
    | null;
  /**
   * Hands over the list for checkouts of guests, and what every one of them is to read, in each of the shop's languages: it names no
   * reason and no day, because who reads it is not known. Gives how many of them fit.
   */
  readonly listGuests:
    | ((
        reach: Reach,
        guests: readonly ListedGuest[],
        sentences: readonly Sentence[],
      ) => Promise<Result<{ readonly fitted: number }, PlatformFault>>)
    | null;
  /** Does one thing. `customer`: whom it concerns. Doing it twice (same `key`) does it once. Gives what to remember, such as a code. */
  readonly act: (
    reach: Reach,
    act: ShopAct,
    customer: MarkedCustomer | null,
    key: string,
  ) => Promise<Result<{ readonly reference: string | null }, PlatformFault>>;
  /** Sign-in at the platform instead of typed credentials. */
  readonly authorise: PlatformAuthorisation | null;
}

/** OAuth: where to send the merchant, and what to make of their coming back. */
export interface PlatformAuthorisation {
  /** Whether what was typed is not enough without it. */
  readonly needed: (credentials: Credentials) => boolean;
  readonly begin: (asked: {
    readonly address: string;
    readonly credentials: Credentials;
    readonly state: string;
    readonly callback: string;
  }) => string;
  /** Gives the credentials with what was granted added. */
  readonly finish: (asked: {
    readonly address: string;
    readonly credentials: Credentials;
    readonly state: string;
    readonly query: Readonly<Record<string, string>>;
    readonly fetch: typeof fetch;
    readonly now: Instant;
  }) => Promise<Result<Credentials, PlatformFault>>;
}

export type Platforms = Readonly<Record<PlatformName, ShopPlatform>>;
