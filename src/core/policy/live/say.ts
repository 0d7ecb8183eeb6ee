import { assertNever } from '../../shared/assert-never.ts';
import type { Language } from '../../shared/words.ts';
import { policyIn } from '../own-texts.ts';
import { sayIn } from '../say.ts';
import { type Sentence, sentence, verbatim } from '../sentence.ts';
import type { Policy } from '../types.ts';
import { amountSentence, amountValue, perSentence, withinSentence } from './render.ts';
import type { LiveFinding, LiveObservation } from './types.ts';

/** What was seen against which limits, for whoever works in the shop: "Attempts with the same card within 1 hour: 6 (at least 5)". */
export function sayObserved(language: Language, observed: readonly LiveObservation[], policy: Policy): string {
  return sayIn(language, seen(observed, policy));
}

/** The same with the title of the rule. The policy is the one it was judged by. */
export function sayFinding(language: Language, finding: LiveFinding, policy: Policy): string {
  const title = policyIn(policy, language.code).live.find(({ id }) => id === finding.rule)?.title ?? finding.rule;
  return sayIn(
    language,
    sentence('live.observed.rule', {
      title: verbatim({ text: title, language: language.code }),
      list: seen(finding.observed, policy),
    }),
  );
}

const seen = (observed: readonly LiveObservation[], policy: Policy): Sentence =>
  sentence('condition.list', {
    list: { list: observed.map((each) => observationSentence(each, policy)), join: 'and' },
  });

function observationSentence({ condition, value }: LiveObservation, policy: Policy): Sentence {
  const what = sentence(`live.title.${condition.fact}`);
  const said =
    value === null
      ? sentence('live.observed.unknown')
      : typeof value === 'boolean'
        ? sentence(value ? 'live.observed.yes' : 'live.observed.no')
        : amountValue(condition, value, policy);
  switch (condition.kind) {
    case 'plain':
      return sentence('live.observed.plain', { what, value: said });
    case 'number':
      return sentence('live.observed.number', { what, value: said, limit: amountSentence(condition, policy) });
    case 'counted':
      return sentence('live.observed.counted', {
        what,
        value: said,
        per: perSentence(condition.per),
        within: withinSentence(condition.withinMs),
        limit: amountSentence(condition, policy),
      });
    default:
      return assertNever(condition);
  }
}
