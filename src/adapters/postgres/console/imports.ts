import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { ImportListing } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { openPerson } from '../staff/sealed-person.ts';

const MOST = 100;

/** The last imports, or one of them. */
export async function imports(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  id: string | null,
): Promise<readonly ImportListing[]> {
  const one = id === null ? sql`true` : sql`r.id = ${id}::uuid`;
  const { rows } = await sql<ImportListing & { readonly sealed: Buffer | null }>`
    select r.id, r.format, r.file_name as "fileName", r.status, r.started_at as "startedAt", r.finished_at as "finishedAt",
           r.bytes_total as "bytesTotal", r.bytes_read as "bytesRead", r.rows_read as "rowsRead", r.added, r.known,
           r.conflicts, r.skipped, r.error, s.sealed
      from import_run r left join staff s on s.id = r.started_by
     where r.shop_id = ${shop} and ${one}
     order by r.started_at desc, r.id limit ${MOST}`.execute(db);
  return rows.map(({ sealed, ...run }) => ({
    ...run,
    startedBy: sealed === null ? null : openPerson(vault, sealed).name,
  }));
}
