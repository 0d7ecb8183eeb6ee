import type { Access } from '../contracts/routes.ts';
import type { Membership, Role, StaffSession } from '../ports/staff.ts';

/** Who asks: nobody signed in, or somebody, and what they are in the shop of the path (null: they do not work for it). */
export interface Asking {
  readonly session: StaffSession | null;
  readonly membership: Membership | null;
}

export type Permission =
  | { readonly permitted: true }
  | { readonly permitted: false; readonly status: 401 | 403 | 404; readonly why: string };

const PERMITTED: Permission = { permitted: true };

/** The one rule of the console that permits and, where it does not, says why. A shop one does not work for looks like none. */
export function permission(access: Access, { session, membership }: Asking): Permission {
  if (access === 'public') return PERMITTED;
  if (session === null)
    return {
      permitted: false,
      status: 401,
      why: 'You are not signed in, or your session has ended. Sign in and try again.',
    };
  if (access === 'signed-in') return PERMITTED;
  if (membership === null)
    return { permitted: false, status: 404, why: 'There is no such shop, or you do not work for it.' };
  if (access.includes(membership.role)) return PERMITTED;
  return {
    permitted: false,
    status: 403,
    why: `As ${withArticle(membership.role)} you may not do this. ${rolesInWords(access)} may.`,
  };
}

/** "An owner or a manager". */
export function rolesInWords(roles: readonly Role[]): string {
  const words = roles.map(withArticle);
  const last = words.at(-1) ?? 'nobody';
  const text = words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${last}` : last;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const withArticle = (role: Role): string => (role === 'manager' ? `a ${role}` : `an ${role}`);
