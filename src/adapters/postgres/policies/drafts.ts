import type { Kysely } from 'kysely';
import { formatInstant } from '../../../core/shared/time.ts';
import type { PolicyDrafts } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { openPerson } from '../staff/sealed-person.ts';

export function createPolicyDrafts(db: Kysely<Database>, vault: Vault): PolicyDrafts {
  return {
    async of(shop) {
      const row = await db
        .selectFrom('policy_draft as draft')
        .leftJoin('staff', 'staff.id', 'draft.by')
        .select(['draft.source', 'draft.saved_at', 'staff.sealed'])
        .where('draft.shop_id', '=', shop)
        .executeTakeFirst();
      if (row === undefined) return null;
      const by = row.sealed === null ? '' : openPerson(vault, row.sealed).name;
      return { source: row.source, savedAt: row.saved_at, by };
    },
    async keep(shop, draft) {
      const kept = { source: draft.source, by: draft.by, saved_at: formatInstant(draft.savedAt) };
      await db
        .insertInto('policy_draft')
        .values({ shop_id: shop, ...kept })
        .onConflict((conflict) => conflict.column('shop_id').doUpdateSet(kept))
        .execute();
    },
    async drop(shop) {
      await db.deleteFrom('policy_draft').where('shop_id', '=', shop).execute();
    },
  };
}
