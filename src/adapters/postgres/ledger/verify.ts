import { type Kysely, sql } from 'kysely';
import type { CustomerId, EventId, ShopId } from '../../../core/shared/brand.ts';
import type { Damage, Verification } from '../../../ports/ledger.ts';
import type { Database } from '../schema.ts';
import { chainHash, genesis } from './chain.ts';

const ROWS_AT_ONCE = 2_000;
const MOST_DAMAGE = 1_000;
/** With more rows out of place than this, where each came from is looked for next to it only. */
const MOST_PLACES = 50;

interface StoredRow {
  readonly seq: number;
  readonly id: EventId;
  readonly customer_id: CustomerId | null;
  readonly kind: string;
  readonly occurred: string;
  readonly recorded: string;
  readonly source: string;
  readonly source_id: string;
  readonly content_hash: Buffer;
  readonly body: string;
  readonly sealed: Buffer | null;
  readonly prev_hash: Buffer;
  readonly hash: Buffer;
}

/** See `LedgerStore.verify`. Reads one consistent state, a few thousand rows at a time. */
export function verify(
  db: Kysely<Database>,
  shop: ShopId,
  onProgress: (rows: number) => void = () => undefined,
): Promise<Verification> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const damage: Damage[] = [];
      const suspects: StoredRow[] = [];
      let before: { seq: number; kind: string | null; hash: Buffer } = { seq: 0, kind: null, hash: genesis(shop) };
      let rows = 0;
      for (;;) {
        const batch = await readAfter(tx, shop, before.seq);
        for (const row of batch) {
          if (damage.length + suspects.length < MOST_DAMAGE) {
            const isNext = row.seq === before.seq + 1;
            if (!isNext) damage.push(gap(before.seq + 1, row.seq - 1));
            if (!hashOf(shop, row, row.seq).equals(row.hash)) suspects.push(row);
            else if (isNext && !row.prev_hash.equals(before.hash) && suspects.at(-1)?.seq !== before.seq)
              damage.push(rewritten(before, row));
          }
          before = { seq: row.seq, kind: row.kind, hash: row.hash };
        }
        rows += batch.length;
        onProgress(rows);
        if (batch.length < ROWS_AT_ONCE) break;
      }
      damage.push(...(await explain(tx, shop, suspects)));
      const head = await readHead(tx, shop);
      if (head.seq > before.seq)
        damage.push({
          seq: before.seq + 1,
          kind: null,
          what: 'cut_off',
          detail: `rows ${before.seq + 1} to ${head.seq}, the end of the ledger, are gone`,
        });
      else if (head.seq < before.seq || !head.hash.equals(before.hash))
        damage.push({
          seq: before.seq,
          kind: null,
          what: 'head_differs',
          detail: `the ledger ends at row ${before.seq}, but its recorded end is row ${head.seq}${head.seq === before.seq ? ' with another hash' : ''}`,
        });
      damage.sort((a, b) => a.seq - b.seq);
      return { rows, head: { seq: before.seq, hash: before.hash.toString('hex') }, damage };
    });
}

/** Whether the ledger still holds a row that had this hash: what an owner keeps elsewhere proves that all before it is as it was. */
export async function holdsHash(db: Kysely<Database>, shop: ShopId, hash: Buffer): Promise<boolean> {
  const { rows } = await sql`select 1 from ledger_event where shop_id = ${shop} and hash = ${hash} limit 1`.execute(db);
  return rows.length > 0 || hash.equals(genesis(shop));
}

function gap(from: number, to: number): Damage {
  return {
    seq: from,
    kind: null,
    what: 'removed',
    detail: from === to ? `row ${from} is gone` : `rows ${from} to ${to} are gone`,
  };
}

/** The row is right in itself, but the one after it was written on top of another. */
function rewritten(before: { readonly seq: number; readonly kind: string | null }, after: StoredRow): Damage {
  return before.seq === 0
    ? { seq: after.seq, kind: after.kind, what: 'altered', detail: 'it does not begin the ledger of this shop' }
    : {
        seq: before.seq,
        kind: before.kind,
        what: 'altered',
        detail: `it was replaced, with a hash of its own: row ${after.seq} was written after another one`,
      };
}

/** Tells rows that were moved from rows that were changed: a moved one is right under the number it had. */
async function explain(db: Kysely<Database>, shop: ShopId, suspects: readonly StoredRow[]): Promise<readonly Damage[]> {
  if (suspects.length === 0) return [];
  const { rows } = await sql<{ seq: number; hash: Buffer }>`
    select seq, hash from ledger_event
    where shop_id = ${shop} and hash = any(${suspects.map((row) => row.prev_hash)}::bytea[])`.execute(db);
  const seqOf = new Map(rows.map((row) => [row.hash.toString('hex'), row.seq]));
  const places = suspects.length <= MOST_PLACES ? suspects.map((row) => row.seq) : [];
  return suspects.flatMap((row): Damage[] => {
    const found = seqOf.get(row.prev_hash.toString('hex'));
    const candidates = [(found ?? 0) + 1, row.seq + 1, row.seq - 1, ...places];
    const original = candidates.find((seq) => seq !== row.seq && hashOf(shop, row, seq).equals(row.hash));
    if (original === undefined)
      return [{ seq: row.seq, kind: row.kind, what: 'altered', detail: 'its content does not give its hash' }];
    const detail = `it was row ${original} when it was written`;
    const moved: Damage = { seq: row.seq, kind: row.kind, what: 'reordered', detail };
    if (found !== undefined || original === 1) return [moved];
    return [{ ...gap(original - 1, original - 1), seq: row.seq }, moved];
  });
}

async function readAfter(db: Kysely<Database>, shop: ShopId, seq: number): Promise<readonly StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select seq, id, customer_id, kind, source, source_id, content_hash, body::text as body, sealed, prev_hash, hash,
      (extract(epoch from occurred_at) * 1000000)::bigint::text as occurred,
      (extract(epoch from recorded_at) * 1000000)::bigint::text as recorded
    from ledger_event where shop_id = ${shop} and seq > ${seq} order by seq limit ${ROWS_AT_ONCE}`.execute(db);
  return rows;
}

async function readHead(db: Kysely<Database>, shop: ShopId): Promise<{ seq: number; hash: Buffer }> {
  const { rows } = await sql<{ seq: number; hash: Buffer }>`
    select seq, hash from ledger_head where shop_id = ${shop}`.execute(db);
  return rows[0] ?? { seq: 0, hash: genesis(shop) };
}

function hashOf(shop: ShopId, row: StoredRow, seq: number): Buffer {
  return chainHash(row.prev_hash, {
    shop,
    seq,
    id: row.id,
    customer: row.customer_id,
    kind: row.kind,
    occurredAtMicros: BigInt(row.occurred),
    recordedAtMicros: BigInt(row.recorded),
    source: row.source,
    sourceId: row.source_id,
    contentHash: row.content_hash,
    body: row.body,
    sealed: row.sealed,
  });
}
