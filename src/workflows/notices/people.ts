import type { StaffId } from '../../core/shared/brand.ts';
import type { Colleague } from '../../ports/staff.ts';

/** Who decides for the shop now, and so hears appeals. */
export function deciders(colleagues: readonly Colleague[]): readonly Colleague[] {
  return colleagues.filter(({ role, disabledAt }) => disabledAt === null && (role === 'owner' || role === 'manager'));
}

/** Whether somebody who had no part in a decision can look at it again. */
export function othersCanHear(colleagues: readonly Colleague[], decided: readonly StaffId[]): boolean {
  return deciders(colleagues).some(({ id }) => !decided.includes(id));
}
