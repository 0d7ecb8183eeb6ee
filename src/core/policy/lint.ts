import { noLaw } from '../law/law.ts';
import type { Law } from '../law/types.ts';
import type { Instant } from '../shared/time.ts';
import { lintLadders } from './lint-ladders.ts';
import { lintProcedure } from './lint-procedure.ts';
import { lintRules } from './lint-rules.ts';
import { lintLive } from './live/lint.ts';
import type { ParsedPolicy } from './parse.ts';
import { type FairnessRule, type Finding, formatPath, inReadingOrder, type Path } from './problem.ts';
import { groupNamedIn, insultIn } from './refused.ts';

/** Takes what a lint has to say: how bad, which fairness rule (null: plain sense), where, and why with what to do. */
export type Say = (severity: Finding['severity'], rule: FairnessRule | null, path: Path, message: string) => void;

/** The law a policy is held against, as it is at an instant. */
export interface LawAt {
  readonly law: Law;
  readonly at: Instant;
}

/** Where nobody said which law applies: the fairness rules alone. */
export const underNoLaw: LawAt = { law: noLaw, at: 0 as Instant };

/**
 * Holds a policy against the fairness rules of the house, and against the law of the shop where it is known. Errors stop it
 * from being published; warnings are for its author to think about. What cannot even be written down (origin as a condition,
 * measures without end, machines that decide) is refused by the reading already.
 */
export function lintPolicy(parsed: ParsedPolicy, under: LawAt = underNoLaw): readonly Finding[] {
  const findings: Finding[] = [];
  const say: Say = (severity, rule, path, message) => {
    findings.push({ ...parsed.placeOf(path), path: formatPath(path), message, rule, severity });
  };
  lintRules(parsed.policy, say);
  lintLadders(parsed.policy, under, say);
  lintLive(parsed.policy, say);
  lintProcedure(parsed, under, say);
  lintTexts(parsed, say);
  return inReadingOrder(findings);
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
  parsed.policy.live.forEach((rule, index) => {
    const path = ['live', index];
    if (rule.because === '')
      say('error', 7, [...path, 'because'], 'A customer is told why: write one sentence about why something is asked.');
    texts.push({ path: [...path, 'title'], text: rule.title }, { path: [...path, 'because'], text: rule.because });
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
