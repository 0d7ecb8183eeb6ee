import { assertNever } from '../../../core/shared/assert-never.ts';
import type { CustomerId } from '../../../core/shared/brand.ts';
import { KEY_WORDS } from '../../../core/shared/key-table.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { Shop } from '../../../ports.ts';
import type { DecisionWish } from '../types.ts';
import type { Asked } from './asked.ts';
import type { Finding } from './found.ts';
import { type HeldEntry, isDenying, ListTable } from './list-table.ts';
import { type Known, MeasuredTable } from './measured-table.ts';
import type { PoliciesInMemory } from './policies.ts';

/** What an allow entry on more than one person keeps from being asked about; a deny entry there, or nothing, keeps nothing. */
export interface Trusted {
  network: boolean;
  domain: boolean;
  device: boolean;
}

/** All that decisions of one shop need. Changed in place, a change at a time, so that nobody ever sees half of one. */
export class Snapshot {
  readonly measured: MeasuredTable;
  readonly lists: ListTable;
  /** Null: not read yet. */
  policies: PoliciesInMemory | null = null;
  /** For each customer whom staff found to be the same person as others: those others. */
  readonly sameAs = new Map<CustomerId, readonly CustomerId[]>();
  readonly trusted: Trusted = { network: false, domain: false, device: false };
  readonly #seen: Known[] = [];

  constructor(expected: { readonly customers?: number; readonly entries?: number } = {}) {
    this.measured = new MeasuredTable(expected.customers);
    this.lists = new ListTable(expected.entries);
  }

  /**
   * Whoever any of the identifiers belongs to, strongest first: a new customer number with an old address is still the same person. Where
   * they belong to several, the measures of all of them count, and so does an allow entry of one. Homes share phones: whom the phone
   * alone leads to, in a request that also names somebody otherwise, is kept apart, and whoever vouched for them vouched for nobody else. An entry on a network, a domain or a device vouches
   * for nobody: it only keeps what else is said about that network, domain or device from counting (`trusted`); nor does one on a name and a door.
   */
  find(asked: Asked, shop: Shop, wish: DecisionWish, now: Instant, into: Finding): void {
    const { keys, count, phone } = asked;
    const { trusted } = this;
    trusted.network = false;
    trusted.domain = false;
    trusted.device = false;
    this.#seen.length = 0;
    for (let index = 0; index < count; index += 1) {
      const at = index * KEY_WORDS;
      const phoneAlone = index === phone && count > 1;
      this.#entry(this.lists.find(keys, at, now), into, phoneAlone);
      const known = this.measured.find(keys, at);
      if (known === null) continue;
      const lender = this.measured.lender(known.customer, keys, at);
      if (lender === null) this.#once(known, phoneAlone, now, into);
      else into.somebodyElse();
      this.#same(lender ?? known.customer, phoneAlone, now, into);
    }
    if (this.lists.size > 0) this.#others(asked, shop, wish, now, into);
  }

  /**
   * What is known of those confirmed to be the same as an account: as that account itself is linked, because whoever was told apart from it
   * may still be the same as somebody whom it is found by.
   */
  #same(account: CustomerId, phoneAlone: boolean, now: Instant, into: Finding): void {
    if (this.sameAs.size === 0) return;
    for (const other of this.sameAs.get(account) ?? []) {
      const theirs = this.measured.get(other);
      if (theirs !== null) this.#once(theirs, phoneAlone, now, into);
    }
  }

  #once(known: Known, phoneAlone: boolean, now: Instant, into: Finding): void {
    if (this.#seen.includes(known)) return;
    this.#seen.push(known);
    const vouching = this.#vouchingFor(known, now);
    if (vouching !== null) into.vouched(vouching, !(phoneAlone && into.hasMeasures));
    if (vouching === null || !phoneAlone) into.measured(known.customer, known.measures, phoneAlone);
  }

  /** Somebody may have vouched for another identifier of theirs: that entry. */
  #vouchingFor({ customer }: Known, now: Instant): string | null {
    if (this.lists.size === 0) return null;
    let found: string | null = null;
    this.measured.someKey(customer, (keys, at) => {
      const entry = this.lists.find(keys, at, now);
      if (entry === null || isDenying(entry)) return false;
      found = entry.id;
      return true;
    });
    return found;
  }

  #others(asked: Asked, shop: Shop, { ip, customer }: DecisionWish, now: Instant, into: Finding): void {
    const { lists } = this;
    if (ip !== undefined) this.#entry(lists.findNetwork(ip, now), into);
    if (lists.has('email_domain')) this.#at(asked, asked.putDomain(shop), now, into);
    if (lists.has('device')) this.#at(asked, asked.putDevice(shop, customer.device), now, into);
    if (lists.has('name_address')) this.#at(asked, asked.putNameAddress(shop, customer), now, into);
  }

  #at(asked: Asked, at: number, now: Instant, into: Finding): void {
    if (at !== -1) this.#entry(this.lists.find(asked.keys, at, now), into);
  }

  #entry(entry: HeldEntry | null, into: Finding, phoneAlone = false): void {
    if (entry === null) return;
    if (isDenying(entry)) into.entry(entry);
    else into.vouched(entry.id, this.#isPersonal(entry.type) && !(phoneAlone && into.hasMeasures));
  }

  #isPersonal(type: HeldEntry['type']): boolean {
    switch (type) {
      case 'email':
      case 'external':
      case 'phone':
        return true;
      // Whoever asks can write any name and any door: what nobody proved lifts no measure.
      case 'name_address':
        return false;
      case 'ip':
        this.trusted.network = true;
        return false;
      case 'email_domain':
        this.trusted.domain = true;
        return false;
      case 'device':
        this.trusted.device = true;
        return false;
      default:
        return assertNever(type);
    }
  }
}
