import { type RawBuilder, sql } from 'kysely';
import type { StaffId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';

/* What Home counts and the lists show: said once, so that a figure and the list it leads to cannot differ. */

const WEEK_MS = 7 * 86_400_000;

/** Of proposals: a colleague asked this person about it. */
export const askedOf = (staff: StaffId): RawBuilder<unknown> => sql`(status = 'open' and colleague = ${staff}::uuid)`;

/** Of proposals: one of two people has agreed. */
export const waitsForSecond: RawBuilder<unknown> = sql`(status = 'open' and first_approver is not null)`;

/** Of measures: in force, and over within seven days. */
export const endsSoon = (now: Instant): RawBuilder<unknown> =>
  sql`(state = 'active' and until_at <= ${formatInstant((now + WEEK_MS) as Instant)})`;
