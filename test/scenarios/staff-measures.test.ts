import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerId, type EventId, id, type MeasureId } from '../../src/core/shared/brand.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { Shop, ShopSettings } from '../../src/ports.ts';
import { type AssessDeps, assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { addNote } from '../../src/workflows/measures/add-note.ts';
import { correctEvent } from '../../src/workflows/measures/correct-event.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import type { Actor, MeasureWish } from '../../src/workflows/measures/types.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

interface Scene {
  readonly shop: Shop;
  readonly customer: CustomerId;
  /** The order and the threat, as events. */
  readonly order: EventId;
  readonly threat: EventId;
  readonly mia: Actor;
  readonly agent: Actor;
  readonly auditor: Actor;
  readonly card: () => Promise<{ standing: string; orders: number; events: number }>;
}

describeOnEveryDatabase('what staff do by themselves', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: AssessDeps;
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testJudgingDeps(database, clock);
  });
  afterAll(() => database.drop());

  async function scene(settings: Partial<ShopSettings> = {}): Promise<Scene> {
    const shop = await makeTestShop(database, clock, { settings });
    const staff = testStaff(database, deps.vault);
    const customer = { externalId: '17' };
    const at = '2026-05-01T10:00:00Z';
    const total = { amount: 50_00, currency: 'EUR' };
    const { results } = await recordEvents(deps, shop, [
      { kind: 'order.placed', id: 'o1', occurredAt: at, customer, body: { order: 'O1', total } },
      {
        kind: 'message.received',
        id: 'm1',
        occurredAt: at,
        customer,
        body: { message: 'M1', channel: 'email', labels: ['threat_of_violence'] },
      },
    ]);
    const [order, threat] = results;
    if (order?.event === undefined || threat?.event === undefined || order.customer == null)
      throw new Error('The scene was not recorded');
    const who = order.customer;
    return {
      shop,
      customer: who,
      order: order.event,
      threat: threat.event,
      mia: await hire(staff, clock, shop, 'Mia', 'manager'),
      agent: await hire(staff, clock, shop, 'Ada', 'agent'),
      auditor: await hire(staff, clock, shop, 'Uli', 'auditor'),
      card: async () => {
        await assessAllDue(deps, shop);
        return database.db
          .selectFrom('customer')
          .select(['standing', 'orders', 'events'])
          .where('shop_id', '=', shop.id)
          .where('id', '=', who)
          .executeTakeFirstOrThrow();
      },
    };
  }

  const wish = (more: Partial<MeasureWish> = {}): MeasureWish => ({
    type: 'restriction',
    obligations: ['prepayment_only'],
    surfaces: [],
    until: addPeriod(clock.now(), months(6)),
    reason: 'Three unpaid invoices.',
    evidence: [],
    ...more,
  });

  describe('taking a measure', () => {
    it('puts it in force, with its rule and its evidence', async () => {
      const { shop, customer, mia, order, card } = await scene();
      const measure = unwrap(
        await takeMeasure(deps, shop, mia, customer, wish({ rule: 'threatens', evidence: [order, order] })),
      );
      expect(await deps.store.standing.measure(shop.id, measure)).toMatchObject({
        customer,
        state: 'active',
        type: 'restriction',
        rules: ['threatens'],
        policyVersion: 1,
        ladder: null,
      });
      const [own] = await deps.store.ledger.eventsOf(shop.id, [customer]);
      expect(own?.events.at(-1)?.body).toMatchObject({ proposedBy: 'staff', approvedBy: [mia.id], evidence: [order] });
      expect(await card()).toMatchObject({ standing: 'restricted' });
    });

    it('is for owners and managers, and for the shop’s own customers', async () => {
      const here = await scene();
      const there = await scene();
      expect(await takeMeasure(deps, here.shop, here.agent, here.customer, wish())).toMatchObject({
        error: { kind: 'not-allowed' },
      });
      expect(await takeMeasure(deps, there.shop, there.mia, here.customer, wish())).toMatchObject({
        error: { kind: 'not-found' },
      });
      expect(
        await takeMeasure(deps, there.shop, there.mia, there.customer, wish({ evidence: [here.order] })),
      ).toMatchObject({ error: { kind: 'invalid', field: 'evidence' } });
      expect((await deps.store.ledger.verify(there.shop.id)).damage).toEqual([]);
      expect(await there.card()).toMatchObject({ standing: 'watched' });
    });

    it('ends within three years, demands something and names what exists', async () => {
      const { shop, customer, mia } = await scene();
      const now = clock.now();
      const faults: readonly (readonly [string, Partial<MeasureWish>])[] = [
        ['until', { until: now }],
        ['until', { until: addPeriod(now, { months: 36, days: 1 }) }],
        ['obligations', { obligations: [] }],
        ['obligations', { obligations: ['prepayment'] }],
        ['surfaces', { surfaces: ['purchase'] }],
        ['surfaces', { type: 'block', obligations: [], surfaces: [] }],
        ['obligations', { type: 'warning' }],
        ['rule', { rule: 'no-such-rule' }],
      ];
      for (const [field, more] of faults)
        expect(await takeMeasure(deps, shop, mia, customer, wish(more))).toMatchObject({
          error: { kind: 'invalid', field },
        });
      expect((await takeMeasure(deps, shop, mia, customer, wish({ until: addPeriod(now, months(36)) }))).ok).toBe(true);
    });

    it('takes no right away that a policy may not take either', async () => {
      const { shop, customer, mia, card } = await scene();
      const block = (surfaces: readonly string[], obligations: readonly string[] = []) =>
        takeMeasure(deps, shop, mia, customer, wish({ type: 'block', surfaces, obligations }));
      const returns = { error: { kind: 'invalid', field: 'surfaces', message: expect.stringContaining('are rights') } };
      expect(await block(['return'])).toMatchObject(returns);
      expect(await block(['purchase', 'return'], ['official_channels_only'])).toMatchObject(returns);
      expect(await block(['contact'])).toMatchObject({
        error: { kind: 'invalid', field: 'obligations', message: expect.stringContaining('stays open') },
      });
      expect(await card()).toMatchObject({ standing: 'watched' });
      unwrap(await block(['contact'], ['official_channels_only']));
      expect(await card()).toMatchObject({ standing: 'blocked' });
    });

    it('leaves a block to two people where the shop says so', async () => {
      const { shop, customer, mia, card } = await scene({ secondApprovalForBlocks: true });
      const block = wish({ type: 'block', obligations: [], surfaces: ['purchase'] });
      expect(await takeMeasure(deps, shop, mia, customer, block)).toMatchObject({ error: { kind: 'conflict' } });
      expect(await card()).toMatchObject({ standing: 'watched' });
    });
  });

  describe('lifting', () => {
    it('ends the measure once, of two people at once', async () => {
      const { shop, customer, mia, card } = await scene();
      const measure = unwrap(await takeMeasure(deps, shop, mia, customer, wish()));
      const lifts = await Promise.all([1, 2].map(() => liftMeasure(deps, shop, mia, measure, 'All paid.')));
      expect(lifts.filter((lift) => lift.ok)).toHaveLength(1);
      expect(lifts.find((lift) => !lift.ok)).toMatchObject({
        error: { kind: 'conflict', message: 'The measure has been lifted, so it cannot be lifted.' },
      });
      expect(await card()).toMatchObject({ standing: 'watched' });
      expect(await deps.store.standing.measure(shop.id, measure)).toMatchObject({
        state: 'lifted',
        endedBecause: 'staff',
      });
    });

    it('refuses one that has run out, another shop’s and one that never was', async () => {
      const here = await scene();
      const there = await scene();
      const until = addPeriod(clock.now(), { months: 0, days: 1 });
      const measure = unwrap(await takeMeasure(deps, here.shop, here.mia, here.customer, wish({ until })));
      const unknown = { error: { kind: 'not-found' } };
      expect(await liftMeasure(deps, there.shop, there.mia, measure, 'Ours?')).toMatchObject(unknown);
      expect(await liftMeasure(deps, here.shop, here.mia, id<MeasureId>(deps.ids.next()), 'None.')).toMatchObject(
        unknown,
      );
      expect(await liftMeasure(deps, here.shop, here.agent, measure, 'Please.')).toMatchObject({
        error: { kind: 'not-allowed' },
      });
      const before = clock.now();
      clock.later('1 day');
      expect(await liftMeasure(deps, here.shop, here.mia, measure, 'Late.')).toMatchObject({
        error: { kind: 'conflict', message: 'The measure has run out, so it cannot be lifted.' },
      });
      clock.set(before);
    });
  });

  describe('correcting', () => {
    it('takes an event out of standing and totals, and back', async () => {
      const { shop, customer, mia, agent, order, threat, card } = await scene();
      expect(await card()).toMatchObject({ standing: 'watched', orders: 1, events: 2 });
      const correct = (event: EventId, as: 'void' | 'shop_fault' | 'counts', by = agent) =>
        correctEvent(deps, shop, by, customer, { event, as, reason: 'Mislabelled.' });
      unwrap(await correct(threat, 'void'));
      expect(await card()).toMatchObject({ standing: 'good', orders: 1, events: 1 });
      const open = () =>
        database.db
          .selectFrom('proposal')
          .select('id')
          .where('shop_id', '=', shop.id)
          .where('status', '=', 'open')
          .execute();
      expect(await open()).toEqual([]);
      expect(await correct(threat, 'void')).toMatchObject({ error: { kind: 'conflict' } });
      unwrap(await correct(threat, 'shop_fault'));
      expect(await correct(threat, 'counts')).toMatchObject({
        error: { kind: 'not-allowed', message: 'Only an owner or a manager may let an event count again.' },
      });
      expect(await card()).toMatchObject({ standing: 'good' });
      unwrap(await correct(threat, 'counts', mia));
      expect(await card()).toMatchObject({ standing: 'watched', events: 2 });
      expect(await open()).toHaveLength(1);
      expect(await correct(order, 'counts', mia)).toMatchObject({ error: { kind: 'conflict' } });
    });

    it('leaves alone what is not the customer’s, or was not reported', async () => {
      const here = await scene();
      const there = await scene();
      const measure = unwrap(await takeMeasure(deps, here.shop, here.mia, here.customer, wish()));
      const [own] = await deps.store.ledger.eventsOf(here.shop.id, [here.customer]);
      const started = own?.events.find((event) => event.kind === 'measure.started' && event.body.measure === measure);
      if (started === undefined) throw new Error('The measure has no event');
      const as = 'void';
      const reason = 'Wrong.';
      expect(
        await correctEvent(deps, here.shop, here.mia, here.customer, { event: started.id, as, reason }),
      ).toMatchObject({
        error: { kind: 'invalid', field: 'event' },
      });
      expect(
        await correctEvent(deps, there.shop, there.mia, there.customer, { event: here.order, as, reason }),
      ).toMatchObject({
        error: { kind: 'not-found' },
      });
      expect(
        await correctEvent(deps, there.shop, there.mia, here.customer, { event: here.order, as, reason }),
      ).toMatchObject({
        error: { kind: 'not-found' },
      });
      expect(
        await correctEvent(deps, here.shop, here.auditor, here.customer, { event: here.order, as, reason }),
      ).toMatchObject({ error: { kind: 'not-allowed' } });
    });
  });

  it('keeps a note sealed, and under the name of whoever wrote it', async () => {
    const { shop, customer, agent, auditor } = await scene();
    const note = { text: 'Called: very sorry.', pinned: true };
    unwrap(await addNote(deps, shop, agent, customer, note));
    expect(await addNote(deps, shop, auditor, customer, note)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect(await addNote(deps, (await scene()).shop, agent, customer, note)).toMatchObject({
      error: { kind: 'not-found' },
    });
    const row = await database.db
      .selectFrom('ledger_event')
      .select(['source', 'body', 'sealed'])
      .where('shop_id', '=', shop.id)
      .where('kind', '=', 'note.added')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ source: `staff:${agent.id}`, body: { pinned: true } });
    expect(row.sealed?.includes('sorry')).toBe(false);
  });
});
