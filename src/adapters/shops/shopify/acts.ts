import { z } from 'zod';
import type { ShopAct } from '../../../core/enforcement/types.ts';
import { assertNever } from '../../../core/shared/assert-never.ts';
import { err, ok, type Result } from '../../../core/shared/result.ts';
import type { MarkedCustomer, PlatformFault, Reach } from '../../../ports/platforms.ts';
import { ask, objection, userErrors } from './api.ts';
import { mutate } from './connect.ts';
import { giveDiscount, giveGiftCard, giveStoreCredit } from './gifts.ts';
import { holdOrder, releaseOrder } from './holds.ts';
import { gid, numberOf } from './ids.ts';
import { APPROVE, ASSESS, CANCEL, DECLINE, ORDER_STATE, RETURN_STATE } from './queries.ts';

export type Acted = Result<{ readonly reference: string | null }, PlatformFault>;
const done: Acted = ok({ reference: null });

/** Does one thing. Whether it was done before is looked up first, or Shopify itself says so. */
export async function act(reach: Reach, what: ShopAct, customer: MarkedCustomer | null, key: string): Promise<Acted> {
  switch (what.kind) {
    case 'hold_order':
      return holdOrder(reach, what.order);
    case 'release_order':
      return releaseOrder(reach, what.order);
    case 'cancel_order':
      return cancel(reach, what);
    case 'assess_order':
      return assess(reach, what);
    case 'approve_return':
      return settle(reach, what.return, 'OPEN', APPROVE, 'returnApproveRequest', { notifyCustomer: true });
    case 'decline_return':
      return settle(reach, what.return, 'DECLINED', DECLINE, 'returnDeclineRequest', {
        declineReason: 'OTHER',
        declineNote: shortened(what.words, LONGEST_DECLINE),
        notifyCustomer: true,
      });
    case 'give_store_credit':
      return giveStoreCredit(reach, what, customer, key);
    case 'give_gift_card':
      return giveGiftCard(reach, what, customer, key);
    case 'give_discount':
      return giveDiscount(reach, what, customer, key);
    default:
      return assertNever(what);
  }
}

const LONGEST_DECLINE = 500;
const LONGEST_STAFF_NOTE = 255;
const LONGEST_FACT = 250;
const MOST_FACTS = 10;

/** A text that fits, cut between words. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

const orderState = z.looseObject({ order: z.looseObject({ cancelledAt: z.string().nullish() }).nullable() });
const cancelled = z.looseObject({
  orderCancel: z
    .looseObject({ job: z.looseObject({ id: z.string() }).nullish(), orderCancelUserErrors: userErrors })
    .nullable(),
});

/** Shopify sends its own message to the customer. It has no place in it for the shop's words, which stand in the order's staff note. */
async function cancel(reach: Reach, what: Extract<ShopAct, { kind: 'cancel_order' }>): Promise<Acted> {
  const id = gid('Order', what.order);
  const state = await ask(reach, ORDER_STATE, { id }, orderState);
  if (!state.ok) return state;
  const { order } = state.value.data;
  if (order === null) return err({ kind: 'gone' });
  if (order.cancelledAt !== null && order.cancelledAt !== undefined) return done;
  const asked = await ask(
    reach,
    CANCEL,
    {
      id,
      restock: what.restock,
      refund: what.refund ? { originalPaymentMethodsRefund: true } : null,
      note: what.words === null ? null : shortened(what.words, LONGEST_STAFF_NOTE),
    },
    cancelled,
  );
  if (!asked.ok) return asked;
  const payload = asked.value.data.orderCancel;
  const objected = objection(payload?.orderCancelUserErrors ?? []);
  if (objected !== null) return err(objected);
  return ok({ reference: payload?.job === null || payload?.job === undefined ? null : numberOf(payload.job.id) });
}

async function assess(reach: Reach, what: Extract<ShopAct, { kind: 'assess_order' }>): Promise<Acted> {
  const sentiment = { low: 'POSITIVE', medium: 'NEUTRAL', high: 'NEGATIVE' }[what.risk];
  const facts = what.facts
    .slice(0, MOST_FACTS)
    .map((fact) => ({ description: shortened(fact, LONGEST_FACT), sentiment }));
  const input = { orderId: gid('Order', what.order), riskLevel: what.risk.toUpperCase(), facts };
  const assessed = await mutate(reach, ASSESS, { input }, 'orderRiskAssessmentCreate');
  return assessed.ok ? done : assessed;
}

const returnState = z.looseObject({ return: z.looseObject({ status: z.string() }).nullable() });

async function settle(
  reach: Reach,
  reference: string,
  wanted: 'OPEN' | 'DECLINED',
  mutation: string,
  field: string,
  how: Readonly<Record<string, unknown>>,
): Promise<Acted> {
  const id = gid('Return', reference);
  const state = await ask(reach, RETURN_STATE, { id }, returnState);
  if (!state.ok) return state;
  const found = state.value.data.return;
  if (found === null) return err({ kind: 'gone' });
  if (found.status === wanted || (wanted === 'OPEN' && found.status === 'CLOSED')) return done;
  const settled = await mutate(reach, mutation, { input: { id, ...how } }, field);
  return settled.ok ? done : settled;
}
