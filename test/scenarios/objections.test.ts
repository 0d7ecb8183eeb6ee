import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CustomerReference } from '../../src/core/events/incoming.ts';
import { foldMeasures } from '../../src/core/measures/fold.ts';
import type { CustomerId, MeasureId } from '../../src/core/shared/brand.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { formatInstant, type Instant } from '../../src/core/shared/time.ts';
import type { ObjectionRecord } from '../../src/ports/objections.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { confirmLink, reopenLink } from '../../src/workflows/likeness/answer.ts';
import { linkDue } from '../../src/workflows/likeness/link-due.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { decideObjection } from '../../src/workflows/objections/decide-objection.ts';
import { fileObjection, withdrawObjection } from '../../src/workflows/objections/file-objection.ts';
import { openObjections } from '../../src/workflows/objections/objection-list.ts';
import { tellAllBindings } from '../../src/workflows/objections/tell-bindings.ts';
import { boundHere } from '../../src/workflows/portal/bound-here.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { rebuildLedger } from '../../src/workflows/rebuild-ledger.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { staffId, uuid } from '../support/events.ts';
import { append } from '../support/offers.ts';
import { makeTestShop, testClock, testJudgingDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

const home = { street: 'Lange Voorhout 12', postcode: '2514 EA', city: 'Den Haag', country: 'NL' };
const daan = {
  externalId: 'D1',
  name: 'Daan Vermeulen',
  email: 'daan.vermeulen@example.org',
  phone: '+31612345678',
  address: home,
};
const namesake = { email: 'dv90@mail.example', name: 'Daan Vermeulen', phone: '06 12345678', address: home };
const BLOCK = uuid(1, 3) as MeasureId;
const WORDS = 'I am the nephew of the man you mean, and share his name and his phone.';

describeOnEveryDatabase('objections to links', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  /** Daan is blocked; his namesake was confirmed to be him by Mia, a manager. */
  async function scene({ alone = false } = {}) {
    const clock = testClock('2026-06-01T12:00:00Z');
    const shop = await makeTestShop(database, clock);
    const deps = { ...testJudgingDeps(database, clock), blobs: { remove: async () => undefined } };
    const staff = testStaff(database, deps.vault);
    const others = await staff.colleagues(shop.id);
    const mia = await hire(staff, clock, shop, 'Mia', alone ? 'owner' : 'manager');
    const noor = await hire(staff, clock, shop, 'Noor', alone ? 'agent' : 'manager');
    for (const { id } of others) await staff.changeColleague(shop.id, id, { disabled: true }, clock.now());
    let orders = 0;
    const buys = async (customer: CustomerReference): Promise<CustomerId> => {
      orders += 1;
      const { results } = await recordEvents(deps, shop, [
        {
          kind: 'order.placed',
          id: `o${orders}`,
          occurredAt: formatInstant(clock.now()),
          customer,
          body: { order: `O${orders}`, total: { amount: 20_00, currency: 'EUR' } },
        },
      ]);
      return results[0]?.customer as CustomerId;
    };
    const event = (kind: 'measure.started' | 'measure.lifted', customer: CustomerId, body: object) =>
      append(deps, shop, [
        {
          kind,
          body,
          subject: { id: customer, identifiers: [], shown: {} },
          occurredAt: clock.now(),
          source: 'test',
          sourceId: `${kind}:${JSON.stringify(body)}`,
        } as unknown as Parameters<typeof append>[2][number],
      ]);
    const bound = await buys(daan);
    await event('measure.started', bound, {
      measure: BLOCK,
      proposal: null,
      type: 'block',
      obligations: [],
      surfaces: ['purchase'],
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
    });
    clock.later('7 days');
    const second = await buys(namesake);
    while (await linkDue(deps, shop));
    const pair = { one: second, other: bound };
    const confirms = () => confirmLink(deps, shop, mia, pair);
    const objects = (text = WORDS) => fileObjection(deps, shop, second, { measure: BLOCK, text, language: 'en' });
    const answers = (by: typeof mia, { id }: Pick<ObjectionRecord, 'id'>, outcome: 'upheld' | 'rejected' = 'upheld') =>
      decideObjection(deps, shop, by, id, { outcome, reason: 'We looked at the two accounts again.' });
    const here = () => boundHere(deps, shop, second, clock.now());
    const messages = async () =>
      (await deps.store.outbox.list(shop.id, { states: [], after: null, limit: 100 }))
        .filter(({ cause }) => /^(link|objection|team\.objection)/.test(cause.kind))
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    const causes = async (state?: string) =>
      (await messages())
        .filter((row) => state === undefined || row.state === state)
        .map(({ cause, customer }) => [cause.kind, customer === second ? 'second' : 'bound']);
    /** Puts what waits into words, and gives what second was told last. */
    const worded = async (): Promise<string> => {
      for (const row of await messages())
        if (row.state === 'due') {
          clock.set((clock.now() + 1_000) as Instant);
          await deps.store.transaction(async (store) => {
            await store.ledger.lock(shop.id);
            await wordMessage({ ...deps, store }, shop, row);
          });
        }
      const [newest] = await deps.store.notices.of(shop.id, second, 10);
      return newest?.text ?? '';
    };
    const kindsOf = async (customer: CustomerId) =>
      ((await deps.store.ledger.eventsOf(shop.id, [customer]))[0]?.events ?? []).map(({ kind }) => kind);
    const open = async () => {
      const [objection] = await deps.store.objections.open(shop.id, 10);
      if (objection === undefined) throw new Error('Nobody objects');
      return objection;
    };
    return {
      ...{ clock, shop, deps, mia, noor, bound, second, pair, event, buys },
      ...{ confirms, objects, answers, here, causes, messages, worded, kindsOf, open },
    };
  }

  it('shows the second account what holds there, and nothing about whose it is', async () => {
    const { here, confirms, bound } = await scene();
    expect(await here()).toEqual([]);
    expect(await confirms()).toMatchObject({ ok: true });
    const [shown, ...more] = await here();
    expect(more).toEqual([]);
    expect(shown).toMatchObject({
      measure: { id: BLOCK, type: 'block', surfaces: ['purchase'] },
      mayObject: true,
      objection: null,
    });
    const { policy: _, ...rest } = shown ?? {};
    expect(JSON.stringify(rest)).not.toMatch(new RegExp(`${bound}|Vermeulen|daan|Voorhout|evidence|approvedBy`));
  });

  it('tells the owner of the second account once that it holds there, with the way to say that it is not them', async () => {
    const { confirms, causes, worded, deps, shop } = await scene();
    await confirms();
    expect(await causes()).toEqual([['link.bound', 'second']]);
    expect(await tellAllBindings(deps, shop)).toBe(0);
    const told = await worded();
    expect(told).toContain('because of a decision about another account');
    expect(told).toContain('This finding can be wrong');
    expect(told).toMatch(/If the other account is not yours, tell us/);
    expect(told).toContain('/c/');
    expect(told).not.toMatch(/Daan|Vermeulen|daan\.|Voorhout|D1\b/);
    expect(await tellAllBindings(deps, shop)).toBe(0);
  });

  it('tells them when staff take the link back, and not of what never left', async () => {
    const read = await scene();
    await read.confirms();
    await read.worded();
    await read.deps.store.outbox.move(read.shop.id, (await read.messages())[0]?.id ?? '', {
      state: 'sent',
      at: read.clock.now(),
      sentAt: read.clock.now(),
    });
    await reopenLink(read.deps, read.shop, read.mia, read.pair);
    expect(await read.causes('due')).toEqual([['link.freed', 'second']]);
    expect(await read.worded()).toContain('we do not take the two for the same person');

    const unread = await scene();
    await unread.confirms();
    await reopenLink(unread.deps, unread.shop, unread.mia, unread.pair);
    expect(await unread.causes()).toEqual([['link.bound', 'second']]);
    expect(await unread.causes('cancelled')).toHaveLength(1);
  });

  it('tells them when the measure ends, whoever ends it, and when another begins', async () => {
    const { confirms, worded, messages, deps, shop, clock, event, bound, causes, here } = await scene();
    await confirms();
    await worded();
    await deps.store.outbox.move(shop.id, (await messages())[0]?.id ?? '', {
      state: 'sent',
      at: clock.now(),
      sentAt: clock.now(),
    });
    clock.later('1 day');
    await event('measure.lifted', bound, { measure: BLOCK, because: 'staff', by: staffId(1) });
    expect(await here()).toEqual([]);
    expect(await deps.store.objections.shopsWithBindings()).toContain(shop.id);
    expect(await tellAllBindings(deps, shop)).toBe(1);
    expect(await causes('due')).toEqual([['link.freed', 'second']]);
    expect(await worded()).toContain('no longer holds');
  });

  it('hears an objection by somebody who did not confirm the link, and frees the second account at once', async () => {
    const { confirms, objects, answers, here, open, mia, noor, kindsOf, second, bound, causes, worded, deps, shop } =
      await scene();
    await confirms();
    expect(await objects('no')).toMatchObject({ ok: false, error: { why: 'no-text' } });
    const filed = await objects();
    expect(filed).toMatchObject({ ok: true });
    expect(await objects()).toMatchObject({ ok: false, error: { why: 'appeal-open' } });
    expect(await causes()).toEqual([
      ['link.bound', 'second'],
      ['objection.acknowledged', 'second'],
      ['team.objection_filed', 'second'],
    ]);
    expect(await worded()).toMatch(/another account is not yours|because of a decision/);
    expect((await here())[0]).toMatchObject({ mayObject: false, objection: { state: 'filed', round: 1 } });

    const [asked] = await openObjections(deps, shop, mia);
    expect(asked).toMatchObject({ text: WORDS, overdue: false, may: { decide: false, why: 'approved' } });
    expect((await openObjections(deps, shop, noor))[0]?.may).toMatchObject({ decide: true, alone: false });
    expect(await answers(mia, await open())).toMatchObject({ ok: false, error: { kind: 'not-allowed' } });
    const agent = { ...noor, role: 'agent' as const };
    expect(await answers(agent, await open())).toMatchObject({ ok: false, error: { kind: 'not-allowed' } });

    const objection = await open();
    expect(await answers(noor, objection)).toEqual({ ok: true, value: true });
    expect(await here()).toEqual([]);
    expect((await deps.store.links.sameAs(shop.id, null)).size).toBe(0);
    expect((await deps.store.links.link(shop.id, second, bound))?.state).toBe('split');
    expect((await kindsOf(second)).filter((kind) => kind === 'event.corrected')).toHaveLength(1);
    expect(await answers(noor, objection)).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect((await causes()).filter(([kind]) => kind === 'link.freed')).toEqual([]);
    const told = await worded();
    expect(told).toContain('You were right: the other account is not yours');
    expect(told).toContain('We looked at the two accounts again.');
  });

  it('frees somebody bound over a chain of links, and nobody else of it', async () => {
    const { confirms, answers, open, mia, noor, second, bound, deps, shop, clock, here, buys } = await scene();
    await confirms();
    const third = await buys({ email: 'third@mail.example', name: 'D. Vermeulen' });
    await append(deps, shop, [
      {
        kind: 'link.confirmed',
        body: { other: second, by: mia.id },
        subject: { id: third, identifiers: [], shown: {} },
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'link:third',
      },
    ]);
    expect(await deps.store.objections.bindings(shop.id, [third], clock.now())).toEqual([
      { customer: third, holder: bound, measure: BLOCK },
    ]);
    expect(await tellAllBindings(deps, shop)).toBe(1);
    const wish = { measure: BLOCK, text: WORDS, language: 'en' };
    expect(await fileObjection(deps, shop, third, wish)).toMatchObject({ ok: true });
    expect(await answers(mia, await open())).toMatchObject({ ok: false, error: { kind: 'not-allowed' } });
    expect(await answers(noor, await open())).toEqual({ ok: true, value: true });
    expect(await boundHere(deps, shop, third, clock.now())).toEqual([]);
    expect(await here()).toHaveLength(1);
    expect((await deps.store.links.link(shop.id, third, second))?.state).toBe('confirmed');
  });

  it('undoes what was taken against the second account only because it was thought to evade', async () => {
    const { confirms, objects, answers, open, noor, event, second, deps, shop, clock } = await scene();
    await confirms();
    const events = async () => (await deps.store.ledger.eventsOf(shop.id, [second]))[0]?.events ?? [];
    const evasion = (await events()).find(({ kind }) => kind === 'evasion.found');
    const started = (n: number, evidence: readonly string[]) =>
      event('measure.started', second, {
        measure: uuid(n, 3),
        proposal: null,
        type: 'restriction',
        obligations: ['prepayment_only'],
        surfaces: [],
        ladder: null,
        step: null,
        rules: [],
        policyVersion: null,
        evidence,
        until: formatInstant(addPeriod(clock.now(), months(3))),
        skipped: null,
        proposedBy: 'staff',
        approvedBy: [staffId(1)],
        softened: false,
      });
    await started(2, [evasion?.id ?? '']);
    await started(3, []);
    await objects();
    expect(await answers(noor, await open())).toEqual({ ok: true, value: true });
    const left = foldMeasures(await events(), clock.now()).map(({ id, state }) => [id, state]);
    expect(left).toEqual([
      [uuid(2, 3), 'voided'],
      [uuid(3, 3), 'active'],
    ]);
  });

  it('undoes the same where staff take the link back while they object, and what others evaded of it', async () => {
    const { confirms, objects, event, second, buys, deps, shop, clock, mia, pair, kindsOf } = await scene();
    await confirms();
    const [own] = await deps.store.ledger.eventsOf(shop.id, [second]);
    const evasion = own?.events.find(({ kind }) => kind === 'evasion.found');
    await event('measure.started', second, {
      measure: uuid(2, 3),
      proposal: null,
      type: 'restriction',
      obligations: ['prepayment_only'],
      surfaces: [],
      ladder: null,
      step: null,
      rules: [],
      policyVersion: null,
      evidence: [evasion?.id ?? ''],
      until: formatInstant(addPeriod(clock.now(), months(3))),
      skipped: null,
      proposedBy: 'staff',
      approvedBy: [staffId(1)],
      softened: false,
    });
    clock.later('7 days');
    const third = await buys({ ...namesake, email: 'third@mail.example' });
    expect(await confirmLink(deps, shop, mia, { one: third, other: second })).toMatchObject({
      ok: true,
      value: { evasions: 1 },
    });
    await objects();
    expect(await reopenLink(deps, shop, mia, pair)).toMatchObject({ ok: true });
    const [after] = await deps.store.ledger.eventsOf(shop.id, [second]);
    expect(foldMeasures(after?.events ?? [], clock.now()).map(({ state }) => state)).toEqual(['voided']);
    expect((await kindsOf(third)).filter((kind) => kind === 'event.corrected')).toHaveLength(1);
    expect(await deps.store.objections.openCount(shop.id)).toBe(0);
  });

  it('is answered by nobody who had confirmed the link before a colleague did', async () => {
    const { confirms, objects, answers, open, deps, shop, clock, mia, noor, pair } = await scene();
    const third = await hire(testStaff(database, deps.vault), clock, shop, 'Sanne', 'manager');
    await confirms();
    await reopenLink(deps, shop, mia, pair);
    expect(await confirmLink(deps, shop, noor, pair)).toMatchObject({ ok: true });
    await objects();
    for (const by of [mia, noor])
      expect(await answers(by, await open())).toMatchObject({ ok: false, error: { kind: 'not-allowed' } });
    expect(await answers(third, await open())).toEqual({ ok: true, value: true });
  });

  it('stops the letter that says they are bound, where it has not left when they are found to be right', async () => {
    const { confirms, objects, answers, open, noor, worded, causes } = await scene();
    await confirms();
    await worded();
    expect(await causes('waiting')).toContainEqual(['link.bound', 'second']);
    await objects();
    await answers(noor, await open());
    expect(await causes('cancelled')).toContainEqual(['link.bound', 'second']);
  });

  it('cannot be rejected once nothing links the two any more', async () => {
    const { confirms, deps, shop, clock, mia, noor, second, bound, buys, answers, open } = await scene();
    await confirms();
    const third = await buys({ ...namesake, email: 'third@mail.example' });
    expect(await confirmLink(deps, shop, mia, { one: third, other: second })).toMatchObject({ ok: true });
    const wish = { measure: BLOCK, text: WORDS, language: 'en' };
    expect(await fileObjection(deps, shop, third, wish)).toMatchObject({ ok: true });
    expect(await eraseCustomer(deps, shop, second)).toMatchObject({ ok: true });
    expect(await deps.store.objections.bindings(shop.id, [third], clock.now())).toEqual([]);
    expect(await answers(noor, await open(), 'rejected')).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(await answers(noor, await open())).toEqual({ ok: true, value: true });
    expect((await deps.store.links.link(shop.id, third, bound))?.state).toBe('split');
  });

  it('leaves the link where the objection is rejected, with the reason, and hears it again up to three times', async () => {
    const { confirms, objects, answers, here, open, noor, worded } = await scene();
    await confirms();
    for (const round of [1, 2, 3]) {
      expect(await objects()).toMatchObject({ ok: true });
      expect(await open()).toMatchObject({ round });
      expect(await answers(noor, await open(), 'rejected')).toMatchObject({ ok: true });
      expect(await here()).toHaveLength(1);
    }
    const last = await worded();
    expect(last).toContain('still think that both accounts belong to the same person');
    expect(last).not.toContain('You can object again');
    expect(await objects()).toMatchObject({ ok: false, error: { why: 'no-rounds-left' } });
    expect((await here())[0]).toMatchObject({ mayObject: false, objection: { state: 'rejected' } });
  });

  it('lets the only person of a shop answer after a day to think', async () => {
    const { confirms, objects, answers, open, mia, clock, kindsOf, second, deps, shop } = await scene({ alone: true });
    await confirms();
    await objects();
    expect(await answers(mia, await open())).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    clock.later('1 day');
    expect(await answers(mia, await open())).toEqual({ ok: true, value: true });
    const [own] = await deps.store.ledger.eventsOf(shop.id, [second]);
    expect(own?.events.findLast(({ kind }) => kind === 'objection.decided')?.body).toMatchObject({ alone: true });
    expect(await kindsOf(second)).toContain('objection.filed');
  });

  it('is upheld by staff who take the link back, can be withdrawn, and is about nobody who is not bound', async () => {
    const { confirms, objects, open, deps, shop, mia, pair, second, bound, causes } = await scene();
    expect(await objects()).toMatchObject({ ok: false, error: { why: 'unknown-measure' } });
    await confirms();
    await objects();
    const first = await open();
    expect(await withdrawObjection(deps, shop, bound, first.id)).toMatchObject({ ok: false });
    expect(await withdrawObjection(deps, shop, second, first.id)).toEqual({ ok: true, value: true });
    expect(await deps.store.objections.openCount(shop.id)).toBe(0);
    await objects();
    await reopenLink(deps, shop, mia, pair);
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toMatchObject([
      { state: 'upheld', decidedBy: mia.id },
      { state: 'withdrawn' },
    ]);
    expect(await causes()).toContainEqual(['objection.decided', 'second']);
  });

  it('is rebuilt from the ledger to the same content, and forgotten with the customer', async () => {
    const { confirms, objects, answers, open, noor, deps, shop, second } = await scene();
    await confirms();
    await objects();
    await answers(noor, await open(), 'rejected');
    await objects();
    const before = await deps.store.objections.ofCustomer(shop.id, second);
    expect(before.map(({ state }) => state).sort()).toEqual(['filed', 'rejected']);
    await rebuildLedger(deps, shop);
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toEqual(before);
    expect(await eraseCustomer(deps, shop, second)).toEqual({ ok: false, error: 'appeal' });
    await withdrawObjection(deps, shop, second, (await open()).id);
    expect(await eraseCustomer(deps, shop, second)).toMatchObject({ ok: true });
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toEqual([]);
    expect(await deps.store.objections.told(shop.id, null)).toEqual([]);
    await rebuildLedger(deps, shop);
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toEqual([]);
  });

  it('stays forgotten with the account it was about, whatever else its customer objects to', async () => {
    const { confirms, objects, deps, shop, clock, mia, second, bound, buys, event } = await scene();
    await confirms();
    await objects();
    expect(await eraseCustomer(deps, shop, bound)).toMatchObject({ ok: true });
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toEqual([]);
    const third = await buys({ ...namesake, email: 'third@mail.example' });
    await append(deps, shop, [
      {
        kind: 'link.confirmed',
        body: { other: second, by: mia.id },
        subject: { id: third, identifiers: [], shown: {} },
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'link:third',
      },
    ]);
    const measure = uuid(4, 3) as MeasureId;
    await event('measure.started', third, {
      measure,
      proposal: null,
      type: 'block',
      obligations: [],
      surfaces: ['purchase'],
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
    });
    const wish = { measure, text: WORDS, language: 'en' };
    expect(await fileObjection(deps, shop, second, wish)).toMatchObject({ ok: true });
    const before = await deps.store.objections.ofCustomer(shop.id, second);
    expect(before.map(({ other }) => other)).toEqual([third]);
    await buys(daan);
    await rebuildLedger(deps, shop);
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toEqual(before);
  });
});
