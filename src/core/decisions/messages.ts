import { policyIn } from '../policy/own-texts.ts';
import { sayObligation } from '../policy/say.ts';
import type { Policy } from '../policy/types.ts';
import { type Language, say, sayDate } from '../shared/words.ts';
import type { Decision, MessageKey } from './types.ts';

/**
 * The message to the customer: what was decided, what is asked, why, what is not touched and how to appeal. Null with a plain
 * allow. `policy` gives the titles of the rules, what live rules tell and the words for the appeal, in the language where the shop
 * translated them; without one they are left out.
 */
export function renderDecision(
  decision: Pick<Decision, 'message'>,
  policy: Policy | null,
  language: Language,
): string | null {
  if (decision.message === null) return null;
  const { key, values } = decision.message;
  const own = policy === null ? null : policyIn(policy, language.code);
  const lines = [
    values.until === null
      ? say(language, wordsOf(key))
      : say(language, wordsOf(key), { until: sayDate(language, values.until, 'UTC') }),
  ];
  for (const obligation of values.obligations) lines.push(`– ${sayObligation(language, obligation)}`);
  for (const rule of own?.live ?? []) if (values.live.includes(rule.id)) lines.push(rule.because);
  if (values.rules !== null) {
    const titles = values.rules.flatMap((id) => own?.rules.find((rule) => rule.id === id)?.title ?? []);
    lines.push(
      titles.length === 0
        ? say(language, 'decisions.reasonsUnknown')
        : say(language, 'decisions.reasons', { reasons: titles.join('; ') }),
    );
  }
  if (key.startsWith('decision.deny.') || key.startsWith('decision.later.'))
    lines.push(say(language, 'decisions.rights'));
  if (own === null) return lines.join('\n');
  if (values.decidedBy === 'people') lines.push(howToAppeal(own, language));
  if (values.decidedBy === 'rule')
    lines.push(say(language, 'decisions.disagree', { appeal: sentence(own.procedure.appeal) }));
  return lines.join('\n');
}

/** What a refusal says besides its reason: what is not touched, and how to appeal. */
export function sayRightsAndAppeal(policy: Policy, language: Language): string {
  return [say(language, 'decisions.rights'), howToAppeal(policyIn(policy, language.code), language)].join('\n');
}

const howToAppeal = ({ procedure }: Pick<Policy, 'procedure'>, language: Language): string =>
  say(language, 'decisions.appeal', { appeal: sentence(procedure.appeal) });

/** "decision.deny.purchase" is said by "decisions.deny.purchase". */
export function wordsOf(key: MessageKey): string {
  return key.replace(/^decision\./, 'decisions.');
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?。！？]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
