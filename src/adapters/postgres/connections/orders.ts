import { type Kysely, sql } from 'kysely';
import type { CustomerReference } from '../../../core/events/incoming.ts';
import type { ConnectionId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { OrderStore, Sighting } from '../../../ports/connections.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';

/** What is kept of a platform's orders besides the ledger. Whose address it was is sealed; the address itself is a keyed hash. */
export function createOrderStore(db: Kysely<Database>, vault: Vault): OrderStore {
  return {
    async names(shop, connection, ids) {
      if (ids.length === 0) return new Map();
      const { rows } = await sql<{ order_id: string; name: string }>`
        select order_id, name from platform_order
         where shop_id = ${shop} and connection_id = ${connection} and order_id = any(${[...new Set(ids)]}::text[])`.execute(
        db,
      );
      return new Map(rows.map((row) => [row.order_id, row.name]));
    },
    async idsOf(shop, connection, names) {
      if (names.length === 0) return new Map();
      const { rows } = await sql<{ order_id: string; name: string }>`
        select order_id, name from platform_order
         where shop_id = ${shop} and connection_id = ${connection} and name = any(${[...new Set(names)]}::text[])`.execute(
        db,
      );
      return new Map(rows.map((row) => [row.name, row.order_id]));
    },
    async name(shop, connection, names) {
      const each = new Map(names.map(({ id, name }) => [id, name]));
      if (each.size === 0) return;
      await sql`
        insert into platform_order (shop_id, connection_id, order_id, name)
        select ${shop}, ${connection}, order_id, name
          from unnest(${[...each.keys()]}::text[], ${[...each.values()]}::text[]) as seen (order_id, name)
         order by order_id
        on conflict (shop_id, connection_id, order_id) do update set name = excluded.name
         where platform_order.name <> excluded.name`.execute(db);
    },
    async saw(shop, connection, seen, at) {
      const rows = new Map<
        string,
        { order: string; version: Instant; hash: Buffer; stage: string; customer: Buffer }
      >();
      for (const { order, version, address, stage, customer } of seen) {
        const hash = vault.contentHash(shop, `address ${address}`);
        const key = `${version} ${order}`;
        const other = rows.get(key);
        // One version shows one address. Should a platform ever show two, the same one is taken in whatever order they come.
        if (other !== undefined && Buffer.compare(other.hash, hash) <= 0) continue;
        rows.set(key, { order, version, hash, stage, customer: vault.seal(JSON.stringify(customer)) });
      }
      if (rows.size === 0) return;
      const all = [...rows.values()].sort((a, b) =>
        a.order < b.order ? -1 : a.order > b.order ? 1 : a.version - b.version,
      );
      await sql`
        insert into address_seen (shop_id, connection_id, order_name, version, address_hash, stage, customer, seen_at)
        select ${shop}, ${connection}, s.order_name, s.version, s.address_hash, s.stage, s.customer, ${formatInstant(at)}
          from unnest(${all.map(({ order }) => order)}::text[], ${all.map(({ version }) => formatInstant(version))}::timestamptz[],
                      ${all.map(({ hash }) => hash)}::bytea[], ${all.map(({ stage }) => stage)}::text[],
                      ${all.map(({ customer }) => customer)}::bytea[]) as s (order_name, version, address_hash, stage, customer)
        on conflict (shop_id, connection_id, order_name, version) do update
           set address_hash = excluded.address_hash, stage = excluded.stage, customer = excluded.customer
         where not address_seen.settled and excluded.address_hash < address_seen.address_hash`.execute(db);
    },
    async unsettled(shop, before, orders) {
      if (!db.isTransaction) throw new Error('Sightings are compared inside a transaction only');
      const { rows } = await sql<SightingRow>`
        with open as (
          select connection_id, order_name from address_seen
           where shop_id = ${shop} and not settled and version <= ${formatInstant(before)}
           group by connection_id, order_name order by min(version) limit ${orders})
        select a.connection_id, c.source, a.order_name, a.version, encode(a.address_hash, 'hex') as address, a.stage, a.customer, a.settled
          from open join address_seen a using (connection_id, order_name)
          join connection c on c.shop_id = a.shop_id and c.id = a.connection_id
         where a.shop_id = ${shop} and a.version <= ${formatInstant(before)}
         order by a.connection_id, a.order_name, a.version
           for update of a`.execute(db);
      return rows.map(
        (row): Sighting => ({
          connection: row.connection_id,
          source: row.source,
          order: row.order_name,
          version: row.version,
          address: row.address,
          stage: row.stage,
          customer: JSON.parse(vault.open(row.customer)) as CustomerReference,
          settled: row.settled,
        }),
      );
    },
    async settle(shop, upTo) {
      if (upTo.length === 0) return;
      const each = sql`unnest(${upTo.map(({ connection }) => connection)}::uuid[], ${upTo.map(({ order }) => order)}::text[],
                              ${upTo.map(({ version }) => formatInstant(version))}::timestamptz[]) as u (connection_id, order_name, version)`;
      await sql`
        delete from address_seen a using ${each}
         where a.shop_id = ${shop} and a.connection_id = u.connection_id and a.order_name = u.order_name and a.version < u.version`.execute(
        db,
      );
      await sql`
        update address_seen a set settled = true from ${each}
         where a.shop_id = ${shop} and a.connection_id = u.connection_id and a.order_name = u.order_name and a.version = u.version`.execute(
        db,
      );
    },
    async shopsWithUnsettled(before) {
      const { rows } = await sql<{ shop_id: ShopId }>`
        select distinct shop_id from address_seen where not settled and version <= ${formatInstant(before)}`.execute(
        db,
      );
      return rows.map(({ shop_id }) => shop_id);
    },
    async tidy(before) {
      await sql`delete from address_seen where settled and seen_at < ${formatInstant(before)}`.execute(db);
    },
  };
}

interface SightingRow {
  readonly connection_id: ConnectionId;
  readonly source: string;
  readonly order_name: string;
  readonly version: Instant;
  readonly address: string;
  readonly stage: Sighting['stage'];
  readonly customer: Buffer;
  readonly settled: boolean;
}
