import { id, type StaffId } from '../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../core/shared/time.ts';
import type { ApiKey, KeyStore } from '../../ports/desk.ts';
import type { Colleague, StaffStore } from '../../ports/staff.ts';
import type { Shop } from '../../ports.ts';
import { type KeyDeps, makeKey, revokeKey } from '../../workflows/desk/api-keys.ts';
import { changeShop, type ShopDeps } from '../../workflows/desk/shops.ts';
import { addColleague, changeColleague, type StaffDeps } from '../../workflows/desk/staff.ts';
import { refused } from '../problem.ts';
import type { RegisterRoute } from './route.ts';

export type SettingsDeps = ShopDeps &
  StaffDeps &
  KeyDeps & {
    readonly staff: StaffStore;
    readonly keys: KeyStore;
    /** Called when a key stops opening anything, so that nobody goes on remembering it. */
    readonly onKeyRevoked: () => void;
  };

/** The shop, its staff and its keys. */
export function settingsRoutes(route: RegisterRoute, deps: SettingsDeps): void {
  route('GET /api/shops/:shop/settings', async ({ shop }) => settingsOf(shop));

  route('PATCH /api/shops/:shop/settings', async ({ shop, body }) => {
    const changed = await changeShop(deps, shop, body);
    return changed.ok ? settingsOf(changed.value) : refused(changed.error);
  });

  route('GET /api/shops/:shop/staff', async ({ shop, session }) => {
    const colleagues = await deps.staff.colleagues(shop.id);
    return { items: colleagues.map((colleague) => memberOf(colleague, session.staff.id)) };
  });

  route('POST /api/shops/:shop/staff', async ({ shop, session, body }) => {
    const added = await addColleague(deps, shop, body);
    return added.ok ? memberOf(added.value, session.staff.id) : refused(added.error);
  });

  route('PATCH /api/shops/:shop/staff/:id', async ({ shop, session, params, body }) => {
    const changed = await changeColleague(deps, shop, id<StaffId>(params.id), body);
    return changed.ok ? memberOf(changed.value, session.staff.id) : refused(changed.error);
  });

  route('GET /api/shops/:shop/keys', async ({ shop }) => ({ items: (await deps.keys.list(shop.id)).map(keyOf) }));

  route('POST /api/shops/:shop/keys', async ({ shop, session, body }) => {
    const { key, secret } = await makeKey(deps, shop, session.staff.id, body);
    return { ...keyOf(key), key: secret };
  });

  route('DELETE /api/shops/:shop/keys/:id', async ({ shop, params }) => {
    const revoked = await revokeKey(deps, shop, params.id);
    deps.onKeyRevoked();
    return revoked.ok ? { ok: true } : refused(revoked.error);
  });
}

function settingsOf(shop: Shop) {
  return {
    slug: shop.slug,
    name: shop.name,
    currency: shop.currency,
    timeZone: shop.timeZone,
    languages: [...shop.languages],
    jurisdictions: [...shop.jurisdictions],
    secondApprovalForBlocks: shop.settings.secondApprovalForBlocks,
    supportEmail: shop.settings.supportEmail,
    suspendWhileOverdue: shop.settings.suspendWhileOverdue,
    onlinePlatform: shop.settings.onlinePlatform,
    withdrawalWithoutSignIn: shop.settings.withdrawalWithoutSignIn,
    publicUrl: shop.settings.publicUrl,
    surfaces: shop.settings.surfaces,
  };
}

function memberOf(colleague: Colleague, you: StaffId) {
  return {
    id: colleague.id,
    name: colleague.name,
    email: colleague.email,
    role: colleague.role,
    createdAt: formatInstant(colleague.createdAt),
    disabled: colleague.disabledAt !== null,
    you: colleague.id === you,
  };
}

function keyOf(key: Omit<ApiKey, 'connection'>) {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    createdAt: formatInstant(key.createdAt),
    lastUsedAt: orNull(key.lastUsedAt),
    revokedAt: orNull(key.revokedAt),
  };
}

const orNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));
