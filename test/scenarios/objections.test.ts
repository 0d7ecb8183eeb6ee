import { afterAll, beforeAll, expect, it } from 'vitest';
import { foldMeasures } from '../../src/core/measures/fold.ts';
import type { MeasureId } from '../../src/core/shared/brand.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import { confirmLink, reopenLink } from '../../src/workflows/likeness/answer.ts';
import { fileObjection, withdrawObjection } from '../../src/workflows/objections/file-objection.ts';
import { openObjections } from '../../src/workflows/objections/objection-list.ts';
import { tellAllBindings } from '../../src/workflows/objections/tell-bindings.ts';
import { boundHere } from '../../src/workflows/portal/bound-here.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { rebuildLedger } from '../../src/workflows/rebuild-ledger.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { staffId, uuid } from '../support/events.ts';
import { BLOCK, daan, namesake, objectionScene, WORDS } from '../support/objecting.ts';
import { hire, testStaff } from '../support/staff.ts';

describeOnEveryDatabase('objections to links', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  it('hears an objection by somebody who did not confirm the link, and frees the second account at once', async () => {
    const { confirms, objects, answers, here, open, mia, noor, kindsOf, second, bound, causes, worded, deps, shop } =
      await objectionScene(database);
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
    const { confirms, answers, open, mia, noor, second, bound, deps, shop, clock, here, buys, alsoConfirmed } =
      await objectionScene(database);
    await confirms();
    const third = await buys({ email: 'third@mail.example', name: 'D. Vermeulen' });
    await alsoConfirmed(third);
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
    const { confirms, objects, answers, open, noor, event, second, deps, shop, clock } = await objectionScene(database);
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
    const { confirms, objects, event, second, buys, deps, shop, clock, mia, pair, kindsOf } =
      await objectionScene(database);
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
    expect((await deps.store.links.openCount(shop.id)).objections).toBe(0);
  });

  it('is answered by nobody who had confirmed the link before a colleague did', async () => {
    const { confirms, objects, answers, open, deps, shop, clock, mia, noor, pair } = await objectionScene(database);
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
    const { confirms, objects, answers, open, noor, worded, causes } = await objectionScene(database);
    await confirms();
    await worded();
    expect(await causes('waiting')).toContainEqual(['link.bound', 'second']);
    await objects();
    await answers(noor, await open());
    expect(await causes('cancelled')).toContainEqual(['link.bound', 'second']);
  });

  it('cannot be rejected once nothing links the two any more', async () => {
    const { confirms, deps, shop, clock, mia, noor, second, bound, buys, answers, open } =
      await objectionScene(database);
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
    const { confirms, objects, answers, here, open, noor, worded } = await objectionScene(database);
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
    const { confirms, objects, answers, open, mia, clock, kindsOf, second, deps, shop } = await objectionScene(
      database,
      { alone: true },
    );
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
    const { confirms, objects, open, deps, shop, mia, pair, second, bound, causes } = await objectionScene(database);
    expect(await objects()).toMatchObject({ ok: false, error: { why: 'unknown-measure' } });
    await confirms();
    await objects();
    const first = await open();
    expect(await withdrawObjection(deps, shop, bound, first.id)).toMatchObject({ ok: false });
    expect(await withdrawObjection(deps, shop, second, first.id)).toEqual({ ok: true, value: true });
    expect((await deps.store.links.openCount(shop.id)).objections).toBe(0);
    await objects();
    await reopenLink(deps, shop, mia, pair);
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toMatchObject([
      { state: 'upheld', decidedBy: mia.id },
      { state: 'withdrawn' },
    ]);
    expect(await causes()).toContainEqual(['objection.decided', 'second']);
  });

  it('is rebuilt from the ledger to the same content, and forgotten with the customer', async () => {
    const { confirms, objects, answers, open, noor, deps, shop, second } = await objectionScene(database);
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
    const { confirms, objects, deps, shop, second, bound, buys, blocks, alsoConfirmed } =
      await objectionScene(database);
    await confirms();
    await objects();
    expect(await eraseCustomer(deps, shop, bound)).toMatchObject({ ok: true });
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toEqual([]);
    const third = await buys({ ...namesake, email: 'third@mail.example' });
    await alsoConfirmed(third);
    const measure = uuid(4, 3) as MeasureId;
    await blocks(third, measure);
    const wish = { measure, text: WORDS, language: 'en' };
    expect(await fileObjection(deps, shop, second, wish)).toMatchObject({ ok: true });
    const before = await deps.store.objections.ofCustomer(shop.id, second);
    expect(before.map(({ other }) => other)).toEqual([third]);
    await buys(daan);
    await rebuildLedger(deps, shop);
    expect(await deps.store.objections.ofCustomer(shop.id, second)).toEqual(before);
  });
});
