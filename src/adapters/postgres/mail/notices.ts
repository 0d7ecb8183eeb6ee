import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { IssuedNotice, NoticeKind } from '../../../core/notices/types.ts';
import type { MeasureId, ShopId } from '../../../core/shared/brand.ts';
import type { NoticeStore } from '../../../ports/hearing.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';

type Kept = Pick<IssuedNotice, 'document' | 'text' | 'html'>;
type Row = Selectable<Database['notice']> & { readonly wrapped: Buffer };

/** The most notices of one measure that are read: one for each thing that can happen to it, and what its appeals said. */
const MOST_OF_MEASURE = 200;

/** What was said, under the key of the customer it was said to. */
export const sealNotice = (vault: Vault, key: Buffer, { document, text, html }: Kept): Buffer =>
  vault.sealBytesFor(key, Buffer.from(JSON.stringify({ document, text, html }), 'utf8'));

/** What customers were told, as long as their keys exist. */
export function createNoticeStore(db: Kysely<Database>, vault: Vault): NoticeStore {
  const read = async (shop: ShopId, where: RawBuilder<unknown>, limit: number): Promise<readonly IssuedNotice[]> => {
    const { rows } = await sql<Row>`
      select n.*, k.wrapped
        from notice n join customer_key k on k.shop_id = n.shop_id and k.customer_id = n.customer_id
       where n.shop_id = ${shop} and ${where}
       order by n.issued_at desc, n.id limit ${limit}`.execute(db);
    return rows.map((row) => toNotice(vault, row));
  };
  return {
    of: (shop, customer, limit) => read(shop, sql`n.customer_id = ${customer}`, limit),
    one: async (shop, id) => (await read(shop, sql`n.id = ${id}`, 1))[0] ?? null,
    ofMeasure: (shop, measure) => read(shop, aboutMeasure(shop, measure), MOST_OF_MEASURE),
    async toldOf(shop, measures) {
      if (measures.length === 0) return new Set();
      const { rows } = await sql<{ measure_id: MeasureId }>`
        select distinct measure_id from notice
         where shop_id = ${shop} and measure_id = any(${[...measures]}::uuid[]) and kind = 'measure.started'`.execute(
        db,
      );
      return new Set(rows.map((row) => row.measure_id));
    },
  };
}

/** What was said about a measure itself, and about the appeals against it: by way of their customer, whose notices have an index. */
const aboutMeasure = (shop: ShopId, measure: MeasureId): RawBuilder<unknown> => sql`n.id in (
  select id from notice where shop_id = ${shop} and measure_id = ${measure}
  union all
  select said.id
    from appeal a join notice said
      on said.shop_id = a.shop_id and said.customer_id = a.customer_id and said.appeal_id = a.id
   where a.shop_id = ${shop} and a.measure_id = ${measure})`;

function toNotice(vault: Vault, row: Row): IssuedNotice {
  // Sealed data is authenticated, so it is what `sealNotice` wrote.
  const kept = JSON.parse(vault.openBytesFor(vault.unwrap(row.wrapped), row.sealed).toString('utf8')) as Kept;
  return {
    id: row.id,
    customer: row.customer_id,
    kind: row.kind as NoticeKind,
    measure: row.measure_id,
    appeal: row.appeal_id,
    language: row.language,
    issuedAt: row.issued_at,
    ...kept,
  };
}
