import { id } from '../../src/core/shared/brand.ts';
import { type Connection, defaultConnectionSettings, type PlatformRecord } from '../../src/ports/platforms.ts';
import type { Shop } from '../../src/ports.ts';
import type { AssessDeps } from '../../src/workflows/assess/assess-due.ts';
import { fetchHistory } from '../../src/workflows/shops/history.ts';
import { type IntakeDeps, readReceived } from '../../src/workflows/shops/intake.ts';
import { type TestShopSystem, testShopSystem } from './test-shop-system.ts';

/** What work with a shop system takes in a test, with the system it works with. */
export interface Connected {
  readonly deps: IntakeDeps;
  readonly system: TestShopSystem;
  readonly shop: Shop;
  readonly connection: Connection;
  /** What broke. */
  readonly broke: unknown[];
  /** Sends records as webhooks, each with a delivery of its own unless told otherwise. */
  readonly send: (records: readonly PlatformRecord[], delivery?: (at: number) => string) => Promise<void>;
  /** Reads what came in until nothing is left to do at once. */
  readonly readAll: () => Promise<void>;
  /** Fetches pages until nothing is left to do at once. */
  readonly fetchAll: () => Promise<void>;
  /** What the ledger holds from the system, in one order: kind, id, when, body, and the customer's number. */
  readonly ledger: () => Promise<readonly string[]>;
}

/** A shop that is connected to a system of its own. */
export async function connectedShop(
  deps: AssessDeps,
  shop: Shop,
  more: Partial<Connection> = {},
  system: TestShopSystem = testShopSystem(),
): Promise<Connected> {
  const broke: unknown[] = [];
  const own: IntakeDeps = {
    ...deps,
    platforms: system.platforms,
    fetch: () => Promise.reject(new Error('A test goes to no network')),
    blobs: { remove: async () => undefined },
    onFault: (error) => void broke.push(error),
  };
  const connection: Connection = {
    id: deps.ids.next(),
    shop: shop.id,
    platform: 'generic',
    state: 'active',
    address: 'https://shop.example',
    source: 'generic',
    numberPrefix: '',
    settings: defaultConnectionSettings,
    facts: {},
    createdAt: deps.clock.now(),
    checkedAt: deps.clock.now(),
    reconciledTo: null,
    ...more,
  };
  await deps.store.connections.make(connection, { credentials: { key: 'right' }, hookSecrets: [] });
  let sent = 0;
  return {
    deps: own,
    system,
    shop,
    connection,
    broke,
    async send(records, delivery) {
      await deps.store.received.add(
        records.map(({ topic, payload }, at) => {
          sent += 1;
          return {
            shop: shop.id,
            connection: connection.id,
            id: deps.ids.next<string>(),
            delivery: delivery?.(at) ?? `sent:${sent}`,
            topic,
            body: JSON.stringify(payload),
            triggeredAt: null,
            receivedAt: deps.clock.now(),
            live: true,
            nextAt: deps.clock.now(),
          };
        }),
      );
    },
    async readAll() {
      while (await readReceived(own, shop));
    },
    async fetchAll() {
      while (await fetchHistory(own, shop));
    },
    async ledger() {
      const customers = new Set<string>();
      const rows: string[] = [];
      for await (const part of deps.store.ledger.byCustomer(shop.id, deps.clock.now()))
        for (const { customer, events } of part) {
          customers.add(customer);
          const shown = (await deps.store.ledger.shownOf(shop.id, [id(customer)])).get(customer);
          for (const { kind, sourceId, occurredAt, body, source } of events)
            if (source === connection.source)
              rows.push(JSON.stringify([sourceId, kind, occurredAt, body, shown?.externalId ?? shown?.email ?? '']));
        }
      return rows.sort();
    },
  };
}
