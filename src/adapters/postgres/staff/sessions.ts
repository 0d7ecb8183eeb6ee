import { type Kysely, sql } from 'kysely';
import type { StaffId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Role, SessionStore } from '../../../ports/staff.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { toShop } from '../shops/shop-row.ts';
import { openPerson } from './sealed-person.ts';

interface SessionRow {
  readonly staff_id: StaffId;
  readonly csrf_token: string;
  readonly last_seen_at: Instant;
  readonly sealed: Buffer;
  readonly memberships: readonly (Parameters<typeof toShop>[0] & { readonly role: Role })[];
}

export function createSessionStore(db: Kysely<Database>, vault: Vault): SessionStore {
  return {
    async open(session) {
      await db
        .insertInto('staff_session')
        .values({
          token_hash: session.tokenHash,
          staff_id: session.staff,
          csrf_token: session.csrf,
          created_at: formatInstant(session.at),
          last_seen_at: formatInstant(session.at),
          expires_at: formatInstant(session.expiresAt),
        })
        .execute();
    },
    /** One query for person, shops and roles: it runs before every request of the console. */
    async find(tokenHash, now, seenAfter) {
      const found = await sql<SessionRow>`
        select session.staff_id, session.csrf_token, session.last_seen_at, staff.sealed,
               coalesce((
                 select json_agg(json_build_object(
                          'id', shop.id, 'slug', shop.slug, 'name', shop.name, 'currency', shop.currency,
                          'time_zone', shop.time_zone, 'languages', shop.languages, 'jurisdictions', shop.jurisdictions,
                          'settings', shop.settings, 'role', role.role) order by shop.name, shop.slug)
                   from staff_role role join shop on shop.id = role.shop_id
                  where role.staff_id = session.staff_id and role.disabled_at is null), '[]') as memberships
          from staff_session session join staff on staff.id = session.staff_id
         where session.token_hash = ${tokenHash}
           and session.expires_at > ${formatInstant(now)}
           and session.last_seen_at > ${formatInstant(seenAfter)}`.execute(db);
      const row = found.rows[0];
      if (row === undefined) return null;
      return {
        tokenHash,
        csrf: row.csrf_token,
        staff: { id: row.staff_id, ...openPerson(vault, row.sealed) },
        memberships: row.memberships.map((each) => ({ shop: toShop(each), role: each.role })),
        lastSeenAt: row.last_seen_at,
      };
    },
    async touch(tokenHash, at) {
      await db
        .updateTable('staff_session')
        .set({ last_seen_at: formatInstant(at) })
        .where('token_hash', '=', tokenHash)
        .execute();
    },
    async close(tokenHash) {
      await db.deleteFrom('staff_session').where('token_hash', '=', tokenHash).execute();
    },
    async closeAll(staff) {
      await db.deleteFrom('staff_session').where('staff_id', '=', staff).execute();
    },
    async removeEnded(now, seenAfter) {
      await db
        .deleteFrom('staff_session')
        .where((where) =>
          where.or([
            where('expires_at', '<=', sql<Instant>`${formatInstant(now)}`),
            where('last_seen_at', '<=', sql<Instant>`${formatInstant(seenAfter)}`),
          ]),
        )
        .execute();
    },
  };
}
