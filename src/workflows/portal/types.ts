import type { AttemptStore } from '../../ports/staff.ts';
import type { Deps } from '../../ports/store.ts';

/** What coming into the portal takes. */
export interface AccessDeps extends Deps {
  readonly attempts: AttemptStore;
}

/** Why somebody is not let in (yet). */
export type NotIn =
  /** Asked or tried too often; again after so many seconds. */
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number }
  /** Not right, over, or used: for codes nobody is told which. */
  | { readonly kind: 'wrong' };
