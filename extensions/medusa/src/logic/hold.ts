/** Under which name an order's metadata says that it is not to be fulfilled yet. Evenhand writes it by the Admin API. */
export const HOLD = 'evenhand_hold';

/** What staff read who try to fulfil an order that is held. */
export const HELD =
  'Evenhand holds this order until somebody has looked at it. Release it in Evenhand, on the page of the customer, and fulfil it then.';

export const isHeld = (metadata: unknown): boolean =>
  typeof metadata === 'object' && metadata !== null && (metadata as Record<string, unknown>)[HOLD] === true;
