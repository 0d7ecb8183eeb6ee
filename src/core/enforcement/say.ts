import { assertNever } from '../shared/assert-never.ts';
import { hasWords, isolated, type Language, say, sayDate, sayMoney, sayShare } from '../shared/words.ts';
import type { AbilityName, ShopAct, ShopActKind, ShopActState } from './types.ts';

/** An act as a sentence needs it. `act` null: it cannot be read any more. */
export interface SaidAct {
  readonly kind: ShopActKind;
  readonly state: ShopActState;
  readonly act: ShopAct | null;
  /** What people call the order or return. */
  readonly name: string | null;
  readonly about: string | null;
}

/** "Order 1001 is held": what an act is, has done or could not do, in one sentence. */
export function sayAct(language: Language, { kind, state, act, name, about }: SaidAct, timeZone: string): string {
  const what = isolated(name ?? about ?? say(language, 'shops.acts.unknown'));
  const value = act === null ? say(language, 'shops.acts.something') : wordsOf(language, act, timeZone);
  return say(language, `shops.acts.${kind}.${state}`, { what, value });
}

/** What is given, or how risky an order is; empty where an act has no such thing. */
function wordsOf(language: Language, act: ShopAct, timeZone: string): string {
  switch (act.kind) {
    case 'give_store_credit':
      return until(language, sayMoney(language, act.amount.amount, act.amount.currency), act.until, timeZone);
    case 'give_gift_card':
      return sayMoney(language, act.amount.amount, act.amount.currency);
    case 'give_discount': {
      const off =
        'percent' in act.off
          ? sayShare(language, act.off.percent / 100)
          : sayMoney(language, act.off.amount.amount, act.off.amount.currency);
      return until(language, off, act.until, timeZone);
    }
    case 'assess_order':
      return say(language, `shops.risk.${act.risk}`);
    case 'hold_order':
    case 'release_order':
    case 'cancel_order':
    case 'approve_return':
    case 'decline_return':
      return '';
    default:
      return assertNever(act);
  }
}

const until = (
  language: Language,
  value: string,
  end: Parameters<typeof sayDate>[1] | null,
  timeZone: string,
): string =>
  end === null ? value : say(language, 'shops.acts.until', { value, until: sayDate(language, end, timeZone) });

/** Why something was not done, in one sentence. `fault`: as it is kept, a kind and perhaps a detail; `said`: the platform's own words. */
export function sayShopFault(language: Language, fault: string, said: string | null = null): string {
  const { kind, detail } = faultParts(fault);
  if (kind === 'refused' && said !== null && said !== '')
    return say(language, 'shops.faults.refusedSaying', { said: isolated(said) });
  const precise = `shops.faults.${kind}At`;
  if (detail !== null && hasWords(language, precise)) return say(language, precise, { detail: isolated(detail) });
  const plain = `shops.faults.${kind}`;
  return say(language, hasWords(language, plain) ? plain : 'shops.faults.fault');
}

/** "drift:order.id" is a kind and a detail. */
function faultParts(fault: string): { readonly kind: string; readonly detail: string | null } {
  const at = fault.indexOf(':');
  return at === -1 ? { kind: fault, detail: null } : { kind: fault.slice(0, at), detail: fault.slice(at + 1) };
}

/** What an ability is called: "Refuses orders at the checkout". */
export const sayAbility = (language: Language, name: AbilityName): string => say(language, `shops.abilities.${name}`);
