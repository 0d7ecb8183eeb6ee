import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPeriod, parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { mayAnswer } from '../../src/workflows/review/may.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { soften } from '../../src/workflows/review/soften.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { changed } from '../support/policy.ts';
import { blockingPolicy, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';

describeOnEveryDatabase('the review desk', (makeDatabase) => {
  let database: TestDatabase;
  let clock: ReviewDesk['clock'];
  let deps: ReviewDesk['deps'];
  let staff: ReviewDesk['staff'];
  let scene: ReviewDesk['scene'];
  beforeAll(async () => {
    database = await makeDatabase();
    ({ clock, deps, staff, scene } = reviewDesk(database));
  });
  afterAll(() => database.drop());

  describe('a block that takes two people', () => {
    const both = { secondApprovalForBlocks: true };

    it('waits for somebody else, who must be another owner or manager', async () => {
      const { shop, proposal, mia, noor, now, since, standing } = await scene(blockingPolicy, both);
      expect(unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)))).toMatchObject({
        status: 'open',
        waitingForSecond: true,
        measure: null,
      });
      expect(await now()).toMatchObject({ status: 'open', firstApprover: mia.id });
      expect(mayAnswer(shop, await now(), mia)).toMatchObject({ approve: false, decline: true });
      expect(await approve(deps, shop, mia, proposal.id, seenOf(proposal))).toMatchObject({
        error: { why: 'second-must-differ' },
      });
      expect(await standing()).toBe('watched');
      const answered = unwrap(await approve(deps, shop, noor, proposal.id, seenOf(proposal)));
      expect(answered).toMatchObject({ status: 'approved', waitingForSecond: false });
      expect(await since()).toEqual(['proposal.first_approval', 'measure.started']);
      const [own] = await deps.store.ledger.eventsOf(shop.id, [proposal.customer]);
      expect(own?.events.at(-1)?.body).toMatchObject({ type: 'block', approvedBy: [mia.id, noor.id] });
      expect(await standing()).toBe('blocked');
    });

    it('loses a first approval when what is proposed changes, and keeps it when only the reasons do', async () => {
      const { shop, proposal, mia, noor, now } = await scene(blockingPolicy, both);
      unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      const reworded = changed(blockingPolicy, ['title: Threatens our staff', 'title: Threatens people here']);
      const wider = changed(reworded, [
        'surfaces: [purchase], for: 1 year, after_previous: 7 days',
        'surfaces: [purchase, review], for: 1 year, after_previous: 7 days',
      ]);
      const publish = async (source: string, expectedVersion: number) =>
        unwrap(await publishPolicy(deps, shop, { id: null, name: 'Noor' }, { source, note: 'Try', expectedVersion }));
      await publish(reworded, 1);
      expect(await now()).toMatchObject({ status: 'open', policyVersion: 2, firstApprover: mia.id });
      await publish(wider, 2);
      expect(await now()).toMatchObject({
        id: proposal.id,
        status: 'open',
        surfaces: ['purchase', 'review'],
        firstApprover: null,
      });
      const wide = seenOf(await now());
      expect(unwrap(await approve(deps, shop, noor, proposal.id, wide))).toMatchObject({ waitingForSecond: true });
      expect(unwrap(await approve(deps, shop, mia, proposal.id, wide))).toMatchObject({ status: 'approved' });
    });

    it('begins once when the first two approve at the same moment', async () => {
      const { shop, proposal, mia, noor, since } = await scene(blockingPolicy, both);
      const answers = await Promise.all([
        approve(deps, shop, mia, proposal.id, seenOf(proposal)),
        approve(deps, shop, noor, proposal.id, seenOf(proposal)),
      ]);
      expect(answers.map((answer) => unwrap(answer).waitingForSecond).sort()).toEqual([false, true]);
      expect(await since()).toEqual(['proposal.first_approval', 'measure.started']);
    });

    it('forgets an approval of somebody who may no longer decide', async () => {
      const { shop, proposal, mia, noor } = await scene(blockingPolicy, both);
      unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      await staff.changeColleague(shop.id, mia.id, { role: 'agent' }, clock.now());
      expect(unwrap(await approve(deps, shop, noor, proposal.id, seenOf(proposal)))).toMatchObject({
        status: 'open',
        waitingForSecond: true,
      });
    });

    it('takes one person for something milder than a block, and two for a milder block', async () => {
      const { shop, proposal, mia, noor, now } = await scene(blockingPolicy, both);
      const month = addPeriod(clock.now(), unwrap(parsePeriod('30 days')));
      const block = {
        type: 'block',
        obligations: [],
        surfaces: ['purchase'],
        until: month,
        reason: 'First time.',
      } as const;
      expect(await soften(deps, shop, mia, proposal.id, seenOf(proposal), block)).toMatchObject({
        error: { why: 'approve-first' },
      });
      unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      unwrap(await soften(deps, shop, noor, proposal.id, seenOf(proposal), block));
      expect(await now()).toMatchObject({ status: 'approved', decidedBy: noor.id });
      const other = await scene(blockingPolicy, both);
      const warning = { type: 'warning', obligations: [], surfaces: [], until: month, reason: 'First time.' } as const;
      expect(
        unwrap(await soften(deps, other.shop, other.mia, other.proposal.id, seenOf(other.proposal), warning)),
      ).toMatchObject({
        status: 'approved',
      });
    });
  });
});
