import type { ReturnReason } from '../../../core/events/values.ts';

/*
 * WooCommerce has no list of reasons: whoever refunds may write one, in any language. What blames the shop is believed when it is anywhere
 * in the text, because it never counts against a customer; what would count is believed only when it is all that was written.
 */

const SHOP_FAULT: readonly (readonly [RegExp, ReturnReason])[] = [
  [
    /damaged in (transit|transport|shipping|delivery)|arrived (damaged|broken)|transport damage|transportschade/,
    'damaged_in_transit',
  ],
  [
    /\b(defect|defects|defective|faulty|broken|not working|does not work|doesn't work|damaged|kapot|defekt|wadliw\w*)/,
    'defect',
  ],
  [
    /wrong (item|product|article|size|colou?r) (was )?(sent|delivered|shipped|received)|wrong (item|product|article)|verkeerd (artikel|product)/,
    'wrong_item_sent',
  ],
  [/missing (part|parts|piece|pieces|item|items)|incomplete|onvolledig|ontbre/, 'missing_parts'],
  [
    /not as described|different from (the )?(description|picture|photo)|misdescribed|niet zoals beschreven/,
    'not_as_described',
  ],
  [
    /arrived (too )?late|too late|late delivery|delayed|te laat|lost (in|by) (transit|the carrier|post|the post)/,
    'arrived_too_late',
  ],
  [/out of stock|not in stock|not available|unavailable|uitverkocht/, 'missing_parts'],
];

const EXACT: Readonly<Record<string, ReturnReason>> = {
  'changed mind': 'changed_mind',
  'changed my mind': 'changed_mind',
  'change of mind': 'changed_mind',
  'customer changed mind': 'changed_mind',
  withdrawal: 'changed_mind',
  'right of withdrawal': 'changed_mind',
  'did not fit': 'did_not_fit',
  'does not fit': 'did_not_fit',
  'not as expected': 'not_as_expected',
  'ordered several': 'ordered_several',
  'ordered several sizes': 'ordered_several',
  'found cheaper': 'found_cheaper',
  'found it cheaper': 'found_cheaper',
  goodwill: 'goodwill',
};

/** Which reason a refund's free text gives; `unspecified` for everything that is not plainly one. */
export function returnReasonOf(text: string | null | undefined): ReturnReason {
  const plain = (text ?? '')
    .toLowerCase()
    .replaceAll(/[_\s-]+/g, ' ')
    .replaceAll(/[.!]+$/g, '')
    .trim();
  for (const [pattern, reason] of SHOP_FAULT) if (pattern.test(plain)) return reason;
  return EXACT[plain] ?? 'unspecified';
}
