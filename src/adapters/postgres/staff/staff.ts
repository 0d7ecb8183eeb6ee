import { type Kysely, sql, type Transaction } from 'kysely';
import type { ShopId, StaffId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Credentials, NewPerson, Role, StaffStore } from '../../../ports/staff.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { insertShop } from '../shops/shops.ts';
import { colleaguesOf } from './colleagues.ts';
import { sealPerson } from './sealed-person.ts';

/** Any number of one's own: whoever makes the first owner holds this lock. */
const FIRST_OWNER_LOCK = 7_264_001;

export function createStaffStore(db: Kysely<Database>, vault: Vault, credentials: Credentials): StaffStore {
  const colleagues = (shop: ShopId, id?: StaffId) => colleaguesOf(db, vault, shop, id);

  return {
    async anyStaff() {
      const row = await db.selectFrom('staff').select('id').limit(1).executeTakeFirst();
      return row !== undefined;
    },
    async everWorked(id) {
      const row = await db
        .selectFrom('staff_role')
        .select('staff_id')
        .where('staff_id', '=', id)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async makeFirstOwner(owner, shop) {
      try {
        return await db.transaction().execute(async (tx) => {
          await sql`select pg_advisory_xact_lock(${FIRST_OWNER_LOCK})`.execute(tx);
          const existing = await tx.selectFrom('staff').select('id').limit(1).executeTakeFirst();
          if (existing !== undefined) return 'staff-exists';
          await insertPerson(tx, vault, credentials, owner);
          if (shop !== null && !(await insertShop(tx, shop, owner.id))) throw new SlugTaken();
          // Shops made from the command line before anybody worked here.
          await sql`insert into staff_role (shop_id, staff_id, role) select id, ${owner.id}, 'owner' from shop
                    on conflict do nothing`.execute(tx);
          return 'made';
        });
      } catch (error) {
        if (error instanceof SlugTaken) return 'slug-taken';
        throw error;
      }
    },
    async findPassword(address) {
      const row = await db
        .selectFrom('staff')
        .select(['id', 'password_hash'])
        .where((where) =>
          'id' in address
            ? where('id', '=', address.id)
            : where('email_hash', '=', credentials.addressHash(address.email)),
        )
        .executeTakeFirst();
      return row === undefined ? null : { id: row.id, passwordHash: row.password_hash };
    },
    async setPassword(id, passwordHash) {
      await db.updateTable('staff').set({ password_hash: passwordHash }).where('id', '=', id).execute();
    },
    colleagues: (shop) => colleagues(shop),
    colleague: async (shop, id) => (await colleagues(shop, id))[0] ?? null,
    addColleague: (shop, person, role, at) =>
      db.transaction().execute(async (tx) => {
        const id = await insertPerson(tx, vault, credentials, person);
        const added = await tx
          .insertInto('staff_role')
          .values({ shop_id: shop, staff_id: id, role, created_at: formatInstant(at) })
          .onConflict((conflict) => conflict.columns(['shop_id', 'staff_id']).doNothing())
          .returning('staff_id')
          .executeTakeFirst();
        return added === undefined ? { status: 'already-here' } : { status: 'added', id };
      }),
    changeColleague: (shop, id, change, at) =>
      db.transaction().execute((tx) => changeColleague(tx, shop, id, change, at)),
  };
}

/** Ends the transaction with nothing written. */
class SlugTaken extends Error {}

/** Gives the id the person has: a known address keeps its own. */
async function insertPerson(
  tx: Transaction<Database>,
  vault: Vault,
  credentials: Credentials,
  person: NewPerson,
): Promise<StaffId> {
  const email_hash = credentials.addressHash(person.email);
  const made = await tx
    .insertInto('staff')
    .values({ id: person.id, email_hash, sealed: sealPerson(vault, person), password_hash: person.passwordHash })
    .onConflict((conflict) => conflict.column('email_hash').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made !== undefined) return made.id;
  const known = await tx
    .selectFrom('staff')
    .select('id')
    .where('email_hash', '=', email_hash)
    .executeTakeFirstOrThrow();
  return known.id;
}

async function changeColleague(
  tx: Transaction<Database>,
  shop: ShopId,
  id: StaffId,
  change: { role?: Role | undefined; disabled?: boolean | undefined },
  at: Instant,
): Promise<'changed' | 'not-here' | 'last-owner'> {
  const rows = await tx
    .selectFrom('staff_role')
    .select(['staff_id', 'role', 'disabled_at'])
    .where('shop_id', '=', shop)
    .where((where) => where.or([where('staff_id', '=', id), where('role', '=', 'owner')]))
    .orderBy('staff_id')
    .forUpdate()
    .execute();
  const row = rows.find((each) => each.staff_id === id);
  if (row === undefined) return 'not-here';
  const role = change.role ?? row.role;
  const disabled = change.disabled ?? row.disabled_at !== null;
  const otherOwner = rows.some((each) => each.staff_id !== id && each.role === 'owner' && each.disabled_at === null);
  if (!otherOwner && (role !== 'owner' || disabled)) return 'last-owner';
  await tx
    .updateTable('staff_role')
    .set({
      role,
      disabled_at: disabled ? formatInstant(row.disabled_at ?? at) : null,
    })
    .where('shop_id', '=', shop)
    .where('staff_id', '=', id)
    .execute();
  return 'changed';
}
