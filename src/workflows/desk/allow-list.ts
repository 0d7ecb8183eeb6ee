import { normaliseIdentifier } from '../../core/identity/identifier.ts';
import { phoneRegion } from '../../core/identity/region.ts';
import type { StaffId } from '../../core/shared/brand.ts';
import { addPeriod, months } from '../../core/shared/period.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { AllowEntry, AllowListStore, IdentifierType } from '../../ports/desk.ts';
import type { StaffPerson } from '../../ports/staff.ts';
import type { Clock, Ids, Shop, Vault } from '../../ports.ts';
import { invalid, notFound, type Refused } from './refused.ts';

export interface AllowListDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly allowList: AllowListStore;
}

/** An entry ends after a year unless told otherwise, and after three at the latest: nothing lasts for ever. */
const USUAL = months(12);
const LONGEST = months(36);

/** Lets somebody through whatever measures are in force. */
export async function addAllowEntry(
  deps: AllowListDeps,
  shop: Shop,
  by: StaffPerson,
  wish: { type: IdentifierType; value: string; reason: string; until?: Instant | undefined },
): Promise<Result<AllowEntry, Refused>> {
  const value = normaliseIdentifier(wish.type, wish.value, phoneRegion(shop.jurisdictions, shop.timeZone));
  if (value === null) return err(invalid('value', whyNot(wish.type)));
  const now = deps.clock.now();
  const until = wish.until ?? addPeriod(now, USUAL);
  if (until <= now) return err(invalid('until', 'must be in the future'));
  if (until > addPeriod(now, LONGEST)) return err(invalid('until', 'must be within three years'));
  const entry = {
    id: deps.ids.next<string>(),
    type: wish.type,
    value: wish.value,
    reason: wish.reason,
    createdAt: now,
    until,
  };
  const hash = deps.vault.identifierHash(shop.id, wish.type, value);
  await deps.allowList.add(shop.id, { ...entry, hash, createdBy: by.id satisfies StaffId });
  return ok({ ...entry, createdBy: by.name });
}

export async function removeAllowEntry(deps: AllowListDeps, shop: Shop, entry: string): Promise<Result<true, Refused>> {
  return (await deps.allowList.remove(shop.id, entry)) ? ok(true) : err(notFound('There is no such entry.'));
}

function whyNot(type: IdentifierType): string {
  switch (type) {
    case 'external':
      return 'is not a customer number';
    case 'email':
      return 'is not an e-mail address';
    case 'phone':
      return 'is not a phone number: write it with its country code, for example +31 6 12345678';
  }
}
