import { id, type StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Colleague, Credentials, Role, StaffStore } from '../../ports/staff.ts';
import type { Clock, Ids, Shop } from '../../ports.ts';
import { conflict, notFound, type Refused } from './refused.ts';

export interface StaffDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly staff: StaffStore;
  readonly credentials: Credentials;
}

/** Adds somebody to the shop. Who works for another shop of this installation keeps the password they have. */
export async function addColleague(
  deps: StaffDeps,
  shop: Shop,
  wish: { name: string; email: string; password: string; role: Role },
): Promise<Result<Colleague, Refused>> {
  const person = {
    id: id<StaffId>(deps.ids.next()),
    name: wish.name,
    email: wish.email.trim(),
    passwordHash: await deps.credentials.hashPassword(wish.password),
  };
  const added = await deps.staff.addColleague(shop.id, person, wish.role, deps.clock.now());
  if (added.status === 'already-here')
    return err(conflict('Somebody with this e-mail address works for this shop already.'));
  return colleagueNow(deps, shop, added.id);
}

/** Changes a role, or lets somebody in or out. Takes effect with the person's next request. */
export async function changeColleague(
  deps: StaffDeps,
  shop: Shop,
  staff: StaffId,
  change: { role?: Role | undefined; disabled?: boolean | undefined },
): Promise<Result<Colleague, Refused>> {
  const outcome = await deps.staff.changeColleague(shop.id, staff, change, deps.clock.now());
  switch (outcome) {
    case 'changed':
      return colleagueNow(deps, shop, staff);
    case 'not-here':
      return err(notFound('Nobody with this id works for this shop.'));
    case 'last-owner':
      return err(conflict('This is the only owner who can sign in: make somebody else an owner first.'));
  }
}

async function colleagueNow(deps: StaffDeps, shop: Shop, staff: StaffId): Promise<Result<Colleague, Refused>> {
  const colleague = await deps.staff.colleague(shop.id, staff);
  return colleague === null ? err(notFound('Nobody with this id works for this shop.')) : ok(colleague);
}
