import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppealId } from '../../src/core/shared/brand.ts';
import { appealsOf } from '../../src/workflows/appeals/appeals-of.ts';
import { askCustomer } from '../../src/workflows/appeals/ask-customer.ts';
import { type DecisionWish, decideAppeal } from '../../src/workflows/appeals/decide-appeal.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { giveInformation } from '../../src/workflows/appeals/give-information.ts';
import { caseOf } from '../../src/workflows/appeals/hearing.ts';
import { mayFile } from '../../src/workflows/appeals/may-file.ts';
import { previewOutcome } from '../../src/workflows/appeals/outcome.ts';
import { seenOf } from '../../src/workflows/appeals/seen.ts';
import { suspendOverdue } from '../../src/workflows/appeals/suspend-overdue.ts';
import { takeAppeal } from '../../src/workflows/appeals/take-appeal.ts';
import { withdrawAppeal } from '../../src/workflows/appeals/withdraw-appeal.ts';
import { messagePrinted } from '../../src/workflows/mail/on-their-way.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { deliver } from '../../src/workflows/notices/deliver.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { undo } from '../../src/workflows/review/undo.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { anyMeasure, type HearingDesk, type HearingScene, hearingDesk, wish } from '../support/hearing-desk.ts';
import { hire } from '../support/staff.ts';

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

async function warned(options: Parameters<HearingDesk['scene']>[0] = {}) {
  const scene = await desk.scene(options);
  const returns = [await scene.sendsBack(), await scene.sendsBack(), await scene.sendsBack()];
  desk.clock.later('40 days');
  const warning = await scene.approves(scene.mia);
  return { scene, returns, warning };
}

async function restricted(options: Parameters<HearingDesk['scene']>[0] = {}) {
  const before = await warned(options);
  desk.clock.later('1 day');
  const more = [await before.scene.sendsBack(), await before.scene.sendsBack()];
  desk.clock.later('40 days');
  const restriction = await before.scene.approves(before.scene.mia);
  return { ...before, more, restriction };
}

async function file(scene: HearingScene, ...[measure, over]: Parameters<typeof wish>): Promise<AppealId> {
  const filed = await fileAppeal(desk.deps, scene.shop, await scene.customer(), wish(measure, over));
  if (!filed.ok) throw new Error(`Not filed: ${filed.error.why}`);
  return filed.value.appeal;
}

async function decide(
  scene: HearingScene,
  appeal: AppealId,
  over: Partial<DecisionWish> & Pick<DecisionWish, 'outcome'>,
  by = scene.noor,
) {
  const now = desk.clock.now();
  const found = await caseOf(desk.deps.store, scene.shop, appeal, now);
  if (found === null) throw new Error('No such appeal');
  return decideAppeal(desk.deps, scene.shop, by, appeal, {
    corrections: [],
    lift: false,
    reason: REASON,
    seen: seenOf(found, now),
    ...over,
  });
}

const told = async (scene: HearingScene) => {
  const rows = await database.db
    .selectFrom('outbox')
    .select(['cause', 'audience'])
    .where('shop_id', '=', scene.shop.id)
    .orderBy('created_at')
    .execute();
  return rows.map(({ cause, audience }) => `${(cause as { kind: string }).kind} to ${audience}`);
};

describe('an appeal', () => {
  it('is acknowledged with a deadline, heard by another, and puts right all that rested on the shop’s faults', async () => {
    const { scene, returns, more, warning, restriction } = await restricted();
    expect(await scene.standing()).toBe('restricted');
    const appeal = await file(scene, restriction, { disputed: [...returns] });
    const [record] = await desk.deps.store.appeals.ofCustomer(scene.shop.id, await scene.customer());
    expect(record).toMatchObject({ id: appeal, state: 'filed', round: 1, measure: restriction });
    expect(record?.dueAt).toBeGreaterThan(desk.clock.now());
    expect(await told(scene)).toEqual(
      expect.arrayContaining(['appeal.acknowledged to customer', 'team.appeal_filed to team']),
    );

    expect(await takeAppeal(desk.deps, scene.shop, scene.mia, appeal)).toMatchObject({ error: { why: 'approved-it' } });
    expect(await takeAppeal(desk.deps, scene.shop, scene.agent, appeal)).toMatchObject({ error: { why: 'may-not' } });
    expect(await takeAppeal(desk.deps, scene.shop, scene.noor, appeal)).toEqual({ ok: true, value: true });

    const corrections = [...returns, ...more].map((event) => ({ event, as: 'shop_fault' as const }));
    const preview = await previewOutcome(desk.deps, scene.shop, scene.noor.id, appeal, { corrections, lift: false });
    if (preview === null || preview === 'unknown-event') throw new Error('No preview');
    expect(preview.standingNow).toBe('restricted');
    expect(preview.outcome.standingThen.standing).toBe('good');
    expect(preview.outcome.verdicts.map((verdict) => verdict.result)).toEqual(['voided', 'voided']);
    expect(preview.traces.every((trace) => trace.outcome !== true)).toBe(true);
    expect((await scene.kinds()).includes('event.corrected')).toBe(false);

    const decided = await decide(scene, appeal, { outcome: 'upheld', corrections });
    expect(decided).toMatchObject({ ok: true });
    expect((await scene.measures()).map(({ id, state }) => [id, state])).toEqual([
      [warning, 'voided'],
      [restriction, 'voided'],
    ]);
    const row = await database.db
      .selectFrom('customer')
      .select('standing')
      .where('shop_id', '=', scene.shop.id)
      .executeTakeFirstOrThrow();
    expect(row.standing).toBe('good');
    expect(await scene.standing()).toBe('good');
    expect(await told(scene)).toContain('appeal.decided to customer');
    const [seen] = await appealsOf(desk.deps, scene.shop, await scene.customer());
    expect(seen?.exchange.map((said) => [said.kind, said.text])).toEqual([
      ['filed', 'The zips were broken, all three of them.'],
      ['decided', REASON],
    ]);
    expect(seen?.mayWithdraw).toBe(false);
  });

  it('says that the customer is right only where something changes, and wrong only where nothing does', async () => {
    const { scene, returns, warning } = await warned();
    const appeal = await file(scene, warning);
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    const all = returns.map((event) => ({ event, as: 'void' as const }));
    expect(await decide(scene, appeal, { outcome: 'upheld' })).toMatchObject({
      error: { why: 'outcome-does-not-fit' },
    });
    expect(await decide(scene, appeal, { outcome: 'partly_upheld' })).toMatchObject({
      error: { why: 'outcome-does-not-fit' },
    });
    expect(await decide(scene, appeal, { outcome: 'rejected', corrections: all })).toMatchObject({
      error: { why: 'outcome-does-not-fit' },
    });
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ ok: true });
    expect((await scene.measures())[0]?.state).toBe('active');
  });

  it('can end what was too much although its evidence stands', async () => {
    const { scene, warning } = await warned();
    const appeal = await file(scene, warning, { ground: 'disproportionate' });
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    expect(await decide(scene, appeal, { outcome: 'upheld', lift: true })).toMatchObject({ ok: true });
    expect(await scene.measures()).toMatchObject([{ state: 'lifted', endedBecause: 'appeal' }]);
    expect(await scene.standing()).toBe('watched');
  });

  it('cannot be about somebody else’s measure, name somebody else’s events, or be seen by somebody else', async () => {
    const { scene, warning } = await warned();
    const { scene: other, warning: theirs, returns } = await warned();
    const me = await scene.customer();
    const refused = (over: Parameters<typeof wish>) => fileAppeal(desk.deps, scene.shop, me, wish(...over));
    expect(await refused([theirs])).toMatchObject({ error: { why: 'unknown-measure', kind: 'not-found' } });
    expect(await refused([anyMeasure])).toMatchObject({ error: { why: 'unknown-measure' } });
    expect(await refused([warning, { disputed: returns }])).toMatchObject({ error: { why: 'unknown-event' } });
    const appeal = await file(other, theirs);
    const stranger = await scene.customer();
    expect(await withdrawAppeal(desk.deps, other.shop, stranger, appeal)).toMatchObject({
      error: { why: 'unknown-appeal' },
    });
    const information = { text: 'I am somebody else altogether.', files: [] };
    expect(await giveInformation(desk.deps, other.shop, stranger, appeal, information)).toMatchObject({
      error: { why: 'unknown-appeal' },
    });
    expect(await appealsOf(desk.deps, scene.shop, me)).toEqual([]);
    expect(await mayFile(desk.deps, scene.shop, me, theirs)).toBeNull();
  });

  it('is one at a time, and a second one needs something new', async () => {
    const { scene, warning, returns } = await warned();
    const me = await scene.customer();
    const first = await file(scene, warning, { disputed: returns.slice(0, 1) });
    const again = (over: Parameters<typeof wish>[1] = {}) => fileAppeal(desk.deps, scene.shop, me, wish(warning, over));
    expect(await again()).toMatchObject({ error: { why: 'appeal-open' } });
    await takeAppeal(desk.deps, scene.shop, scene.noor, first);
    await decide(scene, first, { outcome: 'rejected' });
    desk.clock.later('1 day');
    expect(await mayFile(desk.deps, scene.shop, me, warning)).toMatchObject({ appeal: { why: null, needsNew: true } });
    expect(await again({ text: 'I say it again, and louder this time!' })).toMatchObject({
      error: { why: 'nothing-new' },
    });
    expect(await again({ ground: 'other' })).toMatchObject({ error: { why: 'nothing-new' } });
    expect(await again({ disputed: returns.slice(0, 1) })).toMatchObject({ error: { why: 'nothing-new' } });
    expect(await again({ disputed: returns.slice(0, 2) })).toMatchObject({ ok: true });
    const [second] = await desk.deps.store.appeals.ofCustomer(scene.shop.id, me);
    expect(second?.round).toBe(2);
  });

  it('that was withdrawn was not heard, so it may be filed again', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    const first = await file(scene, warning);
    expect(await withdrawAppeal(desk.deps, scene.shop, me, first)).toEqual({ ok: true, value: true });
    expect(await withdrawAppeal(desk.deps, scene.shop, me, first)).toMatchObject({ error: { why: 'already-decided' } });
    expect(await takeAppeal(desk.deps, scene.shop, scene.noor, first)).toMatchObject({
      error: { why: 'already-decided', message: 'The customer has withdrawn this appeal.' },
    });
    await file(scene, warning);
  });

  it('is taken in while the measure ends, within its time, and puts the record right', async () => {
    const { scene, warning, returns } = await warned();
    const me = await scene.customer();
    const [filed] = await Promise.all([
      fileAppeal(desk.deps, scene.shop, me, wish(warning)),
      liftMeasure(desk.deps, scene.shop, scene.noor, warning, 'A kindness of ours'),
    ]);
    if (!filed.ok) throw new Error('It was to be taken in');
    await takeAppeal(desk.deps, scene.shop, scene.noor, filed.value.appeal);
    const corrections = returns.map((event) => ({ event, as: 'void' as const }));
    expect(await decide(scene, filed.value.appeal, { outcome: 'upheld', corrections })).toMatchObject({ ok: true });
    expect((await scene.measures())[0]?.state).toBe('voided');
    expect(await fileAppeal(desk.deps, scene.shop, me, wish(warning))).toMatchObject({ error: { why: 'taken-back' } });
  });

  it('comes too late after the time to appeal', async () => {
    const { scene, warning } = await warned();
    desk.clock.later('7 months');
    expect(await fileAppeal(desk.deps, scene.shop, await scene.customer(), wish(warning))).toMatchObject({
      error: { why: 'window-over' },
    });
  });

  it('has all its time from when the customer was told, and not from when the measure began', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    await deliver(
      {
        ...desk.deps,
        mailServer: null,
        mailer: { send: () => Promise.reject(new Error('There is no mail server')) },
        onFault: (error) => {
          throw error;
        },
        word: (store, shop, row) => wordMessage({ ...desk.deps, store }, shop, row),
      },
      scene.shop,
    );
    desk.clock.later('7 months');
    const may = () => mayFile(desk.deps, scene.shop, me, warning);
    expect((await may())?.appeal.why).toBeNull();
    const notice = await database.db
      .selectFrom('outbox')
      .select('id')
      .where('shop_id', '=', scene.shop.id)
      .where('notice_id', 'is not', null)
      .executeTakeFirstOrThrow();
    expect(await messagePrinted(desk.deps, scene.shop, notice.id)).toMatchObject({ ok: true });
    desk.clock.later('5 months');
    expect((await may())?.appeal.why).toBeNull();
    desk.clock.later('2 months');
    expect(await fileAppeal(desk.deps, scene.shop, me, wish(warning))).toMatchObject({
      error: { why: 'window-over' },
    });
  });

  it('of somebody who was erased while they wrote is not taken in, and leaves nothing behind', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    expect(await eraseCustomer(desk.deps, scene.shop, me)).toMatchObject({ ok: true });
    expect(await fileAppeal(desk.deps, scene.shop, me, wish(warning))).toMatchObject({
      error: { why: 'unknown-measure' },
    });
    const keys = await database.db.selectFrom('customer_key').selectAll().where('customer_id', '=', me).execute();
    expect(keys).toEqual([]);
  });

  it('keeps what was written as text, whatever it looks like', async () => {
    const { scene, warning } = await warned();
    const text = '<script>alert(1)</script>\r\n<img src=x onerror=alert(2)>\u0000 &amp; "quoted"';
    await file(scene, warning, { text });
    const [seen] = await appealsOf(desk.deps, scene.shop, await scene.customer());
    expect(seen?.exchange[0]?.text).toBe('<script>alert(1)</script>\n<img src=x onerror=alert(2)> &amp; "quoted"');
    for (const text of ['', '   ', 'too short'])
      expect(await fileAppeal(desk.deps, scene.shop, await scene.customer(), wish(warning, { text }))).toMatchObject({
        error: { why: 'no-text' },
      });
  });
});

describe('whoever approved a measure', () => {
  it('does not hear the appeal by taking that back and leaving it to a colleague', async () => {
    const scene = await desk.scene();
    for (let parcels = 0; parcels < 3; parcels += 1) await scene.sendsBack();
    desk.clock.later('40 days');
    await scene.approves(scene.mia);
    const [proposal] = await database.db
      .selectFrom('proposal')
      .select('id')
      .where('shop_id', '=', scene.shop.id)
      .execute();
    if (proposal === undefined) throw new Error('Nothing was proposed');
    expect(await undo(desk.deps, scene.shop, scene.mia, proposal.id)).toMatchObject({ ok: true });
    const warning = await scene.approves(scene.noor);
    await hire(desk.staff, desk.clock, scene.shop, 'Ola', 'manager');
    const appeal = await file(scene, warning);
    for (const by of [scene.mia, scene.noor])
      expect(await takeAppeal(desk.deps, scene.shop, by, appeal)).toMatchObject({ error: { why: 'approved-it' } });
  });
});

describe('two reviewers', () => {
  it('who begin at once: the second is told who was faster', async () => {
    const { scene, warning } = await warned();
    const appeal = await file(scene, warning);
    const second = { id: scene.noor.id, role: 'owner' as const };
    const outcomes = await Promise.all([
      takeAppeal(desk.deps, scene.shop, scene.noor, appeal),
      takeAppeal(desk.deps, scene.shop, second, appeal),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      error: { why: 'already-taken', message: 'You are reviewing this appeal already.' },
    });
  });

  it('who decide at once: one decision stands, and the other is told whose', async () => {
    const { scene, warning, returns } = await warned();
    const appeal = await file(scene, warning);
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    const corrections = returns.map((event) => ({ event, as: 'void' as const }));
    const outcomes = await Promise.all([
      decide(scene, appeal, { outcome: 'upheld', corrections }),
      decide(scene, appeal, { outcome: 'rejected' }),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      error: { why: 'already-decided', kind: 'conflict', message: 'Noor has decided this appeal already.' },
    });
    expect((await scene.kinds()).filter((kind) => kind === 'appeal.decided')).toHaveLength(1);
  });

  it('decide only what they have seen', async () => {
    const { scene, warning } = await warned();
    const appeal = await file(scene, warning);
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    const now = desk.clock.now();
    const found = await caseOf(desk.deps.store, scene.shop, appeal, now);
    if (found === null) throw new Error('No such appeal');
    const seen = seenOf(found, now);
    await scene.buys();
    expect(seenOf((await caseOf(desk.deps.store, scene.shop, appeal, now)) ?? found, now)).toBe(seen);
    await liftMeasure(desk.deps, scene.shop, scene.mia, warning, 'No longer needed');
    const wanted = { outcome: 'rejected' as const, corrections: [], lift: false, reason: REASON, seen };
    expect(await decideAppeal(desk.deps, scene.shop, scene.noor, appeal, wanted)).toMatchObject({
      error: { why: 'changed-meanwhile', kind: 'conflict' },
    });
  });
});

describe('somebody alone in a shop', () => {
  it('hears an appeal against their own measure after a day to think, and it says so', async () => {
    const { scene, warning } = await warned({ alone: true });
    const appeal = await file(scene, warning);
    expect(await takeAppeal(desk.deps, scene.shop, scene.mia, appeal)).toEqual({ ok: true, value: true });
    expect(await decide(scene, appeal, { outcome: 'rejected' }, scene.mia)).toMatchObject({
      error: { why: 'too-soon-alone' },
    });
    desk.clock.later('1 day');
    expect(await decide(scene, appeal, { outcome: 'rejected' }, scene.mia)).toMatchObject({ ok: true });
    const [own] = await desk.deps.store.ledger.eventsOf(scene.shop.id, [await scene.customer()]);
    expect(own?.events.find((event) => event.kind === 'appeal.decided')?.body).toMatchObject({ alone: true });
  });
});

describe('a question to the customer', () => {
  it('lets the shop’s deadline wait, and the answer run it on', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    const appeal = await file(scene, warning);
    const due = async () => (await desk.deps.store.appeals.one(scene.shop.id, appeal))?.dueAt ?? 0;
    const before = await due();
    const ask = () => askCustomer(desk.deps, scene.shop, scene.noor, appeal, 'Do you still have the zips?');
    expect(await ask()).toMatchObject({ error: { why: 'not-under-review' } });
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    const information = { text: 'Yes, I have all three of them here.', files: [] };
    expect(await giveInformation(desk.deps, scene.shop, me, appeal, information)).toMatchObject({
      error: { why: 'not-asked' },
    });
    expect(await ask()).toMatchObject({ ok: true });
    expect(await told(scene)).toContain('appeal.information_asked to customer');
    expect(await due()).toBeGreaterThan(before + 10 * 86_400_000);
    expect(await ask()).toMatchObject({ error: { why: 'answer-awaited' } });
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ error: { why: 'answer-awaited' } });
    desk.clock.later('2 days');
    expect(await giveInformation(desk.deps, scene.shop, me, appeal, information)).toMatchObject({ ok: true });
    expect(await due()).toBeLessThan(before + 6 * 86_400_000);
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ ok: true });
    const [seen] = await appealsOf(desk.deps, scene.shop, me);
    expect(seen?.exchange.map((said) => said.kind)).toEqual(['filed', 'asked', 'given', 'decided']);
  });

  it('that nobody answers does not hold the review up, and a late answer still counts', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    const appeal = await file(scene, warning);
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    await askCustomer(desk.deps, scene.shop, scene.noor, appeal, 'Do you still have the zips?');
    desk.clock.later('30 days');
    const [seen] = await appealsOf(desk.deps, scene.shop, me);
    expect(seen).toMatchObject({ appeal: { state: 'under_review' }, mayAnswer: true });
    const late = { text: 'I was away, here is my answer.', files: [] };
    expect(await giveInformation(desk.deps, scene.shop, me, appeal, late)).toMatchObject({ ok: true });
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ ok: true });
  });
});

describe('an application to have a measure ended', () => {
  it('is for the second half of a measure that takes something away, and is granted by ending it', async () => {
    const { scene, warning, restriction } = await restricted();
    const me = await scene.customer();
    const apply = (measure = restriction) =>
      fileAppeal(desk.deps, scene.shop, me, wish(measure, { type: 'application', ground: 'changed_behaviour' }));
    expect(await apply(warning)).toMatchObject({ error: { why: 'nothing-to-lift' } });
    expect(await apply()).toMatchObject({ error: { why: 'too-early' } });
    const may = await mayFile(desk.deps, scene.shop, me, restriction);
    expect(may?.application.why).toBe('too-early');
    desk.clock.set(may?.application.from ?? desk.clock.now());
    const filed = await apply();
    if (!filed.ok) throw new Error('It was to be taken in');
    await takeAppeal(desk.deps, scene.shop, scene.noor, filed.value.appeal);
    expect(await decide(scene, filed.value.appeal, { outcome: 'upheld' })).toMatchObject({
      value: { measures: [{ measure: restriction, result: 'lifted' }] },
    });
    expect((await scene.measures())[1]).toMatchObject({ state: 'lifted', endedBecause: 'application' });
  });

  it('cannot be granted in part where it stays as it is', async () => {
    const { scene, more, restriction } = await restricted();
    desk.clock.later('100 days');
    const appeal = await file(scene, restriction, { type: 'application' });
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    const corrections = more.slice(0, 1).map((event) => ({ event, as: 'void' as const }));
    expect(await decide(scene, appeal, { outcome: 'partly_upheld', corrections })).toMatchObject({
      error: { why: 'outcome-does-not-fit' },
    });
    expect(await decide(scene, appeal, { outcome: 'rejected', corrections })).toMatchObject({ ok: true });
  });

  it('that is declined waits a month for the next', async () => {
    const { scene, restriction } = await restricted();
    const me = await scene.customer();
    const apply = () => fileAppeal(desk.deps, scene.shop, me, wish(restriction, { type: 'application' }));
    desk.clock.later('100 days');
    const filed = await apply();
    if (!filed.ok) throw new Error('It was to be taken in');
    await takeAppeal(desk.deps, scene.shop, scene.noor, filed.value.appeal);
    await decide(scene, filed.value.appeal, { outcome: 'rejected' });
    expect(await apply()).toMatchObject({ error: { why: 'too-early' } });
    desk.clock.later('31 days');
    expect(await apply()).toMatchObject({ ok: true });
  });
});

describe('an overdue appeal', () => {
  const suspend = (scene: HearingScene) =>
    suspendOverdue(
      {
        ...desk.deps,
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
    desk.clock.later('25 days');
    expect(await desk.deps.store.appeals.shopsWithOverdue(desk.clock.now())).toContain(scene.shop.id);
    expect(await suspend(scene)).toBe(1);
    expect(await suspend(scene)).toBe(0);
    const suspended = (await scene.measures())[1];
    expect(suspended).toMatchObject({ state: 'suspended' });
    expect(await scene.standing()).not.toBe('restricted');
    expect(await desk.deps.store.enforcement.restricted(scene.shop.id)).toEqual([
      expect.objectContaining({ measures: [expect.objectContaining({ type: 'warning' })] }),
    ]);
    expect(await told(scene)).toContain('appeal.overdue to customer');
    const left = (suspended?.until ?? 0) - desk.clock.now();
    desk.clock.later('10 days');
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    expect(await decide(scene, appeal, { outcome: 'rejected' })).toMatchObject({ ok: true });
    const resumed = (await scene.measures())[1];
    expect(resumed?.state).toBe('active');
    expect((resumed?.until ?? 0) - desk.clock.now()).toBe(left);
    expect(await scene.standing()).toBe('restricted');
  });

  it('that is withdrawn lets the restriction run on', async () => {
    const { scene, restriction } = await restricted({ settings: { suspendWhileOverdue: true } });
    const appeal = await file(scene, restriction);
    desk.clock.later('25 days');
    await suspend(scene);
    expect(await withdrawAppeal(desk.deps, scene.shop, await scene.customer(), appeal)).toMatchObject({ ok: true });
    expect((await scene.measures())[1]?.state).toBe('active');
  });

  it('suspends again what the answer to another appeal only made milder', async () => {
    const settings = { suspendWhileOverdue: true, secondApprovalForBlocks: false };
    const { scene, returns, warning } = await restricted({ settings });
    desk.clock.later('1 day');
    for (let more = 0; more < 3; more += 1) await scene.sendsBack();
    desk.clock.later('40 days');
    const block = await scene.approves(scene.mia);
    await file(scene, block);
    const other = await file(scene, warning);
    desk.clock.later('25 days');
    expect(await suspend(scene)).toBe(1);
    await takeAppeal(desk.deps, scene.shop, scene.noor, other);
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
    const grave = await desk.scene({
      policy: (await import('../support/review-desk.ts')).blockingPolicy,
      settings: { suspendWhileOverdue: true },
    });
    await grave.threatens();
    desk.clock.later('2 days');
    const block = await grave.approves(grave.mia);
    await file(grave, block);
    desk.clock.later('25 days');
    for (const each of [scene, other, grave]) expect(await suspend(each)).toBe(0);
    expect((await grave.measures())[0]).toMatchObject({ type: 'block', state: 'active' });
  });
});

describe('the projection of appeals', () => {
  it('is made again the same', async () => {
    const { scene, restriction, warning } = await restricted({ settings: { suspendWhileOverdue: true } });
    const appeal = await file(scene, restriction);
    await takeAppeal(desk.deps, scene.shop, scene.noor, appeal);
    await askCustomer(desk.deps, scene.shop, scene.noor, appeal, 'Do you still have the zips?');
    const other = await file(scene, warning);
    await withdrawAppeal(desk.deps, scene.shop, await scene.customer(), other);
    desk.clock.later('60 days');
    await suspendOverdue({ ...desk.deps, onFault: () => undefined }, scene.shop);
    const rows = async () => ({
      appeals: await database.db
        .selectFrom('appeal')
        .selectAll()
        .where('shop_id', '=', scene.shop.id)
        .orderBy('id')
        .execute(),
      measures: await database.db
        .selectFrom('measure')
        .selectAll()
        .where('shop_id', '=', scene.shop.id)
        .orderBy('id')
        .execute(),
    });
    const before = await rows();
    expect(before.appeals).toHaveLength(2);
    expect(before.measures.map((each) => each.state)).toContain('suspended');
    await desk.deps.store.transaction((store) => store.ledger.rebuild(scene.shop));
    expect(await rows()).toEqual(before);
  });
});
