import type { ConnectionCheck, Reach } from '../../../ports/platforms.ts';
import { ask, wasUnfinished } from './calls.ts';
import { checkAnswer } from './payloads.ts';

const NOTHING = { shopName: null, currency: null, timeZone: null, version: null, scopes: [], notes: [] } as const;

/**
 * Whether our plug-in is there, and what it asks about. While the shop is being connected it cannot know the secret yet, and need only be
 * there.
 */
export async function check(reach: Reach): Promise<ConnectionCheck> {
  const { connection } = reach;
  const isBeginning = connection.state === 'disconnected' || connection.checkedAt === null;
  const answer = await ask(reach, { what: 'check' }, checkAnswer);
  if (!answer.ok)
    return isBeginning && answer.error.kind === 'unauthorised'
      ? { ...NOTHING, fault: null, notes: ['other_values'] }
      : { ...NOTHING, fault: answer.error, notes: answer.error.kind === 'forbidden' ? ['no_plug_in'] : [] };
  if (wasUnfinished(answer.value))
    return isBeginning
      ? { ...NOTHING, fault: null, notes: ['unfinished'] }
      : {
          ...NOTHING,
          fault: { kind: 'unavailable', detail: 'The plug-in has not been given its options yet.' },
          notes: ['unfinished'],
        };
  const { evenhand, vendure, currency, currencies, asks } = answer.value;
  return {
    fault: null,
    shopName: null,
    currency,
    timeZone: null,
    version: `Vendure ${vendure}, plug-in ${evenhand}`,
    scopes: [
      { name: 'checkout', granted: asks.checkout, for: ['refuse_purchase', 'refuse_guest_purchase'] },
      { name: 'cart', granted: asks.cart, for: ['refuse_cart'] },
      { name: 'login', granted: asks.login, for: ['refuse_login'] },
    ],
    notes: currencies.length > 1 ? ['one_currency'] : [],
  };
}
