import type { EntryChanges } from '../core/lists/change.ts';
import type { EntryAnswer, EntryInMemory, EntryType, ListName } from '../core/lists/types.ts';
import type { CustomerId, ShopId, StaffId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Shop } from '../ports.ts';
import type { After, NamedStaff } from './console.ts';

/** An entry as it is kept; what a decision and a table show of it. */
export interface ListEntry {
  readonly id: string;
  readonly list: ListName;
  readonly type: EntryType;
  /** As it was written; null: it was a customer's who has been erased, and only its hash is left. */
  readonly value: string | null;
  /** Null: erased with the value. */
  readonly reason: string | null;
  /** Null with an allow entry. */
  readonly answer: EntryAnswer | null;
  readonly createdAt: Instant;
  /** Null: the command line, or somebody who is gone. */
  readonly createdBy: NamedStaff | null;
  readonly until: Instant;
  /** How often a decision found it, and when last. */
  readonly hits: number;
  readonly lastHitAt: Instant | null;
}

/** An entry to be written. The same type and hash is the same entry: the later one replaces what the earlier said. */
export interface EntryToWrite {
  readonly id: string;
  readonly list: ListName;
  readonly type: EntryType;
  readonly hash: Buffer;
  readonly value: string;
  /** The network in its one text, for type `ip`; null for all others. */
  readonly network: string | null;
  readonly reason: string;
  readonly answer: EntryAnswer | null;
  readonly until: Instant;
  /** Nobody chose the end: where the entry is there already and has not ended, it keeps its own. */
  readonly untilIsUsual: boolean;
  /** It may stop whom the allow list lets through. */
  readonly meant: boolean;
}

/** What became of an entry that was written. */
export type Written = EntryChanges;

/** Which entries: those about to end come soonest end first, all others newest first. */
export interface EntriesWanted {
  readonly list: ListName | null;
  readonly types: readonly EntryType[];
  readonly show: EntryFilter;
  /** Only those of any of these values. */
  readonly values: readonly { readonly type: EntryType; readonly hash: Buffer }[] | null;
  readonly now: Instant;
  readonly after: After<string> | null;
  readonly limit: number;
}

/** `valid` has not ended; `ending` ends within 30 days; `ended` has; `unused` is valid, older than 90 days and never stopped or let through anybody. */
export const entryFilters = ['valid', 'ending', 'ended', 'unused'] as const;
export type EntryFilter = (typeof entryFilters)[number];

export interface EntryCounts {
  readonly allow: number;
  readonly deny: number;
  readonly ending: number;
  readonly ended: number;
  readonly unused: number;
}

/** Something that was done to an entry, as the ledger tells it. */
export interface EntryChange {
  readonly seq: number;
  readonly entry: string;
  readonly type: EntryType;
  readonly at: Instant;
  readonly what: 'added' | 'changed' | 'extended' | 'removed';
  readonly by: NamedStaff | null;
  readonly list: ListName;
  readonly answer: EntryAnswer | null;
  readonly until: Instant;
}

/** How often some entries were found by decisions, and when last. */
export interface EntryHits {
  readonly id: string;
  readonly count: number;
  readonly lastAt: Instant;
}

/** The shop's lists. Whatever changes them tells every process, and leaves an event in the ledger. */
export interface ListStore {
  page(shop: ShopId, wanted: EntriesWanted): Promise<readonly ListEntry[]>;
  counts(shop: ShopId, now: Instant): Promise<EntryCounts>;
  entry(shop: ShopId, id: string): Promise<ListEntry | null>;
  /** Which of some values are on a list now, in the order asked. */
  known(
    shop: ShopId,
    values: readonly { readonly type: EntryType; readonly hash: Buffer }[],
  ): Promise<readonly (Pick<ListEntry, 'id' | 'list' | 'answer' | 'reason' | 'createdAt' | 'until'> | null)[]>;
  /** Entries that recognise a customer by an identifier, a name with an address or a device of theirs, newest first; those that have ended too. */
  about(shop: ShopId, customer: CustomerId, limit: number): Promise<readonly ListEntry[]>;
  /** How many customers some identifiers belong to, and how many of those are in good standing. */
  concerned(
    shop: ShopId,
    values: readonly { readonly type: EntryType; readonly hash: Buffer }[],
  ): Promise<{ readonly customers: number; readonly good: number }>;
  /**
   * Writes entries, each one row, in one transaction with their events. Two processes that write the same value leave one row: the
   * later says what it says, and both are in the ledger. No value may stand twice among `entries`.
   */
  write(
    shop: Shop,
    entries: readonly EntryToWrite[],
    by: { readonly staff: StaffId | null; readonly at: Instant },
  ): Promise<readonly { readonly id: string; readonly outcome: Written }[]>;
  /** Gives an entry a new end and reason; false: there is none of this id. */
  extend(
    shop: Shop,
    id: string,
    to: { readonly until: Instant; readonly reason: string },
    by: { readonly staff: StaffId | null; readonly at: Instant },
  ): Promise<boolean>;
  /** Takes entries away; gives how many there were. */
  remove(
    shop: Shop,
    ids: readonly string[],
    by: { readonly staff: StaffId | null; readonly at: Instant },
  ): Promise<number>;
  /** What was done to the lists or to one entry, newest first, before a place in the ledger. */
  changes(
    shop: ShopId,
    wanted: { readonly entry: string | null; readonly before: number | null; readonly limit: number },
  ): Promise<readonly EntryChange[]>;
  /** Adds what decisions counted. Entries that are gone are passed over. */
  hit(shop: ShopId, counts: readonly EntryHits[]): Promise<void>;
  /** Every entry that has not ended at `now`, in parts; of some ids, when they are named: those missing are no more. */
  inMemory(shop: ShopId, now: Instant, only?: readonly string[]): AsyncIterable<readonly EntryInMemory[]>;
}
