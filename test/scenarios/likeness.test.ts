import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerId, EventId, MeasureId } from '../../src/core/shared/brand.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import { confirmLink, reopenLink, splitLink } from '../../src/workflows/likeness/answer.ts';
import { evasionsUndone } from '../../src/workflows/likeness/evasion.ts';
import { learnWeights } from '../../src/workflows/likeness/learn.ts';
import { Likenesses } from '../../src/workflows/likeness/likenesses.ts';
import { linkDue } from '../../src/workflows/likeness/link-due.ts';
import { linkedAccounts } from '../../src/workflows/likeness/linked.ts';
import { linkQuestions } from '../../src/workflows/likeness/questions.ts';
import { correctEvent } from '../../src/workflows/measures/correct-event.ts';
import type { Actor } from '../../src/workflows/measures/types.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { rebuildLedger } from '../../src/workflows/rebuild-ledger.ts';
import { buyer } from '../support/buying.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { staffId, uuid } from '../support/events.ts';
import { append } from '../support/offers.ts';
import { makeTestShop, testClock, testJudgingDeps } from '../support/shop.ts';

const home = { street: 'Lange Voorhout 12', postcode: '2514 EA', city: 'Den Haag', country: 'NL' };
const daan = {
  externalId: 'D1',
  name: 'Daan Vermeulen',
  email: 'daan.vermeulen@example.org',
  phone: '+31612345678',
  address: home,
};
const back = { email: 'dv90@mail.example', name: 'Daan Vermeulen', phone: '06 12345678', address: home };
const sister = { email: 'sanne@example.org', name: 'Sanne Vermeulen', phone: '06 12345678', address: home };
const agent: Actor = { id: staffId(7), role: 'agent' };
const manager: Actor = { id: staffId(8), role: 'manager' };

describeOnEveryDatabase('likeness', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  async function scene() {
    const clock = testClock('2026-06-01T12:00:00Z');
    const shop = await makeTestShop(database, clock);
    const deps = { ...testJudgingDeps(database, clock), blobs: { remove: async () => undefined } };
    const buys = buyer(deps, shop, clock);
    const block = (customer: CustomerId, type: 'block' | 'warning' = 'block', measure = uuid(1, 3)) =>
      append(deps, shop, [
        {
          kind: 'measure.started',
          body: {
            measure,
            proposal: null,
            type,
            obligations: [],
            surfaces: type === 'block' ? ['purchase'] : [],
            ladder: null,
            step: null,
            rules: [],
            policyVersion: null,
            evidence: [],
            until: formatInstant(addPeriod(clock.now(), months(6))),
            skipped: null,
            proposedBy: 'staff',
            approvedBy: [staffId(1)],
            softened: false,
          },
          subject: { id: customer, identifiers: [], shown: {} },
          occurredAt: clock.now(),
          source: 'test',
          sourceId: `measure:${measure}`,
        },
      ]);
    const compareAll = async () => {
      while (await linkDue(deps, shop));
    };
    const questions = () => linkQuestions(deps, shop, { after: null, limit: 50 });
    const held = () => new Likenesses(deps.store.links).load(shop);
    const kindsOf = async (customer: CustomerId) =>
      ((await deps.store.ledger.eventsOf(shop.id, [customer]))[0]?.events ?? []).map(({ kind }) => kind);
    const blocked = async () => {
      const customer = await buys(daan);
      await compareAll();
      await block(customer);
      clock.later('7 days');
      return customer;
    };
    return { clock, shop, deps, buys, block, compareAll, questions, held, kindsOf, blocked };
  }

  it('puts whoever comes back under another address to staff, and never the sister at home', async () => {
    const { buys, compareAll, questions, blocked, held, kindsOf } = await scene();
    const bound = await blocked();
    const [other, sibling] = [await buys(back), await buys(sister)];
    expect(new Set([bound, other, sibling]).size).toBe(3);
    await compareAll();
    const asked = await questions();
    expect(asked.map(({ one, other: second }) => [one.customer, second.customer])).toEqual([[other, bound]]);
    expect(asked[0]?.link.finding?.klass).toBe('probably_same');
    expect(asked[0]?.shared).toContainEqual({ kind: 'address', customers: 3 });
    expect(await kindsOf(sibling)).not.toContain('link.found');
    const now = await held();
    expect(now.match(back, () => []).map(({ customer, klass }) => [customer, klass])).toEqual([
      [bound, 'probably_same'],
    ]);
    expect(now.match(sister, () => []).map(({ klass }) => klass)).toEqual(['household']);
  });

  it('asks once, however often it compares, and asks nothing about whom no measure binds', async () => {
    const { deps, shop, buys, block, compareAll, questions, kindsOf } = await scene();
    const first = await buys(daan);
    const second = await buys(back);
    await compareAll();
    expect(await questions()).toEqual([]);
    await block(first, 'warning');
    await compareAll();
    expect(await questions()).toEqual([]);
    await block(first, 'block', uuid(2, 3));
    await compareAll();
    expect(await questions()).toHaveLength(1);
    await buys({ ...back, name: 'Daan Vermeulen', device: 'device-17' });
    await compareAll();
    expect(await questions()).toHaveLength(1);
    expect((await kindsOf(second)).filter((kind) => kind === 'link.found')).toHaveLength(1);
    expect(await deps.store.links.due(shop.id, 10)).toEqual([]);
  });

  it('binds both when staff confirm, records the evasion, and takes all of it back', async () => {
    const { deps, shop, buys, compareAll, questions, blocked, kindsOf, held } = await scene();
    const bound = await blocked();
    const other = await buys(back);
    await compareAll();
    const pair = { one: bound, other };
    expect(await confirmLink(deps, shop, { ...agent, role: 'auditor' }, pair)).toMatchObject({
      ok: false,
      error: { kind: 'not-allowed' },
    });
    expect(await confirmLink(deps, shop, manager, pair)).toEqual({
      ok: true,
      value: { state: 'confirmed', evasions: 1 },
    });
    expect(await questions()).toEqual([]);
    expect((await kindsOf(other)).slice(-2)).toEqual(['link.confirmed', 'evasion.found']);
    expect(await deps.store.links.sameAs(shop.id, null)).toEqual(
      new Map([
        [bound, [other]],
        [other, [bound]],
      ]),
    );
    expect((await held()).size).toBe(2);
    expect(await confirmLink(deps, shop, manager, pair)).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(await reopenLink(deps, shop, agent, pair)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect((await kindsOf(other)).at(-1)).toBe('evasion.found');
    expect(await reopenLink(deps, shop, manager, pair)).toEqual({ ok: true, value: { state: 'found', evasions: 0 } });
    expect(await questions()).toHaveLength(1);
    expect((await kindsOf(other)).slice(-2)).toEqual(['link.reopened', 'event.corrected']);
    expect((await deps.store.links.sameAs(shop.id, [other])).size).toBe(0);
  });

  it('takes no account for an evasion that was there before the measure', async () => {
    const { deps, shop, clock, buys, block } = await scene();
    const [bound, other] = [await buys(daan), await buys(back)];
    clock.later('1 day');
    await block(bound);
    clock.later('1 day');
    await buys(back);
    expect(await confirmLink(deps, shop, manager, { one: other, other: bound })).toEqual({
      ok: true,
      value: { state: 'confirmed', evasions: 0 },
    });
  });

  it('lets an agent bind nobody by a link, and bind by nothing that comparing did not find', async () => {
    const { deps, shop, buys, compareAll, blocked, kindsOf } = await scene();
    const bound = await blocked();
    const [other, sibling, stranger] = [
      await buys(back),
      await buys(sister),
      await buys({ email: 'piet@example.org', name: 'Piet Jansen' }),
    ];
    await compareAll();
    const refusal = (by: Actor, one: CustomerId, second: CustomerId) =>
      confirmLink(deps, shop, by, { one, other: second }).then((said) => (said.ok ? null : said.error.kind));
    expect(await refusal(agent, other, bound)).toBe('not-allowed');
    expect(await refusal(manager, sibling, bound)).toBe('conflict');
    expect(await refusal(manager, stranger, bound)).toBe('conflict');
    expect(await kindsOf(sibling)).not.toContain('link.confirmed');
    expect(await refusal(manager, other, bound)).toBeNull();
    const third = await buys({ ...back, email: 'dv3@mail.example' });
    expect(await refusal(agent, third, other)).toBe('not-allowed');
    expect((await splitLink(deps, shop, agent, { one: third, other })).ok).toBe(true);
  });

  it('lets an agent confirm two whom nothing binds, and take that back until something does', async () => {
    const { deps, shop, buys, block } = await scene();
    const [one, other] = [await buys(daan), await buys(back)];
    const pair = { one, other };
    expect((await confirmLink(deps, shop, agent, pair)).ok).toBe(true);
    expect((await reopenLink(deps, shop, agent, pair)).ok).toBe(true);
    expect((await confirmLink(deps, shop, agent, pair)).ok).toBe(true);
    await block(one);
    expect(await reopenLink(deps, shop, agent, pair)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect((await reopenLink(deps, shop, manager, pair)).ok).toBe(true);
  });

  it('lets an agent neither free nor bind whom a chain of links binds, and says so beside each', async () => {
    const { deps, shop, buys, compareAll, questions, blocked } = await scene();
    const bound = await blocked();
    const [middle, end] = [await buys(back), await buys({ ...back, email: 'dv3@mail.example' })];
    await compareAll();
    const changes = async () =>
      Object.fromEntries(
        (await linkedAccounts(deps, shop, bound))?.accounts.map(({ side, change }) => [side.customer, change]) ?? [],
      );
    expect(await changes()).toEqual({ [middle]: 'acting', [end]: 'acting' });
    for (const pair of [
      { one: bound, other: middle },
      { one: middle, other: end },
    ])
      expect((await confirmLink(deps, shop, manager, pair)).ok).toBe(true);
    expect(await changes()).toEqual({ [middle]: 'managing', [end]: 'managing' });
    expect((await questions()).map(({ change }) => change)).toEqual(['managing']);
    const ends = { one: bound, other: end };
    expect(await splitLink(deps, shop, agent, ends)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect((await splitLink(deps, shop, manager, ends)).ok).toBe(true);
    expect(await reopenLink(deps, shop, agent, ends)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect((await reopenLink(deps, shop, manager, ends)).ok).toBe(true);
  });

  it('lets no chain of links overrule that two were told apart', async () => {
    const { deps, shop, buys, blocked, held } = await scene();
    const bound = await blocked();
    const [middle, end] = [await buys(back), await buys({ ...back, email: 'dv3@mail.example' })];
    expect((await splitLink(deps, shop, manager, { one: bound, other: end })).ok).toBe(true);
    expect((await confirmLink(deps, shop, manager, { one: bound, other: middle })).ok).toBe(true);
    const refused = await confirmLink(deps, shop, manager, { one: middle, other: end });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(JSON.stringify(refused)).toContain(bound);
    expect(JSON.stringify(refused)).toContain(end);
    // The other way round: told apart when a chain stood already.
    const [near, far] = [
      await buys({ ...back, email: 'dv4@mail.example' }),
      await buys({ ...back, email: 'dv5@mail.example' }),
    ];
    expect((await confirmLink(deps, shop, manager, { one: middle, other: near })).ok).toBe(true);
    expect((await confirmLink(deps, shop, manager, { one: near, other: far })).ok).toBe(true);
    expect((await splitLink(deps, shop, manager, { one: bound, other: near })).ok).toBe(true);
    const same = await deps.store.links.sameAs(shop.id, null);
    expect(same.get(bound)).toEqual([middle]);
    expect(new Set(same.get(near))).toEqual(new Set([middle, far]));
    expect((await held()).size).toBe(2);
  });

  it('takes an evasion back with the measure that should never have been, and lets it be corrected when the other side is gone', async () => {
    const { deps, shop, clock, buys, compareAll, blocked, kindsOf } = await scene();
    const bound = await blocked();
    const other = await buys(back);
    await compareAll();
    expect(await confirmLink(deps, shop, manager, { one: bound, other })).toMatchObject({ value: { evasions: 1 } });
    const now = clock.now();
    const undone = (measure: MeasureId) =>
      evasionsUndone(deps.store, shop, manager.id, { customer: bound, voided: [measure], now });
    expect(await undone(uuid(2, 3) as MeasureId)).toEqual([]);
    const news = await undone(uuid(1, 3) as MeasureId);
    expect(news.map(({ kind, body }) => [kind, body])).toMatchObject([['event.corrected', { as: 'void' }]]);
    expect(await eraseCustomer(deps, shop, bound)).toMatchObject({ ok: true });
    const evasion = (await deps.store.ledger.eventsOf(shop.id, [other]))[0]?.events.find(
      ({ kind }) => kind === 'evasion.found',
    );
    const wish = { event: evasion?.id as EventId, as: 'void', reason: 'It was somebody else.' } as const;
    expect(await correctEvent(deps, shop, agent, other, wish)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect(await correctEvent(deps, shop, manager, other, wish)).toEqual({ ok: true, value: true });
    expect((await kindsOf(other)).at(-1)).toBe('event.corrected');
  });

  it('asks no more when nothing binds either of them any more', async () => {
    const { deps, shop, clock, buys, compareAll, blocked, questions } = await scene();
    const bound = await blocked();
    await buys(back);
    await compareAll();
    expect([(await questions()).length, (await deps.store.links.openCount(shop.id)).questions]).toEqual([1, 1]);
    await append(deps, shop, [
      {
        kind: 'measure.voided',
        body: { measure: uuid(1, 3), by: manager.id },
        subject: { id: bound, identifiers: [], shown: {} },
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'voided',
      },
    ]);
    expect([(await questions()).length, (await deps.store.links.openCount(shop.id)).questions]).toEqual([0, 0]);
  });

  it('never asks again about two whom staff told apart, nor at the checkout', async () => {
    const { deps, shop, buys, compareAll, questions, blocked, held } = await scene();
    const bound = await blocked();
    const other = await buys(back);
    await compareAll();
    expect(await splitLink(deps, shop, agent, { one: other, other: bound })).toMatchObject({ ok: true });
    await buys({ ...back, device: 'device-17' });
    await compareAll();
    expect(await questions()).toEqual([]);
    const hash = deps.vault.identifierHash(shop.id, 'email', 'dv90@mail.example');
    const now = await held();
    expect(now.match(back, () => [`email:${Buffer.from(hash).toString('hex')}`])).toEqual([]);
    expect(now.match(back, () => ['email:00'])).toHaveLength(1);
  });

  it('shows on the page of each who has to do with whom, households too', async () => {
    const { deps, shop, buys, compareAll, blocked } = await scene();
    const bound = await blocked();
    const [other, sibling] = [await buys(back), await buys(sister)];
    await compareAll();
    const page = await linkedAccounts(deps, shop, bound);
    expect(page?.accounts.map(({ side, klass, state, confirm }) => [side.customer, klass, state, confirm])).toEqual([
      [other, 'probably_same', 'found', 'managing'],
      [sibling, 'household', null, 'nobody'],
    ]);
    expect(page?.shared.map(({ kind, text, customers }) => [kind, text, customers])).toEqual([
      ['phone', '+31612345678', 3],
      ['address', 'Lange Voorhout 12, 2514 EA Den Haag, NL', 3],
    ]);
    expect(await linkedAccounts(deps, shop, uuid(99, 1) as CustomerId)).toBeNull();
  });

  it('stands after a rebuild as it stood, and is forgotten with whoever is erased', async () => {
    const { deps, shop, buys, compareAll, blocked, questions } = await scene();
    const bound = await blocked();
    const other = await buys(back);
    await compareAll();
    const tables = async () =>
      Promise.all(
        ['customer_link', 'customer_trait'].map(
          async (table) =>
            (
              await sql`select * from ${sql.table(table)} where shop_id = ${shop.id} order by 1, 2, 3, 4`.execute(
                database.db,
              )
            ).rows,
        ),
      );
    await confirmLink(deps, shop, manager, { one: bound, other });
    const before = await tables();
    expect(before.map((rows) => rows.length > 0)).toEqual([true, true]);
    await rebuildLedger(deps, shop);
    expect(await tables()).toEqual(before);
    expect(await eraseCustomer(deps, shop, other)).toMatchObject({ ok: true });
    const after = await linkedAccounts(deps, shop, bound);
    expect(after?.accounts).toEqual([]);
    expect((await deps.store.links.sameAs(shop.id, null)).size).toBe(0);
    expect(await questions()).toEqual([]);
  });

  it('learns weights from the shop’s own customers, with the answers of staff', async () => {
    const { deps, shop, buys, compareAll, blocked } = await scene();
    const bound = await blocked();
    const other = await buys(back);
    for (let number = 0; number < 20; number += 1)
      await buys({
        email: `c${number}@example.org`,
        name: `Customer ${String.fromCharCode(65 + number)}son`,
        address: { ...home, street: `Spui ${number}` },
      });
    await compareAll();
    await splitLink(deps, shop, agent, { one: bound, other });
    expect(await learnWeights(deps, shop)).toBeNull();
    expect(await deps.store.links.model(shop.id)).toBeNull();
    expect(await learnWeights(deps, shop, { least: 10 }), 'hardly anybody has two accounts').toBeNull();
    expect((await learnWeights(deps, shop, { least: 10, leastSame: 0 }))?.rows).toBe(22);
    expect(await deps.store.links.model(shop.id)).toMatchObject({ version: 1, customers: 22, answers: 1 });
    expect((await deps.store.links.shopsToLearn(deps.clock.now())).includes(shop.id)).toBe(false);
    expect(JSON.stringify(await deps.store.links.model(shop.id))).not.toMatch(/vermeulen|voorhout|spui/i);
  });

  describe('what is known of a person', () => {
    it('is kept as told last, handed over with their data, and forgotten with them', async () => {
      const { deps, shop, buys } = await scene();
      const customer = await buys({ ...daan, birthYear: 1990, device: 'device-17', card: 'card_9' });
      await buys({ ...daan, address: { ...home, street: 'Spui 3' } });
      const shown = async () => (await deps.store.ledger.shownOf(shop.id, [customer])).get(customer);
      expect(await shown()).toMatchObject({
        address: { ...home, street: 'Spui 3' },
        birthYear: 1990,
        device: 'device-17',
        card: 'card_9',
      });
      const again = await buys({ externalId: 'X9', name: 'Somebody Else', device: 'device-17', card: 'card_9' });
      expect(again).not.toBe(customer);
      await eraseCustomer(deps, shop, customer);
      expect(await shown()).toBeUndefined();
    });
  });
});
