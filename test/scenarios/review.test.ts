import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventKind } from '../../src/core/events/event.ts';
import { id, type ProposalId } from '../../src/core/shared/brand.ts';
import { addPeriod, parsePeriod } from '../../src/core/shared/period.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import type { StaffStore } from '../../src/ports/staff.ts';
import type { ProposalRecord } from '../../src/ports/standing.ts';
import type { Shop, ShopSettings } from '../../src/ports.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { askColleague } from '../../src/workflows/review/ask.ts';
import { decline } from '../../src/workflows/review/decline.ts';
import { mayAnswer } from '../../src/workflows/review/may.ts';
import { soften } from '../../src/workflows/review/soften.ts';
import type { ReviewDeps, Reviewer } from '../../src/workflows/review/types.ts';
import { undo } from '../../src/workflows/review/undo.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { changed, smallPolicy } from '../support/policy.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

/** Whoever threatens is proposed a block from shopping at once. */
const strict = changed(smallPolicy, ['grave_starts_at: {step: 2', 'grave_starts_at: {step: 3']);

/** A shop in which somebody threatened, with the proposal that follows and three people who may answer. */
interface Scene {
  readonly shop: Shop;
  readonly proposal: ProposalRecord;
  readonly mia: Reviewer;
  readonly noor: Reviewer;
  readonly agent: Reviewer;
  /** The proposal now, after everybody due was assessed. */
  readonly now: () => Promise<ProposalRecord>;
  /** The kinds of what happened to the customer since, in order. */
  readonly since: () => Promise<readonly EventKind[]>;
  readonly standing: () => Promise<string>;
}

describeOnEveryDatabase('the review desk', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: ReviewDeps;
  let staff: StaffStore;
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    const base = testDeps(database, clock);
    staff = testStaff(database, base.vault);
    deps = { ...base, staff, policies: new PolicyShelf(base.store.policies) };
  });
  afterAll(() => database.drop());

  async function scene(policy: string = smallPolicy, settings: Partial<ShopSettings> = {}): Promise<Scene> {
    const shop = await makeTestShop(database, clock, { policy, settings });
    const [mia, noor] = [
      await hire(staff, clock, shop, 'Mia', 'manager'),
      await hire(staff, clock, shop, 'Noor', 'owner'),
    ];
    const agent = await hire(staff, clock, shop, 'Ada', 'agent');
    const recorded = await recordEvents(deps, shop, [
      {
        kind: 'message.received',
        id: 'm1',
        occurredAt: '2026-05-20T10:00:00Z',
        customer: { externalId: '17', email: 'who@example.org' },
        body: { message: 'M1', channel: 'email', labels: ['threat_of_violence'] },
      },
    ]);
    expect(recorded.added).toBe(1);
    await assessAllDue(deps, shop);
    const row = await database.db
      .selectFrom('proposal')
      .select(['id', 'customer_id'])
      .where('shop_id', '=', shop.id)
      .executeTakeFirstOrThrow();
    const proposal = await deps.store.standing.proposal(shop.id, row.id);
    if (proposal === null) throw new Error('Nothing was proposed');
    const events = async () => (await deps.store.ledger.eventsOf(shop.id, [row.customer_id]))[0]?.events ?? [];
    const before = (await events()).length;
    return {
      shop,
      proposal,
      mia,
      noor,
      agent,
      now: async () => {
        await assessAllDue(deps, shop);
        const now = await deps.store.standing.proposal(shop.id, row.id);
        if (now === null) throw new Error('The proposal is gone');
        return now;
      },
      since: async () => (await events()).slice(before).map((event) => event.kind),
      standing: async () => {
        await assessAllDue(deps, shop);
        const customer = await database.db
          .selectFrom('customer')
          .select('standing')
          .where('shop_id', '=', shop.id)
          .where('id', '=', row.customer_id)
          .executeTakeFirstOrThrow();
        return customer.standing;
      },
    };
  }

  describe('approving', () => {
    it('begins the measure that was proposed, with its reasons', async () => {
      const { shop, proposal, mia, now, since, standing } = await scene();
      const answered = unwrap(await approve(deps, shop, mia, proposal.id, 'Read the message twice.'));
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
      expect(await approve(deps, shop, agent, proposal.id)).toMatchObject({
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
      expect(await approve(deps, there.shop, there.mia, here.proposal.id)).toMatchObject(refused);
      expect(await decline(deps, there.shop, there.mia, here.proposal.id, 'No.')).toMatchObject(refused);
      expect(await undo(deps, there.shop, there.mia, here.proposal.id)).toMatchObject(refused);
      expect(await approve(deps, here.shop, here.mia, id<ProposalId>(deps.ids.next()))).toMatchObject(refused);
      expect(await here.now()).toMatchObject({ status: 'open' });
    });

    it('refuses what would be over already', async () => {
      const { shop, proposal, mia } = await scene();
      const before = clock.now();
      clock.later('2 years');
      expect(await approve(deps, shop, mia, proposal.id)).toMatchObject({ error: { why: 'ran-out' } });
      clock.set(before);
    });
  });

  describe('two people at once', () => {
    it('lets one answer and tells the other who was faster', async () => {
      const { shop, proposal, mia, noor, since } = await scene();
      const answers = await Promise.all([
        approve(deps, shop, mia, proposal.id),
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

  describe('a block that takes two people', () => {
    const both = { secondApprovalForBlocks: true };

    it('waits for somebody else, who must be another owner or manager', async () => {
      const { shop, proposal, mia, noor, now, since, standing } = await scene(strict, both);
      expect(unwrap(await approve(deps, shop, mia, proposal.id))).toMatchObject({
        status: 'open',
        waitingForSecond: true,
        measure: null,
      });
      expect(await now()).toMatchObject({ status: 'open', firstApprover: mia.id });
      expect(mayAnswer(shop, await now(), mia)).toMatchObject({ approve: false, decline: true });
      expect(await approve(deps, shop, mia, proposal.id)).toMatchObject({ error: { why: 'second-must-differ' } });
      expect(await standing()).toBe('watched');
      const answered = unwrap(await approve(deps, shop, noor, proposal.id));
      expect(answered).toMatchObject({ status: 'approved', waitingForSecond: false });
      expect(await since()).toEqual(['proposal.first_approval', 'measure.started']);
      const [own] = await deps.store.ledger.eventsOf(shop.id, [proposal.customer]);
      expect(own?.events.at(-1)?.body).toMatchObject({ type: 'block', approvedBy: [mia.id, noor.id] });
      expect(await standing()).toBe('blocked');
    });

    it('loses a first approval when what is proposed changes, and keeps it when only the reasons do', async () => {
      const { shop, proposal, mia, noor, now } = await scene(strict, both);
      unwrap(await approve(deps, shop, mia, proposal.id));
      const reworded = changed(strict, ['title: Threatens our staff', 'title: Threatens people here']);
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
      expect(unwrap(await approve(deps, shop, noor, proposal.id))).toMatchObject({ waitingForSecond: true });
      expect(unwrap(await approve(deps, shop, mia, proposal.id))).toMatchObject({ status: 'approved' });
    });

    it('begins once when the first two approve at the same moment', async () => {
      const { shop, proposal, mia, noor, since } = await scene(strict, both);
      const answers = await Promise.all([
        approve(deps, shop, mia, proposal.id),
        approve(deps, shop, noor, proposal.id),
      ]);
      expect(answers.map((answer) => unwrap(answer).waitingForSecond).sort()).toEqual([false, true]);
      expect(await since()).toEqual(['proposal.first_approval', 'measure.started']);
    });

    it('forgets an approval of somebody who may no longer decide', async () => {
      const { shop, proposal, mia, noor } = await scene(strict, both);
      unwrap(await approve(deps, shop, mia, proposal.id));
      await staff.changeColleague(shop.id, mia.id, { role: 'agent' }, clock.now());
      expect(unwrap(await approve(deps, shop, noor, proposal.id))).toMatchObject({
        status: 'open',
        waitingForSecond: true,
      });
    });

    it('takes one person for something milder than a block, and two for a milder block', async () => {
      const { shop, proposal, mia, noor, now } = await scene(strict, both);
      const month = addPeriod(clock.now(), unwrap(parsePeriod('30 days')));
      const block = {
        type: 'block',
        obligations: [],
        surfaces: ['purchase'],
        until: month,
        reason: 'First time.',
      } as const;
      expect(await soften(deps, shop, mia, proposal.id, block)).toMatchObject({ error: { why: 'approve-first' } });
      unwrap(await approve(deps, shop, mia, proposal.id));
      unwrap(await soften(deps, shop, noor, proposal.id, block));
      expect(await now()).toMatchObject({ status: 'approved', decidedBy: noor.id });
      const other = await scene(strict, both);
      const warning = { type: 'warning', obligations: [], surfaces: [], until: month, reason: 'First time.' } as const;
      expect(unwrap(await soften(deps, other.shop, other.mia, other.proposal.id, warning))).toMatchObject({
        status: 'approved',
      });
    });
  });

  describe('softening', () => {
    it('begins the milder measure, and the ladder goes on from what the customer got', async () => {
      const { shop, proposal, mia, standing } = await scene(strict);
      const until = addPeriod(clock.now(), unwrap(parsePeriod('90 days')));
      unwrap(
        await soften(deps, shop, mia, proposal.id, {
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
        expect(await soften(deps, shop, mia, proposal.id, attempt)).toMatchObject({ error: { why, kind: 'invalid' } });
      expect(await soften(deps, shop, mia, proposal.id, attempts['not-a-measure'])).toMatchObject({
        error: { field: 'obligations', message: expect.stringContaining('Did you mean "official_channels_only"?') },
      });
      const same = { ...wish, type: 'restriction', obligations: ['official_channels_only'] } as const;
      expect(await soften(deps, shop, mia, proposal.id, same)).toMatchObject({ error: { why: 'not-milder' } });
      expect(
        await soften(deps, shop, mia, proposal.id, { ...wish, type: 'warning', until: clock.now() }),
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

  describe('taking back', () => {
    it('lifts the measure, and the same proposal waits again', async () => {
      const { shop, proposal, mia, now, since, standing } = await scene();
      const { measure } = unwrap(await approve(deps, shop, mia, proposal.id));
      await now();
      expect(unwrap(await undo(deps, shop, mia, proposal.id))).toMatchObject({ status: 'open', measure: null });
      expect(await now()).toMatchObject({ id: proposal.id, status: 'open', decidedBy: null, measure: null });
      expect(await standing()).toBe('watched');
      expect(await since()).toEqual(['measure.started', 'measure.lifted']);
      expect(measure === null ? null : await deps.store.standing.measure(shop.id, measure)).toMatchObject({
        state: 'lifted',
        endedBecause: 'undo',
      });
      expect(unwrap(await approve(deps, shop, mia, proposal.id)).measure).not.toBe(measure);
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
      const { shop, proposal, mia, noor, now } = await scene(strict, { secondApprovalForBlocks: true });
      unwrap(await approve(deps, shop, mia, proposal.id));
      unwrap(await undo(deps, shop, mia, proposal.id));
      expect(await now()).toMatchObject({ status: 'open', firstApprover: null });
      unwrap(await approve(deps, shop, noor, proposal.id));
      unwrap(await approve(deps, shop, mia, proposal.id));
      expect(unwrap(await undo(deps, shop, mia, proposal.id))).toMatchObject({
        status: 'open',
        waitingForSecond: true,
      });
      expect(await now()).toMatchObject({ status: 'open', firstApprover: noor.id });
    });

    it('is for whoever answered, within ten minutes', async () => {
      const { shop, proposal, mia, noor } = await scene();
      unwrap(await approve(deps, shop, mia, proposal.id));
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
    unwrap(await approve(deps, shop, mia, proposal.id));
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
