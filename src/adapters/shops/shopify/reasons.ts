import { type ReturnReason, SHOP_FAULT_REASONS } from '../../../core/events/values.ts';

/** The ten reasons that Shopify has had from the beginning, as they are named now. */
const NAMED: Readonly<Record<string, ReturnReason>> = {
  color: 'not_as_expected',
  defective: 'defect',
  'not-as-described': 'not_as_described',
  other: 'unspecified',
  'size-too-large': 'did_not_fit',
  'size-too-small': 'did_not_fit',
  style: 'not_as_expected',
  unknown: 'unspecified',
  unwanted: 'changed_mind',
  'wrong-item': 'wrong_item_sent',
};

/**
 * Shopify's library of reasons grows, so the newer ones are read by their words. What may be the shop's fault comes first: in doubt a
 * return does not count against a customer.
 */
const BY_WORDS: readonly (readonly [RegExp, ReturnReason])[] = [
  [/late|delay/, 'arrived_too_late'],
  [/wrong|incorrect|mix-?up/, 'wrong_item_sent'],
  [/missing|incomplete/, 'missing_parts'],
  [/transit|shipping|packag/, 'damaged_in_transit'],
  [/defect|damage|broken|fault|malfunction|not-work|stopped|leak|expired|spoil|allerg|safety/, 'defect'],
  [/described|pictured|advertis|photo|misleading|inaccurate|compatib|quality/, 'not_as_described'],
  [/expect|colou?r|style|comfort|look|material|fabric|texture|taste|smell|feel|prefer/, 'not_as_expected'],
  [/size|fit|too-|tight|loose|short|long|large|small|wide|narrow|big/, 'did_not_fit'],
  [/price|cheaper/, 'found_cheaper'],
  [/mind|unwanted|no-longer|regret|accident|mistake|gift/, 'changed_mind'],
];

/** A reason by its handle ("color-too-bright") or its older name ("SIZE_TOO_SMALL"). */
export function reasonOf(handle: string): ReturnReason {
  const name = handle.trim().toLowerCase().replaceAll('_', '-');
  return NAMED[name] ?? BY_WORDS.find(([words]) => words.test(name))?.[1] ?? 'unspecified';
}

/** One reason for a whole return: one that blames the shop before any other, and otherwise the first that says anything. */
export function oneReason(handles: readonly string[]): ReturnReason {
  const reasons = handles.map(reasonOf);
  return (
    reasons.find((reason) => SHOP_FAULT_REASONS.has(reason)) ??
    reasons.find((reason) => reason !== 'unspecified') ??
    'unspecified'
  );
}
