import { timingSafeEqual } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import { CODE_TRIES, CODE_TRIES_A_DAY, type PortalStore } from '../../../ports/hearing.ts';
import type { Database } from '../schema.ts';

const DAY_MS = 86_400_000;
/** An id that no customer has: whoever is nobody is asked about all the same. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Who may come into the portal: links, codes and sessions, by their hashes. */
export function createPortalStore(db: Kysely<Database>): PortalStore {
  return {
    async hasOrder(shop, customer, orders) {
      const found = await sql`
        select 1 from ledger_event
         where shop_id = ${shop} and kind = 'order.placed' and body ->> 'order' = any(${[...orders]}::text[])
           and customer_id = ${customer ?? NOBODY} limit 1`.execute(db);
      return found.rows.length > 0;
    },

    async addLink(shop, link) {
      await db
        .insertInto('portal_link')
        .values({
          shop_id: shop,
          token_hash: link.tokenHash,
          customer_id: link.customer,
          notice_id: link.notice,
          expires_at: formatInstant(link.expiresAt),
          used_at: null,
        })
        .execute();
    },

    async redeemLink(shop, tokenHash, now) {
      const fresh = await db
        .updateTable('portal_link')
        .set({ used_at: formatInstant(now) })
        .where('shop_id', '=', shop)
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', sql<Instant>`${formatInstant(now)}`)
        .returning(['customer_id', 'notice_id'])
        .executeTakeFirst();
      if (fresh !== undefined) return { customer: fresh.customer_id, notice: fresh.notice_id, used: false };
      const known = await this.link(shop, tokenHash, now);
      return known === null ? null : { ...known, used: true };
    },

    async link(shop, tokenHash, now) {
      const row = await db
        .selectFrom('portal_link')
        .select(['customer_id', 'notice_id', 'used_at'])
        .where('shop_id', '=', shop)
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', sql<Instant>`${formatInstant(now)}`)
        .executeTakeFirst();
      return row === undefined
        ? null
        : { customer: row.customer_id, notice: row.notice_id, used: row.used_at !== null };
    },

    async addCode(shop, code) {
      await db
        .insertInto('portal_code')
        .values({
          shop_id: shop,
          id: code.id,
          customer_id: code.customer,
          code_hash: code.codeHash,
          expires_at: formatInstant(code.expiresAt),
          used_at: null,
        })
        .execute();
    },

    /** The try is counted before anything is compared, so that of many at once no more than five are compared. */
    async tryCode(shop, id, codeHash, now) {
      const tried = await db
        .updateTable('portal_code')
        .set((set) => ({ attempts: set('attempts', '+', 1) }))
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .where('expires_at', '>', sql<Instant>`${formatInstant(now)}`)
        .where('attempts', '<', CODE_TRIES)
        .returning(['customer_id', 'code_hash'])
        .executeTakeFirst();
      if (tried === undefined) return null;
      // Asked of a stranger's code as well, so that time does not tell it from a customer's.
      const tooOften = await triedTooOften(db, shop, tried.customer_id ?? NOBODY, now);
      if (tooOften || tried.customer_id === null) return null;
      if (tried.code_hash.length !== codeHash.length || !timingSafeEqual(tried.code_hash, codeHash)) return null;
      const used = await db
        .updateTable('portal_code')
        .set({ used_at: formatInstant(now) })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return used === undefined ? null : tried.customer_id;
    },

    async addSession(tokenHash, session, now) {
      await db
        .insertInto('portal_session')
        .values({
          shop_id: session.shop,
          token_hash: tokenHash,
          customer_id: session.customer,
          level: session.level,
          csrf_token: session.csrf,
          created_at: formatInstant(now),
          expires_at: formatInstant(session.expiresAt),
        })
        .execute();
    },

    async session(shop, tokenHash, now) {
      const row = await db
        .selectFrom('portal_session')
        .select(['customer_id', 'level', 'csrf_token', 'expires_at'])
        .where('shop_id', '=', shop)
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', sql<Instant>`${formatInstant(now)}`)
        .executeTakeFirst();
      return row === undefined
        ? null
        : { shop, customer: row.customer_id, level: row.level, csrf: row.csrf_token, expiresAt: row.expires_at };
    },

    async endSession(shop, tokenHash) {
      await db.deleteFrom('portal_session').where('shop_id', '=', shop).where('token_hash', '=', tokenHash).execute();
    },

    async language(shop, customer) {
      const row = await db
        .selectFrom('customer_choice')
        .select('language')
        .where('shop_id', '=', shop)
        .where('customer_id', '=', customer)
        .executeTakeFirst();
      return row?.language ?? null;
    },

    async chooseLanguage(shop, customer, language) {
      await db
        .insertInto('customer_choice')
        .values({ shop_id: shop, customer_id: customer, language })
        .onConflict((conflict) => conflict.columns(['shop_id', 'customer_id']).doUpdateSet({ language }))
        .execute();
    },

    async forget(shop, customer) {
      for (const table of ['portal_link', 'portal_code', 'portal_session', 'customer_choice'] as const)
        await db.deleteFrom(table).where('shop_id', '=', shop).where('customer_id', '=', customer).execute();
    },

    async tidy(before) {
      for (const table of ['portal_link', 'portal_code', 'portal_session'] as const)
        await sql`delete from ${sql.table(table)} where expires_at < ${formatInstant(before)}`.execute(db);
    },
  };
}

/** All tries in vain within a day count, also those of codes that are over. */
async function triedTooOften(db: Kysely<Database>, shop: ShopId, customer: string, now: Instant): Promise<boolean> {
  const day = formatInstant((now - DAY_MS) as Instant);
  const { rows } = await sql<{ tries: number }>`
    select coalesce(sum(attempts), 0)::int as tries from portal_code
     where shop_id = ${shop} and customer_id = ${customer} and used_at is null and expires_at > ${day}`.execute(db);
  return (rows[0]?.tries ?? 0) > CODE_TRIES_A_DAY;
}
