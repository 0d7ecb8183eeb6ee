import { isStronger } from '../../core/lists/answers.ts';
import { changeOf, turnsAgainst } from '../../core/lists/change.ts';
import { isEverybodys, normaliseDomain } from '../../core/lists/domain.ts';
import { type EntryType, entryTypes } from '../../core/lists/types.ts';
import type { EntryToWrite } from '../../ports/lists.ts';
import type { Shop } from '../../ports.ts';
import { type EntryWish, toWrite, VOUCHED, type WishRefusal } from './wish.ts';
import type { ListDeps } from './write-entries.ts';

/** What some entries would do, before any of them is written. */
export interface Preview {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
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
  /** Customers whom the shop knows by one of the values, and how many of them are in good standing. */
  readonly customers: number;
  readonly good: number;
}

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
  #waiting: (EntryToWrite & { readonly where: string })[] = [];
  #counts = { added: 0, changed: 0, same: 0, refused: 0, harder: 0, turned: 0, customers: 0, good: 0 };

  constructor(deps: ListDeps, shop: Shop) {
    this.#deps = deps;
    this.#shop = shop;
  }

  get isFull(): boolean {
    return this.#waiting.length >= PART;
  }

  take(wish: EntryWish, where: string): void {
    const read = toWrite(this.#deps, this.#shop, wish, this.#deps.clock.now());
    if (!read.ok) {
      this.refuse(where, read.error);
      return;
    }
    for (const row of read.value) {
      const key = `${row.type}:${row.hash.toString('base64url')}`;
      if (this.#seen.has(key)) {
        this.#counts.same += 1;
        continue;
      }
      this.#seen.add(key);
      this.#waiting.push({ ...row, where });
      this.#byType[row.type] = (this.#byType[row.type] ?? 0) + 1;
      if (row.answer !== null && isStronger(row.type, row.answer)) this.#counts.harder += 1;
      const wide = wideOf(row);
      if (wide !== null) this.#wide.push(wide);
    }
    if (this.#wide.length > 10 * MOST_WIDE) this.#wide = widest(this.#wide);
  }

  refuse(where: string, { message, unlessMeant }: Pick<WishRefusal, 'message' | 'unlessMeant'>): void {
    this.#counts.refused += 1;
    if (this.#refusals.length < MOST_REFUSALS) this.#refusals.push({ where, message, unlessMeant });
  }

  /** Looks up what waits. */
  async lookUp(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    const { lists } = this.#deps.store;
    const now = this.#deps.clock.now();
    const [known, concerned] = await Promise.all([
      lists.known(this.#shop.id, rows),
      lists.concerned(this.#shop.id, rows),
    ]);
    this.#counts.customers += concerned.customers;
    this.#counts.good += concerned.good;
    for (const [index, row] of rows.entries()) {
      const before = known[index] ?? null;
      if (turnsAgainst(before, row, now)) this.#counts.turned += 1;
      const what = changeOf(before, row, now);
      if (what === 'vouched') this.refuse(row.where, VOUCHED);
      else this.#counts[what] += 1;
    }
  }

  async done(): Promise<Preview> {
    if (this.#waiting.length > 0) await this.lookUp();
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
