import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChangeFeed } from '../../src/adapters/postgres/change-feed.ts';
import { timeline } from '../../src/adapters/postgres/console/timeline.ts';
import type { Database } from '../../src/adapters/postgres/schema.ts';
import { addPeriod, parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { ChangeFeed } from '../../src/ports/changes.ts';
import type { Deps } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import type { MadeDecision } from '../../src/workflows/decide/types.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { writeEntries } from '../../src/workflows/lists/write-entries.ts';
import type { EffectWish } from '../../src/workflows/measures/effect.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

const NEVER = 3_600_000;
const BLOCK: EffectWish = { type: 'block', obligations: [], surfaces: ['purchase'] };

describeOnEveryDatabase('decisions', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  let queries: string[];
  let shelf: PolicyShelf;
  const faults: unknown[] = [];
  const opened: Decisions[] = [];

  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    queries = [];
    const db = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: database.pool }),
      log: (event) => void queries.push(event.query.sql),
    });
    deps = testDeps({ db }, clock);
    shelf = new PolicyShelf(deps.store.policies);
  });
  afterEach(async () => {
    for (const decisions of opened.splice(0)) await decisions.close();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => database.drop());

  function open(options: { changes?: ChangeFeed; pollMs?: number; flushMs?: number } = {}): Decisions {
    const decisions = new Decisions(
      { ...deps, policies: shelf },
      { pollMs: NEVER, flushMs: NEVER, onFault: (error) => faults.push(error), ...options },
    );
    opened.push(decisions);
    return decisions;
  }

  /** A shop with a customer of this number, e-mail address and phone. */
  async function shopWith(number: string, wish: Parameters<typeof makeTestShop>[2] = {}) {
    const shop = await makeTestShop(database, clock, wish);
    const recorded = await recordEvents(deps, shop, [
      {
        kind: 'account.created',
        id: `account:${number}`,
        occurredAt: '2026-01-01T10:00:00Z',
        customer: { externalId: number, email: `c${number}@example.org`, phone: '+31612345678' },
      },
    ]);
    const customer = recorded.results[0]?.customer;
    if (customer == null) throw new Error('Nobody was recorded');
    return { shop, customer, mia: await hire(testStaff(database, deps.vault), clock, shop, 'Mia', 'manager') };
  }

  async function measure(
    { shop, customer, mia }: Awaited<ReturnType<typeof shopWith>>,
    effect: EffectWish,
    length = '30 days',
    rule?: string,
  ) {
    const until = addPeriod(clock.now(), unwrap(parsePeriod(length)));
    return unwrap(
      await takeMeasure({ ...deps, policies: shelf }, shop, mia, customer, {
        ...effect,
        until,
        reason: 'Threatened the courier.',
        evidence: [],
        rule,
      }),
    );
  }

  const madeOf = async (shop: Shop) =>
    (
      await database.db
        .selectFrom('ledger_event')
        .select(['body', 'customer_id'])
        .where('shop_id', '=', shop.id)
        .where('kind', '=', 'decision.made')
        .orderBy('seq')
        .execute()
    ).map((row) => ({ ...(row.body as { decision: string; outcome: string }), customer: row.customer_id }));

  const allowedOf = async (shop: Shop) =>
    (
      await database.db
        .selectFrom('ledger_event')
        .select(['body', 'customer_id'])
        .where('shop_id', '=', shop.id)
        .where('kind', '=', 'decisions.allowed')
        .orderBy('seq')
        .execute()
    ).map((row) => ({
      ...(row.body as { first: string; last: string; surfaces: Record<string, number> }),
      customer: row.customer_id,
    }));

  const countOf = (id: string | undefined): number => Number.parseInt(id?.slice(-8) ?? '', 16);

  describe('for a customer without measures', () => {
    it('reads nothing from the database, and records the answer later', async () => {
      const { shop, customer } = await shopWith('1');
      const decisions = open();
      const ask = (externalId: string) => decisions.decide(shop, { surface: 'purchase', customer: { externalId } });
      unwrap(await ask('1'));
      expect(queries).not.toEqual([]);
      queries.length = 0;
      const made: MadeDecision[] = [];
      for (let index = 0; index < 300; index += 1) made.push(unwrap(await ask(index % 2 === 0 ? '1' : 'stranger')));
      made.push(unwrap(await decisions.decide(shop, { surface: 'login', customer: { externalId: '1' } })));
      expect(queries).toEqual([]);
      expect(made[0]).toMatchObject({ outcome: 'allow', obligations: [], reasons: [], message: null, stale: false });
      const given = made.map((each) => each.decision);
      expect(new Set(given).size).toBe(301);
      expect(await allowedOf(shop)).toEqual([]);
      await decisions.settle();
      const [batch, ...others] = await allowedOf(shop);
      expect(others).toEqual([]);
      expect(batch).toMatchObject({ surfaces: { purchase: 301, login: 1 }, customer: null });
      // The ids of a batch are consecutive, so that each answer is found again.
      expect(countOf(batch?.last) - countOf(batch?.first)).toBe(301);
      expect(given.map((id) => countOf(id) - countOf(batch?.first))).toEqual(given.map((_, index) => index + 1));
      expect(given.every((id) => id.slice(0, -8) === batch?.first.slice(0, -8))).toBe(true);
      expect(await madeOf(shop)).toEqual([]);
      const timeOf = await timeline(database.db, deps.vault, shop.id, customer, {
        kinds: null,
        before: null,
        around: null,
        limit: 10,
      });
      expect(timeOf.map(({ kind }) => kind)).not.toContain('decisions.allowed');
      const customers = await database.db.selectFrom('customer').select('id').where('shop_id', '=', shop.id).execute();
      expect(customers).toEqual([{ id: customer }]);
    });

    it('records by itself after a moment, and when closed', async () => {
      const { shop } = await shopWith('1');
      const quick = open({ flushMs: 20 });
      unwrap(await quick.decide(shop, { surface: 'login', customer: { email: 'guest@example.org' } }));
      await expect.poll(() => allowedOf(shop)).toHaveLength(1);
      const slow = open();
      unwrap(await slow.decide(shop, { surface: 'login', customer: { email: 'guest@example.org' } }));
      await slow.close();
      expect(await allowedOf(shop)).toHaveLength(2);
    });

    it('goes on counting while nothing can be recorded, and says what is lost in the end', async () => {
      const { shop } = await shopWith('1');
      let down = true;
      const store: Deps['store'] = {
        ...deps.store,
        transaction: (work) => (down ? Promise.reject(new Error('down')) : deps.store.transaction(work)),
      };
      const told: string[] = [];
      const without = () =>
        new Decisions(
          { ...deps, store, policies: shelf },
          { pollMs: NEVER, flushMs: NEVER, onFault: (error) => told.push(String(error)) },
        );
      const decisions = without();
      const ask = (from: Decisions, count: number) =>
        Promise.all(
          Array.from({ length: count }, (_, index) =>
            from.decide(shop, { surface: 'purchase', customer: { externalId: `guest ${index}` } }),
          ),
        );
      await ask(decisions, 5);
      await decisions.settle();
      await ask(decisions, 2);
      await decisions.settle();
      expect(new Set(told)).toEqual(new Set(['Error: down']));
      down = false;
      await decisions.settle();
      await decisions.settle();
      expect((await allowedOf(shop)).map(({ surfaces }) => surfaces)).toEqual([{ purchase: 5 }, { purchase: 2 }]);
      await decisions.close();
      down = true;
      told.length = 0;
      const lost = without();
      await ask(lost, 3);
      await lost.close();
      expect(told).toEqual(['Error: down', 'Error: 3 decisions to allow were given and not recorded']);
    });
  });

  describe('for a customer with measures', () => {
    it('denies with reasons and a message, and has recorded it before it answers', async () => {
      const scene = await shopWith('1', { languages: ['nl', 'en'] });
      const block = await measure(scene, BLOCK, '30 days', 'threatens');
      const decisions = open();
      const made = unwrap(
        await decisions.decide(scene.shop, { surface: 'purchase', customer: { externalId: '1' }, language: 'nl-BE' }),
      );
      const until = addPeriod(clock.now(), { months: 0, days: 30 });
      expect(made).toMatchObject({
        outcome: 'deny',
        reasons: [{ measure: block, rule: 'threatens', title: 'Threatens our staff', policyVersion: 1, until }],
        message: { language: 'nl', text: expect.stringContaining('tot 1 juli 2026') },
      });
      expect(await madeOf(scene.shop)).toMatchObject([
        { decision: made.decision, outcome: 'deny', customer: scene.customer, measures: [block], policyVersion: 1 },
      ]);
      expect(
        unwrap(await decisions.decide(scene.shop, { surface: 'return', customer: { externalId: '1' } })).outcome,
      ).toBe('allow');
    });

    it('recognises by any identifier, whatever the spelling, in this shop only', async () => {
      const scene = await shopWith('1');
      await measure(scene, BLOCK);
      const elsewhere = await shopWith('1');
      const decisions = open();
      const outcome = async (shop: Shop, customer: object) =>
        unwrap(await decisions.decide(shop, { surface: 'purchase', customer })).outcome;
      expect(await outcome(scene.shop, { email: ' C1@Example.ORG ' })).toBe('deny');
      expect(await outcome(scene.shop, { phone: '06 1234 5678' })).toBe('deny');
      expect(await outcome(scene.shop, { externalId: 'a new account', email: 'c1@example.org' })).toBe('deny');
      expect(await outcome(scene.shop, { externalId: '2' })).toBe('allow');
      expect(await outcome(elsewhere.shop, { externalId: '1', email: 'c1@example.org' })).toBe('allow');
    });

    it('lets a person look where only a shared phone leads to a block, and says so in the record', async () => {
      const scene = await shopWith('1', { languages: ['en'] });
      const block = await measure(scene, BLOCK, '30 days', 'threatens');
      const phone = '+31612345678';
      const decisions = open();
      const ask = async (customer: object) =>
        unwrap(await decisions.decide(scene.shop, { surface: 'purchase', customer }));
      unwrap(await decisions.decide(scene.shop, { surface: 'login', customer: { externalId: '1' } }));
      for (const housemate of [
        { externalId: '2' },
        { email: 'c2@example.org' },
        { externalId: '2', email: 'c2@x.org' },
      ]) {
        const made = await ask({ ...housemate, phone });
        expect(made).toMatchObject({ outcome: 'review', obligations: [], reasons: [{ measure: block }] });
        expect(made.message?.text).toContain('A colleague looks at it');
        expect(made.message?.text).not.toMatch(/Threatens|notice we sent/);
      }
      for (const same of [{}, { externalId: '1' }, { externalId: '2', email: 'c1@example.org' }])
        expect((await ask({ ...same, phone })).outcome).toBe('deny');
      const wanted = { kinds: ['decision.made'], before: null, around: null, limit: 10 } as const;
      const record = await timeline(database.db, deps.vault, scene.shop.id, scene.customer, wanted);
      const remarks = record.map(({ body, text }) => [body.outcome, text]);
      const remark = expect.stringContaining('only the phone number led here');
      expect(remarks).toHaveLength(6);
      expect(remarks.filter(([outcome]) => outcome === 'review')).toEqual(Array(3).fill(['review', remark]));
      expect(remarks.filter(([outcome]) => outcome === 'deny')).toEqual(Array(3).fill(['deny', null]));
    });

    it('lets a measure bite no longer than its end, though nobody has recorded that it ran out', async () => {
      const scene = await shopWith('1');
      const id = await measure(scene, BLOCK, '1 day');
      const decisions = open();
      const ask = async () =>
        unwrap(await decisions.decide(scene.shop, { surface: 'purchase', customer: { externalId: '1' } })).outcome;
      expect(await ask()).toBe('deny');
      const before = clock.now();
      clock.later('1 day');
      expect((await deps.store.standing.measure(scene.shop.id, id))?.state).toBe('active');
      expect(await ask()).toBe('allow');
      clock.set(before);
    });

    it('asks for what a restriction demands, and says who decided where no rule did', async () => {
      const scene = await shopWith('1');
      await measure(scene, { type: 'restriction', obligations: ['prepayment_only'], surfaces: [] });
      const decisions = open();
      const made = unwrap(await decisions.decide(scene.shop, { surface: 'purchase', customer: { externalId: '1' } }));
      expect(made).toMatchObject({
        outcome: 'challenge',
        obligations: ['prepayment_only'],
        reasons: [{ rule: null, title: 'Decided by a person at the shop' }],
      });
    });

    it('lets the allow-list win, records that it did, and no longer than the entry lasts', async () => {
      const scene = await shopWith('1');
      await measure(scene, BLOCK, '300 days');
      const until = addPeriod(clock.now(), { months: 0, days: 10 });
      const wish = {
        list: 'allow',
        type: 'email',
        value: 'C1@example.org',
        reason: 'The owner’s sister.',
        until,
      } as const;
      expect(await writeEntries(deps, scene.shop, scene.mia.id, [wish])).toMatchObject([{ status: 'added' }]);
      const decisions = open();
      const ask = async () =>
        unwrap(await decisions.decide(scene.shop, { surface: 'purchase', customer: { externalId: '1' } }));
      expect(await ask()).toMatchObject({ outcome: 'allow', allowListed: true, message: null });
      expect(await madeOf(scene.shop)).toMatchObject([
        { outcome: 'allow', allowListed: true, customer: scene.customer },
      ]);
      const before = clock.now();
      clock.later('10 days');
      expect(await ask()).toMatchObject({ outcome: 'deny', allowListed: false });
      clock.set(before);
    });
  });

  describe('what changes meanwhile', () => {
    it('is heard from the database at once', async () => {
      const scene = await shopWith('1');
      const decisions = open({ changes: createChangeFeed(database.serviceUrl) });
      const ask = async () =>
        unwrap(await decisions.decide(scene.shop, { surface: 'purchase', customer: { externalId: '1' } })).outcome;
      expect(await ask()).toBe('allow');
      const block = await measure(scene, BLOCK);
      await expect.poll(ask, { timeout: 2_000 }).toBe('deny');
      unwrap(await liftMeasure(deps, scene.shop, scene.mia, block, 'Sorry.'));
      await expect.poll(ask, { timeout: 2_000 }).toBe('allow');
    });

    it('is noticed without hearing, by asking', async () => {
      const scene = await shopWith('1');
      const decisions = open({ pollMs: 20 });
      const ask = async () =>
        unwrap(await decisions.decide(scene.shop, { surface: 'purchase', customer: { externalId: '1' } })).outcome;
      expect(await ask()).toBe('allow');
      await measure(scene, BLOCK);
      await expect.poll(ask, { timeout: 2_000 }).toBe('deny');
    });

    it('is heard again after the connection broke', async () => {
      const scene = await shopWith('1');
      const decisions = open({ changes: createChangeFeed(database.serviceUrl) });
      const ask = async () =>
        unwrap(await decisions.decide(scene.shop, { surface: 'purchase', customer: { externalId: '1' } })).outcome;
      expect(await ask()).toBe('allow');
      const broken = async () =>
        (
          await database.pool.query<{ gone: boolean }>(
            `select pg_terminate_backend(pid) as gone from pg_stat_activity
             where datname = current_database() and application_name = 'evenhand changes'`,
          )
        ).rows.length;
      await expect.poll(broken).toBe(1);
      await measure(scene, BLOCK);
      await expect.poll(ask, { timeout: 5_000, interval: 100 }).toBe('deny');
    });
  });

  it('refuses a request that names nobody or cannot be read, by its field', async () => {
    const { shop } = await shopWith('1');
    const decisions = open();
    const refusal = async (customer: object) => decisions.decide(shop, { surface: 'purchase', customer });
    expect(await refusal({})).toMatchObject({ error: { kind: 'invalid', field: 'customer' } });
    expect(await refusal({ email: 'no address' })).toMatchObject({
      error: { kind: 'invalid', field: 'customer.email' },
    });
    expect(await refusal({ phone: 'call me' })).toMatchObject({ error: { kind: 'invalid', field: 'customer.phone' } });
    expect(await madeOf(shop)).toEqual([]);
  });
});
