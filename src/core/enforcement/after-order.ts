import type { Decision, StandingMeasure } from '../decisions/types.ts';
import type { Obligation } from '../events/measures.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Abilities, Ability, ShopActKind } from './types.ts';

/** What an owner has set for orders that came in although their customer may not buy. */
export type AfterOrderSetting = 'nothing' | 'hold' | 'cancel';

export interface OrderSeen {
  /** The answer for the customer at the purchase, made now. */
  readonly decision: Pick<Decision, 'outcome' | 'obligations' | 'byPhoneAlone'>;
  /** The customer's own measures, as far as they are the decision's reasons, with who approved each. */
  readonly measures: readonly (Pick<StandingMeasure, 'type' | 'surfaces'> & {
    readonly approvedBy: readonly string[];
  })[];
  readonly setting: AfterOrderSetting;
  readonly abilities: Abilities;
  /** Our extension asked at the checkout, and so what can be demanded there was. */
  readonly asked: boolean;
}

/** `by_hand`: the platform has no means for it, and staff must. */
export interface AfterOrder {
  readonly act: 'hold_order' | 'cancel_order' | null;
  readonly by: 'platform' | 'by_hand';
  /** What to say to the platform's own fraud review beside; null: nothing. */
  readonly risk: 'medium' | 'high' | null;
}

const NOTHING: AfterOrder = { act: null, by: 'platform', risk: null };

/**
 * What follows for an order that came in. Automation may hold it, so that a person looks; that is all it may do by itself. It cancels only
 * where the owner chose that, the answer is a plain no, and it rests on a block of purchases that people made (fairness rule 5). Where the
 * platform cannot cancel, it holds. An order whose customer had to meet conditions is held where nobody could ask for them at the checkout.
 */
export function afterOrder({ decision, measures, setting, abilities, asked }: OrderSeen): AfterOrder {
  if (setting === 'nothing') return NOTHING;
  switch (decision.outcome) {
    case 'allow':
      return NOTHING;
    case 'challenge':
      return decision.obligations.some((each) => missedAtCheckout(each, abilities, asked))
        ? { ...hold(abilities), risk: null }
        : NOTHING;
    case 'review':
      return { ...hold(abilities), risk: riskFor(abilities, 'medium') };
    case 'deny': {
      const risk = riskFor(abilities, 'high');
      const mayCancel = setting === 'cancel' && !decision.byPhoneAlone && measures.some(isBlockByPeople);
      return mayCancel && canAct(abilities.cancel_order)
        ? { act: 'cancel_order', by: 'platform', risk: null }
        : { ...hold(abilities), risk };
    }
    default:
      return assertNever(decision.outcome);
  }
}

export interface ReturnSeen {
  readonly decision: Pick<Decision, 'outcome'>;
  /** What kind of return it is, as the platform or the customer says; null: nobody says, and it is taken for a right. */
  readonly returnKind: 'withdrawal' | 'faulty' | 'goodwill' | null;
  readonly declineReturns: boolean;
  readonly abilities: Abilities;
}

/**
 * Whether a return that a customer asks for is declined by automation: only one that is a favour, which a measure denies, in a shop whose
 * owner chose so. A withdrawal and faulty goods are rights, and wait for a person (fairness rule 6).
 */
export function declinesReturn({ decision, returnKind, declineReturns, abilities }: ReturnSeen): boolean {
  return declineReturns && returnKind === 'goodwill' && decision.outcome === 'deny' && canAct(abilities.decline_return);
}

/** Whether the platform does an act once it is asked, by itself or with our extension there. */
export function canAct({ how }: Ability): boolean {
  switch (how) {
    case 'itself':
    case 'extension':
    case 'afterwards':
      return true;
    case 'by_hand':
    case 'no':
      return false;
    default:
      return assertNever(how);
  }
}

/** The acts among some that the platform does. */
export const possibleActs = (abilities: Abilities, kinds: readonly ShopActKind[]): readonly ShopActKind[] =>
  kinds.filter((kind) => canAct(abilities[kind]));

const hold = (abilities: Abilities): Pick<AfterOrder, 'act' | 'by'> => ({
  act: 'hold_order',
  by: canAct(abilities.hold_order) ? 'platform' : 'by_hand',
});

const riskFor = (abilities: Abilities, risk: 'medium' | 'high'): AfterOrder['risk'] =>
  canAct(abilities.assess_order) ? risk : null;

const isBlockByPeople = ({ type, surfaces, approvedBy }: OrderSeen['measures'][number]): boolean =>
  type === 'block' && surfaces.includes('purchase') && approvedBy.length > 0;

/** Whether a condition can no longer be asked for at the checkout, and a look at the order is what is left. */
function missedAtCheckout(obligation: Obligation, abilities: Abilities, asked: boolean): boolean {
  const { how } = abilities[obligation];
  switch (how) {
    case 'afterwards':
      return true;
    case 'extension':
      return !asked;
    case 'itself':
    case 'by_hand':
    case 'no':
      return false;
    default:
      return assertNever(how);
  }
}
