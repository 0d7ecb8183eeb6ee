import type { ShopStore } from '../../ports/desk.ts';
import type { Credentials } from '../../ports/staff.ts';
import type { AppealDeps, CustomerHearing } from '../../workflows/appeals/types.ts';
import type { AccessDeps } from '../../workflows/portal/types.ts';

/** What the portal works with. */
export interface PortalDeps extends AccessDeps, AppealDeps {
  readonly shops: ShopStore;
  readonly credentials: Pick<Credentials, 'callerHash'>;
  /** What customers do about appeals. */
  readonly hearing: CustomerHearing;
  /** Where the built pages are. */
  readonly webFolder: string;
}
