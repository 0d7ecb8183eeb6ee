import { type Kysely, sql, type Transaction } from 'kysely';
import type { Model } from '../../../core/linkage/types.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { KeptModel } from '../../../ports/links.ts';
import { tell } from '../ledger/tell.ts';
import type { Database } from '../schema.ts';
import { bindsNow } from './people.ts';

/** So many weights of a shop are kept: a link found by older ones is still explained by its own fields. */
const KEPT = 5;

export async function model(db: Kysely<Database>, shop: ShopId): Promise<KeptModel | null> {
  const { rows } = await sql<{ version: number; model: Model; customers: number; answers: number; made_at: Instant }>`
    select version, model, customers, answers, made_at from link_model where shop_id = ${shop}
     order by version desc limit 1`.execute(db);
  const [row] = rows;
  return row === undefined
    ? null
    : {
        version: row.version,
        model: row.model,
        customers: row.customers,
        answers: row.answers,
        madeAt: row.made_at,
      };
}

export async function keepModel(db: Kysely<Database>, shop: ShopId, kept: KeptModel): Promise<void> {
  await sql`
    insert into link_model (shop_id, version, model, customers, answers, made_at)
    values (${shop}, ${kept.version}, ${JSON.stringify(kept.model)}::jsonb, ${kept.customers}, ${kept.answers},
            ${formatInstant(kept.madeAt)})
    on conflict do nothing`.execute(db);
  await sql`delete from link_model where shop_id = ${shop} and version <= ${kept.version - KEPT}`.execute(db);
  // Every process compares by the new weights from here on.
  if (db.isTransaction) await tell(db as Transaction<Database>, { shop, seq: null, decisions: true });
}

export async function shopsToLearn(db: Kysely<Database>, lookedBefore: Instant): Promise<readonly ShopId[]> {
  const { rows } = await sql<{ id: ShopId }>`
    select s.id from shop s left join link_turn t on t.shop_id = s.id
     where (t.looked_at is null or t.looked_at < ${formatInstant(lookedBefore)})
       and s.id in (select m.shop_id from measure m where ${bindsNow})`.execute(db);
  return rows.map((row) => row.id);
}

export async function looked(db: Kysely<Database>, shop: ShopId, at: Instant): Promise<void> {
  await sql`insert into link_turn (shop_id, looked_at) values (${shop}, ${formatInstant(at)})
            on conflict (shop_id) do update set looked_at = excluded.looked_at`.execute(db);
}
