import { obligationWords, surfaceWords } from '../../core/policy/obligation-words.ts';
import type { Policy } from '../../core/policy/types.ts';
import { assertNever } from '../../core/shared/assert-never.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Shop } from '../../ports.ts';
import type { Effect } from './proposal-page.ts';

/** What a customer would read, in plain sentences: why, what follows and until when, what to change, and how to object. */
export function messagePreview(
  shop: Shop,
  policy: Policy,
  rules: readonly string[],
  effect: Effect,
  /** Why, in the words of the staff who took it without a proposal. */
  reason: string | null = null,
): string {
  const fired = policy.rules.filter((rule) => rules.includes(rule.id));
  const because = fired.map((rule) => rule.because);
  const advice = fired.flatMap((rule) => rule.advice ?? []);
  return [
    ...because,
    ...(reason === null ? [] : [reason]),
    ...whatFollows(shop, effect),
    ...new Set(advice),
    'Your legal rights stay as they are: you can withdraw from a purchase, claim for faulty goods and ask for your data.',
    policy.procedure.appeal,
  ].join('\n');
}

function whatFollows(shop: Shop, effect: Effect): readonly string[] {
  const until = dateIn(shop, effect.until);
  switch (effect.type) {
    case 'watch':
      return [];
    case 'warning':
      return [`This is a warning. You can go on shopping as before. It ends on ${until}.`];
    case 'restriction':
      return [`Until ${until}:`, ...effect.obligations.map((obligation) => `– ${obligationWords[obligation]}`)];
    case 'block': {
      const stopped = effect.surfaces.map((surface) => surfaceWords[surface]);
      return [
        `Until ${until} you cannot ${listed(stopped)}.`,
        ...effect.obligations.map((obligation) => `– ${obligationWords[obligation]}`),
      ];
    }
    default:
      return assertNever(effect.type);
  }
}

function dateIn(shop: Shop, at: Instant): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: shop.timeZone }).format(at);
}

function listed(parts: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(parts);
}
