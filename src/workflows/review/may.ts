import { assertNever } from '../../core/shared/assert-never.ts';
import type { StaffId } from '../../core/shared/brand.ts';
import type { ProposalRecord } from '../../ports/standing.ts';
import type { Shop } from '../../ports.ts';
import { mayDecide, takesTwo } from './answering.ts';
import type { Reviewer } from './types.ts';

export interface MayAnswer {
  readonly approve: boolean;
  readonly soften: boolean;
  readonly decline: boolean;
  readonly ask: boolean;
  /** Why something of it may not be; null when everything may. */
  readonly why: string | null;
}

const NOTHING = { approve: false, soften: false, decline: false, ask: false } as const;
const ANYTHING = { approve: true, soften: true, decline: true, ask: true } as const;

/** What somebody may answer to a proposal now. The workflows refuse everything else, whatever a screen offers. */
export function mayAnswer(
  shop: Shop,
  { status, type, firstApprover }: Pick<ProposalRecord, 'status' | 'type'> & { readonly firstApprover: StaffId | null },
  by: Reviewer,
): MayAnswer {
  switch (status) {
    case 'approved':
    case 'declined':
      return { ...NOTHING, why: 'This proposal has been answered.' };
    case 'withdrawn':
      return { ...NOTHING, why: 'This proposal was withdrawn: what the customer did no longer leads to it.' };
    case 'open':
      break;
    default:
      return assertNever(status);
  }
  if (by.role === 'auditor') return { ...NOTHING, why: 'Auditors read, and answer nothing.' };
  if (!mayDecide(by.role))
    return { ...NOTHING, ask: true, why: 'Only an owner or a manager may answer. You can ask one of them.' };
  if (takesTwo(shop, type) && firstApprover === by.id)
    return {
      ...ANYTHING,
      approve: false,
      why: 'You approved this block: another owner or manager must approve it too.',
    };
  return { ...ANYTHING, why: null };
}
