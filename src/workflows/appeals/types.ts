import type { AppealGround, AppealType } from '../../core/events/appeals.ts';
import type { AppealId, CustomerId, EventId, MeasureId, StaffId } from '../../core/shared/brand.ts';
import type { Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { AppealRecord, Blobs, Pictures } from '../../ports/hearing.ts';
import type { Role, StaffStore } from '../../ports/staff.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import type { Refused } from '../desk/refused.ts';

export interface AppealDeps extends Deps {
  readonly staff: Pick<StaffStore, 'colleague' | 'colleagues'>;
  readonly policies: PolicyShelf;
  readonly blobs: Blobs;
  readonly pictures: Pictures;
}

/** A file as a customer sends it: its name as given, its bytes whole (see `SentFiles` for how they are taken in). */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a customer files. */
export interface AppealWish {
  readonly measure: MeasureId;
  readonly type: AppealType;
  readonly ground: AppealGround;
  readonly text: string;
  /** Events the customer points at; ids that are not theirs are refused. */
  readonly disputed: readonly EventId[];
  readonly files: readonly SentFile[];
  /** The language the customer used. */
  readonly language: string;
}

/** Each refusal a customer can meet has words in every language: `appeals.refused.<why>`. */
export const customerRefusals = [
  'unknown-measure',
  'unknown-appeal',
  'window-over',
  'appeal-open',
  'nothing-new',
  'too-early',
  'taken-back',
  'not-in-force',
  'nothing-to-lift',
  'no-rounds-left',
  'no-text',
  'text-too-long',
  'unknown-event',
  'not-asked',
  'already-decided',
  'too-many-files',
  'file-too-large',
  'files-too-large',
  'file-empty',
  'file-not-allowed',
  'file-unreadable',
  'picture-too-large',
  'pdf-active',
  'pdf-locked',
] as const;
export type CustomerRefusal = (typeof customerRefusals)[number];

export type StaffRefusal =
  | 'unknown-appeal'
  | 'may-not'
  | 'approved-it'
  | 'too-soon-alone'
  | 'already-taken'
  | 'already-decided'
  | 'not-under-review'
  | 'answer-awaited'
  | 'asked-enough'
  | 'changed-meanwhile'
  | 'unknown-event'
  | 'outcome-does-not-fit'
  | 'wording';

/** A refusal to a customer: `why` and `values` say it in any language (`refusalWords`); `message` is `why`. */
export type AppealRefused = Refused & {
  readonly why: CustomerRefusal;
  readonly values?: Readonly<Record<string, string | number | Instant>> | undefined;
};

/** A refusal to staff. */
export type HearingRefused = Refused & { readonly why: StaffRefusal };

/** Who acts, and as what. */
export interface Hearer {
  readonly id: StaffId;
  readonly role: Role;
}

/** What was filed. */
export interface Filed {
  readonly appeal: AppealId;
  readonly dueAt: Instant;
}

/** One thing that was said about an appeal. */
export interface Said {
  readonly at: Instant;
  readonly from: 'customer' | 'shop';
  /** Who of the staff; null for customers. Never shown to customers. */
  readonly by: StaffId | null;
  readonly kind: 'filed' | 'asked' | 'given' | 'decided' | 'withdrawn';
  /** Null where nothing was written, or the customer was erased. */
  readonly text: string | null;
  readonly attachments: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
  }[];
}

/** An appeal as its customer sees it. */
export interface CustomerAppeal {
  readonly appeal: AppealRecord;
  /** Oldest first. */
  readonly exchange: readonly Said[];
  readonly mayWithdraw: boolean;
  /** A question is open and can still be answered. */
  readonly mayAnswer: boolean;
  /** What the decision did to measures; empty until it is decided. */
  readonly results: readonly {
    readonly measure: MeasureId;
    readonly result: 'voided' | 'lifted' | 'reduced' | 'stands';
  }[];
}

/** What a customer may file about a measure now. */
export interface MayFile {
  /** `until`: to file by then. `why`: null when it may be filed now. */
  readonly appeal: { readonly until: Instant; readonly why: CustomerRefusal | null; readonly needsNew: boolean };
  /** `from`: not before then; null where none can be filed at all (a warning takes nothing away). */
  readonly application: { readonly from: Instant | null; readonly why: CustomerRefusal | null };
}

type Answer<T> = Promise<Result<T, AppealRefused>>;

/** What customers do about appeals; the customer is who the portal knows it speaks with, and everything is checked against them. */
export interface CustomerHearing {
  /** `file-appeal.ts`: acknowledged at once, with a deadline. */
  readonly fileAppeal: (deps: AppealDeps, shop: Shop, customer: CustomerId, wish: AppealWish) => Answer<Filed>;
  /** `give-information.ts` */
  readonly giveInformation: (
    deps: AppealDeps,
    shop: Shop,
    customer: CustomerId,
    appeal: AppealId,
    information: { readonly text: string; readonly files: readonly SentFile[] },
  ) => Answer<true>;
  /** `withdraw-appeal.ts` */
  readonly withdrawAppeal: (deps: AppealDeps, shop: Shop, customer: CustomerId, appeal: AppealId) => Answer<true>;
  /** `appeals-of.ts`: newest first. */
  readonly appealsOf: (deps: AppealDeps, shop: Shop, customer: CustomerId) => Promise<readonly CustomerAppeal[]>;
  /** `may-file.ts`: null when the customer has no such measure. */
  readonly mayFile: (deps: AppealDeps, shop: Shop, customer: CustomerId, measure: MeasureId) => Promise<MayFile | null>;
}
