import { setImmediate as nextTurn } from 'node:timers/promises';
import { prepareMeasured } from '../../core/linkage/measured.ts';
import type { MeasuredIndex } from '../../core/linkage/types.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { LinkStore } from '../../ports/links.ts';
import type { Shop } from '../../ports.ts';
import { comparedFields, isComparable, millibits, profileOf, readingOf, type Told } from './profile.ts';
import type { FoundLikeness } from './types.ts';

type Links = Pick<LinkStore, 'measured' | 'measuredAmong' | 'sameAs' | 'splitFrom' | 'splitHashes' | 'model'>;

/** Reads what comparing at a checkout takes. */
export class Likenesses {
  readonly #links: Links;

  constructor(links: Links) {
    this.#links = links;
  }

  /** Everybody of a shop whom a restriction or block binds, ready to be compared with. */
  async load(shop: Shop): Promise<ShopLikenesses> {
    const [model, split] = await Promise.all([this.#links.model(shop.id), this.#links.splitHashes(shop.id, null)]);
    const held = new ShopLikenesses(shop, this.#links, prepareMeasured([], model?.model ?? null, readingOf(shop)));
    held.takeSplit(split);
    for await (const part of this.#links.measured(shop.id)) {
      for (const { customer, shown } of part) held.add(customer, shown);
      // Somebody may wait at a checkout.
      await nextTurn();
    }
    return held;
  }
}

/** Whom at most a customer is said to resemble. */
const MOST = 3;
const NONE: readonly FoundLikeness[] = Object.freeze([]);

/**
 * The measured customers of one shop in memory. Comparing reads nothing from the database. Pairs that staff found to be two
 * people are passed over.
 */
export class ShopLikenesses {
  readonly #shop: Shop;
  readonly #links: Links;
  readonly #index: MeasuredIndex;
  /** By the hash of an identifier: measured customers whom its owner is not. */
  readonly #notThese = new Map<string, Set<CustomerId>>();
  /** Hashes that a measured customer was split from, to take them back. */
  readonly #splitOf = new Map<CustomerId, readonly string[]>();

  constructor(shop: Shop, links: Links, index: MeasuredIndex) {
    this.#shop = shop;
    this.#links = links;
    this.#index = index;
  }

  get size(): number {
    return this.#index.size;
  }

  /**
   * Measured customers whom somebody resembles, the likeliest first. `hashes` gives the keyed hashes of their identifiers,
   * `self` is whoever those lead to. Never throws on what people write.
   */
  match(told: Told, hashes: () => readonly string[], self: CustomerId | null = null): readonly FoundLikeness[] {
    if (this.#index.size === 0) return [];
    const profile = profileOf(self ?? '', told);
    if (!isComparable(profile)) return [];
    const matches = this.#index.matches(profile, MOST, this.#passedOver(hashes));
    if (matches.length === 0) return NONE;
    return matches.flatMap(({ id, explanation }) => {
      const { kind, bits } = explanation;
      return kind === 'unlike'
        ? []
        : [
            {
              customer: id as CustomerId,
              klass: kind,
              millibits: millibits(bits),
              fields: comparedFields(explanation),
            },
          ];
    });
  }

  /** Whom to pass over: those whom staff told apart from somebody with one of these identifiers. */
  #passedOver(hashes: () => readonly string[]): ((id: string) => boolean) | undefined {
    if (this.#notThese.size === 0) return undefined;
    const own = hashes();
    return (id) => own.some((hash) => this.#notThese.get(hash)?.has(id as CustomerId));
  }

  /**
   * Reads anew what changed about some customers, about those who are the same person, and about those whom they were told apart
   * from: by an identifier that is new, too, they are somebody else.
   */
  async renew(customers: readonly CustomerId[]): Promise<void> {
    if (customers.length === 0) return;
    const [same, apart] = await Promise.all([
      this.#links.sameAs(this.#shop.id, customers),
      this.#links.splitFrom(this.#shop.id, customers),
    ]);
    const all = [...new Set([...customers, ...[...same.values()].flat(), ...apart])];
    const [measured, split] = await Promise.all([
      this.#links.measuredAmong(this.#shop.id, all),
      this.#links.splitHashes(this.#shop.id, all),
    ]);
    for (const customer of all) this.#remove(customer);
    this.takeSplit(split);
    for (const { customer, shown } of measured) this.add(customer, shown);
  }

  add(customer: CustomerId, told: Told): void {
    const profile = profileOf(customer, told);
    if (isComparable(profile)) this.#index.add(profile);
  }

  takeSplit(split: ReadonlyMap<CustomerId, readonly string[]>): void {
    for (const [customer, hashes] of split) {
      this.#splitOf.set(customer, hashes);
      for (const hash of hashes) {
        const those = this.#notThese.get(hash) ?? new Set();
        this.#notThese.set(hash, those.add(customer));
      }
    }
  }

  #remove(customer: CustomerId): void {
    this.#index.remove(customer);
    for (const hash of this.#splitOf.get(customer) ?? []) {
      const those = this.#notThese.get(hash);
      those?.delete(customer);
      if (those?.size === 0) this.#notThese.delete(hash);
    }
    this.#splitOf.delete(customer);
  }
}
