import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { id, type ProposalId } from '../../src/core/shared/brand.ts';
import { addPeriod, parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import { correctEvent } from '../../src/workflows/measures/correct-event.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { askColleague } from '../../src/workflows/review/ask.ts';
import { decline } from '../../src/workflows/review/decline.ts';
import { mayAnswer } from '../../src/workflows/review/may.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { soften } from '../../src/workflows/review/soften.ts';
import { undo } from '../../src/workflows/review/undo.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { changed, smallPolicy } from '../support/policy.ts';
import { blockingPolicy, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

describeOnEveryDatabase('the review desk', (makeDatabase) => {
  let database: TestDatabase;
  let clock: ReviewDesk['clock'];
  let deps: ReviewDesk['deps'];
  let scene: ReviewDesk['scene'];
  beforeAll(async () => {
    database = await makeDatabase();
    ({ clock, deps, scene } = reviewDesk(database));
  });
  afterAll(() => database.drop());

  describe('approving', () => {
    it('begins the measure that was proposed, with its reasons', async () => {
      const { shop, proposal, mia, now, since, standing } = await scene();
      const answered = unwrap(
        await approve(deps, shop, mia, proposal.id, seenOf(proposal), { note: 'Read the message twice.' }),
      );
      expect(answered).toMatchObject({ status: 'approved', waitingForSecond: false, undoUntil: clock.now() + 600_000 });
      expect(await now()).toMatchObject({ status: 'approved', decidedBy: mia.id, measure: answered.measure });
      expect(await since()).toEqual(['measure.started']);
      expect(await standing()).toBe('restricted');
      const [own] = await deps.store.ledger.eventsOf(shop.id, [proposal.customer]);
      expect(own?.events.at(-1)?.body).toMatchObject({
        type: 'restriction',
        obligations: ['official_channels_only'],
        ladder: 'respect',
        step: 2,
        rules: ['threatens'],
        policyVersion: 1,
        evidence: proposal.evidence,
        skipped: 'threat',
        proposedBy: 'policy',
        approvedBy: [mia.id],
        softened: false,
      });
    });

    it('is for owners and managers', async () => {
      const { shop, proposal, agent, since } = await scene();
      expect(await approve(deps, shop, agent, proposal.id, seenOf(proposal))).toMatchObject({
        error: { why: 'may-not', kind: 'not-allowed' },
      });
      expect(await decline(deps, shop, agent, proposal.id, 'No.')).toMatchObject({ error: { why: 'may-not' } });
      expect(await undo(deps, shop, agent, proposal.id)).toMatchObject({ error: { why: 'may-not' } });
      expect(mayAnswer(shop, proposal, agent)).toMatchObject({ approve: false, decline: false, ask: true });
      expect(await since()).toEqual([]);
    });

    it('knows no proposal of another shop', async () => {
      const here = await scene();
      const there = await scene();
      const refused = { error: { why: 'unknown-proposal', kind: 'not-found' } };
      expect(await approve(deps, there.shop, there.mia, here.proposal.id, seenOf(here.proposal))).toMatchObject(
        refused,
      );
      expect(await decline(deps, there.shop, there.mia, here.proposal.id, 'No.')).toMatchObject(refused);
      expect(await undo(deps, there.shop, there.mia, here.proposal.id)).toMatchObject(refused);
      expect(
        await approve(deps, here.shop, here.mia, id<ProposalId>(deps.ids.next()), seenOf(here.proposal)),
      ).toMatchObject(refused);
      expect(await here.now()).toMatchObject({ status: 'open' });
    });

    it('begins nothing on what was corrected, reported or published since, before that is assessed', async () => {
      const refused = { error: { why: 'changed-meanwhile', kind: 'conflict' } };
      const until = addPeriod(clock.now(), unwrap(parsePeriod('30 days')));
      const milder = { type: 'warning', obligations: [], surfaces: [], until, reason: 'First time.' } as const;

      const voided = await scene();
      const [event] = voided.proposal.evidence;
      if (event === undefined) throw new Error('A proposal without evidence');
      const { proposal, shop, mia } = voided;
      unwrap(await correctEvent(deps, shop, mia, proposal.customer, { event, as: 'void', reason: 'Somebody else.' }));
      expect(await approve(deps, shop, mia, proposal.id, seenOf(proposal))).toMatchObject(refused);
      expect(await soften(deps, shop, mia, proposal.id, seenOf(proposal), milder)).toMatchObject(refused);
      expect(await voided.since()).toEqual(['event.corrected']);
      expect(await voided.now()).toMatchObject({ status: 'withdrawn' });

      const other = await scene();
      const wider = changed(smallPolicy, ['[official_channels_only]', '[official_channels_only, manual_review]']);
      const publication = { source: wider, note: 'Stricter', expectedVersion: 1 };
      unwrap(await publishPolicy(deps, other.shop, { id: null, name: 'Noor' }, publication));
      expect(await approve(deps, other.shop, other.mia, other.proposal.id, seenOf(other.proposal))).toMatchObject(
        refused,
      );
      expect(await other.now()).toMatchObject({
        status: 'open',
        obligations: ['official_channels_only', 'manual_review'],
      });
      unwrap(await approve(deps, other.shop, other.mia, other.proposal.id, seenOf(await other.now())));
    });

    it('begins nothing that was assessed again after it was shown, until it was looked at again', async () => {
      const { shop, proposal, mia, now, since } = await scene();
      const milder = { type: 'warning', obligations: [], surfaces: [], until: proposal.until, reason: 'New.' } as const;
      const harsher = changed(smallPolicy, ['[official_channels_only]', '[official_channels_only, manual_review]']);
      const publication = { source: harsher, note: 'Stricter', expectedVersion: 1 };
      unwrap(await publishPolicy(deps, shop, { id: null, name: 'Noor' }, publication));
      const after = await now();
      expect(after).toMatchObject({ id: proposal.id, key: proposal.key, status: 'open' });
      const refused = { error: { why: 'changed-meanwhile', kind: 'conflict' } };
      expect(await approve(deps, shop, mia, proposal.id, seenOf(proposal))).toMatchObject(refused);
      expect(await soften(deps, shop, mia, proposal.id, seenOf(proposal), milder)).toMatchObject(refused);
      expect(await since()).toEqual([]);
      unwrap(await soften(deps, shop, mia, proposal.id, seenOf(after), milder));
      expect(await since()).toEqual(['measure.started']);
    });

    it('minds what is proposed and why, and neither their order nor an end that counts from now', async () => {
      const { shop, proposal, mia, now } = await scene();
      const before = clock.now();
      clock.later('1 day');
      await database.db
        .updateTable('customer')
        .set({ next_at: formatInstant(clock.now()) })
        .where('shop_id', '=', shop.id)
        .execute();
      expect(await now()).toEqual(proposal);
      const { measure } = unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      const begun = measure === null ? null : await deps.store.standing.measure(shop.id, measure);
      expect(begun).toMatchObject({ startedAt: clock.now(), until: proposal.until + 86_400_000 });
      clock.set(before);
      const seen = seenOf({ ...proposal, obligations: ['manual_review', 'official_channels_only'] });
      expect(seenOf({ ...proposal, obligations: ['official_channels_only', 'manual_review'] })).toBe(seen);
      const others = [
        { ...proposal, type: 'block' as const },
        { ...proposal, obligations: [] },
        { ...proposal, surfaces: ['review' as const] },
        { ...proposal, rules: [...proposal.rules, 'another'] },
        { ...proposal, evidence: [] },
      ];
      expect(new Set([proposal, ...others].map(seenOf)).size).toBe(others.length + 1);
    });

    it('begins nothing that time alone has done away with, before that is assessed', async () => {
      const { shop, proposal, mia } = await scene();
      const before = clock.now();
      clock.later('2 years');
      const late = await approve(deps, shop, mia, proposal.id, seenOf(proposal));
      clock.set(before);
      expect(late).toMatchObject({ error: { why: 'changed-meanwhile' } });
    });
  });

  describe('two people at once', () => {
    it('lets one answer and tells the other who was faster', async () => {
      const { shop, proposal, mia, noor, since } = await scene();
      const answers = await Promise.all([
        approve(deps, shop, mia, proposal.id, seenOf(proposal)),
        decline(deps, shop, noor, proposal.id, 'It was a joke between friends.'),
      ]);
      const [winner] = answers.filter((answer) => answer.ok);
      const [loser] = answers.filter((answer) => !answer.ok);
      const says =
        winner?.ok === true && winner.value.status === 'approved'
          ? 'Mia approved this already.'
          : 'Noor declined this already.';
      expect(loser).toMatchObject({ error: { why: 'already-answered', kind: 'conflict', message: says } });
      expect(await since()).toHaveLength(1);
    });
  });

  describe('softening', () => {
    it('begins the milder measure, and the ladder goes on from what the customer got', async () => {
      const { shop, proposal, mia, standing } = await scene(blockingPolicy);
      const until = addPeriod(clock.now(), unwrap(parsePeriod('90 days')));
      unwrap(
        await soften(deps, shop, mia, proposal.id, seenOf(proposal), {
          type: 'warning',
          obligations: [],
          surfaces: [],
          until,
          reason: 'Sorry at once.',
        }),
      );
      expect(await standing()).toBe('warned');
      const [own] = await deps.store.ledger.eventsOf(shop.id, [proposal.customer]);
      expect(own?.events.at(-1)?.body).toMatchObject({ type: 'warning', step: 1, softened: true, skipped: null });
    });

    it('refuses what is not milder, unknown or too long', async () => {
      const { shop, proposal, mia, since } = await scene();
      const until = proposal.until;
      const wish = { obligations: [], surfaces: [], until, reason: 'Because.' };
      const attempts = {
        'not-milder': { ...wish, type: 'block', surfaces: ['purchase'] },
        'until-out-of-bounds': { ...wish, type: 'warning', until: addPeriod(until, { months: 0, days: 1 }) },
        'not-a-measure': { ...wish, type: 'restriction', obligations: ['oficial_channels_only'] },
      } as const;
      for (const [why, attempt] of Object.entries(attempts))
        expect(await soften(deps, shop, mia, proposal.id, seenOf(proposal), attempt)).toMatchObject({
          error: { why, kind: 'invalid' },
        });
      expect(await soften(deps, shop, mia, proposal.id, seenOf(proposal), attempts['not-a-measure'])).toMatchObject({
        error: { field: 'obligations', message: expect.stringContaining('Did you mean "official_channels_only"?') },
      });
      const same = { ...wish, type: 'restriction', obligations: ['official_channels_only'] } as const;
      expect(await soften(deps, shop, mia, proposal.id, seenOf(proposal), same)).toMatchObject({
        error: { why: 'not-milder' },
      });
      expect(
        await soften(deps, shop, mia, proposal.id, seenOf(proposal), { ...wish, type: 'warning', until: clock.now() }),
      ).toMatchObject({
        error: { why: 'until-out-of-bounds' },
      });
      expect(await since()).toEqual([]);
    });
  });

  describe('declining and asking', () => {
    it('keeps a declined proposal away until there is newer evidence', async () => {
      const { shop, proposal, mia, now, standing } = await scene();
      unwrap(await decline(deps, shop, mia, proposal.id, 'A quotation from a film.'));
      expect(await now()).toMatchObject({ status: 'declined', decidedBy: mia.id, measure: null });
      expect(await standing()).toBe('watched');
      const open = await database.db
        .selectFrom('proposal')
        .selectAll()
        .where('shop_id', '=', shop.id)
        .where('status', '=', 'open')
        .execute();
      expect(open).toEqual([]);
    });

    it('asks a colleague who works here and may answer', async () => {
      const { shop, proposal, mia, agent, now, since } = await scene();
      const elsewhere = await scene();
      const question = 'Is this the man from last week?';
      const refused = { error: { why: 'unknown-colleague', field: 'colleague' } };
      expect(await askColleague(deps, shop, agent, proposal.id, { colleague: agent.id, question })).toMatchObject(
        refused,
      );
      expect(
        await askColleague(deps, shop, agent, proposal.id, { colleague: elsewhere.mia.id, question }),
      ).toMatchObject(refused);
      expect(unwrap(await askColleague(deps, shop, agent, proposal.id, { colleague: mia.id, question }))).toMatchObject(
        {
          status: 'open',
          undoUntil: null,
        },
      );
      expect(await now()).toMatchObject({ status: 'open', colleague: mia.id });
      expect(await since()).toEqual(['proposal.colleague_asked']);
    });
  });
});
