import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import type { Envelope } from '../../../ports/hearing.ts';
import type { Vault } from '../../../ports.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { openEnvelope } from './sealed-envelope.ts';

interface Row {
  readonly id: string;
  readonly sealed: Buffer;
  readonly customer_id: string | null;
  readonly wrapped: Buffer | null;
}

/** What messages say, for those among `ids` that have words which can still be read. */
export async function envelopes(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Envelope>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select o.id, o.sealed, o.customer_id, k.wrapped
      from unnest(${packed('uuid', ids)}) as wanted (id)
      join outbox o on o.shop_id = ${shop} and o.id = wanted.id and o.sealed is not null
      left join customer_key k on k.shop_id = o.shop_id and k.customer_id = o.customer_id
     where o.customer_id is null or k.wrapped is not null`.execute(db);
  return new Map(
    rows.map(({ id, sealed, customer_id, wrapped }) => {
      const key = customer_id === null || wrapped === null ? null : vault.unwrap(wrapped);
      return [id, openEnvelope(vault, key, sealed)];
    }),
  );
}
