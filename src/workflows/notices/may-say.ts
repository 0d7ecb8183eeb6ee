import { checkWording } from '../../core/notices/wording.ts';
import type { Deps } from '../../ports/store.ts';
import { invalid, type Refused } from '../desk/refused.ts';

/**
 * The refusal of words for a customer that insult, threaten or discriminate, naming the first of them; null when they may be sent.
 * What only presses or shames is advised against in the preview, and is for the person who writes to judge.
 */
export function wordingFault(
  { languages }: Pick<Deps, 'languages'>,
  field: 'personal' | 'reason' | 'question',
  text: string | undefined,
): Refused | null {
  if (text === undefined || text.trim() === '') return null;
  const fault = checkWording(text, languages.all, languages.english).find(({ must }) => must);
  return fault === undefined ? null : invalid(field, `says “${fault.quote}”, which cannot be sent. ${fault.why}`);
}
