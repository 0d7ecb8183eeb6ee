import type { ReasonCode } from './payload';

const CODES: readonly ReasonCode[] = [
  'changed_mind',
  'did_not_fit',
  'not_as_expected',
  'ordered_several',
  'found_cheaper',
  'arrived_too_late',
  'defect',
  'wrong_item_sent',
  'not_as_described',
  'damaged_in_transit',
  'missing_parts',
  'goodwill',
  'customer',
  'unspecified',
];

/** Reasons that Vendure's own dashboards offer. */
const OFFERED: Readonly<Record<string, ReasonCode>> = {
  'customer request': 'customer',
  'order.cancel-reason-customer-request': 'customer',
  'order.refund-reason-customer-request': 'customer',
};

/**
 * What staff meant by a reason: by the shop's own words first, then Vendure's, then the codes themselves ("Changed mind", "defect").
 * Anything else is unspecified, and the words stay in the shop.
 */
export function reasonOf(said: string | null | undefined, own: Readonly<Record<string, ReasonCode>>): ReasonCode {
  const words = (said ?? '').trim().toLowerCase();
  if (words === '') return 'unspecified';
  const ours = Object.entries(own).find(([each]) => each.trim().toLowerCase() === words)?.[1] ?? OFFERED[words];
  const code = words.replaceAll(/[\s-]+/g, '_') as ReasonCode;
  return ours ?? (CODES.includes(code) ? code : 'unspecified');
}
