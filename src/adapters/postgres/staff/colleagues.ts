import type { Kysely } from 'kysely';
import type { ShopId, StaffId } from '../../../core/shared/brand.ts';
import type { Colleague } from '../../../ports/staff.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { openPerson } from './sealed-person.ts';

/** Everybody who works or has worked for a shop, or the one person asked for, in the order they came. */
export async function colleaguesOf(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  id?: StaffId,
): Promise<readonly Colleague[]> {
  const rows = await db
    .selectFrom('staff_role as role')
    .innerJoin('staff', 'staff.id', 'role.staff_id')
    .select(['staff.id', 'staff.sealed', 'role.role', 'role.created_at', 'role.disabled_at'])
    .where('role.shop_id', '=', shop)
    .$if(id !== undefined, (query) => query.where('staff.id', '=', id as StaffId))
    .orderBy('role.created_at')
    .orderBy('staff.id')
    .limit(1_000)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    ...openPerson(vault, row.sealed),
    role: row.role,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  }));
}
