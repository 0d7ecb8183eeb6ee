import type { ShopId } from '../core/shared/brand.ts';

/** Something of a shop changed, in whatever process. */
export interface ShopChanged {
  readonly shop: ShopId;
  /** Where the ledger ends now; null when something else changed. */
  readonly seq: number | null;
  /** Whether decisions depend on it. */
  readonly decisions: boolean;
}

/** News of changes, as they are committed. */
export interface ChangeFeed {
  /**
   * Calls `onChange` with every change, and `onGap` when some may have been missed because the connection was lost. Gives what
   * ends it. Never fails: without a connection it keeps trying.
   */
  listen(onChange: (change: ShopChanged) => void, onGap: () => void): () => Promise<void>;
}
