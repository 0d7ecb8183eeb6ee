import type { AppealId, CustomerId, MeasureId, NoticeId, ObjectionId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';

/** What a notice tells. Each kind has its own builder; what it says is decided by the facts alone. */
export const noticeKinds = [
  'measure.started',
  'measure.changed',
  'measure.lifted',
  'measure.expired',
  'measure.voided',
  'appeal.acknowledged',
  'appeal.information_asked',
  'appeal.decided',
  'appeal.overdue',
  'link.bound',
  'link.freed',
  'objection.acknowledged',
  'objection.decided',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a message in the outbox tells about: ids only, so that its words are made from what is true when it leaves. */
export type Cause =
  | {
      readonly kind: 'measure.started' | 'measure.changed' | 'measure.expired' | 'measure.voided';
      readonly measure: MeasureId;
    }
  | {
      readonly kind: 'measure.lifted';
      readonly measure: MeasureId;
      readonly because: 'staff' | 'earned' | 'appeal' | 'undo' | 'application';
    }
  | {
      readonly kind: 'appeal.acknowledged' | 'appeal.information_asked' | 'appeal.decided' | 'appeal.overdue';
      readonly appeal: AppealId;
    }
  /** A measure of another account, that of `of`, binds its customer too, or binds them no more. */
  | { readonly kind: 'link.bound' | 'link.freed'; readonly bound: MeasureId; readonly of: CustomerId }
  | { readonly kind: 'objection.acknowledged' | 'objection.decided'; readonly objection: ObjectionId }
  | { readonly kind: 'team.objection_filed'; readonly objection: ObjectionId }
  /** To the team, after a block: what to do if the customer calls. */
  | { readonly kind: 'team.blocked'; readonly measure: MeasureId }
  | { readonly kind: 'team.appeal_filed'; readonly appeal: AppealId }
  /** To the team, of an order that waits for one of them: held for long, or to be held and not held by the shop's system. */
  | { readonly kind: 'team.order_held'; readonly act: string }
  /** A one-time code, or a link to the portal that staff sent; put into words at once, because the secret is kept nowhere. */
  | { readonly kind: 'portal.code' }
  | { readonly kind: 'portal.link' }
  /** To the team, when another system is told nothing any more. */
  | { readonly kind: 'team.webhook_off' }
  | { readonly kind: 'mail.test' };

/** A piece of a notice. `lang` where the words are not in the notice's own language (a policy the shop has not translated). */
export interface Words {
  readonly text: string;
  readonly lang?: string | undefined;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly words: readonly Words[] }
  | { readonly kind: 'quote'; readonly words: readonly Words[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Words[])[] }
  | {
      readonly kind: 'facts';
      readonly rows: readonly { readonly label: string; readonly value: string; readonly note?: string | undefined }[];
    }
  | { readonly kind: 'link'; readonly text: string; readonly href: string; readonly primary: boolean };

/** The parts of a statement of reasons, in the order they are read. */
export type SectionId =
  | 'decision'
  | 'solutions'
  | 'why'
  | 'evidence'
  | 'excluded'
  | 'rule'
  | 'until'
  | 'stays'
  | 'personal'
  | 'lift'
  | 'next'
  | 'appeal'
  | 'elsewhere'
  | 'team';

/** A notice as a document: what is said, in one language, before it becomes text or HTML. */
export interface NoticeDocument {
  readonly kind:
    | NoticeKind
    | 'team.blocked'
    | 'team.appeal_filed'
    | 'team.objection_filed'
    | 'team.order_held'
    | 'team.webhook_off';
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
  readonly subject: string;
  /** The decision in one sentence. */
  readonly lead: string;
  readonly sections: readonly {
    readonly id: SectionId;
    readonly title: string | null;
    readonly blocks: readonly Block[];
  }[];
}

/** A notice as it was issued, kept word for word. */
export interface IssuedNotice {
  readonly id: NoticeId;
  readonly customer: CustomerId;
  readonly kind: NoticeKind;
  readonly measure: MeasureId | null;
  readonly appeal: AppealId | null;
  readonly language: string;
  readonly issuedAt: Instant;
  readonly document: NoticeDocument;
  readonly text: string;
  readonly html: string;
}
