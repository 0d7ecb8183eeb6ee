import type { ShopId } from '../core/shared/brand.ts';
import type { OfferedEvent } from './ledger.ts';

/** An event that is to be in the ledger once the database answers. */
export interface JournalEntry {
  readonly shop: ShopId;
  readonly event: OfferedEvent;
}

/** What must not be lost while the database does not answer, on this machine's disk. Sealed. */
export interface DecisionJournal {
  /**
   * Writes entries; resolves once they are on the disk. Rejects when there is no room, or the disk refuses. `share`: of its room, what lies
   * in it may then take at most so much.
   */
  add(entries: readonly JournalEntry[], share?: number): Promise<void>;
  /** Whether anything waits, of this process or of one that ended before it could deliver. */
  readonly isEmpty: boolean;
  /**
   * Hands over what waits, oldest first, some at a time, and forgets what `take` was done with; what it gives back waits on. Stops when
   * `take` rejects, and rejects with it. After a crash, or beside another process on the same disk, the same may be handed over twice.
   * `report` hears of what cannot be read, which stays on the disk.
   */
  deliver(
    take: (entries: readonly JournalEntry[]) => Promise<readonly JournalEntry[]>,
    report: (error: Error) => void,
  ): Promise<void>;
  close(): Promise<void>;
}
