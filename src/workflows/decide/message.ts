import { decisionLanguages, isDecisionLanguage } from '../../core/decisions/languages/index.ts';
import { renderDecision } from '../../core/decisions/messages.ts';
import type { Decision } from '../../core/decisions/types.ts';
import type { Policy, Rule } from '../../core/policy/types.ts';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Shop } from '../../ports.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';
import type { DecisionBecause, MadeDecision } from './types.ts';

/** The reasons by rule, with their titles, and the message to the customer. */
export async function explain(
  policies: PolicyShelf,
  shop: Shop,
  decision: Decision,
  asked: string | undefined,
): Promise<Pick<MadeDecision, 'reasons' | 'message'>> {
  if (decision.reasons.length === 0) return { reasons: [], message: null };
  const { compiled } = await policies.inForce(shop.id);
  const rules = await rulesBehind(policies, shop.id, decision, compiled.policy);
  const reasons = decision.reasons.flatMap(({ measure, rules: ids, policyVersion, until }): DecisionBecause[] => {
    const common = { measure, policyVersion, until };
    if (ids.length === 0) return [{ ...common, rule: null, title: 'Decided by a person at the shop' }];
    return ids.map((rule) => ({ ...common, rule, title: rules.get(rule)?.title ?? rule }));
  });
  const chosen = chooseLanguage(asked, shop.languages, Object.keys(decisionLanguages));
  const language = isDecisionLanguage(chosen) ? chosen : 'en';
  const text = renderDecision(decision, { ...compiled.policy, rules: [...rules.values()] }, language);
  return { reasons, message: text === null ? null : { language, text } };
}

/** The rules as they were when each measure was taken; where that policy has no such rule, as they are now. */
async function rulesBehind(
  policies: PolicyShelf,
  shop: ShopId,
  { reasons }: Decision,
  current: Policy,
): Promise<ReadonlyMap<string, Rule>> {
  const rules = new Map(current.rules.map((rule) => [rule.id, rule]));
  const versions = new Set(reasons.flatMap((reason) => reason.policyVersion ?? []));
  for (const version of [...versions].sort((a, b) => a - b)) {
    const then = await policies.version(shop, version);
    const named = new Set(reasons.filter((each) => each.policyVersion === version).flatMap((each) => each.rules));
    for (const rule of then?.compiled.policy.rules ?? []) if (named.has(rule.id)) rules.set(rule.id, rule);
  }
  return rules;
}

/** The language asked for, else the shop's first, else English; "nl" serves whoever asks for "nl-BE". */
export function chooseLanguage(
  asked: string | undefined,
  ofShop: readonly string[],
  available: readonly string[],
): string {
  for (const wanted of [asked, ofShop[0]]) {
    if (wanted === undefined) continue;
    const parts = wanted.toLowerCase().split('-');
    for (let length = parts.length; length > 0; length -= 1) {
      const tag = parts.slice(0, length).join('-');
      const found = available.find((each) => each.toLowerCase() === tag);
      if (found !== undefined) return found;
    }
  }
  return 'en';
}
