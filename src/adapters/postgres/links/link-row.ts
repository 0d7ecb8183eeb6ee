import { sql } from 'kysely';
import type { LinkState } from '../../../core/events/link-states.ts';
import type { ComparedField } from '../../../core/events/links.ts';
import type { CustomerId, StaffId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { LinkRecord } from '../../../ports/links.ts';

/** A row of `customer_link` as it is read. */
export interface LinkRow {
  readonly a: CustomerId;
  readonly b: CustomerId;
  readonly about: CustomerId;
  readonly state: LinkState;
  readonly class: 'same' | 'probably_same' | null;
  readonly millibits: number | null;
  readonly fields: readonly ComparedField[];
  readonly model: number | null;
  readonly found_at: Instant | null;
  readonly answered_at: Instant | null;
  readonly answered_by: StaffId | null;
  readonly seq: number;
}

export const linkColumns = sql`a, b, about, state, class, millibits, fields, model, found_at, answered_at, answered_by, seq`;

export const toLink = (row: LinkRow): LinkRecord => ({
  a: row.a,
  b: row.b,
  about: row.about,
  state: row.state,
  finding:
    row.class === null
      ? null
      : { klass: row.class, millibits: row.millibits ?? 0, fields: row.fields, model: row.model ?? 0 },
  foundAt: row.found_at,
  answeredAt: row.answered_at,
  answeredBy: row.answered_by,
  seq: row.seq,
});
