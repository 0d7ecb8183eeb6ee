import { id, type StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { conflict, invalid, type Refused } from './refused.ts';
import { type OpenedSession, openSession, type SessionDeps } from './sessions.ts';
import { planShop, type ShopDeps, type ShopWish, slugsFor, slugTaken } from './shops.ts';

export type FirstRunDeps = SessionDeps & ShopDeps;

export interface OwnerWish {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const SHORTEST_PASSWORD = 12;

/** True until somebody works here. */
export async function setupNeeded(deps: Pick<SessionDeps, 'staff'>): Promise<boolean> {
  return !(await deps.staff.anyStaff());
}

/** The first visit: makes the owner and the shop and signs in. Of two visitors at once, one wins. */
export async function setUp(
  deps: FirstRunDeps,
  wish: { owner: OwnerWish; shop: ShopWish },
): Promise<Result<OpenedSession, Refused>> {
  const done = conflict('Evenhand has been set up already: sign in, or ask an owner to add you.');
  if (await deps.staff.anyStaff()) return err(done);
  const owner = await personOf(deps, wish.owner);
  for (const slug of slugsFor(wish.shop)) {
    const planned = planShop(deps, wish.shop, slug);
    if (!planned.ok) {
      const { error } = planned;
      return err(error.kind === 'invalid' ? { ...error, field: `shop.${error.field}` } : error);
    }
    const made = await deps.staff.makeFirstOwner(owner, planned.value);
    if (made === 'staff-exists') return err(done);
    if (made === 'made') return ok(await openSession(deps, owner.id));
  }
  return err(slugTaken(wish.shop));
}

/** Unattended set-up: makes the owner unless somebody works here already. Says whether it did. */
export async function ensureOwner(
  deps: Pick<FirstRunDeps, 'staff' | 'credentials' | 'ids'>,
  owner: { readonly email: string; readonly password: string },
): Promise<Result<boolean, Refused>> {
  if (await deps.staff.anyStaff()) return ok(false);
  if (owner.password.length < SHORTEST_PASSWORD)
    return err(invalid('password', `needs at least ${SHORTEST_PASSWORD} characters`));
  const name = owner.email.split('@')[0] ?? owner.email;
  const made = await deps.staff.makeFirstOwner(await personOf(deps, { ...owner, name }), null);
  return ok(made === 'made');
}

async function personOf(deps: Pick<FirstRunDeps, 'credentials' | 'ids'>, owner: OwnerWish) {
  return {
    id: id<StaffId>(deps.ids.next()),
    name: owner.name,
    email: owner.email.trim(),
    passwordHash: await deps.credentials.hashPassword(owner.password),
  };
}
