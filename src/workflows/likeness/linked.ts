import { keyOfPair } from '../../core/events/link-states.ts';
import type { ComparedField } from '../../core/events/links.ts';
import { phoneRegion } from '../../core/identity/region.ts';
import { prepareMeasured } from '../../core/linkage/measured.ts';
import { type TraitKind, traitsOf } from '../../core/linkage/traits.ts';
import type { LinkClass, MatchExplanation, Model, Reading } from '../../core/linkage/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { KnownPerson, LinkRecord, LinkSide, SharedTrait } from '../../ports/links.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { addressLine } from './address-line.ts';
import { type Answerable, type Confirmable, isAlike, isChained, whoMayAnswer } from './alike.ts';
import { comparedFields, isComparable, millibits, profileOf, readingOf } from './profile.ts';

/** An account that may have to do with a customer's. */
export interface LinkedAccount {
  readonly side: LinkSide;
  /** What comparing says now; null: there is too little to compare. */
  readonly klass: LinkClass | null;
  readonly millibits: number | null;
  readonly fields: readonly ComparedField[];
  /** What was asked of staff, and what they answered. */
  readonly state: LinkRecord['state'] | null;
  readonly confirm: Confirmable;
  /** Who may tell the two apart, or take an answer back. */
  readonly change: Answerable;
}

/** An address, phone, card or device that accounts have in common. */
export interface SharedIdentifier {
  readonly kind: TraitKind;
  /** As it was written; null: it is one that the customer had before. */
  readonly text: string | null;
  readonly customers: number;
  readonly accounts: readonly CustomerId[];
}

export interface LinkedAccounts {
  readonly own: LinkSide;
  readonly accounts: readonly LinkedAccount[];
  readonly shared: readonly SharedIdentifier[];
}

/** A graph of more accounts shows nothing any more: the strongest are shown. */
const MOST_ACCOUNTS = 12;
const MOST_SHARING = 8;
const MOST_LINKS = 50;
/** What is shown as shared. A name alone links nobody. */
const SHOWN: ReadonlySet<TraitKind> = new Set<TraitKind>(['card', 'device', 'phone', 'email', 'address']);

/**
 * Who else may be this customer, who shares a home with them, and what they have in common: as comparing says now, and as staff
 * answered. Null: the shop knows no such customer.
 */
export async function linkedAccounts(
  { store, vault }: Pick<Deps, 'store' | 'vault'>,
  shop: Shop,
  customer: CustomerId,
): Promise<LinkedAccounts | null> {
  const [links, traits, kept] = await Promise.all([
    store.links.linksOf(shop.id, customer, MOST_LINKS),
    store.links.shared(shop.id, customer, MOST_SHARING),
    store.links.model(shop.id),
  ]);
  const byPair = new Map(links.map((link) => [keyOfPair(link.a, link.b), link]));
  const others = new Set<CustomerId>(links.map(({ a, b }) => (a === customer ? b : a)));
  for (const { kind, others: sharing } of traits) if (SHOWN.has(kind)) for (const other of sharing) others.add(other);
  const all = [customer, ...others];
  const [sides, measured, same] = await Promise.all([
    store.links.sides(shop.id, all),
    store.links.measuredAmong(shop.id, all),
    store.links.sameAs(shop.id, all),
  ]);
  const own = sides.get(customer);
  if (own === undefined) return null;
  const bound = new Set(measured.map((each) => each.customer));
  const compare = pairwise(kept?.model ?? null, readingOf(shop), own);
  const accounts = [...others]
    .flatMap((other): LinkedAccount[] => {
      const side = sides.get(other);
      if (side === undefined || side.erased) return [];
      const link = byPair.get(keyOfPair(customer, other));
      const explanation = compare(side);
      const isBound = bound.has(customer) || bound.has(other);
      return [
        {
          side,
          klass: explanation?.kind ?? null,
          millibits: explanation === null ? (link?.finding?.millibits ?? null) : millibits(explanation.bits),
          fields: explanation === null ? (link?.finding?.fields ?? []) : comparedFields(explanation),
          state: link?.state ?? null,
          confirm: isAlike(explanation?.kind ?? null, link ?? null) ? whoMayAnswer(isBound, true) : 'nobody',
          change: whoMayAnswer(isBound, link?.state === 'confirmed' || isChained(same, customer, other)),
        },
      ];
    })
    .sort((a, b) => rank(b) - rank(a) || (b.millibits ?? -1e9) - (a.millibits ?? -1e9))
    .slice(0, MOST_ACCOUNTS);
  const shown = new Set(accounts.map(({ side }) => side.customer));
  const texts = textsOf(own, shop, (kind, value) => vault.searchToken(shop.id, `${kind} ${value}`).toString('hex'));
  return {
    own,
    accounts,
    shared: traits
      .filter(({ kind }) => SHOWN.has(kind))
      .map((trait) => ({ ...trait, accounts: trait.others.filter((other) => shown.has(other)) }))
      .filter(({ accounts: sharing }) => sharing.length > 0)
      .map(({ kind, hash, customers, accounts: sharing }) => ({
        kind,
        text: texts.get(hash) ?? null,
        customers,
        accounts: sharing,
      })),
  };
}

/** What staff said first, then questions, then what comparing says. */
function rank({ state, klass }: LinkedAccount): number {
  if (state === 'confirmed') return 5;
  if (state === 'found') return 4;
  if (klass === 'same' || klass === 'probably_same') return 3;
  if (klass === 'household') return 2;
  return state === 'split' ? 1 : 0;
}

/** Compares one person with others, one at a time. */
export function pairwise(
  model: Model | null,
  reading: Reading,
  one: KnownPerson,
): (other: KnownPerson) => MatchExplanation | null {
  const own = profileOf(one.customer, one.shown);
  if (!isComparable(own)) return () => null;
  const index = prepareMeasured([], model, reading);
  index.add(own);
  return (other) => {
    const profile = profileOf(other.customer, other.shown);
    return isComparable(profile) ? (index.match(profile)?.explanation ?? null) : null;
  };
}

/** How what a customer has now is written, by the hash of its normal form. */
function textsOf(
  { shown }: KnownPerson,
  shop: Shop,
  hashOf: (kind: TraitKind, value: string) => string,
): ReadonlyMap<SharedTrait['hash'], string> {
  const written: Readonly<Partial<Record<TraitKind, string | undefined>>> = {
    card: shown.card,
    device: shown.device,
    phone: shown.phone,
    email: shown.email,
    address: shown.address === undefined ? undefined : addressLine(shown.address),
  };
  const texts = new Map<string, string>();
  for (const { kind, value } of traitsOf(shown, phoneRegion(shop.jurisdictions, shop.timeZone))) {
    const text = written[kind];
    if (text !== undefined) texts.set(hashOf(kind, value), text);
  }
  return texts;
}
