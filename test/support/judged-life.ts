import fc from 'fast-check';
import type { LedgerEvent } from '../../src/core/events/event.ts';
import { buildHistory } from '../../src/core/metrics/history.ts';
import type { CompiledPolicy } from '../../src/core/policy/types.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import { assess } from '../../src/core/standing/assess.ts';
import type { ProposalDraft } from '../../src/core/standing/types.ts';
import { at, type Story, staffId, tell, uuid } from './events.ts';

/** Something a customer does, or the staff about a customer. */
export type Deed =
  | { readonly what: 'order' | 'threat' | 'complaint' | 'delay' | 'approve' | 'decline' | 'lift' }
  | { readonly what: 'return'; readonly value: number; readonly fault: boolean }
  | { readonly what: 'staff'; readonly evidence: number };

export type Life = readonly { readonly after: number; readonly deed: Deed }[];

const one = (
  ...whats: Extract<
    Deed,
    { what: 'order' | 'approve' | 'threat' | 'complaint' | 'delay' | 'decline' | 'lift' }
  >['what'][]
) => fc.constantFrom(...whats).map((what): Deed => ({ what }));

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: one('order') },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('return' as const),
      value: fc.integer({ min: 20_00, max: 100_00 }),
      fault: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 6, arbitrary: one('approve') },
  { weight: 2, arbitrary: one('threat', 'complaint', 'delay', 'decline', 'lift') },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('staff' as const), evidence: fc.integer({ min: 0, max: 3 }) }),
  },
);

export const anyLife: fc.Arbitrary<Life> = fc.array(fc.record({ after: fc.integer({ min: 0, max: 25 }), deed }), {
  minLength: 10,
  maxLength: 40,
});

/** A life in which each `approve` does what the policy proposes at that moment, as the review desk would record it. */
export function liveJudged(life: Life, policy: CompiledPolicy): Story {
  const given = tell({ from: at('2026-01-01T10:00:00Z') });
  let orders = 0;
  let returned = 0;
  let measures = 0;
  for (const { after, deed } of life) {
    given.later(`${after} days`);
    switch (deed.what) {
      case 'order':
        given.order({ order: `O${++orders}` });
        break;
      case 'return':
        if (returned >= orders) given.order({ order: `O${++orders}` });
        given.returned({ order: `O${++returned}`, value: deed.value, reason: deed.fault ? 'defect' : 'changed_mind' });
        break;
      case 'threat':
        given.wrote({ labels: ['threat_of_violence'] });
        break;
      case 'complaint':
        if (orders > 0) given.complaintResolved(given.complained({ order: `O${orders}` }), 'founded');
        break;
      case 'delay':
        if (orders > 0) given.delayed({ order: `O${orders}` });
        break;
      case 'approve': {
        const [draft] = propose(given, policy);
        if (draft !== undefined) begin(given, ++measures, draft);
        break;
      }
      case 'decline': {
        const [draft] = propose(given, policy);
        if (draft === undefined) break;
        const { ladder, step, evidence } = draft;
        const rules = draft.traces.map((trace) => trace.rule.id);
        const proposal = uuid(given.events.length, 6);
        given.event('proposal.declined', { proposal, ladder, step, rules, evidence: [...evidence], by: staffId(1) });
        break;
      }
      case 'lift':
        if (measures > 0)
          given.event('measure.lifted', { measure: uuid(measures, 5), because: 'staff', by: staffId(1) });
        break;
      case 'staff':
        given.event('measure.started', {
          ...byStaff(++measures),
          evidence: conductOf(given).slice(-deed.evidence || given.events.length),
          until: formatInstant((given.now + 90 * 86_400_000) as typeof given.now),
        });
        break;
    }
  }
  return given;
}

/** What the policy proposes now. */
export function propose(given: Story, policy: CompiledPolicy): readonly ProposalDraft[] {
  const { events, now, currency } = given;
  return assess({ events, history: buildHistory(events, currency, now), policy, now }).proposals;
}

/** Records that somebody approved what was proposed; gives the measure's id. */
export function begin(given: Story, number: number, draft: ProposalDraft): string {
  const measure = uuid(number, 5);
  if (draft.type === 'watch') throw new Error('Watching is never proposed');
  given.event('measure.started', {
    measure,
    proposal: uuid(number, 7),
    type: draft.type,
    obligations: [...draft.obligations],
    surfaces: [...draft.surfaces],
    ladder: draft.ladder,
    step: draft.step,
    rules: draft.traces.map((trace) => trace.rule.id),
    policyVersion: 1,
    evidence: [...draft.evidence],
    until: formatInstant(draft.until),
    skipped: draft.skipped,
    proposedBy: 'policy',
    approvedBy: [staffId(1)],
    softened: false,
  });
  return measure;
}

const conductOf = (given: Story): string[] =>
  given.events.flatMap((event: LedgerEvent) => (event.kind === 'return.received' ? [event.id] : []));

const byStaff = (number: number) => ({
  measure: uuid(number, 5),
  proposal: null,
  type: 'restriction' as const,
  obligations: ['returns_need_photos' as const],
  surfaces: [],
  ladder: null,
  step: null,
  rules: [],
  policyVersion: null,
  skipped: null,
  proposedBy: 'staff' as const,
  approvedBy: [staffId(1)],
  softened: false,
});
