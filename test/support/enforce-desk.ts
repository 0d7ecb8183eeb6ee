import { createBlobs } from '../../src/adapters/blobs/blobs.ts';
import { type CustomerId, id, type MeasureId } from '../../src/core/shared/brand.ts';
import { formatInstant, instant } from '../../src/core/shared/time.ts';
import type { ActRecord } from '../../src/ports/enforcing.ts';
import type { Connection, PlatformEffect } from '../../src/ports/platforms.ts';
import type { Shop } from '../../src/ports.ts';
import type { AssessDeps } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { writeEntries } from '../../src/workflows/lists/write-entries.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import type { Actor } from '../../src/workflows/measures/types.ts';
import { enforceDue } from '../../src/workflows/shops/enforce/enforce-due.ts';
import { type IntakeDeps, readReceived } from '../../src/workflows/shops/intake.ts';
import type { TestDatabase } from './database.ts';
import { connectTestShop, type TestPlatform, testPlatform } from './recording-platform.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from './shop.ts';
import { hire, testStaff } from './staff.ts';

type Person = { readonly externalId?: string; readonly email?: string; readonly phone?: string };
type MeasureOver = Partial<Parameters<typeof takeMeasure>[4]>;

/** A shop whose system is connected, with somebody who buys there. */
export interface EnforceScene {
  readonly shop: Shop;
  readonly shopSystem: TestPlatform;
  readonly connection: () => Promise<Connection>;
  readonly mia: Actor;
  readonly agent: Actor;
  readonly auditor: Actor;
  readonly deps: EnforceDesk['deps'] & IntakeDeps;
  /** Somebody the shop knows, by what is told of them. */
  readonly meets: (person?: Person) => Promise<CustomerId>;
  readonly blocks: (customer: CustomerId, over?: MeasureOver) => Promise<MeasureId>;
  readonly vouches: (externalId: string, days: number) => Promise<void>;
  /** A webhook of the shop's system, read. */
  readonly hears: (effect: PlatformEffect, more?: object) => Promise<void>;
  readonly orders: (order: string, person: Person, over?: object, placed?: object) => Promise<void>;
  /** Runs the job until nothing is left to do at once. */
  readonly enforces: () => Promise<void>;
  readonly acts: () => Promise<readonly ActRecord[]>;
  readonly told: () => Promise<readonly string[]>;
  readonly faults: unknown[];
}

export interface EnforceDesk {
  readonly clock: TestClock;
  readonly deps: AssessDeps;
  readonly scene: (options?: {
    readonly platform?: TestPlatform;
    readonly connection?: Parameters<typeof connectTestShop>[2];
    readonly languages?: readonly string[];
  }) => Promise<EnforceScene>;
}

export function enforceDesk(database: TestDatabase, clock: TestClock = testClock()): EnforceDesk {
  const deps = testJudgingDeps(database, clock);
  const staff = testStaff(database, deps.vault);

  const scene: EnforceDesk['scene'] = async ({
    platform: shopSystem = testPlatform(),
    connection: wished = {},
    languages = ['en'],
  } = {}) => {
    const shop = await makeTestShop(database, clock, { languages });
    const mia = await hire(staff, clock, shop, 'Mia', 'manager');
    const agent = await hire(staff, clock, shop, 'Ada', 'agent');
    const auditor = await hire(staff, clock, shop, 'Ari', 'auditor');
    const made = await connectTestShop({ ...deps, at: clock.now() }, shop, wished);
    const faults: unknown[] = [];
    const all = {
      ...deps,
      platforms: shopSystem.platforms,
      fetch,
      blobs: createBlobs(database.db, deps.vault, '/nowhere'),
      onFault: (error: unknown) => void faults.push(error),
    };
    let number = 0;
    const connection = async () => {
      const now = await deps.store.connections.one(shop.id, made.id);
      if (now === null) throw new Error('The connection is gone');
      return now;
    };
    const hears: EnforceScene['hears'] = async (effect, more = {}) => {
      number += 1;
      await deps.store.received.add([
        {
          shop: shop.id,
          connection: made.id,
          id: deps.ids.next(),
          delivery: `delivery-${number}`,
          topic: 'told',
          body: JSON.stringify({ effects: [effect], ...more }),
          triggeredAt: clock.now(),
          receivedAt: clock.now(),
          live: true,
          nextAt: clock.now(),
        },
      ]);
      await readReceived(all, shop);
    };
    return {
      shop,
      shopSystem,
      connection,
      mia,
      agent,
      auditor,
      deps: all,
      faults,
      async meets(person = { externalId: '17', email: 'who@example.org' }) {
        number += 1;
        const recorded = await recordEvents(deps, shop, [
          {
            kind: 'account.created',
            id: `met-${number}`,
            occurredAt: formatInstant(clock.now()),
            customer: person,
            source: made.source,
          },
        ]);
        return id<CustomerId>(recorded.results[0]?.customer ?? '');
      },
      async blocks(customer, over = {}) {
        const taken = await takeMeasure(deps, shop, mia, customer, {
          type: 'block',
          obligations: [],
          surfaces: ['purchase'],
          until: instant(clock.now() + 90 * 86_400_000),
          reason: 'Nine parcels came back empty.',
          evidence: [],
          ...over,
        });
        if (!taken.ok) throw new Error(JSON.stringify(taken.error));
        return taken.value;
      },
      async vouches(externalId, days) {
        const until = instant(clock.now() + days * 86_400_000);
        const wish = { list: 'allow', type: 'external', value: externalId, reason: 'My neighbour', until } as const;
        const [added] = await writeEntries(deps, shop, mia.id, [wish]);
        if (added?.status !== 'added') throw new Error(JSON.stringify(added));
      },
      hears,
      async orders(order, person, over = {}, placed = {}) {
        const name = `#${order}`;
        const customer = { ...person };
        await hears(
          { kind: 'order_placed', order, name, customer, language: null, asked: false, ...over },
          {
            names: [{ id: order, name }],
            events: [
              {
                kind: 'order.placed',
                id: `order:${order}:placed`,
                occurredAt: formatInstant(clock.now()),
                customer,
                body: { order: name, total: { amount: 50_00, currency: 'EUR' }, lines: [] },
                ...placed,
              },
            ],
          },
        );
      },
      async enforces() {
        while (await enforceDue(all, shop));
      },
      acts: async () =>
        (await deps.store.acts.list(shop.id, { state: null, after: null, limit: 100 })).toSorted(
          (a, b) => a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1),
        ),
      async told() {
        const rows = await database.db
          .selectFrom('outbox')
          .select(['cause', 'audience'])
          .where('shop_id', '=', shop.id)
          .where('audience', '=', 'team')
          .execute();
        return rows.map(({ cause }) => (cause as { kind: string }).kind);
      },
    };
  };
  return { clock, deps, scene };
}
