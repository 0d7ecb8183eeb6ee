import { describe, expect, it } from 'vitest';
import { appealsOf } from '../../src/workflows/appeals/appeals-of.ts';
import { askCustomer } from '../../src/workflows/appeals/ask-customer.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { giveInformation } from '../../src/workflows/appeals/give-information.ts';
import { mayFile } from '../../src/workflows/appeals/may-file.ts';
import { suspendOverdue } from '../../src/workflows/appeals/suspend-overdue.ts';
import { takeAppeal } from '../../src/workflows/appeals/take-appeal.ts';
import { withdrawAppeal } from '../../src/workflows/appeals/withdraw-appeal.ts';
import { appealScenes } from '../support/appeal-scenes.ts';
import { type HearingScene, wish } from '../support/hearing-desk.ts';

const scenes = appealScenes();
const { warned, restricted, file, decide, told } = scenes;

describe('a question to the customer', () => {
  it('lets the shop’s deadline wait, and the answer run it on', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    const appeal = await file(scene, warning);
    const due = async () => (await scenes.desk.deps.store.appeals.one(scene.shop.id, appeal))?.dueAt ?? 0;
    const before = await due();
    const ask = () => askCustomer(scenes.desk.deps, scene.shop, scene.noor, appeal, 'Do you still have the zips?');
    expect(await ask()).toMatchObject({ error: { why: 'not-under-review' } });
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
    const information = { text: 'Yes, I have all three of them here.', files: [] };
    expect(await giveInformation(scenes.desk.deps, scene.shop, me, appeal, information)).toMatchObject({
      error: { why: 'not-asked' },
    });
    expect(await ask()).toMatchObject({ ok: true });
    expect(await told(scene)).toContain('appeal.information_asked to customer');
    expect(await due()).toBeGreaterThan(before + 10 * 86_400_000);
    expect(await ask()).toMatchObject({ error: { why: 'answer-awaited' } });
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ error: { why: 'answer-awaited' } });
    scenes.desk.clock.later('2 days');
    expect(await giveInformation(scenes.desk.deps, scene.shop, me, appeal, information)).toMatchObject({ ok: true });
    expect(await due()).toBeLessThan(before + 6 * 86_400_000);
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ ok: true });
    const [seen] = await appealsOf(scenes.desk.deps, scene.shop, me);
    expect(seen?.exchange.map((said) => said.kind)).toEqual(['filed', 'asked', 'given', 'decided']);
  });

  it('that nobody answers does not hold the review up, and a late answer still counts', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    const appeal = await file(scene, warning);
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
    await askCustomer(scenes.desk.deps, scene.shop, scene.noor, appeal, 'Do you still have the zips?');
    scenes.desk.clock.later('30 days');
    const [seen] = await appealsOf(scenes.desk.deps, scene.shop, me);
    expect(seen).toMatchObject({ appeal: { state: 'under_review' }, mayAnswer: true });
    const late = { text: 'I was away, here is my answer.', files: [] };
    expect(await giveInformation(scenes.desk.deps, scene.shop, me, appeal, late)).toMatchObject({ ok: true });
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ ok: true });
  });
});

describe('an application to have a measure ended', () => {
  it('is for the second half of a measure that takes something away, and is granted by ending it', async () => {
    const { scene, warning, restriction } = await restricted();
    const me = await scene.customer();
    const apply = (measure = restriction) =>
      fileAppeal(scenes.desk.deps, scene.shop, me, wish(measure, { type: 'application', ground: 'changed_behaviour' }));
    expect(await apply(warning)).toMatchObject({ error: { why: 'nothing-to-lift' } });
    expect(await apply()).toMatchObject({ error: { why: 'too-early' } });
    const may = await mayFile(scenes.desk.deps, scene.shop, me, restriction);
    expect(may?.application.why).toBe('too-early');
    scenes.desk.clock.set(may?.application.from ?? scenes.desk.clock.now());
    const filed = await apply();
    if (!filed.ok) throw new Error('It was to be taken in');
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, filed.value.appeal);
    expect(await decide(scene, filed.value.appeal, { outcome: 'upheld' })).toMatchObject({
      value: { measures: [{ measure: restriction, result: 'lifted' }] },
    });
    expect((await scene.measures())[1]).toMatchObject({ state: 'lifted', endedBecause: 'application' });
  });

  it('cannot be granted in part where it stays as it is', async () => {
    const { scene, more, restriction } = await restricted();
    scenes.desk.clock.later('100 days');
    const appeal = await file(scene, restriction, { type: 'application' });
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
    const corrections = more.slice(0, 1).map((event) => ({ event, as: 'void' as const }));
    expect(await decide(scene, appeal, { outcome: 'partly_upheld', corrections })).toMatchObject({
      error: { why: 'outcome-does-not-fit' },
    });
    expect(await decide(scene, appeal, { outcome: 'rejected', corrections })).toMatchObject({ ok: true });
  });

  it('that is declined waits a month for the next', async () => {
    const { scene, restriction } = await restricted();
    const me = await scene.customer();
    const apply = () => fileAppeal(scenes.desk.deps, scene.shop, me, wish(restriction, { type: 'application' }));
    scenes.desk.clock.later('100 days');
    const filed = await apply();
    if (!filed.ok) throw new Error('It was to be taken in');
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, filed.value.appeal);
    await decide(scene, filed.value.appeal, { outcome: 'rejected' });
    expect(await apply()).toMatchObject({ error: { why: 'too-early' } });
    scenes.desk.clock.later('31 days');
    expect(await apply()).toMatchObject({ ok: true });
  });
});

describe('an overdue appeal', () => {
  const suspend = (scene: HearingScene) =>
    suspendOverdue(
      {
        ...scenes.desk.deps,
        onFault: (error) => {
          throw error;
        },
      },
      scene.shop,
    );

  it('suspends a restriction where the shop wants it so, which runs on after a rejection with the time that was left', async () => {
    const { scene, restriction } = await restricted({ settings: { suspendWhileOverdue: true } });
    const appeal = await file(scene, restriction);
    expect(await suspend(scene)).toBe(0);
    scenes.desk.clock.later('25 days');
    expect(await scenes.desk.deps.store.appeals.shopsWithOverdue(scenes.desk.clock.now())).toContain(scene.shop.id);
    expect(await suspend(scene)).toBe(1);
    expect(await suspend(scene)).toBe(0);
    const suspended = (await scene.measures())[1];
    expect(suspended).toMatchObject({ state: 'suspended' });
    expect(await scene.standing()).not.toBe('restricted');
    expect(await scenes.desk.deps.store.enforcement.restricted(scene.shop.id)).toEqual([
      expect.objectContaining({ measures: [expect.objectContaining({ type: 'warning' })] }),
    ]);
    expect(await told(scene)).toContain('appeal.overdue to customer');
    const left = (suspended?.until ?? 0) - scenes.desk.clock.now();
    scenes.desk.clock.later('10 days');
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ ok: true });
    const resumed = (await scene.measures())[1];
    expect(resumed?.state).toBe('active');
    expect((resumed?.until ?? 0) - scenes.desk.clock.now()).toBe(left);
    expect(await scene.standing()).toBe('restricted');
  });

  it('that is withdrawn lets the restriction run on', async () => {
    const { scene, restriction } = await restricted({ settings: { suspendWhileOverdue: true } });
    const appeal = await file(scene, restriction);
    scenes.desk.clock.later('25 days');
    await suspend(scene);
    expect(await withdrawAppeal(scenes.desk.deps, scene.shop, await scene.customer(), appeal)).toMatchObject({
      ok: true,
    });
    expect((await scene.measures())[1]?.state).toBe('active');
    // Its end has moved, and the customer hears of it.
    expect(await told(scene)).toContain('measure.changed to customer');
  });

  it('suspends again what the answer to another appeal only made milder', async () => {
    const settings = { suspendWhileOverdue: true, secondApprovalForBlocks: false };
    const { scene, returns, warning } = await restricted({ settings });
    scenes.desk.clock.later('1 day');
    for (let more = 0; more < 3; more += 1) await scene.sendsBack();
    scenes.desk.clock.later('40 days');
    const block = await scene.approves(scene.mia);
    await file(scene, block);
    const other = await file(scene, warning);
    scenes.desk.clock.later('25 days');
    expect(await suspend(scene)).toBe(1);
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, other);
    const corrections = returns.slice(0, 1).map((event) => ({ event, as: 'void' as const }));
    expect(await decide(scene, other, { outcome: 'upheld', corrections })).toMatchObject({ ok: true });
    const milder = async () => (await scene.measures()).find(({ id }) => id === block);
    expect(await milder()).toMatchObject({ type: 'restriction', state: 'active' });
    expect(await suspend(scene)).toBe(1);
    expect(await milder()).toMatchObject({ type: 'restriction', state: 'suspended' });
  });

  it('suspends nothing elsewhere, nor a warning, nor what grave conduct led to', async () => {
    const { scene, restriction } = await restricted();
    await file(scene, restriction);
    const { scene: other, warning } = await warned({ settings: { suspendWhileOverdue: true } });
    await file(other, warning);
    const grave = await scenes.desk.scene({
      policy: (await import('../support/review-desk.ts')).blockingPolicy,
      settings: { suspendWhileOverdue: true },
    });
    await grave.threatens();
    scenes.desk.clock.later('2 days');
    const block = await grave.approves(grave.mia);
    await file(grave, block);
    scenes.desk.clock.later('25 days');
    for (const each of [scene, other, grave]) expect(await suspend(each)).toBe(0);
    expect((await grave.measures())[0]).toMatchObject({ type: 'block', state: 'active' });
  });
});

describe('the projection of appeals', () => {
  it('is made again the same', async () => {
    const { scene, restriction, warning } = await restricted({ settings: { suspendWhileOverdue: true } });
    const appeal = await file(scene, restriction);
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
    await askCustomer(scenes.desk.deps, scene.shop, scene.noor, appeal, 'Do you still have the zips?');
    const other = await file(scene, warning);
    await withdrawAppeal(scenes.desk.deps, scene.shop, await scene.customer(), other);
    scenes.desk.clock.later('60 days');
    await suspendOverdue({ ...scenes.desk.deps, onFault: () => undefined }, scene.shop);
    const rows = async () => ({
      appeals: await scenes.database.db
        .selectFrom('appeal')
        .selectAll()
        .where('shop_id', '=', scene.shop.id)
        .orderBy('id')
        .execute(),
      measures: await scenes.database.db
        .selectFrom('measure')
        .selectAll()
        .where('shop_id', '=', scene.shop.id)
        .orderBy('id')
        .execute(),
    });
    const before = await rows();
    expect(before.appeals).toHaveLength(2);
    expect(before.measures.map((each) => each.state)).toContain('suspended');
    await scenes.desk.deps.store.transaction((store) => store.ledger.rebuild(scene.shop));
    expect(await rows()).toEqual(before);
  });
});
