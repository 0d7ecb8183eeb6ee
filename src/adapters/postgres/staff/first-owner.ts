import { type Kysely, sql } from 'kysely';
import type { StaffId } from '../../../core/shared/brand.ts';
import type { Database } from '../schema.ts';

/** Whom a shop belongs to that nobody in particular made: the first person who owns any shop, or else the first at all. */
export async function firstOwner(db: Kysely<Database>): Promise<StaffId | null> {
  const { rows } = await sql<{ id: StaffId }>`
    select staff.id
    from staff left join staff_role role on role.staff_id = staff.id and role.role = 'owner' and role.disabled_at is null
    order by (role.staff_id is null), staff.created_at, staff.id
    limit 1`.execute(db);
  return rows[0]?.id ?? null;
}
