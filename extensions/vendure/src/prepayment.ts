import { LanguageCode, PaymentMethodEligibilityChecker } from '@vendure/core';
import type { Evenhand } from './ask';
import { askedOf, sentenceOf } from './obligations';

/** To be chosen for payment methods that are paid later: whoever is to pay first does not get them. */
export function prepaymentChecker(evenhand: () => Evenhand): PaymentMethodEligibilityChecker {
  return new PaymentMethodEligibilityChecker({
    code: 'evenhand-pay-later',
    description: [{ languageCode: LanguageCode.en, value: 'Not for customers whom Evenhand asks to pay first' }],
    args: {},
    async check(ctx, order) {
      const question = ctx.apiType === 'shop' ? askedOf(ctx, order) : null;
      const answer = question === null ? null : await evenhand().ask(question);
      if (answer === null) return true;
      const first = answer.obligations.find(({ name }) => name === 'prepayment_only');
      return first === undefined ? true : answer.outcome === 'deny' ? sentenceOf(answer) : first.words;
    },
  });
}
