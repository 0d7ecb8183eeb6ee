import type { AppealGround, AppealOutcome, AppealType } from '../events/appeals.ts';
import type { AppealId, AttachmentId, EventId, MeasureId, StaffId } from '../shared/brand.ts';
import type { Instant } from '../shared/time.ts';

export const appealStates = [
  'filed',
  'under_review',
  'information_asked',
  'upheld',
  'partly_upheld',
  'rejected',
  'withdrawn',
] as const;
export type AppealState = (typeof appealStates)[number];

/** An appeal as the fold over its events gives it. */
export interface Appeal {
  readonly id: AppealId;
  readonly measure: MeasureId;
  readonly type: AppealType;
  readonly state: AppealState;
  readonly ground: AppealGround;
  readonly disputed: readonly EventId[];
  readonly attachments: readonly AttachmentId[];
  /** 1 for the first about this measure. */
  readonly round: number;
  /** The language the customer used. */
  readonly language: string;
  readonly reviewer: StaffId | null;
  readonly filedAt: Instant;
  readonly dueAt: Instant;
  /** Until when the customer may answer a question; null when none is open. */
  readonly informationUntil: Instant | null;
  readonly decidedAt: Instant | null;
  readonly decidedBy: StaffId | null;
  readonly outcome: AppealOutcome | null;
}

export function isOpen(state: AppealState): boolean {
  return state === 'filed' || state === 'under_review' || state === 'information_asked';
}
