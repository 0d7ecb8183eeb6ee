import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppealId, MeasureId } from '../../src/core/shared/brand.ts';
import { askCustomer } from '../../src/workflows/appeals/ask-customer.ts';
import { type DecisionWish, decideAppeal } from '../../src/workflows/appeals/decide-appeal.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { caseOf } from '../../src/workflows/appeals/hearing.ts';
import { seenOf } from '../../src/workflows/appeals/seen.ts';
import { suspendOverdue } from '../../src/workflows/appeals/suspend-overdue.ts';
import { takeAppeal } from '../../src/workflows/appeals/take-appeal.ts';
import { withdrawAppeal } from '../../src/workflows/appeals/withdraw-appeal.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HearingDesk, type HearingScene, hearingDesk, wish } from '../support/hearing-desk.ts';

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

const REASON = 'We looked at every parcel again, and you are right about the zips.';

async function word({ shop }: HearingScene): Promise<void> {
  const { deps, clock } = desk;
  for (let more = true; more; )
    more = await deps.store.transaction(async (store) => {
      await store.ledger.lock(shop.id);
      const [row] = await store.outbox.claim(shop.id, 'due', clock.now(), 1);
      if (row === undefined) return false;
      await wordMessage({ ...deps, store }, shop, row);
      return true;
    });
}

/** The words of the newest message of a kind, as they leave. */
async function wordsOf({ shop }: HearingScene, kind: string) {
  const rows = await desk.deps.store.outbox.list(shop.id, { states: [], after: null, limit: 50 });
  const row = rows.find(({ cause }) => cause.kind === kind);
  if (row === undefined) throw new Error(`Nothing is told about ${kind}`);
  return { state: row.state, envelope: await desk.deps.store.outbox.envelope(shop.id, row.id) };
}

async function appealed(options: Parameters<HearingDesk['scene']>[0] = {}) {
  const scene = await desk.scene(options);
  const returns = [await scene.sendsBack(), await scene.sendsBack(), await scene.sendsBack()];
  desk.clock.later('40 days');
  const measure = await scene.approves(scene.mia);
  const filed = await fileAppeal(desk.deps, scene.shop, await scene.customer(), wish(measure));
  if (!filed.ok) throw new Error(`Not filed: ${filed.error.why}`);
  return { scene, returns, measure, appeal: filed.value.appeal };
}

async function decide(
  scene: HearingScene,
  appeal: AppealId,
  over: Partial<DecisionWish> & Pick<DecisionWish, 'outcome'>,
) {
  await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
  const now = desk.clock.now();
  const found = await caseOf(desk.deps.store, scene.shop, appeal, now);
  if (found === null) throw new Error('No such appeal');
  const wished = { corrections: [], lift: false, reason: REASON, seen: seenOf(found, now), ...over };
  expect(await decideAppeal(desk.deps, scene.shop, scene.noor, appeal, wished)).toMatchObject({ ok: true });
}

describe('an appeal', () => {
  it('is acknowledged with its deadline, and the team is told', async () => {
    const { scene } = await appealed();
    await word(scene);
    const { envelope } = await wordsOf(scene, 'appeal.acknowledged');
    expect(envelope?.text).toMatch(/You get our answer by \d+ \w+ 2026\. A person who did not make this decision/);
    const team = await wordsOf(scene, 'team.appeal_filed');
    expect(team.envelope?.subject).toMatch(/^A customer has appealed: please answer by /);
    expect(team.envelope?.text).toContain('/appeals/');
  });

  it('has its question told word for word, unless it was withdrawn meanwhile', async () => {
    const { scene, appeal } = await appealed();
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    const question = 'Which of the three parcels had the broken zip?';
    expect(await askCustomer(desk.deps, scene.shop, scene.noor, appeal, question)).toMatchObject({ ok: true });
    await word(scene);
    expect((await wordsOf(scene, 'appeal.information_asked')).envelope?.text).toContain(`> ${question}`);

    const late = await appealed();
    await takeAppeal(desk.deps, late.scene.shop, late.scene.noor, late.appeal);
    await askCustomer(desk.deps, late.scene.shop, late.scene.noor, late.appeal, question);
    await withdrawAppeal(desk.deps, late.scene.shop, await late.scene.customer(), late.appeal);
    await word(late.scene);
    expect((await wordsOf(late.scene, 'appeal.information_asked')).state).toBe('cancelled');
    expect((await wordsOf(late.scene, 'appeal.acknowledged')).state).toBe('cancelled');
  });

  it('is not answered or asked about with an insult', async () => {
    const { scene, appeal } = await appealed();
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    const asked = await askCustomer(desk.deps, scene.shop, scene.noor, appeal, 'Are you stupid, or what happened?');
    expect(asked).toMatchObject({ ok: false, error: { kind: 'invalid', field: 'question', why: 'wording' } });
    const wished = { outcome: 'rejected' as const, corrections: [], lift: false, seen: 'x' };
    const decided = await decideAppeal(desk.deps, scene.shop, scene.noor, appeal, {
      ...wished,
      reason: 'We do not believe a liar, and that is that.',
    });
    expect(decided).toMatchObject({ ok: false, error: { kind: 'invalid', field: 'reason', why: 'wording' } });
  });

  it('upheld is told with what no longer counts, and that the shop is sorry; in Hebrew too', async () => {
    const { scene, appeal, returns } = await appealed({ languages: ['he'] });
    const corrections = returns.map((event) => ({ event, as: 'shop_fault' as const }));
    await decide(scene, appeal, { outcome: 'upheld', corrections });
    await word(scene);
    const { envelope } = await wordsOf(scene, 'appeal.decided');
    expect(envelope?.html).toContain('dir="rtl"');
    expect(envelope?.text).toContain(REASON);
    expect(envelope?.text.match(/O\d+/g)).toHaveLength(3);
    expect(envelope?.text).not.toMatch(/Noor|Mia/);
  });

  it('rejected is told with why and where to go next', async () => {
    const { scene, appeal } = await appealed();
    await decide(scene, appeal, { outcome: 'rejected' });
    await word(scene);
    const { envelope } = await wordsOf(scene, 'appeal.decided');
    expect(envelope?.text).toContain(REASON);
    expect(envelope?.text).toContain('it stays');
    expect(envelope?.text).toContain('You can always go to court.');
    expect(envelope?.text).toContain('You can appeal a second time');
  });

  it('that ends what was too much says that it ends, and not that it never was', async () => {
    const { scene, appeal } = await appealed();
    await decide(scene, appeal, { outcome: 'upheld', lift: true });
    await word(scene);
    const { envelope } = await wordsOf(scene, 'appeal.decided');
    expect(envelope?.text).toMatch(/^We end what we decided on /);
    expect(envelope?.text).not.toContain('as if it had never been');
  });

  it('that is overdue is told so, once what was asked rests', async () => {
    const settings = { suspendWhileOverdue: true };
    const scene = await desk.scene({ settings });
    await scene.threatens();
    desk.clock.later('3 days');
    const measure: MeasureId = await scene.approves(scene.mia);
    const filed = await fileAppeal(desk.deps, scene.shop, await scene.customer(), wish(measure));
    if (!filed.ok) throw new Error('It was to be taken in');
    await word(scene);
    expect((await wordsOf(scene, 'appeal.acknowledged')).envelope?.text).toContain('rests until you have our answer');
    desk.clock.later('60 days');
    const onFault = (error: unknown): void => {
      throw error;
    };
    await suspendOverdue({ ...desk.deps, onFault }, scene.shop);
    await word(scene);
    expect((await wordsOf(scene, 'appeal.overdue')).envelope?.text).toContain('what we asked of you rests');
  });
});
