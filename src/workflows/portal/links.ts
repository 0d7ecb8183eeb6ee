import { timingSafeEqual } from 'node:crypto';
import type { CustomerId, NoticeId, ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Deps, Store } from '../../ports/store.ts';
import type { Shop, Vault } from '../../ports.ts';

/** 256 bits that nobody can guess, and as much of a signature as tells a forgery without asking the database. */
const SECRET_BYTES = 32;
const SIGNATURE_BYTES = 16;

/**
 * A new link to the portal for one customer, as a whole address. It opens the portal once, until `expiresAt`; kept is only a keyed
 * hash of it, so the address must go into the message and nowhere else.
 */
export async function makePortalLink(
  deps: Pick<Deps, 'vault' | 'publicUrl'>,
  store: Pick<Store, 'portal'>,
  shop: Shop,
  customer: CustomerId,
  notice: NoticeId | null,
  expiresAt: Instant,
): Promise<string> {
  const secret = deps.vault.randomBytes(SECRET_BYTES).toString('base64url');
  const token = secret + signatureOf(deps.vault, shop.id, secret);
  await store.portal.addLink(shop.id, { tokenHash: linkHash(deps.vault, shop.id, token), customer, notice, expiresAt });
  return `${portalUrl(deps, shop)}/open/${token}`;
}

/** Where a shop's portal is, without a slash at the end. */
export function portalUrl(deps: Pick<Deps, 'publicUrl'>, shop: Pick<Shop, 'slug' | 'settings'>): string {
  return `${(shop.settings.publicUrl ?? deps.publicUrl).replace(/\/+$/, '')}/c/${shop.slug}`;
}

/** How a link's token is kept; null for one that was never made here for this shop. */
export function readLinkToken(vault: Vault, shop: ShopId, token: string): Buffer | null {
  const length = Math.ceil((SECRET_BYTES * 4) / 3);
  const [given, right] = [token.slice(length), signatureOf(vault, shop, token.slice(0, length))].map((text) =>
    Buffer.from(text),
  );
  if (given === undefined || right === undefined || given.length !== right.length) return null;
  return timingSafeEqual(given, right) ? linkHash(vault, shop, token) : null;
}

function signatureOf(vault: Vault, shop: ShopId, secret: string): string {
  return vault.portalHash(shop, 'signature', secret).subarray(0, SIGNATURE_BYTES).toString('base64url');
}

const linkHash = (vault: Vault, shop: ShopId, token: string): Buffer => vault.portalHash(shop, 'link', token);
