import { type Kysely, sql } from 'kysely';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { AllowListStore } from '../../../ports/desk.ts';
import type { Vault } from '../../../ports.ts';
import { makeVouchedDue } from '../enforcing/make-due.ts';
import { tell } from '../ledger/tell.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';
import { openPerson } from './sealed-person.ts';

export function createAllowListStore(db: Kysely<Database>, vault: Vault): AllowListStore {
  return {
    async list(shop, now) {
      const rows = await db
        .selectFrom('allow_entry as entry')
        .leftJoin('staff', 'staff.id', 'entry.created_by')
        .select(['entry.id', 'entry.type', 'entry.sealed', 'entry.reason', 'entry.created_at', 'entry.until_at'])
        .select('staff.sealed as staff_sealed')
        .where('entry.shop_id', '=', shop)
        .where('entry.until_at', '>', sql<Instant>`${formatInstant(now)}`)
        .orderBy('entry.created_at', 'desc')
        .orderBy('entry.id')
        .limit(2_000)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        type: row.type,
        value: vault.open(row.sealed),
        reason: row.reason,
        createdAt: row.created_at,
        createdBy: row.staff_sealed === null ? '' : openPerson(vault, row.staff_sealed).name,
        until: row.until_at,
      }));
    },
    add: (shop, entry) =>
      inTransaction(db, async (tx) => {
        const said = {
          id: entry.id,
          sealed: vault.seal(entry.value),
          reason: entry.reason,
          created_by: entry.createdBy,
          created_at: formatInstant(entry.createdAt),
          until_at: formatInstant(entry.until),
        };
        await tx
          .insertInto('allow_entry')
          .values({ shop_id: shop, type: entry.type, hash: entry.hash, ...said })
          .onConflict((conflict) => conflict.columns(['shop_id', 'type', 'hash']).doUpdateSet(said))
          .execute();
        const at = entry.createdAt;
        const unenforced = await makeVouchedDue(tx, shop, { type: entry.type, hash: entry.hash, at });
        await tell(tx, { shop, seq: null, decisions: true, unenforced });
      }),
    remove: (shop, id) =>
      inTransaction(db, async (tx) => {
        const row = await tx
          .deleteFrom('allow_entry')
          .where('shop_id', '=', shop)
          .where('id', '=', id)
          .returning(['type', 'hash', 'created_at'])
          .executeTakeFirst();
        if (row === undefined) return false;
        // Due since the entry was made: whatever the clock says now, that is in the past.
        const unenforced = await makeVouchedDue(tx, shop, { type: row.type, hash: row.hash, at: row.created_at });
        await tell(tx, { shop, seq: null, decisions: true, unenforced });
        return true;
      }),
  };
}
