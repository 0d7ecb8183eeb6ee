import { policyIn } from '../../core/policy/own-texts.ts';
import { sayObligation, saySurface } from '../../core/policy/say.ts';
import type { Policy } from '../../core/policy/types.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import { type Language, say, sayDate, sayList } from '../../core/shared/words.ts';
import type { Shop } from '../../ports.ts';
import type { Effect } from './proposal-page.ts';

/** What a customer would read, in plain sentences: why, what follows and until when, what to change, and how to object. */
export function messagePreview(
  language: Language,
  shop: Shop,
  policy: Policy,
  rules: readonly string[],
  effect: Effect,
  /** Why, in the words of the staff who took it without a proposal. */
  reason: string | null = null,
): string {
  const own = policyIn(policy, language.code);
  const fired = own.rules.filter((rule) => rules.includes(rule.id));
  const because = fired.map((rule) => rule.because);
  const advice = fired.flatMap((rule) => rule.advice ?? []);
  return [
    ...because,
    ...(reason === null ? [] : [reason]),
    ...whatFollows(language, shop, effect),
    ...new Set(advice),
    say(language, 'preview.rights'),
    own.procedure.appeal,
  ].join('\n');
}

function whatFollows(language: Language, shop: Shop, effect: Effect): readonly string[] {
  const until = sayDate(language, effect.until, shop.timeZone);
  const obligations = effect.obligations.map((name) => `– ${sayObligation(language, name)}`);
  switch (effect.type) {
    case 'watch':
      return [];
    case 'warning':
      return [say(language, 'preview.warning', { until })];
    case 'restriction':
      return [say(language, 'preview.restriction', { until }), ...obligations];
    case 'block': {
      const stopped = effect.surfaces.map((surface) => saySurface(language, surface));
      return [say(language, 'preview.block', { until, surfaces: sayList(language, stopped, 'or') }), ...obligations];
    }
    default:
      return assertNever(effect.type);
  }
}
