import { sql, type Transaction } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';
import { genesis } from './chain.ts';

export interface Head {
  readonly seq: number;
  readonly hash: Buffer;
}

/** The end of the shop's chain, locked until the transaction ends: so appends to one shop happen one after the other. */
export async function lockHead(tx: Transaction<Database>, shop: ShopId): Promise<Head> {
  const select = sql<Head>`select seq, hash from ledger_head where shop_id = ${shop} for update`;
  const known = (await select.execute(tx)).rows[0];
  if (known !== undefined) return known;
  await sql`insert into ledger_head (shop_id, seq, hash) values (${shop}, 0, ${genesis(shop)}) on conflict do nothing`.execute(
    tx,
  );
  const made = (await select.execute(tx)).rows[0];
  if (made === undefined) throw new Error('The end of the ledger is missing right after it was made');
  return made;
}
