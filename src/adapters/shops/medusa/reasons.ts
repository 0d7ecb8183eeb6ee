import { type ReturnReason, SHOP_FAULT_REASONS } from '../../../core/events/values.ts';

/*
 * Medusa has no list of reasons: each shop makes its own for returns and for refunds, with a value and a label. They are read by their words.
 * What may be the shop's fault comes first: in doubt a return does not count against a customer.
 */
const BY_WORDS: readonly (readonly [RegExp, ReturnReason])[] = [
  [/\blate\b|delay|too long|shipping issue|lost/, 'arrived_too_late'],
  [/wrong (item|product|article|colou?r sent|size sent)|incorrect|mix ?up|not what i ordered/, 'wrong_item_sent'],
  [/missing|incomplete/, 'missing_parts'],
  [/transit|transport|carrier|packag/, 'damaged_in_transit'],
  [/defect|damage|broken|fault|malfunction|not work|stopped|production failure/, 'defect'],
  [/described|pictured|advertis|misleading|inaccurate|pricing error|wrong price|quality/, 'not_as_described'],
  [/goodwill|courtesy|customer care/, 'goodwill'],
  [/several|multiple|bracket/, 'ordered_several'],
  [/size|fit|too (tight|loose|short|long|large|small|wide|narrow|big)/, 'did_not_fit'],
  [/cheaper|price/, 'found_cheaper'],
  [/mind|unwanted|no longer|regret|withdraw|not needed/, 'changed_mind'],
  [/expect|colou?r|style|look|material|fabric|like/, 'not_as_expected'],
];

/** What a reason's value and label say, such as "wrong_size" and "Wrong size". */
export function reasonOf(...words: readonly (string | null | undefined)[]): ReturnReason {
  const plain = words
    .map((word) =>
      (word ?? '')
        .toLowerCase()
        .replaceAll(/[_\s-]+/g, ' ')
        .trim(),
    )
    .join(' · ');
  return BY_WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? 'unspecified';
}

/** One reason for a whole return: one that blames the shop before any other, and otherwise the first that says anything. */
export const oneReason = (reasons: readonly ReturnReason[]): ReturnReason =>
  reasons.find((reason) => SHOP_FAULT_REASONS.has(reason)) ??
  reasons.find((reason) => reason !== 'unspecified') ??
  'unspecified';

/** What kind of return the law sees in it; null: it cannot be told, and then nothing is refused. */
export function kindOf(reason: ReturnReason): 'withdrawal' | 'faulty' | 'goodwill' | null {
  if (SHOP_FAULT_REASONS.has(reason)) return 'faulty';
  if (reason === 'unspecified') return null;
  return reason === 'goodwill' ? 'goodwill' : 'withdrawal';
}
