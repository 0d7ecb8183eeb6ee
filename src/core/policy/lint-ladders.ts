import { approximateDays, formatPeriod } from '../shared/period.ts';
import type { Say } from './lint.ts';
import type { Path } from './problem.ts';
import { rightsTaken } from './rights.ts';
import type { Ladder, Policy, Rule, Step } from './types.ts';

const YEAR = 365.25;
const LONGEST_YEARS = 3;
const LONG_YEARS = 2;
const severity = { watch: 0, warning: 1, restriction: 2, block: 3 } as const satisfies Record<Step['do'], number>;

export function lintLadders(policy: Policy, say: Say): void {
  policy.ladders.forEach((ladder, index) => {
    const path = ['ladders', index];
    const rules = policy.rules.filter((rule) => rule.ladder === ladder.id);
    if (rules.length === 0)
      say('warning', null, path, `No rule leads to the ladder "${ladder.id}". Remove it, or name it in a rule.`);
    lintWarningFirst(ladder, rules, path, say);
    lintForgetting(ladder, path, say);
    ladder.steps.forEach((step, number) => {
      const at = [...path, 'steps', number];
      lintLength(step, at, say);
      lintRights(step, at, say);
      lintClimbing(ladder, step, number, at, say);
      lintLift(step, at, say);
    });
  });
}

/** Rule 4. */
function lintWarningFirst(ladder: Ladder, rules: readonly Rule[], path: Path, say: Say): void {
  const first = ladder.steps.findIndex((step) => step.do !== 'watch');
  const step = ladder.steps[first];
  const graveOnly = rules.length > 0 && rules.every((rule) => rule.gravity === 'grave');
  const namedReason = ladder.graveStartsAt !== null && ladder.graveStartsAt.step <= first + 1;
  if (step !== undefined && step.do !== 'warning' && !(graveOnly && namedReason))
    say(
      'error',
      4,
      [...path, 'steps', first],
      `The first thing a customer hears of is a ${step.do}. Warn first, with what to change; only a ladder for grave conduct may begin higher, with its reason in "grave_starts_at".`,
    );
  if (ladder.graveStartsAt !== null && rules.length > 0 && !rules.some((rule) => rule.gravity === 'grave'))
    say(
      'warning',
      null,
      [...path, 'grave_starts_at'],
      'No grave rule leads to this ladder, so "grave_starts_at" has no effect. Remove it.',
    );
}

/** Rule 9. */
function lintLength(step: Step, path: Path, say: Say): void {
  const years = approximateDays(step.for) / YEAR;
  if (years > LONGEST_YEARS + 0.01)
    say(
      'error',
      9,
      [...path, 'for'],
      `A ${step.do} lasts at most ${LONGEST_YEARS} years; ${formatPeriod(step.for)} is longer. Whoever does it again goes up the ladder anyway.`,
    );
  else if (step.do === 'block' && years > LONG_YEARS + 0.01)
    say('warning', 9, [...path, 'for'], `A block of more than ${LONG_YEARS} years is long. Would a shorter one do?`);
}

/** Rule 6. */
function lintRights(step: Step, path: Path, say: Say): void {
  if (step.do !== 'block') return;
  const at = [...path, 'surfaces'];
  const taken = rightsTaken(step.surfaces, step.obligations);
  if (taken.includes('return'))
    say(
      'error',
      6,
      at,
      'Returns cannot be blocked: withdrawal and faulty-goods claims are rights that a blocked customer keeps. Use a restriction with "returns_need_approval" instead.',
    );
  if (taken.includes('contact'))
    say(
      'error',
      6,
      at,
      'A block of contact must leave a way to claim, to ask for one’s data and to appeal. Add "obligations: [official_channels_only]", which keeps e-mail and the contact form open.',
    );
  if (step.surfaces.includes('login'))
    say(
      'warning',
      6,
      at,
      'Without signing in, a customer reaches returns, data and appeals only by writing. Is a block of purchases not enough?',
    );
}

/** Rule 4: time to change between steps, and no step milder than the one before. */
function lintClimbing(ladder: Ladder, step: Step, number: number, path: Path, say: Say): void {
  const before = ladder.steps[number - 1];
  if (before === undefined) return;
  if (severity[step.do] < severity[before.do])
    say(
      'warning',
      4,
      path,
      `A ${step.do} after a ${before.do} is milder than the step before. A ladder goes from mild to strict.`,
    );
  if (before.do !== 'watch' && step.afterPrevious !== null && approximateDays(step.afterPrevious) < 1)
    say(
      'warning',
      4,
      path,
      'This step can follow the one before at once. Give time to change: add "after_previous: 30 days".',
    );
  if (step.afterPrevious !== null && approximateDays(step.afterPrevious) >= approximateDays(ladder.forgetAfter))
    say(
      'error',
      null,
      [...path, 'after_previous'],
      `The step before is forgotten after ${formatPeriod(ladder.forgetAfter)}, so this step is never reached. Shorten "after_previous" or lengthen "forget_after".`,
    );
}

/** Rule 9: what is remembered ends too. */
function lintForgetting(ladder: Ladder, path: Path, say: Say): void {
  const years = approximateDays(ladder.forgetAfter) / YEAR;
  if (years > LONGEST_YEARS + 0.01)
    say(
      'warning',
      9,
      [...path, 'forget_after'],
      `Steps are remembered for ${formatPeriod(ladder.forgetAfter)}. People change; ${LONG_YEARS} years is long enough for most.`,
    );
}

function lintLift(step: Step, path: Path, say: Say): void {
  if (step.lift.cleanFor !== null && approximateDays(step.lift.cleanFor) >= approximateDays(step.for))
    say(
      'warning',
      null,
      [...path, 'lift', 'clean_for'],
      'The step has ended by itself before this can be earned. Ask for less than the step lasts.',
    );
}
