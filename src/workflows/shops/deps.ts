import type { PlatformRegistry } from '../../ports/connections.ts';
import type { Deps } from '../../ports/store.ts';
import type { PolicyShelf } from '../console/policy-shelf.ts';

/** What work with shop systems is given besides what every workflow is. */
export interface ShopsDeps extends Deps {
  readonly platforms: PlatformRegistry;
  readonly policies: PolicyShelf;
  /** Goes to public addresses only, unless the installation says otherwise. */
  readonly fetch: typeof fetch;
}
