import { approximateDays } from '../shared/period.ts';
import { lintLadders } from './lint-ladders.ts';
import { lintRules } from './lint-rules.ts';
import type { ParsedPolicy } from './parse.ts';
import { type FairnessRule, type Finding, formatPath, inReadingOrder, type Path } from './problem.ts';
import { groupNamedIn, insultIn } from './refused.ts';

/** Takes what a lint has to say: how bad, which fairness rule (null: plain sense), where, and why with what to do. */
export type Say = (severity: Finding['severity'], rule: FairnessRule | null, path: Path, message: string) => void;

/**
 * Holds a policy against the fairness rules of the house. Errors stop it from being published; warnings are for its
 * author to think about. What cannot even be written down (origin as a condition, measures without end, machines that
 * decide) is refused by the reading already.
 */
export function lintPolicy(parsed: ParsedPolicy): readonly Finding[] {
  const findings: Finding[] = [];
  const say: Say = (severity, rule, path, message) => {
    findings.push({ ...parsed.placeOf(path), path: formatPath(path), message, rule, severity });
  };
  lintRules(parsed.policy, say);
  lintLadders(parsed.policy, say);
  lintProcedure(parsed, say);
  lintTexts(parsed, say);
  return inReadingOrder(findings);
}

const ANOTHER_PERSON = 'another person';

function lintProcedure(parsed: ParsedPolicy, say: Say): void {
  const { procedure } = parsed.policy;
  const by = parsed.document.procedure.answered_by;
  if (by === undefined)
    say(
      'warning',
      8,
      ['procedure'],
      `Say who hears appeals: add "answered_by: ${ANOTHER_PERSON}". It is so anyway, and customers should read it.`,
    );
  else if (by.trim().toLowerCase() !== ANOTHER_PERSON)
    say(
      'error',
      8,
      ['procedure', 'answered_by'],
      `An appeal is heard by ${ANOTHER_PERSON} than the one who decided: write "answered_by: ${ANOTHER_PERSON}".`,
    );
  if (approximateDays(procedure.appealWithin) < 30)
    say(
      'error',
      8,
      ['procedure', 'appeal_within'],
      'Less than 30 days is too short to appeal: people are on holiday, ill or upset. Give them 30 days at least; 6 months is usual.',
    );
  if (approximateDays(procedure.answerWithin) > 31)
    say(
      'warning',
      8,
      ['procedure', 'answer_within'],
      'An appeal that waits longer than a month is hardly an appeal while the measure bites. Answer within 14 days if you can.',
    );
}

/** Sentences that people will read: they give a reason, do not insult, and do not speak of groups of people. */
function lintTexts(parsed: ParsedPolicy, say: Say): void {
  const texts: { readonly path: Path; readonly text: string }[] = [
    { path: ['introduction'], text: parsed.policy.introduction },
    { path: ['procedure', 'appeal'], text: parsed.policy.procedure.appeal },
  ];
  parsed.policy.rules.forEach((rule, index) => {
    const path = ['rules', index];
    if (rule.because === '')
      say(
        'error',
        7,
        [...path, 'because'],
        'A customer is told why: write one sentence about what the shop does not accept.',
      );
    if (rule.advice === null && rule.gravity !== 'grave')
      say('error', 4, path, 'A warning says what to change: add "advice:" with what the customer can do.');
    texts.push({ path: [...path, 'title'], text: rule.title }, { path: [...path, 'because'], text: rule.because });
    texts.push({ path: [...path, 'conduct'], text: rule.conduct.replaceAll('-', ' ') });
    if (rule.advice !== null) texts.push({ path: [...path, 'advice'], text: rule.advice });
  });
  parsed.policy.ladders.forEach((ladder, index) => {
    texts.push({ path: ['ladders', index, 'title'], text: ladder.title });
  });
  for (const { path, text } of texts) {
    const insult = insultIn(text);
    if (insult !== null)
      say(
        'error',
        7,
        path,
        `"${insult}" accuses or insults the customer. Say what was done and what the shop does not accept, not what somebody is.`,
      );
    const group = groupNamedIn(text);
    if (group !== null)
      say(
        'warning',
        10,
        path,
        `"${group}" names a group of people. A policy is about conduct; can this be said without it?`,
      );
  }
}
