import type { IssuedNotice } from '../../core/notices/types.ts';
import type { CustomerId, ShopId } from '../../core/shared/brand.ts';
import type { Deps } from '../../ports/store.ts';
import { readLinkToken } from './links.ts';
import { type OpenedPortal, openPortal } from './sessions.ts';

export type LinkState = 'fresh' | 'used' | 'over';

/** What became of a link, without using it. A forged one is refused without a read of the database. */
export async function lookAtLink(
  { store, vault, clock }: Pick<Deps, 'store' | 'vault' | 'clock'>,
  shop: ShopId,
  token: string,
): Promise<LinkState> {
  const hash = readLinkToken(vault, shop, token);
  const link = hash === null ? null : await store.portal.link(shop, hash, clock.now());
  if (link === null) return 'over';
  return link.used ? 'used' : 'fresh';
}

/** The customer a used link was for, so that a code can be sent to the address the shop has of them; null: not a used link. */
export async function ownerOfUsedLink(
  { store, vault, clock }: Pick<Deps, 'store' | 'vault' | 'clock'>,
  shop: ShopId,
  token: string,
) {
  const hash = readLinkToken(vault, shop, token);
  const link = hash === null ? null : await store.portal.link(shop, hash, clock.now());
  return link?.used === true ? link.customer : null;
}

/** What a used link came with, for whoever is signed in as the customer it was for; undefined: for anybody else. */
export async function aboutUsedLink(
  { store, vault, clock }: Pick<Deps, 'store' | 'vault' | 'clock'>,
  shop: ShopId,
  token: string,
  customer: CustomerId,
): Promise<IssuedNotice | null | undefined> {
  const hash = readLinkToken(vault, shop, token);
  const link = hash === null ? null : await store.portal.link(shop, hash, clock.now());
  if (link?.used !== true || link.customer !== customer) return undefined;
  return link.notice === null ? null : store.notices.one(shop, link.notice);
}

/** Uses a link up and opens the portal; of two at once only the first. `about`: the notice it came with. */
export async function enterByLink(
  deps: Pick<Deps, 'store' | 'vault' | 'clock'>,
  shop: ShopId,
  token: string,
  earlierToken: string | null,
): Promise<{ readonly opened: OpenedPortal; readonly about: IssuedNotice | null } | Exclude<LinkState, 'fresh'>> {
  const hash = readLinkToken(deps.vault, shop, token);
  const link = hash === null ? null : await deps.store.portal.redeemLink(shop, hash, deps.clock.now());
  if (link === null) return 'over';
  if (link.used) return 'used';
  return {
    opened: await openPortal(deps, shop, link.customer, 'link', earlierToken),
    about: link.notice === null ? null : await deps.store.notices.one(shop, link.notice),
  };
}
