import { sql, type Transaction } from 'kysely';
import type { EventOf, PrivatePart } from '../../../core/events/event.ts';
import { nameTokens } from '../../../core/identity/names.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { ShownPart } from '../../../ports/ledger.ts';
import type { Shop, Vault } from '../../../ports.ts';
import { hex, packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { loadSealed } from './load-sealed.ts';
import type { Projected } from './project.ts';
import { projectTraits } from './traits.ts';

interface Identification {
  readonly event: EventOf<'account.identified'>;
  readonly customer: CustomerId;
  readonly sealed: Buffer | null;
}

/** Who customers are: hashes to find them by, their latest name and addresses to show, tokens to search names by. */
export async function projectIdentities(
  tx: Transaction<Database>,
  vault: Vault,
  shop: Shop,
  rows: readonly Projected[],
): Promise<void> {
  const all = rows.flatMap(({ event, sealed }): Identification[] =>
    event.kind === 'account.identified' && event.customer !== null ? [{ event, customer: event.customer, sealed }] : [],
  );
  if (all.length === 0) return;
  await saveIdentifiers(tx, shop.id, all);
  const customers = await loadSealed(tx, vault, shop.id, [...new Set(all.map((one) => one.customer))]);
  const shown = new Map<CustomerId, ShownPart>();
  const names = new Map<string, readonly [CustomerId, string]>();
  const told: [CustomerId, ShownPart][] = [];
  for (const { customer, sealed } of all) {
    const known = customers.get(customer);
    const key = known?.key() ?? null;
    if (known === undefined || key === null || sealed === null) continue;
    const opened = openIfOurs(vault, key, sealed);
    if (opened === null) continue;
    const { text: _text, reason: _reason, ...fresh } = opened;
    told.push([customer, fresh]);
    shown.set(customer, { ...(shown.get(customer) ?? known.shown()), ...fresh });
    if (fresh.name !== undefined) names.set(`${customer} ${fresh.name}`, [customer, fresh.name]);
  }
  const sealed = [...shown].flatMap(([customer, part]): [CustomerId, Buffer][] => {
    const key = customers.get(customer)?.key() ?? null;
    return key === null ? [] : [[customer, vault.sealFor(key, part)]];
  });
  await saveShown(tx, shop.id, sealed);
  await saveTokens(tx, vault, shop.id, [...names.values()]);
  await projectTraits(tx, vault, shop, told);
}

/** Null for what was sealed before an erasure: its key is gone, and a customer who came back has another one. */
function openIfOurs(vault: Vault, key: Buffer, sealed: Buffer): PrivatePart | null {
  try {
    return vault.openFor(key, sealed);
  } catch {
    return null;
  }
}

async function saveIdentifiers(tx: Transaction<Database>, shop: ShopId, all: readonly Identification[]): Promise<void> {
  const list = all.flatMap(({ event, customer }) =>
    event.body.identifiers.map((identifier) => ({ ...identifier, customer })),
  );
  if (list.length === 0) return;
  await sql`
    insert into customer_identifier (shop_id, type, hash, customer_id)
    select ${shop}::uuid, * from unnest(
      ${packed(
        'text',
        list.map((one) => one.type),
      )},
      ${packed(
        'bytea',
        list.map((one) => hex(Buffer.from(one.hash, 'base64url'))),
      )},
      ${packed(
        'uuid',
        list.map((one) => one.customer),
      )}
    ) on conflict do nothing`.execute(tx);
}

async function saveShown(
  tx: Transaction<Database>,
  shop: ShopId,
  sealed: readonly (readonly [CustomerId, Buffer])[],
): Promise<void> {
  if (sealed.length === 0) return;
  await sql`
    update customer c set sealed = f.sealed, erased_at = null
    from unnest(
      ${packed(
        'uuid',
        sealed.map(([customer]) => customer),
      )},
      ${packed(
        'bytea',
        sealed.map(([, bytes]) => hex(bytes)),
      )}
    ) as f (id, sealed)
    where c.shop_id = ${shop} and c.id = f.id`.execute(tx);
}

async function saveTokens(
  tx: Transaction<Database>,
  vault: Vault,
  shop: ShopId,
  names: readonly (readonly [CustomerId, string])[],
): Promise<void> {
  const hashes = new Map<string, string>();
  const hashOf = (token: string): string => {
    const known = hashes.get(token) ?? hex(vault.searchToken(shop, token));
    hashes.set(token, known);
    return known;
  };
  const list = names.flatMap(([customer, name]) =>
    [...nameTokens(name)].map((token) => [hashOf(token), customer] as const),
  );
  if (list.length === 0) return;
  await sql`
    insert into customer_search (shop_id, token, customer_id)
    select ${shop}::uuid, * from unnest(
      ${packed(
        'bytea',
        list.map(([token]) => token),
      )},
      ${packed(
        'uuid',
        list.map(([, customer]) => customer),
      )}
    ) on conflict do nothing`.execute(tx);
}
