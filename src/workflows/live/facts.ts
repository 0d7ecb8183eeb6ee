import type { Surface } from '../../core/events/measures.ts';
import { hashOf } from '../../core/linkage/pool.ts';
import {
  addressCountedBy,
  ipCountedBy,
  tokenCountedBy,
  type WrittenAddress,
} from '../../core/policy/live/counted-by.ts';
import type { SlidingCounts } from '../../core/policy/live/sliding-counts.ts';
import {
  type CountedFact,
  type LiveFacts,
  type LiveIdentifier,
  liveIdentifiers,
} from '../../core/policy/live/types.ts';
import { KEY_WORDS } from '../../core/shared/key-table.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { DisposableDomains } from '../../ports/live.ts';
import type { Networks } from '../../ports/networks.ts';
import type { Shop, Vault } from '../../ports.ts';
import type { LiveRequest } from './types.ts';

const SERIES: Readonly<Record<Surface, number>> = { purchase: 1, return: 2, contact: 3, review: 4, login: 5 };
const FAILED_PAYMENTS = 6;
const NEW_ACCOUNTS = 7;
const TOLD = 8;

export interface FactsDeps {
  readonly vault: Pick<Vault, 'putIdentifierKey'>;
  readonly disposable: DisposableDomains;
  readonly networks: Networks;
}

/** Takes a count under a key. */
export type Add = (first: number, second: number) => void;

/**
 * What is known of one request, worked out as far as a rule asks for it. One object serves all requests, one after the other; what it says is true
 * until the next `of`.
 */
export class Facts implements LiveFacts {
  readonly #deps: FactsDeps;
  readonly #counts: SlidingCounts;
  readonly #keys = new Int32Array(liveIdentifiers.length * KEY_WORDS);
  /** By identifier: 0 not looked at, 1 there, 2 not given. */
  readonly #state = new Uint8Array(liveIdentifiers.length);
  readonly #words = new Int32Array(4);
  #shop: Pick<Shop, 'id' | 'currency'> | null = null;
  #request: LiveRequest = NOBODY;
  #now = 0 as Instant;

  constructor(deps: FactsDeps, counts: SlidingCounts) {
    this.#deps = deps;
    this.#counts = counts;
  }

  of(shop: Pick<Shop, 'id' | 'currency'>, request: LiveRequest, now: Instant): this {
    this.#shop = shop;
    this.#request = request;
    this.#now = now;
    for (let index = 0; index < liveIdentifiers.length; index += 1) this.#state[index] = 0;
    return this;
  }

  get orderValue(): number | null {
    return this.#request.order?.total ?? null;
  }

  get orderCurrency(): string | null {
    return this.#request.order?.currency ?? this.#shop?.currency ?? null;
  }

  get orderItems(): number | null {
    return this.#request.order?.items ?? null;
  }

  get firstOrder(): boolean | null {
    return this.#request.order?.first ?? null;
  }

  get countriesDiffer(): boolean | null {
    const { billingCountry, deliveryCountry } = this.#request.order ?? {};
    return billingCountry === undefined || deliveryCountry === undefined ? null : billingCountry !== deliveryCountry;
  }

  get disposableEmail(): boolean | null {
    const { email, trustedDomain } = this.#request;
    if (email === null) return null;
    return trustedDomain === true ? false : this.#deps.disposable.has(email.slice(email.lastIndexOf('@') + 1));
  }

  get hostingNetwork(): boolean | null {
    const { ip, trustedNetwork } = this.#request;
    if (ip === null) return null;
    return trustedNetwork === true ? false : this.#deps.networks.hosting(ip);
  }

  count(fact: CountedFact, per: LiveIdentifier, withinMs: number): number | null {
    // Whoever stands up for a network knows that many come from it.
    if (per === 'ip' && this.#request.trustedNetwork === true) return null;
    const at = this.#keyOf(per);
    if (at === -1) return null;
    return this.#counts.count(this.#first(at, this.#seriesOf(fact)), this.#second(at), withinMs, this.#now);
  }

  /** Counts the request itself by some identifiers; the same order once by each. */
  attempt(pers: readonly LiveIdentifier[], add: Add): void {
    const order = this.#request.order?.reference;
    for (const per of pers) {
      const at = this.#keyOf(per);
      if (at === -1) continue;
      if (order !== undefined && this.#toldBefore(order, at, add)) continue;
      add(this.#first(at, SERIES[this.#request.surface]), this.#second(at));
    }
  }

  /** Counts something else that happened, by some identifiers. */
  happened(fact: Exclude<CountedFact, 'attempts'>, pers: readonly LiveIdentifier[], add: Add): void {
    for (const per of pers) {
      const at = this.#keyOf(per);
      if (at !== -1) add(this.#first(at, this.#seriesOf(fact)), this.#second(at));
    }
  }

  #seriesOf(fact: CountedFact): number {
    if (fact === 'attempts') return SERIES[this.#request.surface];
    return fact === 'failed_payments' ? FAILED_PAYMENTS : NEW_ACCOUNTS;
  }

  /** Whether this order was counted under the identifier before; it is from now on. The identifier has few orders, so that a short hash tells them apart. */
  #toldBefore(order: string, at: number, add: Add): boolean {
    const first = this.#first(at, TOLD) ^ hashOf(order);
    const second = this.#second(at);
    if (this.#counts.count(first, second, WEEK, this.#now) > 0) return true;
    add(first, second);
    return false;
  }

  /** Each thing counted under an identifier has a key of its own. */
  #first(at: number, series: number): number {
    return (this.#keys[at] ?? 0) ^ Math.imul(series, 0x9e3779b1);
  }

  #second(at: number): number {
    return this.#keys[at + 1] ?? 0;
  }

  #keyOf(per: LiveIdentifier): number {
    const index = liveIdentifiers.indexOf(per);
    return this.#state[index] === 0 ? this.#place(index, per) : this.#known(index);
  }

  #place(index: number, per: LiveIdentifier): number {
    const text = this.#textOf(per);
    if (text === null || this.#shop === null) {
      this.#state[index] = 2;
      return -1;
    }
    this.#state[index] = 1;
    const at = index * KEY_WORDS;
    const made = this.#madeAlready(per);
    if (made === -1) this.#deps.vault.putIdentifierKey(this.#shop.id, per, text, this.#keys, at);
    else
      for (let word = 0; word < KEY_WORDS; word += 1)
        this.#keys[at + word] = this.#request.known?.keys[made + word] ?? 0;
    return at;
  }

  /** Where whoever asks has the key of an identifier already. */
  #madeAlready(per: LiveIdentifier): number {
    if (per === 'email') return this.#request.known?.emailAt ?? -1;
    return per === 'phone' ? (this.#request.known?.phoneAt ?? -1) : -1;
  }

  #known(index: number): number {
    return this.#state[index] === 1 ? index * KEY_WORDS : -1;
  }

  #textOf(per: LiveIdentifier): string | null {
    const { email, phone, ip, device, card, address } = this.#request;
    switch (per) {
      case 'email':
        return email;
      case 'phone':
        return phone;
      case 'ip':
        return ip === null ? null : ipCountedBy(ip, this.#words);
      case 'device':
        return device === null ? null : tokenCountedBy(device);
      case 'card':
        return card === null ? null : tokenCountedBy(card);
      case 'address':
        return address === null ? null : addressCountedBy(address satisfies WrittenAddress);
    }
  }
}

const WEEK = 7 * 86_400_000;
const NOBODY: LiveRequest = {
  surface: 'purchase',
  email: null,
  phone: null,
  ip: null,
  device: null,
  card: null,
  address: null,
  order: null,
};
