import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lawOf, noLaw } from '../../src/core/law/law.ts';
import type { Law } from '../../src/core/law/types.ts';
import { buildHistory } from '../../src/core/metrics/history.ts';
import type { MeasureFacts, Setting, ToldMeasure } from '../../src/core/notices/facts.ts';
import { ruleTraceJson } from '../../src/core/policy/trace-json.ts';
import type { CompiledPolicy, Policy, Step } from '../../src/core/policy/types.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import type { Language } from '../../src/core/shared/words.ts';
import { assess } from '../../src/core/standing/assess.ts';
import { at, type Story } from './events.ts';
import { english } from './languages.ts';
import { compiled } from './policy.ts';

/** The policy that new shops start with, as version 3. */
export const fairPlay: CompiledPolicy = compiled(
  readFileSync(join(import.meta.dirname, '..', '..', 'policies', 'fair-play.yaml'), 'utf8'),
  3,
);

export function setting(over: Partial<Setting> = {}): Setting {
  return {
    shop: { name: 'Linden & Co', timeZone: 'Europe/Amsterdam', currency: 'EUR', supportEmail: 'help@linden.example' },
    language: english,
    law: noLaw,
    now: at('2026-06-01T12:00:00Z'),
    personal: null,
    ...over,
  };
}

export const settingIn = (language: Language, law: Law = noLaw): Setting => setting({ language, law });

export { lawOf };

/** What a notice would be made from if the first thing the policy proposes about a story were approved at once. */
export function factsOf(
  story: Story,
  policy: CompiledPolicy = fairPlay,
  over: Partial<ToldMeasure> = {},
): MeasureFacts {
  const history = buildHistory(story.events, 'EUR', story.now);
  const [proposal] = assess({ events: story.events, history, policy, now: story.now }).proposals;
  if (proposal === undefined || proposal.type === 'watch') throw new Error('The story leads to no proposal');
  return factsAbout(
    policy,
    {
      ...proposalMeasure(proposal),
      policyVersion: policy.version,
      startedAt: story.now,
      ...over,
    },
    {
      trace: proposal.traces.map(ruleTraceJson),
      events: story.events,
    },
  );
}

type Proposal = ReturnType<typeof assess>['proposals'][number];

function proposalMeasure(proposal: Proposal): Omit<ToldMeasure, 'policyVersion' | 'startedAt'> {
  if (proposal.type === 'watch') throw new Error('Watching is no measure');
  return {
    type: proposal.type,
    obligations: proposal.obligations,
    surfaces: proposal.surfaces,
    ladder: proposal.ladder,
    step: proposal.step,
    rules: proposal.traces.map((trace) => trace.rule.id),
    evidence: proposal.evidence,
    until: proposal.until,
    proposedBy: 'policy',
    softened: false,
    skipped: proposal.skipped,
  };
}

function factsAbout(
  { policy }: CompiledPolicy,
  measure: ToldMeasure,
  known: Pick<MeasureFacts, 'trace' | 'events'>,
): MeasureFacts {
  return {
    measure,
    policy,
    ...known,
    reason: null,
    othersCanHear: true,
    appealUntil: addPeriod(measure.startedAt, months(6)),
    applyFrom: measure.type === 'warning' ? null : addPeriod(measure.startedAt, months(3)),
  };
}

/** What a notice would be made from for one step of a ladder, with nothing known of what led there. */
export function factsOfStep(
  policy: CompiledPolicy,
  ladder: string,
  number: number,
  startedAt = at('2026-06-01T12:00:00Z'),
): MeasureFacts | null {
  const step = ladderOf(policy.policy, ladder).steps[number - 1];
  if (step === undefined || step.do === 'watch') return null;
  return factsAbout(policy, stepMeasure(policy, ladder, number, step, startedAt), { trace: [], events: [] });
}

function stepMeasure(
  { policy, version }: CompiledPolicy,
  ladder: string,
  number: number,
  step: Step,
  startedAt: ToldMeasure['startedAt'],
): ToldMeasure {
  if (step.do === 'watch') throw new Error('Watching is no measure');
  return {
    type: step.do,
    obligations: step.obligations,
    surfaces: step.surfaces,
    ladder,
    step: number,
    rules: policy.rules.filter((rule) => rule.ladder === ladder).map((rule) => rule.id),
    policyVersion: version,
    evidence: [],
    startedAt,
    until: addPeriod(startedAt, step.for),
    proposedBy: 'policy',
    softened: false,
    skipped: null,
  };
}

function ladderOf(policy: Policy, id: string) {
  const ladder = policy.ladders.find((each) => each.id === id);
  if (ladder === undefined) throw new Error(`The policy has no ladder "${id}"`);
  return ladder;
}
