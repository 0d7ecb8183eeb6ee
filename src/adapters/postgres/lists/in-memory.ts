import { type Kysely, sql } from 'kysely';
import type { EntryAnswer, EntryInMemory, EntryType, ListName } from '../../../core/lists/types.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { Vault } from '../../../ports.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

const PART = 10_000;

interface Row {
  readonly id: string;
  readonly list: ListName;
  readonly type: EntryType;
  readonly hash: Buffer;
  readonly answer: EntryAnswer | null;
  readonly until_at: Instant;
  readonly sealed: Buffer | null;
}

/** See `ListStore.inMemory`. Read by keyset, so that no part holds a connection while the one before is being taken in. */
export async function* entriesInMemory(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  now: Instant,
  only?: readonly string[],
): AsyncIterable<readonly EntryInMemory[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<Row>`
      select id, list, type, hash, answer, until_at, case when type = 'ip' then sealed end as sealed
        from list_entry
       where shop_id = ${shop} and id > ${after}::uuid and until_at > ${formatInstant(now)}::timestamptz
         ${only === undefined ? sql`` : sql`and id = any(${packed('uuid', only)})`}
       order by id limit ${PART}`.execute(db);
    if (rows.length > 0) yield rows.map((row) => toMemory(vault, row));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PART) return;
    after = last.id;
  }
}

function toMemory(vault: Vault, { id, list, type, hash, answer, until_at, sealed }: Row): EntryInMemory {
  const common = { id, type, hash, until: until_at, network: sealed === null ? null : vault.open(sealed) };
  if (list === 'allow') return { ...common, list, answer: null };
  if (answer === null) throw new Error('A deny entry without an answer: the table does not allow it');
  return { ...common, list, answer };
}
