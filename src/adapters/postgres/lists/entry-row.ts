import { sql } from 'kysely';
import type { EntryAnswer, EntryType, ListName } from '../../../core/lists/types.ts';
import type { StaffId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { ListEntry } from '../../../ports/lists.ts';
import type { Vault } from '../../../ports.ts';
import { staffName } from '../staff/sealed-person.ts';

export interface EntryRow {
  readonly id: string;
  readonly list: ListName;
  readonly type: EntryType;
  readonly sealed: Buffer | null;
  readonly reason: Buffer | null;
  readonly old_reason: string | null;
  readonly answer: EntryAnswer | null;
  readonly created_at: Instant;
  readonly created_by: StaffId | null;
  readonly staff_sealed: Buffer | null;
  readonly until_at: Instant;
  readonly hits: number;
  readonly last_hit_at: Instant | null;
}

/** Entries with who wrote them. To be followed by conditions on `e`. */
export const selectEntries = sql`
  select e.id, e.list, e.type, e.sealed, e.reason, e.old_reason, e.answer, e.created_at, e.created_by, s.sealed as staff_sealed, e.until_at, e.hits,
         e.last_hit_at
    from list_entry e left join staff s on s.id = e.created_by`;

/** Why an entry is there; null: it was erased with its value. */
export const reasonOf = (vault: Vault, row: Pick<EntryRow, 'reason' | 'old_reason'>): string | null =>
  row.reason === null ? row.old_reason : vault.open(row.reason);

export function toEntry(vault: Vault, row: EntryRow): ListEntry {
  const name = staffName(vault, row.created_by, row.staff_sealed);
  return {
    id: row.id,
    list: row.list,
    type: row.type,
    value: row.sealed === null ? null : vault.open(row.sealed),
    reason: reasonOf(vault, row),
    answer: row.answer,
    createdAt: row.created_at,
    createdBy: row.created_by === null || name === null ? null : { id: row.created_by, name },
    until: row.until_at,
    hits: row.hits,
    lastHitAt: row.last_hit_at,
  };
}
