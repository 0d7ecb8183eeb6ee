import type { CustomerId, ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { PortalLevel, PortalSession } from '../../ports/hearing.ts';
import type { Deps } from '../../ports/store.ts';

const DAY = 86_400_000;

/** How long a browser is remembered: a link may have been opened on a borrowed machine, and a code opens everything. */
const LENGTH: Readonly<Record<PortalLevel, number>> = { link: 7 * DAY, code: DAY };

/** A session just opened: the token goes into the cookie and is kept nowhere else. */
export interface OpenedPortal {
  readonly token: string;
  readonly session: PortalSession;
}

/** Opens the portal for a customer whose right to it has been established; an earlier session of the same browser ends. */
export async function openPortal(
  { store, vault, clock }: Pick<Deps, 'store' | 'vault' | 'clock'>,
  shop: ShopId,
  customer: CustomerId,
  level: PortalLevel,
  earlierToken: string | null,
): Promise<OpenedPortal> {
  const now = clock.now();
  const token = vault.randomBytes(32).toString('base64url');
  const session: PortalSession = {
    shop,
    customer,
    level,
    csrf: vault.randomBytes(32).toString('base64url'),
    expiresAt: (now + LENGTH[level]) as Instant,
  };
  if (earlierToken !== null) await store.portal.endSession(shop, vault.portalHash(shop, 'session', earlierToken));
  await store.portal.tidy((now - DAY) as Instant);
  await store.portal.addSession(vault.portalHash(shop, 'session', token), session, now);
  return { token, session };
}

/** Who is behind a token; null when it opens nothing (any more). */
export function portalSession(
  { store, vault, clock }: Pick<Deps, 'store' | 'vault' | 'clock'>,
  shop: ShopId,
  token: string,
): Promise<PortalSession | null> {
  return store.portal.session(shop, vault.portalHash(shop, 'session', token), clock.now());
}

export async function leavePortal({ store, vault }: Pick<Deps, 'store' | 'vault'>, shop: ShopId, token: string) {
  await store.portal.endSession(shop, vault.portalHash(shop, 'session', token));
}
