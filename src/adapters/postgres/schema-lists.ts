import type { EntryAnswer, EntryType, ListName } from '../../core/lists/types.ts';
import type { ShopId, StaffId } from '../../core/shared/brand.ts';
import type { At, AtOrNull, Defaulted } from './schema-columns.ts';

/** The tables of `0004_lists.sql`. */
export interface ListTables {
  list_entry: {
    shop_id: ShopId;
    id: string;
    list: ListName;
    type: EntryType;
    hash: Buffer;
    sealed: Buffer | null;
    reason: Buffer | null;
    old_reason: string | null;
    answer: EntryAnswer | null;
    created_by: StaffId | null;
    created_at: At;
    until_at: At;
    hits: Defaulted<number>;
    last_hit_at: AtOrNull;
  };
}
