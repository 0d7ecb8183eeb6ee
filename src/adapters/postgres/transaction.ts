import type { Kysely, Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** Runs work in a transaction: the one that is open, or one of its own. */
export function inTransaction<T>(db: Kysely<Database>, work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Transaction<Database>) : db.transaction().execute(work);
}
