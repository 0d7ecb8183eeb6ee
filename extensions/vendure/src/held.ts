import type { FulfillmentHandler, FulfillmentProcess, Order, OrderProcess } from '@vendure/core';

declare module '@vendure/core' {
  interface OrderStates {
    HeldForReview: never;
  }
}

/** An order that was paid for and is not to be sent before somebody has looked at it. Staff see the state, and can end it. */
export const HELD = 'HeldForReview';
const SENTENCE = 'This order is held for review. Release it first: move it back to the state it came from.';

export const heldTransitions: OrderProcess<string>['transitions'] = {
  PaymentAuthorized: { to: [HELD] },
  PaymentSettled: { to: [HELD] },
  [HELD]: { to: ['PaymentAuthorized', 'PaymentSettled', 'Cancelled'] },
};

/** A parcel that was packed before the hold does not leave. */
export const heldParcels: FulfillmentProcess<string> = {
  onTransitionStart(_from, to, { orders }) {
    return to !== 'Cancelled' && orders.some(isHeld) ? SENTENCE : true;
  },
};

/** A handler that packs nothing of an order that is held. Otherwise it is the handler it was. */
export function holding(handler: FulfillmentHandler): FulfillmentHandler {
  const guarded: FulfillmentHandler = Object.create(handler);
  guarded.createFulfillment = async (ctx, orders, lines, args) => {
    if (orders.some(isHeld)) throw new Error(SENTENCE);
    return handler.createFulfillment(ctx, orders, lines, args);
  };
  return guarded;
}

const isHeld = (order: Order): boolean => order.state === HELD;
