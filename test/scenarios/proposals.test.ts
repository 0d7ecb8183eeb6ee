import { afterAll, beforeAll, expect, it } from 'vitest';
import { createConsoleReads } from '../../src/adapters/postgres/console/reads.ts';
import type { LedgerEvent } from '../../src/core/events/event.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import type { Shop } from '../../src/ports.ts';
import { type AssessDeps, assessAllDue, assessDue } from '../../src/workflows/assess/assess-due.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { decline } from '../../src/workflows/review/decline.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { staffId, uuid } from '../support/events.ts';
import { added, append, known, order, sentBack } from '../support/offers.ts';
import { smallPolicy } from '../support/policy.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';
import { testStaff } from '../support/staff.ts';

describeOnEveryDatabase('what the policy proposes', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: AssessDeps;
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock('2026-07-01T12:00:00Z');
    deps = testJudgingDeps(database, clock);
  });
  afterAll(() => database.drop());

  const buyer = known({ externalId: 'A' });
  /** Somebody who ordered four times and sent everything back. */
  async function everythingBack(): Promise<{ readonly shop: Shop; readonly customer: CustomerId }> {
    const shop = await makeTestShop(database, clock);
    const offered = [1, 2, 3, 4].flatMap((number) => [order(number, buyer), sentBack(number, buyer)]);
    return { shop, customer: added((await append(deps, shop, offered))[0]).customer as CustomerId };
  }
  const proposalsOf = (shop: Shop) =>
    database.db.selectFrom('proposal').selectAll().where('shop_id', '=', shop.id).orderBy('id').execute();
  /** What was said about proposals, in the order in which it was recorded. */
  const saidIn = async (shop: Shop) => {
    const rows = await database.db
      .selectFrom('ledger_event')
      .select(['kind', 'body', 'source_id'])
      .where('shop_id', '=', shop.id)
      .where('kind', 'in', ['proposal.made', 'proposal.withdrawn'])
      .orderBy('seq')
      .execute();
    return rows.map(({ kind, body, source_id }) => ({
      kind,
      body: body as Extract<LedgerEvent, { kind: 'proposal.made' }>['body'],
      source_id,
    }));
  };
  /** A version that says nothing new. */
  const publishAgain = async (shop: Shop) => {
    const wish = { source: `${smallPolicy}# Read again, and agreed.\n`, note: 'The same', expectedVersion: 1 };
    expect(await publishPolicy(deps, shop, { id: null, name: 'Noor' }, wish)).toMatchObject({ ok: true });
  };
  const correct = (shop: Shop, customer: CustomerId, events: readonly string[], as: 'void' | 'counts', act: string) =>
    append(
      deps,
      shop,
      events.map((event) => ({
        kind: 'event.corrected' as const,
        body: { event, as, by: uuid(1, 2) },
        subject: { id: customer, identifiers: [], shown: {} },
        occurredAt: clock.now(),
        source: 'test',
        sourceId: `${act}:${event}`,
      })),
    );

  it('is said once, again when there is something new to say, and taken back when there is nothing', async () => {
    const { shop, customer } = await everythingBack();
    await assessAllDue(deps, shop);
    const [first] = await proposalsOf(shop);
    expect(await saidIn(shop)).toMatchObject([
      {
        kind: 'proposal.made',
        body: { proposal: first?.id, policyVersion: 1, opens: true, evidence: first?.evidence },
      },
    ]);
    // Something that changes nothing about it, and a moment later.
    clock.later('1 day');
    await append(deps, shop, [
      {
        kind: 'note.added',
        body: { pinned: false },
        subject: buyer,
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'n',
      },
    ]);
    await assessAllDue(deps, shop);
    expect(await saidIn(shop)).toHaveLength(1);
    expect(await proposalsOf(shop)).toEqual([first]);

    await append(deps, shop, [order(5, buyer), sentBack(5, buyer)]);
    await assessAllDue(deps, shop);
    const said = await saidIn(shop);
    expect(said).toHaveLength(2);
    expect(said[1]).toMatchObject({ kind: 'proposal.made', body: { proposal: first?.id, opens: false } });
    expect(said[1]?.body.evidence).toHaveLength(5);
    expect(await proposalsOf(shop)).toMatchObject([
      { opened_at: first?.opened_at, updated_at: clock.now(), evidence: said[1]?.body.evidence },
    ]);

    const returns = said[1]?.body.evidence ?? [];
    await correct(shop, customer, returns, 'void', 'void');
    await assessAllDue(deps, shop);
    await correct(shop, customer, returns, 'counts', 'again');
    await assessAllDue(deps, shop);
    const all = await saidIn(shop);
    expect(all.map(({ kind, body }) => [kind, body.opens])).toEqual([
      ['proposal.made', true],
      ['proposal.made', false],
      ['proposal.withdrawn', undefined],
      ['proposal.made', true],
    ]);
    expect(new Set(all.map(({ source_id }) => source_id)).size).toBe(4);
    expect(await proposalsOf(shop)).toMatchObject([{ id: first?.id, status: 'open', opened_at: clock.now() }]);
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ damage: [] });
  });

  it('stands on the timeline once for each time it was opened, without what it rests on', async () => {
    const { shop, customer } = await everythingBack();
    await assessAllDue(deps, shop);
    await append(deps, shop, [order(5, buyer), sentBack(5, buyer)]);
    await assessAllDue(deps, shop);
    expect(await saidIn(shop)).toHaveLength(2);
    const reads = createConsoleReads(database.db, deps.vault, clock);
    const rows = await reads.timeline(shop.id, customer, { kinds: null, before: null, around: null, limit: 100 });
    const made = rows.filter(({ kind }) => kind === 'proposal.made');
    expect(made).toHaveLength(1);
    expect(made[0]?.body).toMatchObject({ type: 'warning', ladder: 'returns', step: 1, opens: true });
    expect(made[0]?.body).not.toHaveProperty('trace');
    expect(made[0]?.body).not.toHaveProperty('evidence');
    const counts = await reads.kindCounts(shop.id, customer);
    expect(counts).toMatchObject({ 'proposal.made': 1, 'return.received': 5 });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
  });

  it('is said by one of several who judge at the same time', async () => {
    const { shop } = await everythingBack();
    await Promise.all([1, 2, 3].map(() => assessAllDue(deps, shop)));
    expect(await saidIn(shop)).toHaveLength(1);
  });

  it('is not said again by whoever judged what has changed since', async () => {
    const { shop } = await everythingBack();
    await assessAllDue(deps, shop);
    await publishAgain(shop);
    let others = 1;
    const slow = betweenJudgingAndWriting(deps, async () => {
      others -= 1;
      if (others < 0) return;
      await append(deps, shop, [order(5, buyer), sentBack(5, buyer)]);
      await assessAllDue(deps, shop);
    });
    await assessDue(slow, shop);
    const said = await saidIn(shop);
    expect(said.map(({ body }) => body.evidence.length)).toEqual([4, 5]);
    await assessAllDue(deps, shop);
    expect(await saidIn(shop)).toEqual(said);
    expect((await proposalsOf(shop))[0]?.evidence).toHaveLength(5);
  });

  it('is not lost when nothing could be written after judging', async () => {
    const { shop } = await everythingBack();
    let transactions = 0;
    const failing: AssessDeps = {
      ...deps,
      store: {
        ...deps.store,
        transaction: (work) => {
          transactions += 1;
          return transactions === 2 ? Promise.reject(new Error('Cut off')) : deps.store.transaction(work);
        },
      },
    };
    await expect(assessDue(failing, shop)).rejects.toThrow('Cut off');
    expect(await proposalsOf(shop)).toEqual([]);
    expect(await deps.store.standing.countDue(shop.id, clock.now())).toBe(1);
    await assessAllDue(deps, shop);
    expect(await proposalsOf(shop)).toMatchObject([{ status: 'open' }]);
  });

  it('is left as people answered it, also by a judgement that comes too late', async () => {
    const { shop } = await everythingBack();
    await assessAllDue(deps, shop);
    const [open] = await proposalsOf(shop);
    if (open === undefined) throw new Error('Nothing was proposed');
    await publishAgain(shop);
    const staff = testStaff(database, deps.vault);
    const by = { id: staffId(1), role: 'owner' } as const;
    const meanwhile = betweenJudgingAndWriting(deps, async () => {
      if ((await proposalsOf(shop))[0]?.status === 'open')
        expect(await decline({ ...deps, staff }, shop, by, open.id, 'No.')).toMatchObject({ ok: true });
    });
    await assessDue(meanwhile, shop);
    const said = await saidIn(shop);
    expect(said).toHaveLength(2);
    expect(await proposalsOf(shop)).toMatchObject([{ status: 'declined', evidence: open.evidence, decided_by: by.id }]);
    await assessAllDue(deps, shop);
    expect(await saidIn(shop)).toEqual(said);
  });

  it('names the version of the policy that says so, also when nothing else in it changed', async () => {
    const { shop } = await everythingBack();
    await assessAllDue(deps, shop);
    await publishAgain(shop);
    await assessAllDue(deps, shop);
    expect((await saidIn(shop)).map(({ body }) => [body.policyVersion, body.opens])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(await proposalsOf(shop)).toMatchObject([{ policy_version: 2, status: 'open' }]);
  });
});

/** The same, but something happens after each transaction: so also between the judging and the writing of what it found. */
function betweenJudgingAndWriting(deps: AssessDeps, happens: () => Promise<void>): AssessDeps {
  const { store } = deps;
  return {
    ...deps,
    store: {
      ...store,
      transaction: async (work) => {
        const result = await store.transaction(work);
        await happens();
        return result;
      },
    },
  };
}
