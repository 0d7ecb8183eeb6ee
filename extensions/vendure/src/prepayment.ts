import { type Injector, LanguageCode, PaymentMethodEligibilityChecker, TransactionalConnection } from '@vendure/core';
import type { Evenhand } from './ask';
import { sentenceOf } from './obligations';
import { askedOf, withOrder } from './question';

/** To be chosen for payment methods that are paid later: whoever is to pay first does not get them. */
export function prepaymentChecker(evenhand: () => Evenhand): PaymentMethodEligibilityChecker {
  let connection: TransactionalConnection;
  return new PaymentMethodEligibilityChecker({
    code: 'evenhand-pay-later',
    description: [{ languageCode: LanguageCode.en, value: 'Not for customers whom Evenhand asks to pay first' }],
    args: {},
    init(injector: Injector) {
      connection = injector.get(TransactionalConnection);
    },
    async check(ctx, order) {
      const question = ctx.apiType === 'shop' ? askedOf(ctx, order) : null;
      const answer = question === null ? null : await evenhand().ask(await withOrder(question, ctx, order, connection));
      if (answer === null) return true;
      const first = answer.obligations.find(({ name }) => name === 'prepayment_only');
      return first === undefined ? true : answer.outcome === 'deny' ? sentenceOf(answer) : first.words;
    },
  });
}
