import { type Kysely, type Selectable, sql } from 'kysely';
import { formatInstant } from '../../../core/shared/time.ts';
import type { PolicyStore, PolicyVersion } from '../../../ports/standing.ts';
import type { Soon } from '../../jobs/jobs.ts';
import { lockHead } from '../ledger/lock-head.ts';
import { tell } from '../ledger/tell.ts';
import type { Database } from '../schema.ts';
import { inTransaction } from '../transaction.ts';

type Row = Omit<Selectable<Database['policy_version']>, 'shop_id'>;

const toVersion = (row: Row): PolicyVersion => ({
  version: row.version,
  source: row.source,
  note: row.note,
  author: row.author,
  authorName: row.author_name,
  publishedAt: row.published_at,
});

/**
 * Published policies. Rows are only ever added: the service may not change one. `soon` asks for the assessment that
 * publishing makes necessary, in the same transaction; without it every process hears that nobody has asked yet.
 */
export function createPolicyStore(db: Kysely<Database>, soon?: Soon): PolicyStore {
  return {
    async current(shop) {
      const row = await db
        .selectFrom('policy_version')
        .selectAll()
        .where('shop_id', '=', shop)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : toVersion(row);
    },
    async version(shop, version) {
      const row = await db
        .selectFrom('policy_version')
        .selectAll()
        .where('shop_id', '=', shop)
        .where('version', '=', version)
        .executeTakeFirst();
      return row === undefined ? null : toVersion(row);
    },
    async list(shop) {
      const rows = await db
        .selectFrom('policy_version')
        .select(['version', 'note', 'author', 'author_name', 'published_at'])
        .where('shop_id', '=', shop)
        .orderBy('version', 'desc')
        .limit(1_000)
        .execute();
      return rows.map((row) => ({
        version: row.version,
        note: row.note,
        author: row.author,
        authorName: row.author_name,
        publishedAt: row.published_at,
      }));
    },
    publish: (shop, version) =>
      inTransaction(db, async (tx) => {
        // Appends take the ledger's lock first and customers after; taking customers alone could make the two wait for each other.
        await lockHead(tx, shop);
        const made = await sql`
          insert into policy_version (shop_id, version, source, note, author, author_name, published_at)
          select ${shop}, ${version.version}, ${version.source}, ${version.note}, ${version.author}, ${version.authorName},
                 ${formatInstant(version.publishedAt)}
          where ${version.version} = (select coalesce(max(version), 0) + 1 from policy_version where shop_id = ${shop})
          on conflict do nothing`.execute(tx);
        if (made.numAffectedRows !== 1n) return false;
        await sql`update customer set next_at = ${formatInstant(version.publishedAt)} where shop_id = ${shop}`.execute(
          tx,
        );
        await soon?.('assess', tx, shop);
        await tell(tx, { shop, seq: null, decisions: true, policy: true, unassessed: soon === undefined });
        return true;
      }),
  };
}
