import type { Appeal, AppealState } from '../core/appeals/types.ts';
import type { Cause, IssuedNotice } from '../core/notices/types.ts';
import type { AppealId, AttachmentId, CustomerId, MeasureId, NoticeId, ShopId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';

export type OutboxState = 'due' | 'waiting' | 'sent' | 'failed' | 'bounced' | 'printed' | 'cancelled';

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
  readonly error: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
}

export interface OutboxStore {
  /**
   * Writes that something is to be told, in the transaction of what it tells about; its words are made right after. `personal` is
   * a paragraph for the customer, sealed with their key. `envelope`: the words, where they hold a secret that is kept nowhere else.
   * A message with the same cause that is still `due` is not written twice.
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
  /** Locks messages that are to be done now (state `due` or `waiting`, `next_at` reached), skipping those others have. */
  claim(shop: ShopId, now: Instant, most: number): Promise<readonly OutboxRow[]>;
  /** The paragraph written for this message, or null. */
  personal(shop: ShopId, id: string): Promise<string | null>;
  /** Gives a message its words: it waits for the mail server from here on. Keeps the notice, where it is one. */
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
  envelope(shop: ShopId, id: string): Promise<Envelope | null>;
  move(
    shop: ShopId,
    id: string,
    to: {
      readonly state: OutboxState;
      readonly at: Instant;
      readonly nextAt?: Instant | undefined;
      readonly attempts?: number | undefined;
      readonly error?: string | null | undefined;
      readonly sentAt?: Instant | undefined;
    },
  ): Promise<void>;
  byMessageId(shop: ShopId, messageId: string): Promise<OutboxRow | null>;
  one(shop: ShopId, id: string): Promise<OutboxRow | null>;
  list(
    shop: ShopId,
    page: {
      readonly states: readonly OutboxState[];
      readonly after: { readonly at: Instant; readonly id: string } | null;
      readonly limit: number;
    },
  ): Promise<readonly OutboxRow[]>;
  counts(shop: ShopId): Promise<Readonly<Record<OutboxState, number>>>;
  shopsWithMail(now: Instant): Promise<readonly ShopId[]>;
}

export interface NoticeStore {
  /** Newest first. Notices of an erased customer cannot be read any more and are left out. */
  of(shop: ShopId, customer: CustomerId, limit: number): Promise<readonly IssuedNotice[]>;
  one(shop: ShopId, id: NoticeId): Promise<IssuedNotice | null>;
  ofMeasure(shop: ShopId, measure: MeasureId): Promise<readonly IssuedNotice[]>;
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
  attach(shop: ShopId, attachment: Attachment): Promise<void>;
}

/** Files that customers sent, sealed with their own key, outside everything that is served. */
export interface Blobs {
  put(shop: ShopId, customer: CustomerId, id: AttachmentId, bytes: Uint8Array): Promise<void>;
  /** Null when it is gone, or its customer was erased. */
  get(shop: ShopId, customer: CustomerId, id: AttachmentId): Promise<Uint8Array | null>;
  remove(shop: ShopId, id: AttachmentId): Promise<void>;
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
  of(shop: ShopId): Promise<MailServer | null>;
  set(shop: ShopId, server: MailServer | null, by: string, at: Instant): Promise<void>;
}

/** What became of one try to hand a message over. */
export type Handover =
  | { readonly result: 'sent' }
  /** Worth another try: no connection, or an answer 4xx. */
  | { readonly result: 'later'; readonly error: string }
  /** The server will never take it for this address (5xx at RCPT). */
  | { readonly result: 'bounced'; readonly error: string }
  /** The server will not take it as it is (sign-in refused, other 5xx): a person must look. */
  | { readonly result: 'refused'; readonly error: string };

export interface Mailer {
  /** `messageId` becomes the Message-ID header; `automatic` adds Auto-Submitted. Never throws for what a mail server does. */
  send(
    server: MailServer,
    message: Envelope & { readonly messageId: string; readonly replyTo?: string | undefined },
  ): Promise<Handover>;
}

export type PortalLevel = 'link' | 'code';

export interface PortalSession {
  readonly shop: ShopId;
  readonly customer: CustomerId;
  readonly level: PortalLevel;
  readonly csrf: string;
  readonly expiresAt: Instant;
}

export interface PortalStore {
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
  useLink(
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
  /** Counts a try. The customer when the code is right, unused, in time and tried at most five times; else null. */
  tryCode(shop: ShopId, id: string, codeHash: Buffer, now: Instant): Promise<CustomerId | null>;
  addSession(tokenHash: Buffer, session: PortalSession, now: Instant): Promise<void>;
  session(shop: ShopId, tokenHash: Buffer, now: Instant): Promise<PortalSession | null>;
  endSession(shop: ShopId, tokenHash: Buffer): Promise<void>;
  language(shop: ShopId, customer: CustomerId): Promise<string | null>;
  chooseLanguage(shop: ShopId, customer: CustomerId, language: string): Promise<void>;
  /** Removes what is long over. */
  tidy(before: Instant): Promise<void>;
}

/** How a shop looks to its customers. */
export interface Logo {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly bytes: Uint8Array;
  readonly updatedAt: Instant;
}

export interface LogoStore {
  of(shop: ShopId): Promise<Logo | null>;
  set(shop: ShopId, logo: Logo | null): Promise<void>;
}
