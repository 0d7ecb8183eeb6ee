import { isStronger } from '../../core/lists/answers.ts';
import { changeOf, turnsAgainst } from '../../core/lists/change.ts';
import { isEverybodys, normaliseDomain } from '../../core/lists/domain.ts';
import { type EntryType, entryTypes } from '../../core/lists/types.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { EntryToWrite, ListEntry } from '../../ports/lists.ts';
import type { Shop } from '../../ports.ts';
import { type EntryWish, toWrite, vouchedFault, type WishRefusal } from './wish.ts';
import type { ListDeps } from './write-entries.ts';

/** What some entries would do, before any of them is written. */
export interface Preview {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Of those that are taken or there already. */
  readonly byType: Readonly<Partial<Record<EntryType, number>>>;
  readonly refused: number;
  /** The first of them. */
  readonly refusals: readonly { readonly where: string; readonly message: string; readonly unlessMeant: boolean }[];
  /** Entries that can hit people nobody thought of, the widest first; `addresses` of a network, else null. */
  readonly wide: readonly { readonly value: string; readonly addresses: number | null }[];
  /** Entries with a harder answer than is usual. */
  readonly harder: number;
  /** Entries that stop what the allow list lets through; left out, and refused, unless they are meant. */
  readonly turned: number;
  /** Customers whom the shop knows by one of the values that are taken, and how many of them are in good standing. */
  readonly customers: number;
  readonly good: number;
}

type Known = Pick<ListEntry, 'list' | 'answer' | 'reason' | 'until'>;

const MOST_REFUSALS = 200;
const MOST_WIDE = 20;
/** A network of a household or a small office is narrower than this many bits from its end: 256 addresses of IPv4, a /48 of IPv6. */
const WIDE_BITS = { 4: 8, 6: 80 } as const;
const PART = 2_000;

/** Gathers what entries would do. Feed it wishes, then ask. Looks up in parts, so that a file of any length never waits in memory. */
export class PreviewOf {
  readonly #deps: ListDeps;
  readonly #shop: Shop;
  readonly #seen = new Set<string>();
  readonly #refusals: Preview['refusals'][number][] = [];
  readonly #byType: Partial<Record<EntryType, number>> = {};
  #wide: Preview['wide'][number][] = [];
  #waiting: { readonly wish: EntryWish; readonly where: string; readonly rows: readonly EntryToWrite[] }[] = [];
  #rows = 0;
  #counts = { added: 0, changed: 0, same: 0, refused: 0, harder: 0, turned: 0, customers: 0, good: 0 };

  constructor(deps: ListDeps, shop: Shop) {
    this.#deps = deps;
    this.#shop = shop;
  }

  get isFull(): boolean {
    return this.#rows >= PART;
  }

  take(wish: EntryWish, where: string): void {
    const read = toWrite(this.#deps, this.#shop, wish, this.#deps.clock.now());
    if (!read.ok) {
      this.refuse(where, read.error);
      return;
    }
    this.#waiting.push({ wish, where, rows: read.value });
    this.#rows += read.value.length;
  }

  refuse(where: string, { message, unlessMeant }: Pick<WishRefusal, 'message' | 'unlessMeant'>): void {
    this.#counts.refused += 1;
    if (this.#refusals.length < MOST_REFUSALS) this.#refusals.push({ where, message, unlessMeant });
  }

  /** Looks up what waits. */
  async lookUp(): Promise<void> {
    const wishes = this.#waiting;
    this.#waiting = [];
    this.#rows = 0;
    const { lists } = this.#deps.store;
    const now = this.#deps.clock.now();
    const known = await lists.known(
      this.#shop.id,
      wishes.flatMap(({ rows }) => rows),
    );
    const taken: EntryToWrite[] = [];
    let place = 0;
    for (const { wish, where, rows } of wishes) {
      const own = known.slice(place, place + rows.length);
      place += rows.length;
      const fault = vouchedFault(wish, own, now);
      if (fault !== null) {
        this.#counts.turned += own.filter((before) => turnsAgainst(before, wish, now)).length;
        this.refuse(where, fault);
      } else for (const [index, row] of rows.entries()) if (this.#take(row, own[index] ?? null, now)) taken.push(row);
    }
    if (this.#wide.length > 10 * MOST_WIDE) this.#wide = widest(this.#wide);
    const concerned = await lists.concerned(this.#shop.id, taken);
    this.#counts.customers += concerned.customers;
    this.#counts.good += concerned.good;
  }

  /** Counts what is taken; false: an earlier line said the same. */
  #take(row: EntryToWrite, before: Known | null, now: Instant): boolean {
    const key = `${row.type}:${row.hash.toString('base64url')}`;
    if (this.#seen.has(key)) {
      this.#counts.same += 1;
      return false;
    }
    this.#seen.add(key);
    this.#byType[row.type] = (this.#byType[row.type] ?? 0) + 1;
    if (row.answer !== null && isStronger(row.type, row.answer)) this.#counts.harder += 1;
    if (turnsAgainst(before, row, now)) this.#counts.turned += 1;
    const wide = wideOf(row);
    if (wide !== null) this.#wide.push(wide);
    const what = changeOf(before, row, now);
    if (what !== 'vouched') this.#counts[what] += 1;
    return true;
  }

  async done(): Promise<Preview> {
    if (this.#rows > 0) await this.lookUp();
    const byType = Object.fromEntries(
      entryTypes.flatMap((type) => (this.#byType[type] === undefined ? [] : [[type, this.#byType[type]]])),
    );
    return { ...this.#counts, byType, refusals: this.#refusals, wide: widest(this.#wide) };
  }
}

function wideOf({ type, value, network }: EntryToWrite): Preview['wide'][number] | null {
  if (type === 'email_domain') {
    const domain = normaliseDomain(value);
    return domain !== null && isEverybodys(domain) ? { value, addresses: null } : null;
  }
  if (network === null) return null;
  const bits = spareBits(network);
  const family = network.includes(':') ? 6 : 4;
  return bits < WIDE_BITS[family] ? null : { value, addresses: 2 ** bits };
}

/** How many bits a network leaves open. */
function spareBits(network: string): number {
  const slash = network.indexOf('/');
  if (slash === -1) return 0;
  return (network.includes(':') ? 128 : 32) - Number(network.slice(slash + 1));
}

const widest = (wide: readonly Preview['wide'][number][]): Preview['wide'][number][] =>
  [...wide]
    .sort((a, b) => (b.addresses ?? Number.POSITIVE_INFINITY) - (a.addresses ?? Number.POSITIVE_INFINITY))
    .slice(0, MOST_WIDE);
