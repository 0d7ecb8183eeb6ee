import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventId } from '../../src/core/shared/brand.ts';
import { appealsOf } from '../../src/workflows/appeals/appeals-of.ts';
import { decideAppeal } from '../../src/workflows/appeals/decide-appeal.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { caseOf } from '../../src/workflows/appeals/hearing.ts';
import { previewOutcome } from '../../src/workflows/appeals/outcome.ts';
import { seenOf } from '../../src/workflows/appeals/seen.ts';
import { takeAppeal } from '../../src/workflows/appeals/take-appeal.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { photo } from '../support/files.ts';
import { type HearingDesk, hearingDesk, wish } from '../support/hearing-desk.ts';
import { expectMail, type StoryMail, storyLanguages, storyMail } from '../support/story-mail.ts';

/* Somebody is blocked for returns that were the shop's own fault; the appeal is upheld, and every measure goes. */

let database: TestDatabase;
let desk: HearingDesk;
let mail: StoryMail;
beforeAll(async () => {
  database = await createTestDatabase();
  desk = await hearingDesk(database);
  mail = await storyMail(desk.deps);
});
afterAll(async () => {
  await mail.close();
  await desk.close();
  await database.drop();
});

const EXPLANATION: Readonly<Record<(typeof storyLanguages)[number], string>> = {
  en: 'Every one of these had a broken zip. The photo shows it.',
  he: 'בכל אחד מהם הרוכסן היה שבור. רואים את זה בתמונה.',
};

describe.each(storyLanguages)('in %s: who is blocked for the shop’s own faults', (language) => {
  it('appeals, is heard by somebody else, and every measure goes', async () => {
    const scene = await desk.scene({ languages: [language] });
    const { shop } = scene;
    const returns: EventId[] = [];
    for (let count = 0; count < 3; count += 1) returns.push(await scene.sendsBack('did_not_fit'));
    const subjects = ['started.warning', 'started.restriction', 'started.block'];
    for (const subject of subjects) {
      desk.clock.later('40 days');
      await scene.approves(scene.mia);
      expectMail((await mail.delivered(shop)).at(0), language, shop, subject);
      desk.clock.later('1 day');
      if (subject !== 'started.block') returns.push(await scene.sendsBack('did_not_fit'));
    }
    const customer = await scene.customer();
    const [warning, restriction, block] = await scene.measures();
    if (warning === undefined || restriction === undefined || block === undefined)
      throw new Error('Three measures were to be');
    expect(await scene.standing()).toBe('blocked');

    const filed = await fileAppeal(
      desk.deps,
      shop,
      customer,
      wish(block.id, {
        disputed: returns,
        text: EXPLANATION[language],
        language,
        files: [{ name: 'רוכסן.jpg', bytes: await photo() }],
      }),
    );
    if (!filed.ok) throw new Error(filed.error.why);
    const { appeal } = filed.value;
    expectMail((await mail.delivered(shop))[0], language, shop, 'acknowledged');

    expect(await takeAppeal(desk.deps, shop, scene.mia, appeal)).toMatchObject({ error: { why: 'approved-it' } });
    expect(await takeAppeal(desk.deps, shop, scene.noor, appeal)).toMatchObject({ ok: true });
    const corrections = returns.map((event) => ({ event, as: 'shop_fault' as const }));
    const preview = await previewOutcome(desk.deps, shop, scene.noor.id, appeal, { corrections, lift: false });
    if (preview === null || preview === 'unknown-event') throw new Error('No preview');
    expect(preview.outcome.verdicts.map(({ measure, result }) => [measure.id, result])).toEqual([
      [warning.id, 'voided'],
      [restriction.id, 'voided'],
      [block.id, 'voided'],
    ]);
    expect(preview.outcome.standingThen.standing).toBe('good');

    const now = desk.clock.now();
    const found = await caseOf(desk.deps.store, shop, appeal, now);
    if (found === null) throw new Error('The appeal is gone');
    const decided = await decideAppeal(desk.deps, shop, scene.noor, appeal, {
      outcome: 'upheld',
      corrections,
      lift: false,
      reason: 'The zips came broken from our supplier. You were right every time.',
      seen: seenOf(found, now),
    });
    expect(decided).toMatchObject({ ok: true });
    expect((await scene.measures()).map((measure) => measure.state)).toEqual(['voided', 'voided', 'voided']);
    expect(await scene.standing()).toBe('good');
    // One letter about all of it.
    const [answer, ...more] = await mail.delivered(shop);
    expect(more).toEqual([]);
    expectMail(answer, language, shop, 'decided.upheld');
    expect(answer?.text).toContain('The zips came broken from our supplier.');

    const decisions = new Decisions(desk.deps, { changes: null, onFault: (error) => expect(error).toBeUndefined() });
    const at = await decisions.decide(shop, { surface: 'purchase', customer: { externalId: '17' } });
    await decisions.close();
    expect(at).toMatchObject({ ok: true, value: { outcome: 'allow' } });

    const [own] = await appealsOf(desk.deps, shop, customer);
    expect(own).toMatchObject({
      appeal: { state: 'upheld' },
      results: [{ result: 'voided' }, { result: 'voided' }, { result: 'voided' }],
    });
    expect(own?.exchange[0]).toMatchObject({ text: EXPLANATION[language], attachments: [{ name: 'רוכסן.jpg' }] });
    // Nothing is proposed again on what was the shop's fault.
    expect((await scene.kinds()).filter((kind) => kind === 'measure.started')).toHaveLength(3);
    const open = await database.db
      .selectFrom('proposal')
      .select('id')
      .where('shop_id', '=', shop.id)
      .where('status', '=', 'open')
      .execute();
    expect(open).toEqual([]);
  });
});
