import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { randomIds } from '../../src/adapters/ids.ts';
import type { Database } from '../../src/adapters/postgres/schema.ts';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import { createStore, type StoreContext } from '../../src/adapters/postgres/store.ts';
import { createVault } from '../../src/adapters/vault/vault.ts';
import { id, type ShopId } from '../../src/core/shared/brand.ts';
import { addPeriod, parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Instant } from '../../src/core/shared/time.ts';
import type { Deps } from '../../src/ports/store.ts';
import { type Clock, defaultShopSettings, type Shop, type ShopSettings } from '../../src/ports.ts';
import type { AssessDeps } from '../../src/workflows/assess/assess-due.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import type { TestDatabase } from './database.ts';
import { at } from './events.ts';
import { languages } from './languages.ts';
import { laws } from './laws.ts';
import { smallPolicy } from './policy.ts';

/** A clock that stands until a test moves it. */
export interface TestClock extends Clock {
  set(to: Instant | string): void;
  later(period: string): void;
}

export function testClock(from: Instant | string = '2026-06-01T12:00:00Z'): TestClock {
  let now = at(from);
  return {
    now: () => now,
    set: (to) => {
      now = at(to);
    },
    later: (period) => {
      now = addPeriod(now, unwrap(parsePeriod(period)));
    },
  };
}

/** What workflows are given, on a test database; always the same master key. */
export function testDeps(
  { db }: Pick<TestDatabase, 'db'>,
  clock: Clock = testClock(),
  more: Pick<StoreContext, 'soon'> = {},
): Deps {
  const vault = createVault(Buffer.alloc(32, 42));
  const ids = randomIds;
  const store = createStore(db, { vault, clock, ids, ...more });
  return { store, vault, clock, ids, languages, laws, publicUrl: 'http://fair.example' };
}

/** The same, with the policies that judging needs. */
export function testJudgingDeps(
  database: Pick<TestDatabase, 'db'>,
  clock: Clock,
  more: Pick<StoreContext, 'soon'> = {},
): AssessDeps {
  const deps = testDeps(database, clock, more);
  return { ...deps, policies: new PolicyShelf(deps.store.policies) };
}

/** A shop of its own in a test database, with a policy. */
export async function makeTestShop(
  { db }: Pick<TestDatabase, 'db'>,
  clock: Clock,
  wish: Partial<Omit<Shop, 'id' | 'settings'>> & {
    readonly policy?: string;
    readonly settings?: Partial<ShopSettings>;
  } = {},
): Promise<Shop> {
  const { policy = smallPolicy, settings, ...rest } = wish;
  const shop: Shop = {
    id: id<ShopId>(randomIds.next()),
    slug: `shop-${randomIds.next<string>().slice(-12)}`,
    name: 'A test shop',
    currency: 'EUR',
    timeZone: 'Europe/Amsterdam',
    languages: ['en'],
    jurisdictions: ['NL'],
    ...rest,
    settings: { ...defaultShopSettings, ...settings },
  };
  const made = await createShopStore(db).make({ shop, policySource: policy, at: clock.now() }, null);
  if (!made) throw new Error(`A test makes the shop ${shop.slug} twice`);
  return shop;
}

/** The same database as its owner, whom nothing stops: to do what an attacker with the owner's password would. */
export function asOwner({ adminUrl }: Pick<TestDatabase, 'adminUrl'>): Kysely<Database> {
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: adminUrl, max: 1 }) }),
  });
}
