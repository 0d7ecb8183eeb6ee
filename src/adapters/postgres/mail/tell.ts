import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { OutboxStore } from '../../../ports/hearing.ts';
import type { Ids, Vault } from '../../../ports.ts';
import { loadSealed } from '../projections/load-sealed.ts';
import type { Database } from '../schema.ts';
import { sealEnvelope } from './sealed-envelope.ts';

/** See `OutboxStore.tell`. What was said twice before it was put into words keeps the newer personal paragraph. */
export async function tell(
  db: Kysely<Database>,
  { vault, ids }: { readonly vault: Vault; readonly ids: Ids },
  shop: ShopId,
  { cause, audience, customer, personal, envelope, at }: Parameters<OutboxStore['tell']>[1],
): Promise<string> {
  const key = customer === null ? null : (await loadSealed(db, vault, shop, [customer])).get(customer)?.key();
  const erased = customer !== null && (key === null || key === undefined);
  const own = key ?? null;
  const paragraph =
    personal === undefined || personal === '' || own === null ? null : vault.sealFor(own, { text: personal });
  const sealed = envelope === undefined || erased ? null : sealEnvelope(vault, own, envelope);
  const state = erased ? 'cancelled' : sealed === null ? 'due' : 'waiting';
  const when = formatInstant(at);
  const { rows } = await sql<{ id: string }>`
    with same as (
      update outbox set personal = coalesce(${paragraph}, personal)
       where shop_id = ${shop} and state = 'due' and ${state} = 'due' and audience = ${audience}
         and customer_id is not distinct from ${customer}::uuid and cause = ${JSON.stringify(cause)}::jsonb
      returning id),
    new as (
      insert into outbox (shop_id, id, cause, customer_id, audience, state, personal, sealed, next_at, created_at, updated_at)
      select ${shop}, ${ids.next<string>()}, ${JSON.stringify(cause)}::jsonb, ${customer}::uuid, ${audience}, ${state},
             ${paragraph}::bytea, ${sealed}::bytea, ${when}::timestamptz, ${when}::timestamptz, ${when}::timestamptz
       where not exists (select from same)
      returning id)
    select id from same union all select id from new limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('A message to tell gave no row');
  return row.id;
}
