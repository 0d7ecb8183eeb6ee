import type { Appeal, AppealState } from '../core/appeals/types.ts';
import type { MailTrouble, OutboxState } from '../core/notices/outbox.ts';
import type { Cause, IssuedNotice } from '../core/notices/types.ts';
import type { AppealId, AttachmentId, CustomerId, MeasureId, NoticeId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';

export type { MailTrouble, OutboxState } from '../core/notices/outbox.ts';

/** A message as it leaves. */
export interface Envelope {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message on its way, without its words. */
export interface OutboxRow {
  readonly shop: ShopId;
  readonly id: string;
  readonly cause: Cause;
  readonly customer: CustomerId | null;
  readonly audience: 'customer' | 'team';
  readonly state: OutboxState;
  readonly notice: NoticeId | null;
  /** Set once it has words: the same at every try, so that a repeat can be recognised. */
  readonly messageId: string | null;
  readonly attempts: number;
  readonly nextAt: Instant;
  /** Why it is not there. */
  readonly trouble: MailTrouble | null;
  /** What the mail server said, without addresses. */
  readonly error: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
}

export interface OutboxStore {
  /**
   * Writes that something is to be told, in the transaction of what it tells about; its words are made right after. `personal` is
   * a paragraph for the customer, sealed with their key. `envelope`: the words, where they hold a secret that is kept nowhere else.
   * A message with the same cause that is still `due` is not written twice. Nobody is told about a customer who was erased:
   * the row is `cancelled` at once. Gives the row's id.
   */
  tell(
    shop: ShopId,
    message: {
      readonly cause: Cause;
      readonly audience: 'customer' | 'team';
      readonly customer: CustomerId | null;
      readonly personal?: string | undefined;
      readonly envelope?: Envelope | undefined;
      readonly at: Instant;
    },
  ): Promise<string>;
  /** Locks messages that are to be done now (`next_at` reached), the longest due first, skipping those others have. */
  claim(shop: ShopId, state: 'due' | 'waiting', now: Instant, most: number): Promise<readonly OutboxRow[]>;
  /** Gives a message that was told with its words the Message-ID it keeps. */
  identify(shop: ShopId, id: string, messageId: string): Promise<void>;
  /** The paragraph written for this message, or null. */
  personal(shop: ShopId, id: string): Promise<string | null>;
  /**
   * Gives a message its words: it waits for the mail server from here on. Keeps the notice, where it is one. For a customer
   * who was erased meanwhile it is cancelled, and nothing is kept.
   */
  worded(
    shop: ShopId,
    id: string,
    to: {
      readonly envelope: Envelope;
      readonly messageId: string;
      readonly notice: IssuedNotice | null;
      readonly at: Instant;
    },
  ): Promise<void>;
  /** Null: without words yet, emptied because it held a secret, or of an erased customer. */
  envelope(shop: ShopId, id: string): Promise<Envelope | null>;
  /** The subjects of messages that have words. */
  subjects(shop: ShopId, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Moves a message on. False, and nothing changed, where it cannot come there from what it is now (see `statesBefore`).
   * What was told with its words and is over loses them.
   */
  move(
    shop: ShopId,
    id: string,
    to: {
      readonly state: OutboxState;
      readonly at: Instant;
      readonly nextAt?: Instant | undefined;
      readonly attempts?: number | undefined;
      readonly trouble?: MailTrouble | null | undefined;
      readonly error?: string | null | undefined;
      readonly sentAt?: Instant | undefined;
    },
  ): Promise<boolean>;
  /** Lets everything that waits, or failed because of the server, go at once: the mail server was set. */
  wake(shop: ShopId, at: Instant): Promise<void>;
  /** The opposite, because of what the server said: what would go before `until` waits, but for what is on its way. */
  postpone(shop: ShopId, trouble: MailTrouble, until: Instant, at: Instant): Promise<void>;
  /** Sends a message that has words to other addresses from here on. */
  readdress(shop: ShopId, id: string, to: readonly string[]): Promise<void>;
  byMessageId(shop: ShopId, messageId: string): Promise<OutboxRow | null>;
  one(shop: ShopId, id: string): Promise<OutboxRow | null>;
  /** The same, locked until the transaction ends. */
  hold(shop: ShopId, id: string): Promise<OutboxRow | null>;
  /** How notices went out, the newest way first. */
  ofNotices(shop: ShopId, notices: readonly NoticeId[]): Promise<readonly OutboxRow[]>;
  /** Newest first; with no states, those in any. */
  list(
    shop: ShopId,
    page: {
      readonly states: readonly OutboxState[];
      readonly after: { readonly at: Instant; readonly id: string } | null;
      readonly limit: number;
    },
  ): Promise<readonly OutboxRow[]>;
  counts(shop: ShopId): Promise<Readonly<Record<OutboxState, number>>>;
  /** Shops with messages that are to be done now. */
  shopsWithMail(now: Instant): Promise<readonly ShopId[]>;
}

export interface NoticeStore {
  /** Newest first. Notices of an erased customer cannot be read any more and are left out. */
  of(shop: ShopId, customer: CustomerId, limit: number): Promise<readonly IssuedNotice[]>;
  one(shop: ShopId, id: NoticeId): Promise<IssuedNotice | null>;
  /** What was said about a measure and about the appeals against it, newest first. */
  ofMeasure(shop: ShopId, measure: MeasureId): Promise<readonly IssuedNotice[]>;
  /** Of some measures those whose customers were told that they began. */
  toldOf(shop: ShopId, measures: readonly MeasureId[]): Promise<ReadonlySet<MeasureId>>;
}

/** An appeal as lists need it. */
export interface AppealRecord extends Omit<Appeal, 'disputed' | 'attachments'> {
  readonly customer: CustomerId;
  readonly updatedAt: Instant;
}

export interface Attachment {
  readonly id: AttachmentId;
  readonly appeal: AppealId;
  readonly customer: CustomerId;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf';
  readonly bytes: number;
  /** Keyed hash of what was sent: the same file sent again has the same. */
  readonly contentHash: Buffer;
  readonly name: string;
  readonly addedAt: Instant;
}

export interface AppealStore {
  one(shop: ShopId, id: AppealId): Promise<AppealRecord | null>;
  ofCustomer(shop: ShopId, customer: CustomerId): Promise<readonly AppealRecord[]>;
  /** Open ones by their deadline (what is overdue first); closed ones the last decided first. */
  list(
    shop: ShopId,
    page: {
      readonly states: readonly AppealState[];
      readonly after: { readonly at: Instant; readonly id: string } | null;
      readonly limit: number;
    },
  ): Promise<readonly AppealRecord[]>;
  counts(shop: ShopId, now: Instant): Promise<{ readonly open: number; readonly overdue: number }>;
  attachments(shop: ShopId, appeal: AppealId): Promise<readonly Attachment[]>;
  attachment(shop: ShopId, id: AttachmentId): Promise<Attachment | null>;
  attach(shop: ShopId, attachments: readonly Attachment[]): Promise<void>;
  /** All files that came with any of these appeals. */
  attachmentsOf(shop: ShopId, appeals: readonly AppealId[]): Promise<readonly Attachment[]>;
  /** Those of these ids that no attachment has. */
  unknownAttachments(shop: ShopId, ids: readonly AttachmentId[]): Promise<readonly AttachmentId[]>;
  /** Overdue appeals against restrictions and blocks in force, in the order of their ids. */
  overdue(shop: ShopId, now: Instant, after: AppealId | null, most: number): Promise<readonly AppealId[]>;
  /** Shops that have such appeals, and suspend measures for as long as they owe an answer. */
  shopsWithOverdue(now: Instant): Promise<readonly ShopId[]>;
}

/** Files that customers sent, sealed with their own key, outside everything that is served. */
export interface Blobs {
  put(shop: ShopId, customer: CustomerId, id: AttachmentId, bytes: Uint8Array): Promise<void>;
  /** Null when it is gone, or its customer was erased. */
  get(shop: ShopId, customer: CustomerId, id: AttachmentId): Promise<Uint8Array | null>;
  remove(shop: ShopId, id: AttachmentId): Promise<void>;
  /** What lies there, written before an instant: to find what nothing refers to any more. */
  listed(before: Instant): AsyncIterable<{ readonly shop: ShopId; readonly ids: readonly AttachmentId[] }>;
}

/** Makes a picture anew from its pixels, turned upright and without anything that was kept beside them. */
export interface Pictures {
  /** unreadable: not what its first bytes say · too-large: more pixels than a picture needs to show anything. */
  clean(
    bytes: Uint8Array,
    type: 'image/jpeg' | 'image/png' | 'image/webp',
  ): Promise<Uint8Array | 'unreadable' | 'too-large'>;
}

/** How a shop sends mail. Without one, notices wait in the outbox. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** implicit: TLS from the first byte (465) · starttls: required after the greeting (587) · none: only for a server on this machine or network. */
  readonly security: 'implicit' | 'starttls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
  readonly from: string;
  readonly fromName: string | null;
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null;
}

export interface MailServerStore {
  /** The shop's own. */
  of(shop: ShopId): Promise<MailServer | null>;
  /** Sets or forgets the shop's own; what waits goes at once. */
  set(shop: ShopId, server: MailServer | null, by: StaffId, at: Instant): Promise<void>;
}

/** What became of one try to hand a message over. `error`: what the server said, without addresses. */
export type Handover =
  | { readonly result: 'sent' }
  /** Worth another try: no connection, or an answer 4xx. */
  | { readonly result: 'later'; readonly trouble: MailTrouble; readonly error: string }
  /** The server will never take it for this address (5xx at RCPT). */
  | { readonly result: 'bounced'; readonly trouble: MailTrouble; readonly error: string }
  /** The server will not take it as it is (sign-in refused, other 5xx): a person must look. */
  | { readonly result: 'refused'; readonly trouble: MailTrouble; readonly error: string };

/** A message with what it needs on its way. */
export interface Letter extends Envelope {
  /** The Message-ID header with its angle brackets: the same at every try. */
  readonly messageId: string;
  readonly replyTo?: string | undefined;
  /** Only for what people may turn off; never on notices. Adds List-Unsubscribe with this address (RFC 8058). */
  readonly marketing?: { readonly unsubscribe: string } | undefined;
}

export interface Mailer {
  /** Hands a message over within `MAIL_PATIENCE_MS`. Never throws for what a mail server does. */
  send(server: MailServer, letter: Letter): Promise<Handover>;
}

/** How long handing a message over may take, in milliseconds: less than the shortest wait before another try. */
export const MAIL_PATIENCE_MS = 40_000;

export type PortalLevel = 'link' | 'code';

export interface PortalSession {
  readonly shop: ShopId;
  readonly customer: CustomerId;
  readonly level: PortalLevel;
  readonly csrf: string;
  readonly expiresAt: Instant;
}

export interface PortalStore {
  /** Which of these order numbers is of an order of this customer; false also for nobody (null), after the same work. */
  hasOrder(shop: ShopId, customer: CustomerId | null, orders: readonly string[]): Promise<boolean>;
  addLink(
    shop: ShopId,
    link: {
      readonly tokenHash: Buffer;
      readonly customer: CustomerId;
      readonly notice: NoticeId | null;
      readonly expiresAt: Instant;
    },
  ): Promise<void>;
  /** Uses a link up: the first time it gives whom it is for, afterwards `used`; null for one that is unknown or over. */
  redeemLink(
    shop: ShopId,
    tokenHash: Buffer,
    now: Instant,
  ): Promise<{ readonly customer: CustomerId; readonly notice: NoticeId | null; readonly used: boolean } | null>;
  /** The same without using it. */
  link(
    shop: ShopId,
    tokenHash: Buffer,
    now: Instant,
  ): Promise<{ readonly customer: CustomerId; readonly notice: NoticeId | null; readonly used: boolean } | null>;
  addCode(
    shop: ShopId,
    code: {
      readonly id: string;
      readonly customer: CustomerId | null;
      readonly codeHash: Buffer;
      readonly expiresAt: Instant;
    },
  ): Promise<void>;
  /**
   * Counts a try. The customer when the code is right, unused, in time and tried at most `CODE_TRIES` times, and no more than
   * `CODE_TRIES_A_DAY` were tried in vain for that customer within a day; else null.
   */
  tryCode(shop: ShopId, id: string, codeHash: Buffer, now: Instant): Promise<CustomerId | null>;
  addSession(tokenHash: Buffer, session: PortalSession, now: Instant): Promise<void>;
  session(shop: ShopId, tokenHash: Buffer, now: Instant): Promise<PortalSession | null>;
  endSession(shop: ShopId, tokenHash: Buffer): Promise<void>;
  language(shop: ShopId, customer: CustomerId): Promise<string | null>;
  chooseLanguage(shop: ShopId, customer: CustomerId, language: string): Promise<void>;
  /** Ends everything by which an erased customer could come in, and forgets what they chose. */
  forget(shop: ShopId, customer: CustomerId): Promise<void>;
  /** Removes what is long over. */
  tidy(before: Instant): Promise<void>;
}

/** How often one code may be tried, and how often in a day codes of one customer may be tried in vain. */
export const CODE_TRIES = 5;
export const CODE_TRIES_A_DAY = 30;

/** How a shop looks to its customers. */
export interface Logo {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly bytes: Uint8Array;
  readonly updatedAt: Instant;
}

export interface LogoStore {
  of(shop: ShopId): Promise<Logo | null>;
  /** When the shop's logo was last set, without reading it; null when it has none. */
  updatedAt(shop: ShopId): Promise<Instant | null>;
  set(shop: ShopId, logo: Logo | null): Promise<void>;
}
