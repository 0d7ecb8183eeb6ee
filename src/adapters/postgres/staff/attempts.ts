import { type Kysely, sql } from 'kysely';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { AttemptStore } from '../../../ports/staff.ts';
import type { Database } from '../schema.ts';

export function createAttemptStore(db: Kysely<Database>): AttemptStore {
  return {
    admit: (subjects, now, after) =>
      db.transaction().execute(async (tx) => {
        // In one order, so that two callers with the same subjects never wait for each other.
        const hashes = subjects.map((subject) => subject.hash).sort(Buffer.compare);
        for (const hash of hashes)
          await sql`select pg_advisory_xact_lock(${hash.readBigInt64BE(0)}::bigint)`.execute(tx);
        await sql`delete from sign_in_attempt where at <= ${formatInstant(after)}`.execute(tx);
        const counted = await sql<{ subject_hash: Buffer; tries: number; oldest: Instant }>`
          select subject_hash, count(*) as tries, min(at) as oldest from sign_in_attempt
           where subject_hash = any(${hashes}) group by subject_hash`.execute(tx);
        for (const { hash, limit } of subjects) {
          const row = counted.rows.find((each) => each.subject_hash.equals(hash));
          if (row !== undefined && row.tries >= limit) return { admitted: false, oldest: row.oldest };
        }
        await tx
          .insertInto('sign_in_attempt')
          .values(hashes.map((subject_hash) => ({ subject_hash, at: formatInstant(now) })))
          .execute();
        return { admitted: true };
      }),
    async forget(subject) {
      await db.deleteFrom('sign_in_attempt').where('subject_hash', '=', subject).execute();
    },
  };
}
