import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { AppealId, AttachmentId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { Attachment } from '../../../ports/hearing.ts';
import type { Vault } from '../../../ports.ts';
import { loadSealed } from '../projections/load-sealed.ts';
import type { Database } from '../schema.ts';

type Row = Selectable<Database['attachment']> & { readonly wrapped: Buffer };

/** What is kept about files that came with appeals, beside the files; of customers whose keys exist. */
export function attachmentQueries(db: Kysely<Database>, vault: Vault) {
  const read = async (shop: ShopId, where: RawBuilder<unknown>): Promise<readonly Attachment[]> => {
    const { rows } = await sql<Row>`
      select a.*, k.wrapped
        from attachment a join customer_key k on k.shop_id = a.shop_id and k.customer_id = a.customer_id
       where a.shop_id = ${shop} and ${where} order by a.added_at, a.id limit 500`.execute(db);
    return rows.map((row) => toAttachment(vault, row));
  };
  return {
    attachments: (shop: ShopId, appeal: AppealId) => read(shop, sql`a.appeal_id = ${appeal}`),
    attachmentsOf: (shop: ShopId, appeals: readonly AppealId[]) =>
      appeals.length === 0 ? Promise.resolve([]) : read(shop, sql`a.appeal_id = any(${[...appeals]}::uuid[])`),
    attachment: async (shop: ShopId, id: AttachmentId) => (await read(shop, sql`a.id = ${id}`))[0] ?? null,
    async attach(shop: ShopId, attachments: readonly Attachment[]): Promise<void> {
      if (attachments.length === 0) return;
      const customers = await loadSealed(db, vault, shop, [...new Set(attachments.map((each) => each.customer))]);
      await db
        .insertInto('attachment')
        .values(
          attachments.map((each) => {
            const key = customers.get(each.customer)?.key() ?? null;
            if (key === null) throw new Error('A file of a customer who was erased');
            return {
              shop_id: shop,
              id: each.id,
              customer_id: each.customer,
              appeal_id: each.appeal,
              type: each.type,
              bytes: each.bytes,
              content_hash: each.contentHash,
              sealed_name: vault.sealFor(key, { name: each.name }),
              added_at: formatInstant(each.addedAt),
            };
          }),
        )
        .execute();
    },
    async unknownAttachments(shop: ShopId, ids: readonly AttachmentId[]): Promise<readonly AttachmentId[]> {
      const { rows } = await sql<{ id: AttachmentId }>`
        select wanted.id from unnest(${[...ids]}::uuid[]) as wanted (id)
         where not exists (select from attachment a where a.shop_id = ${shop} and a.id = wanted.id)`.execute(db);
      return rows.map((row) => row.id);
    },
  };
}

function toAttachment(vault: Vault, row: Row): Attachment {
  return {
    id: row.id,
    appeal: row.appeal_id,
    customer: row.customer_id,
    type: row.type,
    bytes: row.bytes,
    contentHash: row.content_hash,
    name: vault.openFor(vault.unwrap(row.wrapped), row.sealed_name).name ?? '',
    addedAt: row.added_at,
  };
}
