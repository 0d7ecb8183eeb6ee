import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { decline } from '../../src/workflows/review/decline.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { undo } from '../../src/workflows/review/undo.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
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

  describe('taking back', () => {
    it('lifts the measure, and the same proposal waits again', async () => {
      const { shop, proposal, mia, now, since, standing } = await scene();
      const { measure } = unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      await now();
      expect(unwrap(await undo(deps, shop, mia, proposal.id))).toMatchObject({ status: 'open', measure: null });
      expect(await now()).toMatchObject({ id: proposal.id, status: 'open', decidedBy: null, measure: null });
      expect(await standing()).toBe('watched');
      expect(await since()).toEqual(['measure.started', 'measure.lifted']);
      expect(measure === null ? null : await deps.store.standing.measure(shop.id, measure)).toMatchObject({
        state: 'lifted',
        endedBecause: 'undo',
      });
      expect(unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal))).measure).not.toBe(measure);
      expect(await standing()).toBe('restricted');
    });

    it('reopens what was declined', async () => {
      const { shop, proposal, mia, now, since } = await scene();
      unwrap(await decline(deps, shop, mia, proposal.id, 'Wrong button.'));
      await now();
      unwrap(await undo(deps, shop, mia, proposal.id));
      expect(await now()).toMatchObject({ id: proposal.id, status: 'open', decidedAt: null });
      expect(await since()).toEqual(['proposal.declined', 'proposal.reopened']);
      expect(await undo(deps, shop, mia, proposal.id)).toMatchObject({ error: { why: 'nothing-to-undo' } });
    });

    it('takes a first approval back, and a second without the first', async () => {
      const { shop, proposal, mia, noor, now } = await scene(blockingPolicy, { secondApprovalForBlocks: true });
      unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      unwrap(await undo(deps, shop, mia, proposal.id));
      expect(await now()).toMatchObject({ status: 'open', firstApprover: null });
      unwrap(await approve(deps, shop, noor, proposal.id, seenOf(proposal)));
      unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      expect(unwrap(await undo(deps, shop, mia, proposal.id))).toMatchObject({
        status: 'open',
        waitingForSecond: true,
      });
      expect(await now()).toMatchObject({ status: 'open', firstApprover: noor.id });
    });

    it('is for whoever answered, within ten minutes', async () => {
      const { shop, proposal, mia, noor } = await scene();
      unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
      expect(await undo(deps, shop, noor, proposal.id)).toMatchObject({
        error: { why: 'not-yours-to-undo', message: 'Mia gave this answer, and only they can take it back.' },
      });
      const before = clock.now();
      clock.set(addPeriod(before, { months: 0, days: 1 }));
      expect(await undo(deps, shop, mia, proposal.id)).toMatchObject({ error: { why: 'too-late-to-undo' } });
      clock.set(before);
      unwrap(await undo(deps, shop, mia, proposal.id));
    });
  });

  it('leaves a ledger that verifies, and standings that a rebuild gives again', async () => {
    const { shop, proposal, mia, now } = await scene();
    unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
    unwrap(await undo(deps, shop, mia, proposal.id));
    unwrap(await decline(deps, shop, mia, proposal.id, 'No.'));
    const before = await now();
    const rows = () => database.db.selectFrom('customer').selectAll().where('shop_id', '=', shop.id).execute();
    const customers = await rows();
    expect(await deps.store.ledger.verify(shop.id)).toMatchObject({ damage: [] });
    await deps.store.transaction((store) => store.ledger.rebuild(shop));
    expect(await now()).toEqual(before);
    const standing = (all: typeof customers) => all.map((row) => [row.id, row.standing, row.because, row.events]);
    expect(standing(await rows())).toEqual(standing(customers));
  });
});
