import type { Kysely } from 'kysely';
import { formatInstant } from '../../../core/shared/time.ts';
import type { MailServer, MailServerStore, OutboxStore } from '../../../ports/hearing.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';

/** How shops send mail, whole and sealed under the installation's key. */
export function createMailServerStore(
  db: Kysely<Database>,
  vault: Vault,
  outbox: Pick<OutboxStore, 'wake'>,
): MailServerStore {
  return {
    async of(shop) {
      const row = await db.selectFrom('mail_server').select('sealed').where('shop_id', '=', shop).executeTakeFirst();
      // Sealed data is authenticated, so it is what `set` wrote.
      return row === undefined ? null : (JSON.parse(vault.open(row.sealed)) as MailServer);
    },
    async set(shop, server, by, at) {
      if (server === null) await db.deleteFrom('mail_server').where('shop_id', '=', shop).execute();
      else {
        const kept = { sealed: vault.seal(JSON.stringify(server)), updated_at: formatInstant(at), updated_by: by };
        await db
          .insertInto('mail_server')
          .values({ shop_id: shop, ...kept })
          .onConflict((conflict) => conflict.column('shop_id').doUpdateSet(kept))
          .execute();
      }
      await outbox.wake(shop, at);
    },
  };
}
