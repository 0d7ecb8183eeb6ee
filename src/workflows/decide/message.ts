import { renderDecision } from '../../core/decisions/messages.ts';
import type { Decision, DecisionReason, MeasureReason } from '../../core/decisions/types.ts';
import { sayObserved } from '../../core/policy/live/say.ts';
import { policyIn } from '../../core/policy/own-texts.ts';
import type { CompiledPolicy, Policy, Rule } from '../../core/policy/types.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { type Language, say } from '../../core/shared/words.ts';
import type { Languages } from '../../ports/languages.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import { loadPolicies, type PoliciesInMemory } from './snapshot/policies.ts';
import type { DecisionBecause, MadeDecision } from './types.ts';

type Explained = Pick<MadeDecision, 'reasons' | 'message' | 'language'>;

/** The same as `explainFrom`, with the policies read for it. */
export async function explain(
  { policies, languages }: { readonly policies: PolicyShelf; readonly languages: Languages },
  shop: Shop,
  decision: Decision,
  asked: string | undefined,
): Promise<Explained> {
  if (decision.message === null) return { reasons: [], message: null, language: languageOf(languages, shop, asked) };
  return explainFrom(await loadPolicies(policies, shop.id, versionsOf(decision)), languages, shop, decision, asked);
}

/** The versions of the policy that a decision speaks of. */
export const versionsOf = ({ reasons }: Pick<Decision, 'reasons'>): readonly number[] =>
  reasons.flatMap((reason) => (reason.kind === 'measure' ? (reason.policyVersion ?? []) : []));

/**
 * The reasons with their titles, and the message to the customer: in the language asked for, else the shop's first, else English. Without
 * policies, which could not be read, nothing is told of rules.
 */
export function explainFrom(
  policies: PoliciesInMemory | null,
  languages: Languages,
  shop: Shop,
  decision: Decision,
  asked: string | undefined,
): Explained {
  const language = languageOf(languages, shop, asked);
  if (decision.message === null) return { reasons: [], message: null, language };
  const own = policies === null ? null : policyThen(policies, decision, language);
  const text = renderDecision(decision, own, language);
  return {
    reasons: decision.reasons.flatMap((reason) =>
      becauseOf(reason, own, language, languageOf(languages, shop, undefined)),
    ),
    message: text === null ? null : { language: language.code, text },
    language,
  };
}

const languageOf = (languages: Languages, shop: Shop, asked: string | undefined): Language =>
  languages.firstOf([asked, shop.languages[0]].filter((tag) => tag !== undefined));

function becauseOf(
  reason: DecisionReason,
  policy: Policy | null,
  language: Language,
  shopLanguage: Language,
): readonly DecisionBecause[] {
  const { kind } = reason;
  const common = { kind, measure: null, rule: null, detail: null, policyVersion: null, until: null };
  switch (reason.kind) {
    case 'measure':
      return becauseOfMeasure(reason, policy, language);
    case 'entry':
      return [{ ...common, title: say(language, 'decisions.byEntry'), until: reason.until }];
    case 'live': {
      const rule = policy?.live.find(({ id }) => id === reason.rule);
      const title = rule?.title ?? say(language, 'decisions.byRule');
      const detail = policy === null ? null : sayObserved(shopLanguage, reason.observed ?? [], policy);
      return [{ ...common, rule: reason.rule, title, detail: detail === '' ? null : detail }];
    }
    case 'likeness':
      return [{ ...common, title: say(language, 'decisions.byLikeness') }];
    default:
      return assertNever(reason);
  }
}

function becauseOfMeasure(
  { measure, rules, policyVersion, until }: MeasureReason,
  policy: Policy | null,
  language: Language,
): readonly DecisionBecause[] {
  const common = { kind: 'measure' as const, measure, detail: null, policyVersion, until };
  if (rules.length === 0) return [{ ...common, rule: null, title: say(language, 'decisions.byPerson') }];
  return rules.map((rule) => ({ ...common, rule, title: policy?.rules.find(({ id }) => id === rule)?.title ?? rule }));
}

/** The policy in force, with the rules as they were when each measure was taken; where that policy has no such rule, as they are now. */
function policyThen({ current, versions }: PoliciesInMemory, { reasons }: Decision, { code }: Language): Policy {
  const now = policyIn(current.policy, code);
  const rules = new Map<string, Rule>(now.rules.map((rule) => [rule.id, rule]));
  const measures = reasons.filter((reason) => reason.kind === 'measure');
  for (const version of [...new Set(versionsOf({ reasons }))].sort((a, b) => a - b)) {
    const policy: CompiledPolicy | undefined = versions.get(version);
    if (policy === undefined) continue;
    const named = new Set(measures.filter((each) => each.policyVersion === version).flatMap((each) => each.rules));
    for (const rule of policyIn(policy.policy, code).rules) if (named.has(rule.id)) rules.set(rule.id, rule);
  }
  return { ...now, translations: {}, rules: [...rules.values()] };
}
