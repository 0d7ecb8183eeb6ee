import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideAppeal } from '../../src/workflows/appeals/decide-appeal.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { caseOf } from '../../src/workflows/appeals/hearing.ts';
import { mayFile } from '../../src/workflows/appeals/may-file.ts';
import { seenOf } from '../../src/workflows/appeals/seen.ts';
import { takeAppeal } from '../../src/workflows/appeals/take-appeal.ts';
import type { AppealWish } from '../../src/workflows/appeals/types.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { photo } from '../support/files.ts';
import { type HearingDesk, hearingDesk, wish } from '../support/hearing-desk.ts';
import { changed, smallPolicy } from '../support/policy.ts';
import { expectMail, type StoryMail, storyLanguages, storyMail } from '../support/story-mail.ts';

/* Somebody takes back money they owe, is blocked without a warning, appeals in vain, and tries again. */

const policy = changed(
  smallPolicy,
  [
    '{metric: threats_of_violence, over: 12 months, at_least: 1}',
    '{metric: chargebacks, over: 12 months, at_least: 2}',
  ],
  ['title: Threatens our staff', 'title: Takes money back unfairly'],
  ['because: You threatened somebody who works for us.', 'because: You took back payments for goods that you kept.'],
  ['grave_starts_at: {step: 2, because: threat}', 'grave_starts_at: {step: 3, because: fraud}'],
);

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

const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe.each(storyLanguages)('in %s: who is blocked for fraud', (language) => {
  it('is told why no warning came, appeals in vain, and needs something new to try again', async () => {
    const scene = await desk.scene({ policy, languages: [language] });
    const { shop } = scene;
    for (const number of [1, 2]) {
      await scene.tells('order.placed', { order: `F${number}`, total: eur(300_00), lines: [] });
      await scene.tells('payment.disputed', {
        dispute: `D${number}`,
        order: `F${number}`,
        amount: eur(300_00),
        reason: 'fraudulent',
      });
      desk.clock.later('10 days');
      await scene.tells('payment.dispute_won', { dispute: `D${number}` });
    }
    desk.clock.later('5 days');
    const block = await scene.approves(scene.mia);
    expect(await scene.measures()).toMatchObject([{ type: 'block', step: 3 }]);
    expectMail((await mail.delivered(shop))[0], language, shop, 'started.block');
    const customer = await scene.customer();

    const proof = { name: 'proof.jpg', bytes: await photo() };
    const file = (over: Partial<AppealWish> = {}) =>
      fileAppeal(desk.deps, shop, customer, wish(block, { ground: 'not_me', language, ...over }));
    const filed = await file({ files: [proof] });
    if (!filed.ok) throw new Error(filed.error.why);
    expectMail((await mail.delivered(shop))[0], language, shop, 'acknowledged');
    const { appeal } = filed.value;
    await takeAppeal(desk.deps, shop, scene.noor, appeal);
    const now = desk.clock.now();
    const found = await caseOf(desk.deps.store, shop, appeal, now);
    if (found === null) throw new Error('The appeal is gone');
    const decided = await decideAppeal(desk.deps, shop, scene.noor, appeal, {
      outcome: 'rejected',
      corrections: [],
      lift: false,
      reason: 'The parcels were signed for with your name, and both banks looked into it.',
      seen: seenOf(found, now),
    });
    expect(decided).toMatchObject({ value: { measures: [{ measure: block, result: 'stands' }] } });
    const [answer] = await mail.delivered(shop);
    expectMail(answer, language, shop, 'decided.rejected');
    expect(answer?.text).toContain('both banks looked into it');
    // Where to go next: out of court, and for personal data.
    const law = desk.deps.laws.of(shop);
    for (const body of law.bodies.slice(0, 1)) expect(answer?.text).toContain(new URL(body.url).host);

    desk.clock.later('3 days');
    expect(await mayFile(desk.deps, shop, customer, block)).toMatchObject({ appeal: { why: null, needsNew: true } });
    const again = [
      {},
      { text: 'It was really not me, believe me this time, please.' },
      { ground: 'wrong_facts' as const },
      { files: [{ ...proof, name: 'another-name.jpg' }] },
    ];
    for (const over of again) expect(await file(over)).toMatchObject({ error: { why: 'nothing-new' } });
    expect(await file({ type: 'application' })).toMatchObject({ error: { why: 'too-early' } });
    expect(await mail.delivered(shop)).toEqual([]);
    expect(await scene.standing()).toBe('blocked');
    const decisions = new Decisions(desk.deps, { changes: null, onFault: (error) => expect(error).toBeUndefined() });
    expect(await decisions.decide(shop, { surface: 'purchase', customer: { externalId: '17' } })).toMatchObject({
      value: { outcome: 'deny' },
    });
    await decisions.close();
    // A photo nobody has seen is something new, and is heard.
    expect(await file({ files: [{ name: 'new.jpg', bytes: await photo('png') }] })).toMatchObject({ ok: true });
  });
});
