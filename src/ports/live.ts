import type { ShopId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';
import type { Shop } from '../ports.ts';
import type { OfferedEvent } from './ledger.ts';

/** The domains of services for throw-away e-mail addresses. */
export interface DisposableDomains {
  /** Whether a domain, or one it belongs to, is such; null while the list is not there, which asking begins to load. */
  has(domain: string): boolean | null;
}

/** From where an event was seen to come. Used for counting at the moment, and never kept. */
export interface SeenFrom {
  readonly ip?: string | undefined;
  readonly device?: string | undefined;
  readonly card?: string | undefined;
  readonly address?: SeenAddress | undefined;
}

export interface SeenAddress {
  readonly street: string;
  readonly postcode?: string | undefined;
  readonly city?: string | undefined;
  readonly country?: string | undefined;
}

/** What live rules count besides requests. */
export const isCounted = (kind: OfferedEvent['kind']): boolean =>
  kind === 'payment.failed' || kind === 'account.created';

/** An event that has just come into the ledger. */
export interface Happened {
  readonly event: OfferedEvent;
  readonly seen: SeenFrom;
}

/** Who counts what live rules look at. */
export interface LiveIntake {
  /** Counts failed payments and new accounts, where the policy in force asks for them. Never fails. */
  happened(shop: Shop, events: readonly Happened[]): Promise<void>;
}

/** What one process counted of one shop, packed; one number of a process may have several shops. */
export interface CountBatch {
  readonly shop: ShopId;
  readonly process: string;
  readonly number: number;
  readonly counts: Uint8Array;
}

/** What the processes of an installation tell one another of their counts. */
export interface LiveStore {
  /**
   * Writes what this process counted under its next number, and gives what other processes wrote since: for each the number up to which it
   * is known. One statement.
   */
  exchange(
    process: string,
    mine: { readonly number: number; readonly at: Instant; readonly shops: ReadonlyMap<ShopId, Uint8Array> },
    known: ReadonlyMap<string, number>,
  ): Promise<readonly CountBatch[]>;
  /** Everything that is kept, as it is at one moment, batch by batch. Gives up to which number each process has written. */
  readAll(each: (batch: CountBatch) => void): Promise<ReadonlyMap<string, number>>;
  /** Puts batches that lie before `packedBefore` together, and forgets what lies before `keptSince`: of some shops, and of all others. */
  tidy(
    packedBefore: Instant,
    keptSince: { readonly ofShops: ReadonlyMap<ShopId, Instant>; readonly ofAll: Instant },
  ): Promise<void>;
}
