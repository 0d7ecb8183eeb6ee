import { renderDecision } from '../../core/decisions/messages.ts';
import type { Decision } from '../../core/decisions/types.ts';
import { policyIn } from '../../core/policy/own-texts.ts';
import type { Policy, Rule } from '../../core/policy/types.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import { say } from '../../core/shared/words.ts';
import type { Languages } from '../../ports/languages.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import type { DecisionBecause, MadeDecision } from './types.ts';

interface Deps {
  readonly policies: PolicyShelf;
  readonly languages: Languages;
}

/**
 * The reasons by rule, with their titles, and the message to the customer: in the language asked for, else the shop's first,
 * else English.
 */
export async function explain(
  { policies, languages }: Deps,
  shop: Shop,
  decision: Decision,
  asked: string | undefined,
): Promise<Pick<MadeDecision, 'reasons' | 'message' | 'language'>> {
  const language = languages.firstOf([asked, shop.languages[0]].filter((tag) => tag !== undefined));
  if (decision.reasons.length === 0) return { reasons: [], message: null, language };
  const { compiled } = await policies.inForce(shop.id);
  const rules = await rulesBehind(policies, shop.id, decision, policyIn(compiled.policy, language.code), language.code);
  const reasons = decision.reasons.flatMap(({ measure, rules: ids, policyVersion, until }): DecisionBecause[] => {
    const common = { measure, policyVersion, until };
    if (ids.length === 0) return [{ ...common, rule: null, title: say(language, 'decisions.byPerson') }];
    return ids.map((rule) => ({ ...common, rule, title: rules.get(rule)?.title ?? rule }));
  });
  const own = { ...policyIn(compiled.policy, language.code), translations: {}, rules: [...rules.values()] };
  const text = renderDecision(decision, own, language);
  return { reasons, message: text === null ? null : { language: language.code, text }, language };
}

/** The rules as they were when each measure was taken; where that policy has no such rule, as they are now. */
async function rulesBehind(
  policies: PolicyShelf,
  shop: ShopId,
  { reasons }: Decision,
  current: Policy,
  language: string,
): Promise<ReadonlyMap<string, Rule>> {
  const rules = new Map(current.rules.map((rule) => [rule.id, rule]));
  const versions = new Set(reasons.flatMap((reason) => reason.policyVersion ?? []));
  for (const version of [...versions].sort((a, b) => a - b)) {
    const then = await policies.version(shop, version);
    const named = new Set(reasons.filter((each) => each.policyVersion === version).flatMap((each) => each.rules));
    if (then === null) continue;
    for (const rule of policyIn(then.compiled.policy, language).rules) if (named.has(rule.id)) rules.set(rule.id, rule);
  }
  return rules;
}
