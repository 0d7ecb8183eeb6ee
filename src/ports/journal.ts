import type { ShopId } from '../core/shared/brand.ts';
import type { OfferedEvent } from './ledger.ts';

/** An event that is to be in the ledger once the database answers. */
export interface JournalEntry {
  readonly shop: ShopId;
  readonly event: OfferedEvent;
}

/**
 * A file of this process's own, for what must not be lost while the database does not answer. Holds nothing that names a person: ids and
 * what was answered.
 */
export interface DecisionJournal {
  /**
   * Writes entries; resolves once they are on the disk. Rejects when there is no room, or the disk refuses. `share`: of its room, what lies
   * in it may then take at most so much.
   */
  add(entries: readonly JournalEntry[], share?: number): Promise<void>;
  /** Whether anything waits, of this process or of one that ended before it could deliver. */
  readonly isEmpty: boolean;
  /**
   * Hands over what waits, oldest first, some at a time, and forgets what `take` was done with. Stops when `take` rejects, and rejects with
   * it. After a crash the same may be handed over twice.
   */
  deliver(take: (entries: readonly JournalEntry[]) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
