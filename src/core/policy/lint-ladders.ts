import { priorWarning, retention } from '../law/answers.ts';
import { sourceInWords } from '../law/law.ts';
import { rightsTaken, sourcesInWords } from '../law/rights.ts';
import type { Bound } from '../law/types.ts';
import { approximateDays, formatPeriod } from '../shared/period.ts';
import type { LawAt, Say } from './lint.ts';
import type { Path } from './problem.ts';
import type { Ladder, Policy, Rule, Step } from './types.ts';

const YEAR = 365.25;
const LONGEST_YEARS = 3;
const LONG_YEARS = 2;
const severity = { watch: 0, warning: 1, restriction: 2, block: 3 } as const satisfies Record<Step['do'], number>;

export function lintLadders(policy: Policy, under: LawAt, say: Say): void {
  policy.ladders.forEach((ladder, index) => {
    const path = ['ladders', index];
    const rules = policy.rules.filter((rule) => rule.ladder === ladder.id);
    if (rules.length === 0)
      say('warning', null, path, `No rule leads to the ladder "${ladder.id}". Remove it, or name it in a rule.`);
    lintWarningFirst(ladder, rules, under, path, say);
    lintForgetting(ladder, under, path, say);
    ladder.steps.forEach((step, number) => {
      const at = [...path, 'steps', number];
      lintLength(step, at, say);
      lintRights(step, under, at, say);
      lintClimbing(ladder, step, number, at, say);
      lintLift(step, at, say);
    });
  });
}

/** Rule 4. */
function lintWarningFirst(ladder: Ladder, rules: readonly Rule[], { law, at }: LawAt, path: Path, say: Say): void {
  const first = ladder.steps.findIndex((step) => step.do !== 'watch');
  const step = ladder.steps[first];
  const graveOnly = rules.length > 0 && rules.every((rule) => rule.gravity === 'grave');
  const namedReason = ladder.graveStartsAt !== null && ladder.graveStartsAt.step <= first + 1;
  if (step !== undefined && step.do !== 'warning' && !(graveOnly && namedReason))
    say(
      'error',
      4,
      [...path, 'steps', first],
      `The first thing a customer hears of is a ${step.do}. Warn first, with what to change${named(priorWarning(law, at))}; only a ladder for grave conduct may begin higher, with its reason in "grave_starts_at".`,
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

/** Rule 6, and the law that gives the rights. */
function lintRights(step: Step, { law, at }: LawAt, path: Path, say: Say): void {
  if (step.do !== 'block') return;
  const place = [...path, 'surfaces'];
  const taken = rightsTaken(law, { type: step.do, surfaces: step.surfaces, obligations: step.obligations }, at);
  const byReturn = taken.filter((each) => each.by === 'return');
  if (byReturn.length > 0)
    say(
      'error',
      6,
      place,
      `Returns cannot be blocked: withdrawal and faulty-goods claims are rights that a blocked customer keeps (${sourcesInWords(byReturn)}). Use a restriction with "returns_need_approval" instead.`,
    );
  const byContact = taken.filter((each) => each.by === 'contact');
  if (byContact.length > 0)
    say(
      'error',
      6,
      place,
      `A block of contact must leave a way to claim, to ask for one’s data and to appeal (${sourcesInWords(byContact)}). Add "obligations: [official_channels_only]", which keeps e-mail and the contact form open.`,
    );
  const byLogin = taken.filter((each) => each.by === 'login');
  if (byLogin.length > 0)
    say(
      'error',
      6,
      place,
      `A block of sign-in must not close the withdrawal function (${sourcesInWords(byLogin)}). Block purchases instead, or say in the shop’s settings that the function works without signing in.`,
    );
  else if (step.surfaces.includes('login'))
    say(
      'warning',
      6,
      place,
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

/** Rule 9: what is remembered ends too. No law known here sets a number of years for it, so this is never an error. */
function lintForgetting(ladder: Ladder, under: LawAt, path: Path, say: Say): void {
  const years = approximateDays(ladder.forgetAfter) / YEAR;
  if (years > LONGEST_YEARS + 0.01)
    say(
      'warning',
      9,
      [...path, 'forget_after'],
      `Steps are remembered for ${formatPeriod(ladder.forgetAfter)}. People change${keptNoLonger(under)}; ${LONG_YEARS} years is long enough for most.`,
    );
}

function keptNoLonger({ law, at }: LawAt): string {
  const entry = retention(law, at).entries.find((each) => each.parameters.claimsYears === null);
  return entry === undefined
    ? ''
    : `, and data are kept no longer than their purpose needs (${sourceInWords(entry.source)})`;
}

const named = ({ entry }: Bound<unknown>): string => (entry === null ? '' : ` (${sourceInWords(entry.source)})`);

function lintLift(step: Step, path: Path, say: Say): void {
  if (step.lift.cleanFor !== null && approximateDays(step.lift.cleanFor) >= approximateDays(step.for))
    say(
      'warning',
      null,
      [...path, 'lift', 'clean_for'],
      'The step has ended by itself before this can be earned. Ask for less than the step lasts.',
    );
}
