import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLiveStore } from '../../src/adapters/postgres/live/live.ts';
import type { Shop } from '../../src/ports.ts';
import type { LiveRules } from '../../src/workflows/live/live-rules.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { liveRequest, liveRule, policyWithLive, testLiveRules } from '../support/live.ts';
import { compiled } from '../support/policy.ts';
import { makeTestShop, type TestClock, testClock } from '../support/shop.ts';

const TEXT = policyWithLive(liveRule('often', '{fact: attempts, per: email, within: 24 hours, at_least: 10}'));
const policy = compiled(TEXT);

describeOnEveryDatabase('what processes count together', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let shop: Shop;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await sql`delete from live_count`.execute(database.db);
    clock = testClock();
    shop = await makeTestShop(database, clock);
  });

  const process = (faults: unknown[] = []): LiveRules =>
    testLiveRules(TEXT, clock, { store: createLiveStore(database.db), faults });
  const ask = (rules: LiveRules, email = 'ann@example.com'): number | boolean | null | undefined => {
    const found = rules.judge(shop, policy, liveRequest({ email }), clock.now());
    return found[0]?.observed[0]?.value ?? null;
  };
  const asks = (rules: LiveRules, times: number, email?: string) => {
    for (let time = 1; time < times; time += 1) ask(rules, email);
    return ask(rules, email);
  };

  it('is one count, whoever counted', async () => {
    const [left, right] = [process(), process()];
    await Promise.all([left.settle(), right.settle()]);
    expect(asks(left, 6)).toBeNull();
    expect(asks(right, 3)).toBeNull();
    await left.settle();
    await right.settle();
    expect(ask(right)).toBe(10);
    await right.settle();
    await left.settle();
    expect(ask(left)).toBe(11);
    // Nothing is taken in twice.
    for (let time = 0; time < 3; time += 1) await Promise.all([left.settle(), right.settle()]);
    expect([ask(left), ask(right)]).toEqual([12, 12]);
    expect(asks(left, 9, 'bob@example.com')).toBeNull();
    await Promise.all([left.close(), right.close()]);
  });

  it('goes round by itself, and says once that it does not', async () => {
    const faults: unknown[] = [];
    const often = () => testLiveRules(TEXT, clock, { store: createLiveStore(database.db), faults, everyMs: 20 });
    const [left, right] = [often(), often()];
    asks(left, 500);
    let seen = 0;
    for (let tries = 0; tries < 400 && seen < 500; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen = Number(ask(right));
    }
    expect(seen).toBeGreaterThan(500);
    expect(faults).toEqual([]);
    await sql`alter table live_count rename to live_count_away`.execute(await admin());
    for (let tries = 0; tries < 400 && faults.length < 2; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(faults).toHaveLength(2);
    await sql`alter table live_count_away rename to live_count`.execute(await admin());
    await Promise.all([left.close(), right.close()]);
  });

  it('is known to a process that begins later, also when batches were put together meanwhile', async () => {
    const first = process();
    await first.settle();
    for (let time = 0; time < 4; time += 1) {
      asks(first, 3);
      await first.settle();
      clock.later('1 day');
      clock.set((clock.now() - 86_400_000 + 12 * 60_000) as never);
    }
    await first.settle();
    const { rows } = await sql<{ packed: boolean; batches: number }>`
      select packed, count(*)::int as batches from live_count group by packed order by packed`.execute(database.db);
    expect(rows.some(({ packed }) => packed)).toBe(true);
    const later = process();
    await later.settle();
    expect(ask(later)).toBe(13);
    await Promise.all([first.close(), later.close()]);
  });

  it('survives a database that is away: rules fire later, and what waited is told', async () => {
    const [left, right] = [process(), process()];
    await Promise.all([left.settle(), right.settle()]);
    await sql`alter table live_count rename to live_count_away`.execute(await admin());
    asks(left, 9);
    await expect(left.settle()).rejects.toThrow('live_count');
    expect(ask(left)).toBe(10);
    await sql`alter table live_count_away rename to live_count`.execute(await admin());
    await left.settle();
    await right.settle();
    expect(ask(right)).toBe(11);
    await Promise.all([left.close(), right.close()]);
  });

  it('is forgotten when no rule looks back so far', async () => {
    const rules = process();
    await rules.settle();
    asks(rules, 5);
    await rules.settle();
    clock.later('2 days');
    await rules.settle();
    const { rows } = await sql`select 1 from live_count`.execute(database.db);
    expect(rows).toEqual([]);
    await rules.close();
  });

  it('keeps no identifier, only keyed hashes', async () => {
    const rules = process();
    await rules.settle();
    asks(rules, 2);
    await rules.settle();
    const { rows } = await sql<{ counts: Buffer }>`select counts from live_count`.execute(database.db);
    expect(rows[0]?.counts.length).toBe(28);
    expect(rows[0]?.counts.toString('latin1')).not.toContain('ann');
    await rules.close();
  });

  async function admin() {
    const { connect } = await import('../../src/adapters/postgres/connect.ts');
    adminDb ??= connect(database.adminUrl, 1);
    return adminDb.db;
  }
  let adminDb: ReturnType<typeof import('../../src/adapters/postgres/connect.ts')['connect']> | undefined;
  afterAll(() => adminDb?.close());
});
