import { id, type ShopId, type StaffId } from '../../core/shared/brand.ts';
import { isCurrency } from '../../core/shared/money.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { ShopStore } from '../../ports/desk.ts';
import type { Membership, ShopToMake, StaffSession, StaffStore } from '../../ports/staff.ts';
import { type Clock, defaultShopSettings, type Ids, type Shop } from '../../ports.ts';
import { conflict, invalid, notAllowed, notFound, type Refused } from './refused.ts';

export interface ShopDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly shops: ShopStore;
  /** The policy every new shop starts with. */
  readonly defaultPolicy: string;
}

export interface ShopWish {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly currency: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly jurisdictions: readonly string[];
}

/** Makes a shop for somebody who owns one already, or never had one. Who was let out of a shop cannot begin another. */
export async function addShop(
  deps: ShopDeps & { readonly staff: Pick<StaffStore, 'everWorked'> },
  session: StaffSession,
  wish: ShopWish,
): Promise<Result<Shop, Refused>> {
  const owns = session.memberships.some((membership: Membership) => membership.role === 'owner');
  if (!owns && (await deps.staff.everWorked(session.staff.id))) return err(notAllowed('Only an owner may add a shop.'));
  return makeShop(deps, wish, session.staff.id);
}

/** Makes a shop with the policy that comes with Evenhand. Without a slug one is made from the name. */
export async function makeShop(deps: ShopDeps, wish: ShopWish, owner: StaffId | null): Promise<Result<Shop, Refused>> {
  for (const slug of slugsFor(wish)) {
    const planned = planShop(deps, wish, slug);
    if (!planned.ok) return planned;
    if (await deps.shops.make(planned.value, owner)) return ok(planned.value.shop);
  }
  return err(slugTaken(wish));
}

export const slugTaken = (wish: ShopWish): Refused =>
  wish.slug === undefined
    ? conflict('Shops with this name exist already: give this one a short name of its own (slug).')
    : conflict(`The short name "${wish.slug}" belongs to another shop: choose another.`);

/** The slug asked for; else the name's, then with -2 to -20. */
export function slugsFor(wish: ShopWish): readonly string[] {
  if (wish.slug !== undefined) return [wish.slug];
  const base = slugOf(wish.name);
  return [base, ...Array.from({ length: 19 }, (_, index) => `${base.slice(0, 56)}-${index + 2}`)];
}

/** The shop as it would be made, or the first thing about it that cannot be. */
export function planShop(deps: ShopDeps, wish: ShopWish, slug: string): Result<ShopToMake, Refused> {
  const currency = wish.currency.toUpperCase();
  if (!isCurrency(currency))
    return err(invalid('currency', `"${wish.currency}" is not an ISO 4217 currency such as EUR`));
  const refused = refusedPlace(wish);
  if (refused !== null) return err(refused);
  const shop: Shop = {
    id: id<ShopId>(deps.ids.next()),
    slug,
    name: wish.name,
    currency,
    timeZone: wish.timeZone,
    languages: wish.languages,
    jurisdictions: wish.jurisdictions,
    settings: defaultShopSettings,
  };
  return ok({ shop, policySource: deps.defaultPolicy, at: deps.clock.now() });
}

export interface ShopSettingsChange {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly languages?: readonly string[] | undefined;
  readonly jurisdictions?: readonly string[] | undefined;
  readonly secondApprovalForBlocks?: boolean | undefined;
  readonly supportEmail?: string | null | undefined;
  readonly suspendWhileOverdue?: boolean | undefined;
  readonly onlinePlatform?: boolean | undefined;
  readonly withdrawalWithoutSignIn?: boolean | undefined;
  readonly publicUrl?: string | null | undefined;
}

export async function changeShop(
  deps: Pick<ShopDeps, 'shops'>,
  shop: Shop,
  change: ShopSettingsChange,
): Promise<Result<Shop, Refused>> {
  const refused = refusedPlace(change);
  if (refused !== null) return err(refused);
  const { name, timeZone, languages, jurisdictions, ...wished } = change;
  const columns = { name, timeZone, languages, jurisdictions };
  const settings = Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined));
  const changed = await deps.shops.change(shop.id, { ...columns, settings });
  return changed === null ? err(notFound('This shop does not exist.')) : ok(changed);
}

function refusedPlace(wish: Pick<ShopSettingsChange, 'timeZone' | 'languages' | 'jurisdictions'>): Refused | null {
  if (wish.timeZone !== undefined && !isTimeZone(wish.timeZone))
    return invalid('timeZone', `"${wish.timeZone}" is not a time zone such as Europe/Amsterdam`);
  const language = wish.languages?.find((each) => !isLanguage(each));
  if (language !== undefined) return invalid('languages', `"${language}" is not a language tag such as nl or en-GB`);
  const jurisdiction = wish.jurisdictions?.find((each) => !/^(EU|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/.test(each));
  if (jurisdiction !== undefined)
    return invalid('jurisdictions', `"${jurisdiction}" is not a country code such as NL, US-CA or EU`);
  return null;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

function isLanguage(tag: string): boolean {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag);
}

/** "Café Zürich & Co." → "cafe-zurich-co"; a name without Latin letters gives "shop". */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'shop' : slug;
}
