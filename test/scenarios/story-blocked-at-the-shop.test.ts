import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventId, id } from '../../src/core/shared/brand.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import { decideAppeal } from '../../src/workflows/appeals/decide-appeal.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { caseOf } from '../../src/workflows/appeals/hearing.ts';
import { seenOf as appealSeen } from '../../src/workflows/appeals/seen.ts';
import { takeAppeal } from '../../src/workflows/appeals/take-appeal.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { enforceDue } from '../../src/workflows/shops/enforce/enforce-due.ts';
import { readReceived } from '../../src/workflows/shops/intake.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HearingDesk, hearingDesk, wish } from '../support/hearing-desk.ts';
import { connectTestShop, testPlatform } from '../support/recording-platform.ts';
import { blockingPolicy } from '../support/review-desk.ts';
import { hire } from '../support/staff.ts';

/*
 * Two people block somebody who is said to have threatened them. The shop's system marks the customer, the next order is held, and the ledger
 * says why. The threat was another customer's: the appeal is upheld, the mark goes, and the order is let through.
 */

let database: TestDatabase;
let desk: HearingDesk;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = await hearingDesk(database);
});
afterAll(async () => {
  await desk.close();
  await database.drop();
});

describe('who is blocked by two people', () => {
  it('is marked in the shop’s system and their order held, until the appeal is upheld and all of it goes', async () => {
    const scene = await desk.scene({ policy: blockingPolicy, settings: { secondApprovalForBlocks: true } });
    const { shop, mia, noor } = scene;
    const olga = await hire(desk.staff, desk.clock, shop, 'Olga', 'owner');
    const shopSystem = testPlatform();
    const { store } = desk.deps;
    const connection = await connectTestShop({ ...desk.deps, at: desk.clock.now() }, shop);
    const deps = {
      ...desk.deps,
      platforms: shopSystem.platforms,
      fetch,
      onFault: (error: unknown) => expect(error).toBeUndefined(),
    };
    const enforced = async () => {
      while (await enforceDue(deps, shop));
    };

    const threat = await scene.threatens();
    desk.clock.later('3 days');
    await assessAllDue(desk.deps, shop);
    const [open] = await store.standing.proposals(shop.id, { ids: [], openAbout: [await scene.customer()] });
    if (open === undefined) throw new Error('Nothing is proposed');
    await approve({ ...desk.deps, staff: desk.staff }, shop, mia, open.id, seenOf(open));
    await enforced();
    expect(shopSystem.shows.size).toBe(0);
    const half = await store.standing.proposal(shop.id, open.id);
    if (half === null) throw new Error('The proposal is gone');
    await approve({ ...desk.deps, staff: desk.staff }, shop, noor, open.id, seenOf(half));
    const [block] = await scene.measures();
    if (block === undefined) throw new Error('There is no block');
    expect(block.approvedBy).toEqual([mia.id, noor.id]);
    await enforced();
    expect(shopSystem.shows.get('17')).toMatchObject({ as: 'blocked', refused: ['purchase'], until: block.until });

    // The order comes in all the same: as a guest, by the e-mail address.
    const customer = { email: 'who@example.org' };
    const at = desk.clock.now();
    const placed = { order: '1001', total: { amount: 80_00, currency: 'EUR' }, lines: [] };
    await store.received.add([
      {
        shop: shop.id,
        connection: connection.id,
        id: desk.deps.ids.next(),
        delivery: 'd1',
        topic: 'orders/create',
        body: JSON.stringify({
          names: [{ id: 'gid-1', name: '1001' }],
          events: [
            { kind: 'order.placed', id: 'order:gid-1:placed', occurredAt: formatInstant(at), customer, body: placed },
          ],
          effects: [{ kind: 'order_placed', order: 'gid-1', name: '1001', customer, language: 'en', asked: false }],
        }),
        triggeredAt: at,
        receivedAt: at,
        live: true,
        nextAt: at,
      },
    ]);
    await readReceived(deps, shop);
    await enforced();
    expect([...shopSystem.held]).toEqual(['gid-1']);
    const made = await database.db
      .selectFrom('ledger_event')
      .select(['body', 'customer_id'])
      .where('shop_id', '=', shop.id)
      .where('kind', '=', 'decision.made')
      .execute();
    expect(made).toMatchObject([
      { customer_id: await scene.customer(), body: { surface: 'purchase', outcome: 'deny', measures: [block.id] } },
    ]);
    const acts = await store.acts.ofCustomer(shop.id, await scene.customer(), 10);
    const [{ body } = { body: null }] = made;
    const { decision } = body as unknown as { decision: string };
    expect(acts.find(({ kind }) => kind === 'hold_order')).toMatchObject({
      state: 'done',
      decision,
      because: 'decision',
    });

    const filed = await fileAppeal(
      desk.deps,
      shop,
      await scene.customer(),
      wish(block.id, {
        ground: 'wrong_facts',
        text: 'I never wrote that. Somebody else has my name.',
        disputed: [threat],
      }),
    );
    if (!filed.ok) throw new Error(filed.error.why);
    const { appeal } = filed.value;
    expect(await takeAppeal(desk.deps, shop, olga, appeal)).toMatchObject({ ok: true });
    const found = await caseOf(store, shop, appeal, desk.clock.now());
    if (found === null) throw new Error('The appeal is gone');
    const decided = await decideAppeal(desk.deps, shop, olga, appeal, {
      outcome: 'upheld',
      corrections: [{ event: id<EventId>(threat), as: 'void' }],
      lift: false,
      reason: 'The message came from somebody else. We are sorry.',
      seen: appealSeen(found, desk.clock.now()),
    });
    expect(decided).toMatchObject({ ok: true });
    await enforced();
    expect(shopSystem.shows.get('17')).toMatchObject({ as: null, refused: [], sentences: [] });
    expect(shopSystem.held.size).toBe(0);
    expect(shopSystem.guests()).toEqual([]);
    const after = await store.acts.ofCustomer(shop.id, await scene.customer(), 10);
    expect(after.find(({ kind }) => kind === 'release_order')).toMatchObject({
      state: 'done',
      because: 'decision',
      decision,
      measures: [block.id],
    });
  });
});
