import { type Kysely, sql } from 'kysely';
import { formatInstant } from '../../../core/shared/time.ts';
import type { ImportStore } from '../../../ports/store.ts';
import type { Database } from '../schema.ts';

/** What the imports page shows of each import, kept while it runs. */
export function createImportStore(db: Kysely<Database>): ImportStore {
  return {
    async start(shop, run) {
      await db
        .insertInto('import_run')
        .values({
          shop_id: shop,
          id: run.id,
          format: run.format,
          file_name: run.fileName,
          status: 'running',
          started_at: formatInstant(run.at),
          bytes_total: run.bytesTotal,
          started_by: run.startedBy,
        })
        .execute();
    },
    async progress(shop, id, progress) {
      await db
        .updateTable('import_run')
        .set({
          bytes_read: progress.bytesRead,
          rows_read: progress.rowsRead,
          added: progress.added,
          known: progress.known,
          conflicts: progress.conflicts,
          skipped: JSON.stringify(progress.skipped),
        })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .execute();
    },
    async finish(shop, id, end) {
      await db
        .updateTable('import_run')
        .set({ status: end.status, error: end.error, finished_at: formatInstant(end.at) })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .execute();
    },
    async interruptAll(startedBefore) {
      await sql`update import_run set status = 'interrupted', finished_at = now()
                where status = 'running' and started_at < ${formatInstant(startedBefore)}`.execute(db);
    },
  };
}
