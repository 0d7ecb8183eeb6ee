import { type Kysely, sql } from 'kysely';
import { stateAfter, statesBefore } from '../../../core/enforcement/acts.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { ActMoved } from '../../../ports/enforcing.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { openAct, sealAct } from './act-row.ts';

/** See `ActStore.move`. */
export async function moveAct(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  id: string,
  { on, at, nextAt, attempts, reference, fault, said }: ActMoved,
): Promise<boolean> {
  const moved = await db
    .updateTable('shop_act')
    .set({
      state: stateAfter(on),
      next_at: formatInstant(nextAt ?? at),
      ...(on === 'done' ? { done_at: formatInstant(at) } : {}),
      ...(attempts === undefined ? {} : { attempts }),
      ...(reference === undefined ? {} : { reference }),
      ...(fault === undefined ? {} : { fault }),
    })
    .where('shop_id', '=', shop)
    .where('id', '=', id)
    .where('state', 'in', [...statesBefore(on)])
    .returning(['kind', 'about', 'connection_id'])
    .executeTakeFirst();
  if (moved === undefined) return false;
  if (said !== undefined) await keepSaid(db, vault, shop, id, said);
  if (on === 'cancel' && (moved.kind === 'release_order' || moved.kind === 'cancel_order'))
    await sql`
      update shop_act set over_at = null
       where shop_id = ${shop} and connection_id = ${moved.connection_id} and about = ${moved.about} and kind = 'hold_order'
         and state in ('waiting', 'done', 'failed') and over_at is not null
         and not exists (select 1 from shop_act other
                          where other.shop_id = ${shop} and other.connection_id = ${moved.connection_id}
                            and other.about = ${moved.about} and other.kind in ('release_order', 'cancel_order')
                            and other.state in ('waiting', 'done') and other.asked_at >= shop_act.asked_at)`.execute(
      db,
    );
  return true;
}

/** What the platform said may name its customer, so it is sealed with the act. */
async function keepSaid(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  id: string,
  said: string | null,
): Promise<void> {
  const { rows } = await sql<{ sealed: Buffer; wrapped: Buffer | null }>`
    select a.sealed, (select k.wrapped from customer_key k
                       where k.shop_id = a.shop_id and k.customer_id = a.customer_id) as wrapped
      from shop_act a where a.shop_id = ${shop} and a.id = ${id}`.execute(db);
  const [row] = rows;
  const open = row === undefined ? null : openAct(vault, row.wrapped, row.sealed);
  if (row === undefined || open === null || open.said === said) return;
  await sql`update shop_act set sealed = ${sealAct(vault, row.wrapped, { ...open, said })}
             where shop_id = ${shop} and id = ${id}`.execute(db);
}
