import type { CustomerId, MeasureId, ObjectionId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { AppealDeps } from '../appeals/types.ts';

/** What objections are heard with: as appeals are, without their files. */
export type ObjectionDeps = Omit<AppealDeps, 'blobs' | 'pictures' | 'staff'>;

export interface ObjectionWish {
  /** A measure of the other account that binds them: by it the customer names that account without knowing whose it is. */
  readonly measure: MeasureId;
  readonly text: string;
  readonly language: string;
}

export interface ObjectionFiled {
  readonly objection: ObjectionId;
  readonly dueAt: Instant;
}

/** A measure that binds a customer through a link, with whose it is. */
export interface BoundBy {
  readonly measure: MeasureId;
  readonly holder: CustomerId;
}
