import type { Identifier } from '../../core/identity/identifier.ts';
import type { CountryCode } from '../../core/identity/region.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { EntryWish } from '../lists/wish.ts';
import type { ListedMeasure } from './take-listed.ts';
import type { TextBlock } from './text-blocks.ts';

export type FormatName =
  | 'events'
  | 'orders-csv'
  | 'customers-csv'
  | 'shopify-customers'
  | 'woocommerce-customers'
  | 'measures-csv'
  | 'lists-csv'
  | 'fraud-filter'
  | 'blockify-ips'
  | 'woocommerce-blacklist'
  | 'online-retail';

/** Where a reader puts what it read. */
export interface Sink {
  /** Offers an event; `where` names its place in the file. */
  offer(event: OfferedEvent, where: string): void;
  /** Has a measure taken, after all events of the rows before. */
  measure(listed: ListedMeasure, where: string): void;
  /** Puts something on one of the shop's lists. */
  entry(wish: EntryWish, where: string): void;
  /** Says that rows were left out. `what` never holds personal data. */
  skip(reason: string, where: string, what: string, rows?: number): void;
}

export interface ReaderContext {
  readonly currency: string;
  readonly timeZone: string;
  readonly region: CountryCode | null;
  readonly now: Instant;
  readonly sink: Sink;
  /** The same id for the same customer of a list, without saying who it is. */
  readonly nameless: (identifier: Identifier) => string;
}

/** Reads a file block by block. Throws a `FileFault` for what is wrong with the file as a whole. */
export interface FormatReader {
  feed(block: TextBlock): void;
  end(): void;
  /** Data rows read so far. */
  readonly rows: number;
}

export interface Column {
  readonly name: string;
  /** Other names that mean the same; the first of all that the file has counts. */
  readonly also?: readonly string[];
  readonly required: boolean;
  readonly meaning: string;
}

/** A file format, with all that its documentation says. */
export interface FileFormat {
  readonly name: FormatName;
  readonly title: string;
  readonly summary: string;
  readonly columns: readonly Column[];
  /** In `docs/formats/examples`. */
  readonly exampleFile: string;
  /** Whoever was on an earlier list stays as that one said, and is counted as known. */
  readonly firstStands?: true;
  /** Reads only the structure: to refuse a broken file before anything of it is written. */
  readonly check: () => FormatReader;
  readonly open: (context: ReaderContext) => FormatReader;
}
