import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, customerId, eventId, type Story, staffId, tell, uuid } from '../../../test/support/events.ts';
import type { LedgerEvent } from '../events/event.ts';
import { id, type ProposalId } from '../shared/brand.ts';
import { foldProposals, isProposalEvent, type Proposal, proposalEventKinds, proposalTransitions } from './proposals.ts';

const PROPOSAL = id<ProposalId>(uuid(1, 6));
const named = { proposal: PROPOSAL, ladder: 'returns', step: 1, rules: ['sends-most-back'] };

const made = (over: Record<string, unknown> = {}) => ({
  ...named,
  key: 'returns:1:0',
  type: 'restriction' as const,
  gravity: 'minor' as const,
  obligations: ['no_free_returns' as const],
  surfaces: [],
  until: '2026-12-01T00:00:00.000Z',
  skipped: null,
  policyVersion: 1,
  evidence: [eventId(1)],
  trace: [],
  opens: true,
  ...over,
});

const started = (measure: string, proposal: string | null = PROPOSAL) => ({
  measure,
  proposal,
  type: 'restriction' as const,
  obligations: ['no_free_returns' as const],
  surfaces: [],
  ladder: 'returns',
  step: 1,
  rules: ['sends-most-back'],
  policyVersion: 1,
  evidence: [],
  until: '2026-12-01T00:00:00.000Z',
  skipped: null,
  proposedBy: 'policy' as const,
  approvedBy: [staffId(1), staffId(2)],
  softened: false,
});

const undone = (measure: string) => ({ measure, because: 'undo' as const, by: staffId(1) });
const story = () => tell({ from: '2026-06-01T00:00:00Z' });
const foldOf = (given: Story): Proposal | undefined => foldProposals(given.events).get(PROPOSAL);

describe('the life of a proposal', () => {
  it('says of each state and event one thing at most, and uses them all', () => {
    const cases = proposalTransitions.map(({ from, on }) => `${from} ${on}`);
    expect(new Set(cases).size).toBe(cases.length);
    expect(new Set(proposalTransitions.map(({ on }) => on))).toEqual(new Set(proposalEventKinds));
    expect(new Set(proposalTransitions.map(({ to }) => to))).toEqual(
      new Set(['open', 'approved', 'declined', 'withdrawn']),
    );
    expect(proposalTransitions.filter(({ from }) => from === 'none')).toEqual([
      { from: 'none', on: 'proposal.made', to: 'open' },
    ]);
  });

  it('opens with all that was said', () => {
    const given = story();
    given.event('proposal.made', made());
    expect(foldOf(given)).toEqual({
      id: PROPOSAL,
      customer: customerId(1),
      key: 'returns:1:0',
      status: 'open',
      type: 'restriction',
      ladder: 'returns',
      step: 1,
      rules: ['sends-most-back'],
      gravity: 'minor',
      obligations: ['no_free_returns'],
      surfaces: [],
      until: at('2026-12-01'),
      skipped: null,
      trace: [],
      evidence: [eventId(1)],
      policyVersion: 1,
      openedAt: at('2026-06-01'),
      updatedAt: at('2026-06-01'),
      decidedAt: null,
      decidedBy: null,
      measure: null,
      firstApprover: null,
      colleague: null,
      seq: 1,
    });
  });

  it('keeps who was asked and who agreed while it says the same effect, and is as old as it was', () => {
    const given = story();
    given.event('proposal.made', made());
    given.event('proposal.colleague_asked', { ...named, by: staffId(1), colleague: staffId(3) });
    const agreed = given.event('proposal.first_approval', { ...named, by: staffId(1) });
    given.event('proposal.made', made({ policyVersion: 2, opens: false }));
    expect(foldOf(given)).toMatchObject({
      firstApprover: staffId(1),
      colleague: staffId(3),
      policyVersion: 2,
      openedAt: at('2026-06-01'),
      updatedAt: agreed.occurredAt,
      seq: 4,
    });
    const newer = given.event('proposal.made', made({ evidence: [eventId(1), eventId(2)], opens: false }));
    expect(foldOf(given)).toMatchObject({ firstApprover: staffId(1), updatedAt: newer.occurredAt });
    given.event('proposal.made', made({ obligations: ['order_limit'], opens: false }));
    expect(foldOf(given)).toMatchObject({ firstApprover: null, colleague: staffId(3), openedAt: at('2026-06-01') });
  });

  it('begins anew when it is proposed again after the policy took it back', () => {
    const given = story();
    given.event('proposal.made', made());
    given.event('proposal.first_approval', { ...named, by: staffId(1) });
    given.event('proposal.colleague_asked', { ...named, by: staffId(1), colleague: staffId(3) });
    const back = given.event('proposal.withdrawn', named);
    expect(foldOf(given)).toMatchObject({ status: 'withdrawn', decidedAt: back.occurredAt, decidedBy: null });
    const again = given.event('proposal.made', made());
    expect(foldOf(given)).toMatchObject({
      status: 'open',
      openedAt: again.occurredAt,
      decidedAt: null,
      firstApprover: null,
      colleague: null,
    });
  });

  it('is approved by the measure that names it, and waits again when that is taken back at once', () => {
    const given = story();
    given.event('proposal.made', made());
    const approved = given.event('measure.started', started(uuid(1, 5)));
    const answered = {
      status: 'approved',
      decidedAt: approved.occurredAt,
      decidedBy: staffId(2),
      measure: uuid(1, 5),
    };
    expect(foldOf(given)).toMatchObject(answered);
    given.event('proposal.made', made({ step: 2, opens: false }));
    given.event('proposal.withdrawn', named);
    given.event('proposal.declined', { ...named, evidence: [], by: staffId(4) });
    given.event('measure.lifted', { measure: uuid(1, 5), because: 'staff', by: staffId(1) });
    expect(foldOf(given)).toMatchObject({ ...answered, step: 1 });
    given.event('measure.lifted', undone(uuid(1, 5)));
    expect(foldOf(given)).toMatchObject({ status: 'open', decidedAt: null, decidedBy: null, measure: null });
    given.event('measure.started', started(uuid(2, 5)));
    given.event('measure.lifted', undone(uuid(1, 5)));
    expect(foldOf(given)).toMatchObject({ status: 'approved', measure: uuid(2, 5) });
  });

  it('takes back a refusal, or of an open one the first approval', () => {
    const given = story();
    given.event('proposal.made', made());
    given.event('proposal.first_approval', { ...named, by: staffId(1) });
    given.event('proposal.declined', { ...named, evidence: [], by: staffId(2) });
    expect(foldOf(given)).toMatchObject({ status: 'declined', decidedBy: staffId(2) });
    given.event('proposal.reopened', { ...named, by: staffId(2) });
    expect(foldOf(given)).toMatchObject({ status: 'open', decidedBy: null, firstApprover: staffId(1) });
    given.event('proposal.reopened', { ...named, by: staffId(1) });
    expect(foldOf(given)).toMatchObject({ status: 'open', firstApprover: null });
  });

  it('knows nothing of answers to what was never proposed, and of measures that answer nothing', () => {
    const given = story();
    given.event('proposal.declined', { ...named, evidence: [], by: staffId(2) });
    given.event('measure.started', started(uuid(1, 5)));
    given.event('measure.started', started(uuid(2, 5), null));
    given.event('measure.lifted', undone(uuid(2, 5)));
    expect([...foldProposals(given.events)]).toEqual([]);
    expect(given.events.map(isProposalEvent)).toEqual([true, true, false, true]);
  });

  it('was open as early as a past that is told later says', () => {
    const given = story();
    given.event('proposal.made', made());
    given.event('proposal.made', made(), { at: '2025-06-01' });
    expect(foldOf(given)).toMatchObject({ openedAt: at('2025-06-01') });
  });
});

/** Anything that may come about three proposals and four measures, sensible or not. */
const anyLife = fc
  .array(
    fc.record({
      what: fc.constantFrom(
        'made' as const,
        'made' as const,
        'withdrawn' as const,
        'first' as const,
        'ask' as const,
        'decline' as const,
        'reopen' as const,
        'approve' as const,
        'approve' as const,
        'lift' as const,
        'lift' as const,
      ),
      which: fc.integer({ min: 1, max: 3 }),
      measure: fc.integer({ min: 1, max: 4 }),
      stricter: fc.boolean(),
      evidence: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((deeds) => {
    const given = story();
    for (const { what, which, measure, stricter, evidence } of deeds) {
      const proposal = uuid(which, 6);
      const own = { ...named, proposal };
      const staff = staffId(measure);
      if (what === 'made')
        given.event(
          'proposal.made',
          made({
            proposal,
            key: `returns:1:${which}`,
            obligations: stricter ? ['order_limit'] : ['no_free_returns'],
            evidence: [eventId(evidence)],
          }),
        );
      else if (what === 'withdrawn') given.event('proposal.withdrawn', own);
      else if (what === 'first') given.event('proposal.first_approval', { ...own, by: staff });
      else if (what === 'ask') given.event('proposal.colleague_asked', { ...own, by: staff, colleague: staff });
      else if (what === 'decline') given.event('proposal.declined', { ...own, evidence: [], by: staff });
      else if (what === 'reopen') given.event('proposal.reopened', { ...own, by: staff });
      else if (what === 'approve') given.event('measure.started', started(uuid(measure, 5), proposal));
      else given.event('measure.lifted', undone(uuid(measure, 5)));
    }
    return given.events as readonly LedgerEvent[];
  });

describe('any life of proposals', () => {
  it('folds in parts as it folds whole, in whatever order the events arrive', () => {
    fc.assert(
      fc.property(anyLife, fc.nat(), fc.infiniteStream(fc.nat()), (events, cut, random) => {
        const whole = foldProposals(events);
        const at = cut % (events.length + 1);
        const first = foldProposals(events.slice(0, at));
        expect(foldProposals(events.slice(at), [...first.values()])).toEqual(whole);
        const mixed = events
          .map((event) => ({ event, place: random.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ event }) => event);
        expect(foldProposals(mixed)).toEqual(whole);
      }),
    );
  });

  it('says who answered exactly while it is answered, and never changes an answer but by taking it back', () => {
    fc.assert(
      fc.property(anyLife, (events) => {
        let before: ReadonlyMap<ProposalId, Proposal> = new Map();
        for (const event of events) {
          const after = foldProposals([event], [...before.values()]);
          for (const [proposal, now] of after) {
            expect(now.decidedAt === null).toBe(now.status === 'open');
            expect(now.measure === null).toBe(now.status !== 'approved');
            expect(now.decidedBy !== null).toBe(now.status === 'approved' || now.status === 'declined');
            const then = before.get(proposal);
            if (then?.status !== 'approved' && then?.status !== 'declined') continue;
            if (now.status === 'open')
              expect(event.kind).toBe(then.status === 'approved' ? 'measure.lifted' : 'proposal.reopened');
            else expect({ ...now, seq: 0 }).toEqual({ ...then, seq: 0 });
          }
          before = after;
        }
      }),
    );
  });

  it('lets a first approval stand for no other effect than the one it was given to', () => {
    fc.assert(
      fc.property(anyLife, (events) => {
        let before: ReadonlyMap<ProposalId, Proposal> = new Map();
        for (const event of events) {
          const after = foldProposals([event], [...before.values()]);
          for (const [proposal, now] of after) {
            const then = before.get(proposal);
            if (then === undefined || now.firstApprover === null || event.kind === 'proposal.first_approval') continue;
            expect(now.firstApprover).toBe(then.firstApprover);
            expect(now.obligations).toEqual(then.obligations);
          }
          before = after;
        }
      }),
    );
  });
});
