import { assertNever } from '../../core/shared/assert-never.ts';
import type { PlatformFault } from '../../ports/platforms.ts';

const LONGEST = 200;

/** A platform's fault as it is kept: a kind, with the right or path it names. What the platform said in its own words is not kept: it may name somebody. */
export function faultText(fault: PlatformFault): string {
  switch (fault.kind) {
    case 'forbidden':
      return fault.scope === null ? 'forbidden' : `forbidden:${fault.scope}`.slice(0, LONGEST);
    case 'drift':
      return `drift:${fault.path}`.slice(0, LONGEST);
    case 'unauthorised':
    case 'limited':
    case 'unavailable':
    case 'refused':
    case 'gone':
    case 'cannot':
      return fault.kind;
    default:
      return assertNever(fault);
  }
}
