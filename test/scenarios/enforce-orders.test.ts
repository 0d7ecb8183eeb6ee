import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { askAct, undoAct } from '../../src/workflows/shops/enforce/staff-acts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type EnforceDesk, type EnforceScene, enforceDesk } from '../support/enforce-desk.ts';
import { testPlatform } from '../support/recording-platform.ts';

/* What orders that come in lead to in the shop's own system, and what becomes of those that are held. */

let database: TestDatabase;
let desk: EnforceDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = enforceDesk(database);
});
afterAll(() => database.drop());

const ADA = { externalId: '17', email: 'who@example.org' };
let scene: EnforceScene;
let ada: CustomerId;
async function begin(options: Parameters<EnforceDesk['scene']>[0] = {}) {
  scene = await desk.scene(options);
  ada = await scene.meets(ADA);
  await scene.enforces();
}
beforeEach(() => begin({ platform: testPlatform({ abilities: { assess_order: 'no' } }) }));

const outcomes = async () => (await scene.acts()).map(({ kind, state }) => `${kind} ${state}`);
const decisions = async () => {
  const rows = await database.db
    .selectFrom('ledger_event')
    .select('body')
    .where('shop_id', '=', scene.shop.id)
    .where('kind', '=', 'decision.made')
    .orderBy('seq')
    .execute();
  return rows.map(({ body }) => body as { decision: string; outcome: string; measures: string[] });
};

describe('an order that comes in', () => {
  it('is let through for a stranger, and nothing is written', async () => {
    await scene.orders('o1', { email: 'stranger@example.org' });
    await scene.orders('o2', ADA);
    expect(await outcomes()).toEqual([]);
    expect(await decisions()).toEqual([]);
  });

  it('is held once, however often it is told, and the decision is in the ledger', async () => {
    const measure = await scene.blocks(ada);
    await scene.orders('o1', ADA);
    await scene.orders('o1', ADA, { asked: true });
    await scene.orders('o1', { email: ADA.email });
    expect(await decisions()).toMatchObject([{ outcome: 'deny', measures: [measure], surface: 'purchase' }]);
    const [act] = await scene.acts();
    expect(act).toMatchObject({
      kind: 'hold_order',
      name: '#o1',
      because: 'decision',
      measures: [measure],
      customer: ada,
    });
    expect(act?.decision).toBe((await decisions())[0]?.decision);
    await scene.enforces();
    expect(scene.shopSystem.held).toEqual(new Set(['o1']));
    expect(await outcomes()).toEqual(['hold_order done']);
  });

  it('tells the platform’s own fraud review too, where it has one', async () => {
    await begin();
    await scene.blocks(ada);
    await scene.orders('o1', ADA);
    await scene.enforces();
    const [assess] = scene.shopSystem.acts();
    if (assess?.kind !== 'assess_order') throw new Error('Nothing was told');
    expect(assess).toMatchObject({ risk: 'high', order: 'o1' });
    expect(assess.facts).toEqual([expect.stringMatching(/^Evenhand: Decided by a person at the shop \(until/)]);
  });

  it('is cancelled where the owner chose so, with a friendly word in the customer’s language', async () => {
    await begin({ connection: { settings: { afterOrder: 'cancel' } }, languages: ['en', 'nl'] });
    await scene.blocks(ada);
    await scene.orders('o1', ADA, { language: 'nl' });
    await scene.enforces();
    const [act] = scene.shopSystem.acts();
    expect(act).toMatchObject({ kind: 'cancel_order', order: 'o1', refund: true, restock: true });
    expect(act?.kind === 'cancel_order' ? act.words : '').toMatch(/u tot .* geen nieuwe bestelling|Het spijt ons/);
  });

  it('is left alone when it was accepted before the measure, whatever is told of it later', async () => {
    await begin({ connection: { settings: { afterOrder: 'cancel' } } });
    await scene.orders('o1', ADA);
    const accepted = { occurredAt: formatInstant(desk.clock.now()) };
    desk.clock.later('1 day');
    await scene.blocks(ada);
    await scene.orders('o1', ADA, {}, accepted);
    expect(await outcomes()).toEqual([]);
    await scene.orders('o2', ADA);
    expect(await outcomes()).toEqual(['cancel_order waiting']);
  });

  it('is left alone when it is told of for the first time after two days', async () => {
    await scene.blocks(ada);
    const placed = { occurredAt: formatInstant(desk.clock.now()) };
    desk.clock.later('2 days');
    await scene.orders('o1', ADA, {}, placed);
    expect(await outcomes()).toEqual([]);
  });

  it('is only held where just a telephone leads to the block', async () => {
    await begin({ connection: { settings: { afterOrder: 'cancel' } }, platform: testPlatform() });
    await scene.blocks(await scene.meets({ externalId: '99', email: 'owner@example.org', phone: '+31612345678' }));
    await scene.orders('o1', { email: 'housemate@example.org', phone: '+31612345678' });
    await scene.enforces();
    expect(await decisions()).toMatchObject([{ outcome: 'review' }]);
    expect(await outcomes()).toEqual(['assess_order done', 'hold_order done']);
    const [assess] = scene.shopSystem.acts();
    expect(assess?.kind === 'assess_order' ? assess.facts.join() : '').toMatch(
      /telephone number.*perhaps of somebody else/,
    );
  });

  it('is let through by the allow-list, which the ledger says', async () => {
    await scene.blocks(ada);
    await scene.vouches('17', 5);
    await scene.orders('o1', ADA);
    expect(await outcomes()).toEqual([]);
    expect(await decisions()).toMatchObject([{ outcome: 'allow', allowListed: true }]);
  });

  it('is for people where the platform cannot hold, and the team hears of it at once', async () => {
    await begin({ platform: testPlatform({ abilities: { hold_order: 'by_hand', assess_order: 'no' } }) });
    await scene.blocks(ada);
    await scene.orders('o1', ADA);
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order impossible']);
    expect(await scene.told()).toContain('team.order_held');
    expect(scene.shopSystem.acts()).toEqual([]);
  });

  it('is let through, with the decision on record, where the owner wants nothing done', async () => {
    await begin({ connection: { settings: { afterOrder: 'nothing' } } });
    await scene.blocks(ada);
    await scene.orders('o1', ADA);
    expect(await outcomes()).toEqual([]);
    expect(await decisions()).toMatchObject([{ outcome: 'deny' }]);
  });
});

describe('a held order', () => {
  beforeEach(async () => {
    await scene.blocks(ada);
    await scene.orders('o1', ADA);
    await scene.enforces();
  });
  const measure = async () => (await scene.acts())[0]?.measures[0] as Parameters<typeof liftMeasure>[3];

  it('is released when the measure is lifted', async () => {
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order done', 'release_order done']);
    expect(scene.shopSystem.held.size).toBe(0);
    await scene.enforces();
    expect(scene.shopSystem.acts()).toHaveLength(2);
  });

  it('is released when the measure runs out, and when somebody vouches for the customer', async () => {
    await scene.vouches('17', 3);
    await scene.enforces();
    expect(scene.shopSystem.held.size).toBe(0);
    await scene.orders('o2', ADA);
    desk.clock.later('4 days');
    await scene.orders('o3', ADA);
    await scene.enforces();
    expect([...scene.shopSystem.held]).toEqual(['o3']);
    desk.clock.later('90 days');
    await assessAllDue(desk.deps, scene.shop);
    await scene.enforces();
    expect(scene.shopSystem.held.size).toBe(0);
  });

  it('stays held while another measure it rests on is in force, and when staff held it', async () => {
    const restriction = { type: 'restriction', surfaces: [], obligations: ['manual_review'] } as const;
    await scene.blocks(ada, restriction);
    await scene.orders('o2', ADA);
    await scene.orders('o3', ADA);
    await scene.enforces();
    await undoAct(scene.deps, scene.shop, scene.mia, (await scene.acts())[2]?.id ?? '');
    await scene.enforces();
    await askAct(scene.deps, scene.shop, scene.mia, ada, { kind: 'hold_order', order: 'o3' });
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    expect([...scene.shopSystem.held].sort()).toEqual(['o2', 'o3']);
  });

  it('is called off when the measure goes before it was held', async () => {
    scene.shopSystem.answers({ kind: 'limited', retryAfterMs: 60_000 });
    await scene.orders('o2', ADA);
    await scene.enforces();
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    expect((await scene.acts()).map(({ about, kind, state }) => `${about} ${kind} ${state}`)).toEqual([
      'o1 hold_order done',
      'o2 hold_order cancelled',
      'o1 release_order done',
    ]);
  });

  it('is released too where nobody knows whether it was held', async () => {
    // The platform holds it, and its answer is lost.
    scene.shopSystem.during(async () => void scene.shopSystem.held.add('o2'));
    scene.shopSystem.answers({ kind: 'unavailable', detail: 'no answer' });
    await scene.orders('o2', ADA);
    await scene.enforces();
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    expect((await scene.acts()).map(({ about, kind, state }) => `${about} ${kind} ${state}`).sort()).toEqual([
      'o1 hold_order done',
      'o1 release_order done',
      'o2 hold_order cancelled',
      'o2 release_order done',
    ]);
    expect(scene.shopSystem.held.size).toBe(0);
  });

  it('is released though its customer is erased before the shop’s system could be reached', async () => {
    // The mark and the list of guests are told first.
    scene.shopSystem.answers(null, null, { kind: 'unavailable', detail: 'down' });
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order done', 'release_order waiting']);
    expect((await eraseCustomer(scene.deps, scene.shop, ada)).ok).toBe(true);
    desk.clock.later('1 day');
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order done', 'release_order done']);
    expect(scene.shopSystem.held.size).toBe(0);
  });

  it('is released when the same system is connected again, where its release was called off by disconnecting', async () => {
    scene.shopSystem.answers(null, null, { kind: 'unavailable', detail: 'down' });
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    const { id } = await scene.connection();
    expect(await desk.deps.store.acts.cancelAll(scene.shop.id, id, desk.clock.now())).toBe(1);
    expect(await outcomes()).toEqual(['hold_order done', 'release_order cancelled']);
    await desk.deps.store.marks.allDue(scene.shop.id, id, desk.clock.now());
    await scene.enforces();
    expect((await outcomes()).sort()).toEqual(['hold_order done', 'release_order cancelled', 'release_order done']);
    expect(scene.shopSystem.held.size).toBe(0);
  });

  it('is for people when the platform will not release it', async () => {
    desk.clock.later('1 day');
    // The mark and the list of guests are told first.
    scene.shopSystem.answers(null, null, { kind: 'refused', detail: 'It is on hold for another reason.' });
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    expect(await outcomes()).toEqual(['hold_order done', 'release_order failed']);
    const rows = await desk.deps.store.outbox.list(scene.shop.id, { states: ['due'], after: null, limit: 9 });
    const row = rows.find(({ cause }) => cause.kind === 'team.order_held');
    if (row === undefined) throw new Error('The team was not told');
    await desk.deps.store.transaction(async (store) => {
      await store.ledger.lock(scene.shop.id);
      await wordMessage({ ...desk.deps, store }, scene.shop, row);
    });
    const mail = await desk.deps.store.outbox.envelope(scene.shop.id, row.id);
    expect(mail?.subject).toBe('Order #o1 is still held: please decide');
    expect(mail?.text.replace(/[\u2066-\u2069]/g, '')).toContain('Order #o1 has been held for 24 hours');
  });

  it('is released after the hold, not before, when the measure goes while it is being held', async () => {
    scene.shopSystem.during(async () => {
      await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
      await scene.enforces();
    });
    await scene.orders('o2', ADA);
    await scene.enforces();
    await scene.enforces();
    expect(scene.shopSystem.held.size).toBe(0);
    const about = scene.shopSystem.acts().filter((act) => 'order' in act && act.order === 'o2');
    expect(about.map(({ kind }) => kind)).toEqual(['hold_order', 'release_order']);
  });

  it('is told to the team, once, when it lasts too long', async () => {
    desk.clock.later('1 day');
    await scene.enforces();
    expect(await scene.told()).not.toContain('team.order_held');
    desk.clock.later('1 day');
    expect(await desk.deps.store.acts.shopsWithDue(desk.clock.now())).toContain(scene.shop.id);
    await scene.enforces();
    await scene.enforces();
    expect((await scene.told()).filter((kind) => kind === 'team.order_held')).toHaveLength(1);
    const [row] = await desk.deps.store.outbox.list(scene.shop.id, { states: ['due'], after: null, limit: 1 });
    if (row?.cause.kind !== 'team.order_held') throw new Error('The newest message is about something else');
    await desk.deps.store.transaction(async (store) => {
      await store.ledger.lock(scene.shop.id);
      await wordMessage({ ...desk.deps, store }, scene.shop, row);
    });
    const mail = await desk.deps.store.outbox.envelope(scene.shop.id, row.id);
    expect(mail?.subject).toBe('Order #o1 is still held: please decide');
    expect(mail?.text.replace(/[\u2066-\u2069]/g, '')).toContain('Order #o1 has been held for 48 hours');
    expect(mail?.text).toContain(`/shops/${scene.shop.slug}/customers/${ada}`);
  });

  it('can be released for a customer who was erased, without their key', async () => {
    const erased = await eraseCustomer(scene.deps, scene.shop, ada);
    expect(erased.ok).toBe(true);
    expect((await scene.acts())[0]).toMatchObject({ act: null, name: null, about: 'o1' });
    await liftMeasure(desk.deps, scene.shop, scene.mia, await measure(), 'A mistake of ours.');
    await scene.enforces();
    expect(scene.shopSystem.held.size).toBe(0);
  });
});
