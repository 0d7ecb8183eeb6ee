import type { Policy } from '../policy/types.ts';
import type { Instant } from '../shared/time.ts';
import { type DecisionLanguage, decisionLanguages } from './languages/index.ts';
import type { Decision } from './types.ts';

/**
 * The message to the customer: what was decided, what is asked, why, what is not touched and how to appeal. Null with a plain
 * allow. `policy` gives the titles of the rules and the words for the appeal, in whatever language the shop wrote them.
 */
export function renderDecision(
  decision: Pick<Decision, 'message'>,
  policy: Policy,
  language: DecisionLanguage = 'en',
): string | null {
  if (decision.message === null) return null;
  const { key, values } = decision.message;
  const { locale, messages, obligations, phrases } = decisionLanguages[language];
  const lines = [messages[key].replace('{until}', () => formatDay(values.until, locale))];
  for (const obligation of values.obligations) lines.push(`– ${obligations[obligation]}`);
  if (values.rules !== null) {
    const titles = values.rules.flatMap((id) => policy.rules.find((rule) => rule.id === id)?.title ?? []);
    lines.push(
      titles.length === 0 ? phrases.reasonsUnknown : phrases.reasons.replace('{reasons}', () => titles.join('; ')),
    );
  }
  if (key.startsWith('decision.deny.')) lines.push(phrases.rights);
  lines.push(phrases.appeal.replace('{appeal}', () => sentence(policy.procedure.appeal)));
  return lines.join('\n');
}

function formatDay(at: Instant, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
