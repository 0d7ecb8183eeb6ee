import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { Refusal } from '../refusal.ts';
import { quoteName, quoteText } from './sql.ts';

/** PostgreSQL cuts longer names off silently. */
const LONGEST_NAME = 63;

/** The name of the role the service works as on a database; one per database, because roles belong to the whole server. */
export function serviceRoleName(database: string): string {
  const name = `evenhand_service_${database}`;
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  return `evenhand_service_${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;
}

/** Makes the role, or gives it the password again. Throws a `Refusal` that names the ways out when the administering role may not. */
export async function ensureServiceRole(client: ClientBase, role: string, password: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = found.rowCount === 0 ? 'create' : 'alter';
  try {
    // What is not named here is off in a new role, and naming it would take a superuser.
    await client.query(`${verb} role ${quoteName(role)} login password ${quoteText(password)}`);
  } catch (error) {
    const code = (error as { code?: string }).code;
    // Two processes starting at once may both try to make it, or to change its one row.
    if (code === '42710' || code === '23505' || code === 'XX000') return ensureServiceRole(client, role, password);
    if (code !== '42501') throw error;
    throw new Refusal(
      `The role in DATABASE_URL may not ${verb} the role "${role}" that the service works as: either let it (alter role … createrole), or make a role with a password yourself and give its connection string in EVENHAND_SERVICE_DATABASE_URL.`,
    );
  }
}

/** Throws a `Refusal` unless the role exists and is one that the ledger's rights hold for: not the owner, and no superuser. */
export async function checkServiceRole(client: ClientBase, role: string): Promise<void> {
  const answer = await client.query<{ exists: boolean; excessive: boolean }>(
    `select exists (select 1 from pg_roles where rolname = $1) as exists,
            $1 = current_user or coalesce((select rolsuper from pg_roles where rolname = $1), false)
              or coalesce((select pg_has_role(rolname, current_user, 'usage') from pg_roles where rolname = $1), false) as excessive`,
    [role],
  );
  const row = answer.rows[0];
  if (row?.exists !== true)
    throw new Refusal(
      `The role "${role}" in EVENHAND_SERVICE_DATABASE_URL does not exist on the server in DATABASE_URL.`,
    );
  if (row.excessive) {
    throw new Refusal(
      `The role "${role}" in EVENHAND_SERVICE_DATABASE_URL could change the ledger: give another role than that of DATABASE_URL, no superuser and no member of it.`,
    );
  }
}

/** Gives the new service role what an earlier one was granted, table by table: the name changes with the database's or by choice. */
export async function handOverGrants(client: ClientBase, from: string, to: string): Promise<void> {
  const found = await client.query<{ statement: string }>(
    `with old as (select oid from pg_roles where rolname = $1),
     held as (
       select format('on table %s', c.oid::regclass) as target, a.privilege_type, null::text as col
         from pg_class c, aclexplode(c.relacl) a, old where a.grantee = old.oid and c.relkind in ('r', 'p', 'v', 'm')
       union all
       select format('on sequence %s', c.oid::regclass), a.privilege_type, null
         from pg_class c, aclexplode(c.relacl) a, old where a.grantee = old.oid and c.relkind = 'S'
       union all
       select format('on table %s', t.attrelid::regclass), a.privilege_type, quote_ident(t.attname)
         from pg_attribute t, aclexplode(t.attacl) a, old where a.grantee = old.oid
       union all
       select format('on schema %I', n.nspname), a.privilege_type, null
         from pg_namespace n, aclexplode(n.nspacl) a, old where a.grantee = old.oid
       union all
       select format('on function %s', p.oid::regprocedure), a.privilege_type, null
         from pg_proc p, aclexplode(p.proacl) a, old where a.grantee = old.oid
     )
     select format('grant %s%s %s to %I', privilege_type, case when col is null then '' else ' (' || col || ')' end, target, $2::text) as statement from held`,
    [from, to],
  );
  for (const { statement } of found.rows) await client.query(statement);
}
