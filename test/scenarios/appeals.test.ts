import { describe, expect, it } from 'vitest';
import { appealsOf } from '../../src/workflows/appeals/appeals-of.ts';
import { decideAppeal } from '../../src/workflows/appeals/decide-appeal.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { giveInformation } from '../../src/workflows/appeals/give-information.ts';
import { caseOf } from '../../src/workflows/appeals/hearing.ts';
import { mayFile } from '../../src/workflows/appeals/may-file.ts';
import { previewOutcome } from '../../src/workflows/appeals/outcome.ts';
import { seenOf } from '../../src/workflows/appeals/seen.ts';
import { takeAppeal } from '../../src/workflows/appeals/take-appeal.ts';
import { withdrawAppeal } from '../../src/workflows/appeals/withdraw-appeal.ts';
import { messagePrinted } from '../../src/workflows/mail/on-their-way.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { deliver } from '../../src/workflows/notices/deliver.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { eraseCustomer } from '../../src/workflows/privacy/erase-customer.ts';
import { undo } from '../../src/workflows/review/undo.ts';
import { appealScenes, REASON } from '../support/appeal-scenes.ts';
import { anyMeasure, wish } from '../support/hearing-desk.ts';
import { hire } from '../support/staff.ts';

const scenes = appealScenes();
const { warned, restricted, file, decide, told } = scenes;

describe('an appeal', () => {
  it('is acknowledged with a deadline, heard by another, and puts right all that rested on the shop’s faults', async () => {
    const { scene, returns, more, warning, restriction } = await restricted();
    expect(await scene.standing()).toBe('restricted');
    const appeal = await file(scene, restriction, { disputed: [...returns] });
    const [record] = await scenes.desk.deps.store.appeals.ofCustomer(scene.shop.id, await scene.customer());
    expect(record).toMatchObject({ id: appeal, state: 'filed', round: 1, measure: restriction });
    expect(record?.dueAt).toBeGreaterThan(scenes.desk.clock.now());
    expect(await told(scene)).toEqual(
      expect.arrayContaining(['appeal.acknowledged to customer', 'team.appeal_filed to team']),
    );

    expect(await takeAppeal(scenes.desk.deps, scene.shop, scene.mia, appeal)).toMatchObject({
      error: { why: 'approved-it' },
    });
    expect(await takeAppeal(scenes.desk.deps, scene.shop, scene.agent, appeal)).toMatchObject({
      error: { why: 'may-not' },
    });
    expect(await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal)).toEqual({ ok: true, value: true });

    const corrections = [...returns, ...more].map((event) => ({ event, as: 'shop_fault' as const }));
    const preview = await previewOutcome(scenes.desk.deps, scene.shop, scene.noor.id, appeal, {
      corrections,
      lift: false,
    });
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
    const row = await scenes.database.db
      .selectFrom('customer')
      .select('standing')
      .where('shop_id', '=', scene.shop.id)
      .executeTakeFirstOrThrow();
    expect(row.standing).toBe('good');
    expect(await scene.standing()).toBe('good');
    expect(await told(scene)).toContain('appeal.decided to customer');
    const [seen] = await appealsOf(scenes.desk.deps, scene.shop, await scene.customer());
    expect(seen?.exchange.map((said) => [said.kind, said.text])).toEqual([
      ['filed', 'The zips were broken, all three of them.'],
      ['decided', REASON],
    ]);
    expect(seen?.mayWithdraw).toBe(false);
  });

  it('says that the customer is right only where something changes, and wrong only where nothing does', async () => {
    const { scene, returns, warning } = await warned();
    const appeal = await file(scene, warning);
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
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
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
    expect(await decide(scene, appeal, { outcome: 'upheld', lift: true })).toMatchObject({ ok: true });
    expect(await scene.measures()).toMatchObject([{ state: 'lifted', endedBecause: 'appeal' }]);
    expect(await scene.standing()).toBe('watched');
  });

  it('cannot be about somebody else’s measure, name somebody else’s events, or be seen by somebody else', async () => {
    const { scene, warning } = await warned();
    const { scene: other, warning: theirs, returns } = await warned();
    const me = await scene.customer();
    const refused = (over: Parameters<typeof wish>) => fileAppeal(scenes.desk.deps, scene.shop, me, wish(...over));
    expect(await refused([theirs])).toMatchObject({ error: { why: 'unknown-measure', kind: 'not-found' } });
    expect(await refused([anyMeasure])).toMatchObject({ error: { why: 'unknown-measure' } });
    expect(await refused([warning, { disputed: returns }])).toMatchObject({ error: { why: 'unknown-event' } });
    const appeal = await file(other, theirs);
    const stranger = await scene.customer();
    expect(await withdrawAppeal(scenes.desk.deps, other.shop, stranger, appeal)).toMatchObject({
      error: { why: 'unknown-appeal' },
    });
    const information = { text: 'I am somebody else altogether.', files: [] };
    expect(await giveInformation(scenes.desk.deps, other.shop, stranger, appeal, information)).toMatchObject({
      error: { why: 'unknown-appeal' },
    });
    expect(await appealsOf(scenes.desk.deps, scene.shop, me)).toEqual([]);
    expect(await mayFile(scenes.desk.deps, scene.shop, me, theirs)).toBeNull();
  });

  it('is one at a time, and a second one needs something new', async () => {
    const { scene, warning, returns } = await warned();
    const me = await scene.customer();
    const first = await file(scene, warning, { disputed: returns.slice(0, 1) });
    const again = (over: Parameters<typeof wish>[1] = {}) =>
      fileAppeal(scenes.desk.deps, scene.shop, me, wish(warning, over));
    expect(await again()).toMatchObject({ error: { why: 'appeal-open' } });
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, first);
    await decide(scene, first, { outcome: 'rejected' });
    scenes.desk.clock.later('1 day');
    expect(await mayFile(scenes.desk.deps, scene.shop, me, warning)).toMatchObject({
      appeal: { why: null, needsNew: true },
    });
    expect(await again({ text: 'I say it again, and louder this time!' })).toMatchObject({
      error: { why: 'nothing-new' },
    });
    expect(await again({ ground: 'other' })).toMatchObject({ error: { why: 'nothing-new' } });
    expect(await again({ disputed: returns.slice(0, 1) })).toMatchObject({ error: { why: 'nothing-new' } });
    expect(await again({ disputed: returns.slice(0, 2) })).toMatchObject({ ok: true });
    const [second] = await scenes.desk.deps.store.appeals.ofCustomer(scene.shop.id, me);
    expect(second?.round).toBe(2);
  });

  it('that was withdrawn was not heard, so it may be filed again', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    const first = await file(scene, warning);
    expect(await withdrawAppeal(scenes.desk.deps, scene.shop, me, first)).toEqual({ ok: true, value: true });
    expect(await withdrawAppeal(scenes.desk.deps, scene.shop, me, first)).toMatchObject({
      error: { why: 'already-decided' },
    });
    expect(await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, first)).toMatchObject({
      error: { why: 'already-decided', message: 'The customer has withdrawn this appeal.' },
    });
    await file(scene, warning);
  });

  it('is taken in while the measure ends, within its time, and puts the record right', async () => {
    const { scene, warning, returns } = await warned();
    const me = await scene.customer();
    const [filed] = await Promise.all([
      fileAppeal(scenes.desk.deps, scene.shop, me, wish(warning)),
      liftMeasure(scenes.desk.deps, scene.shop, scene.noor, warning, 'A kindness of ours'),
    ]);
    if (!filed.ok) throw new Error('It was to be taken in');
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, filed.value.appeal);
    const corrections = returns.map((event) => ({ event, as: 'void' as const }));
    expect(await decide(scene, filed.value.appeal, { outcome: 'upheld', corrections })).toMatchObject({ ok: true });
    expect((await scene.measures())[0]?.state).toBe('voided');
    expect(await fileAppeal(scenes.desk.deps, scene.shop, me, wish(warning))).toMatchObject({
      error: { why: 'taken-back' },
    });
  });

  it('comes too late after the time to appeal', async () => {
    const { scene, warning } = await warned();
    scenes.desk.clock.later('7 months');
    expect(await fileAppeal(scenes.desk.deps, scene.shop, await scene.customer(), wish(warning))).toMatchObject({
      error: { why: 'window-over' },
    });
  });

  it('has all its time from when the customer was told, and not from when the measure began', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    await deliver(
      {
        ...scenes.desk.deps,
        mailServer: null,
        mailer: { send: () => Promise.reject(new Error('There is no mail server')) },
        onFault: (error) => {
          throw error;
        },
        word: (store, shop, row) => wordMessage({ ...scenes.desk.deps, store }, shop, row),
      },
      scene.shop,
    );
    scenes.desk.clock.later('7 months');
    const may = () => mayFile(scenes.desk.deps, scene.shop, me, warning);
    expect((await may())?.appeal.why).toBeNull();
    const notice = await scenes.database.db
      .selectFrom('outbox')
      .select('id')
      .where('shop_id', '=', scene.shop.id)
      .where('notice_id', 'is not', null)
      .executeTakeFirstOrThrow();
    expect(await messagePrinted(scenes.desk.deps, scene.shop, notice.id)).toMatchObject({ ok: true });
    scenes.desk.clock.later('5 months');
    expect((await may())?.appeal.why).toBeNull();
    scenes.desk.clock.later('2 months');
    expect(await fileAppeal(scenes.desk.deps, scene.shop, me, wish(warning))).toMatchObject({
      error: { why: 'window-over' },
    });
  });

  it('of somebody who was erased while they wrote is not taken in, and leaves nothing behind', async () => {
    const { scene, warning } = await warned();
    const me = await scene.customer();
    expect(await eraseCustomer(scenes.desk.deps, scene.shop, me)).toMatchObject({ ok: true });
    expect(await fileAppeal(scenes.desk.deps, scene.shop, me, wish(warning))).toMatchObject({
      error: { why: 'unknown-measure' },
    });
    const keys = await scenes.database.db
      .selectFrom('customer_key')
      .selectAll()
      .where('customer_id', '=', me)
      .execute();
    expect(keys).toEqual([]);
  });

  it('keeps what was written as text, whatever it looks like', async () => {
    const { scene, warning } = await warned();
    const text = '<script>alert(1)</script>\r\n<img src=x onerror=alert(2)>\u0000 &amp; "quoted"';
    await file(scene, warning, { text });
    const [seen] = await appealsOf(scenes.desk.deps, scene.shop, await scene.customer());
    expect(seen?.exchange[0]?.text).toBe('<script>alert(1)</script>\n<img src=x onerror=alert(2)> &amp; "quoted"');
    for (const text of ['', '   ', 'too short'])
      expect(
        await fileAppeal(scenes.desk.deps, scene.shop, await scene.customer(), wish(warning, { text })),
      ).toMatchObject({
        error: { why: 'no-text' },
      });
  });
});

describe('whoever approved a measure', () => {
  it('does not hear the appeal by taking that back and leaving it to a colleague', async () => {
    const scene = await scenes.desk.scene();
    for (let parcels = 0; parcels < 3; parcels += 1) await scene.sendsBack();
    scenes.desk.clock.later('40 days');
    await scene.approves(scene.mia);
    const [proposal] = await scenes.database.db
      .selectFrom('proposal')
      .select('id')
      .where('shop_id', '=', scene.shop.id)
      .execute();
    if (proposal === undefined) throw new Error('Nothing was proposed');
    expect(await undo(scenes.desk.deps, scene.shop, scene.mia, proposal.id)).toMatchObject({ ok: true });
    const warning = await scene.approves(scene.noor);
    await hire(scenes.desk.staff, scenes.desk.clock, scene.shop, 'Ola', 'manager');
    const appeal = await file(scene, warning);
    for (const by of [scene.mia, scene.noor])
      expect(await takeAppeal(scenes.desk.deps, scene.shop, by, appeal)).toMatchObject({
        error: { why: 'approved-it' },
      });
  });
});

describe('two reviewers', () => {
  it('who begin at once: the second is told who was faster', async () => {
    const { scene, warning } = await warned();
    const appeal = await file(scene, warning);
    const second = { id: scene.noor.id, role: 'owner' as const };
    const outcomes = await Promise.all([
      takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal),
      takeAppeal(scenes.desk.deps, scene.shop, second, appeal),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      error: { why: 'already-taken', message: 'You are reviewing this appeal already.' },
    });
  });

  it('who decide at once: one decision stands, and the other is told whose', async () => {
    const { scene, warning, returns } = await warned();
    const appeal = await file(scene, warning);
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
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
    await takeAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal);
    const now = scenes.desk.clock.now();
    const found = await caseOf(scenes.desk.deps.store, scene.shop, appeal, now);
    if (found === null) throw new Error('No such appeal');
    const seen = seenOf(found, now);
    await scene.buys();
    expect(seenOf((await caseOf(scenes.desk.deps.store, scene.shop, appeal, now)) ?? found, now)).toBe(seen);
    await liftMeasure(scenes.desk.deps, scene.shop, scene.mia, warning, 'No longer needed');
    const wanted = { outcome: 'rejected' as const, corrections: [], lift: false, reason: REASON, seen };
    expect(await decideAppeal(scenes.desk.deps, scene.shop, scene.noor, appeal, wanted)).toMatchObject({
      error: { why: 'changed-meanwhile', kind: 'conflict' },
    });
  });
});

describe('somebody alone in a shop', () => {
  it('hears an appeal against their own measure after a day to think, and it says so', async () => {
    const { scene, warning } = await warned({ alone: true });
    const appeal = await file(scene, warning);
    expect(await takeAppeal(scenes.desk.deps, scene.shop, scene.mia, appeal)).toEqual({ ok: true, value: true });
    expect(await decide(scene, appeal, { outcome: 'rejected' }, scene.mia)).toMatchObject({
      error: { why: 'too-soon-alone' },
    });
    scenes.desk.clock.later('1 day');
    expect(await decide(scene, appeal, { outcome: 'rejected' }, scene.mia)).toMatchObject({ ok: true });
    const [own] = await scenes.desk.deps.store.ledger.eventsOf(scene.shop.id, [await scene.customer()]);
    expect(own?.events.find((event) => event.kind === 'appeal.decided')?.body).toMatchObject({ alone: true });
  });
});
