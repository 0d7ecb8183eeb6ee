/** A place in the write-ahead log, as PostgreSQL writes it ("16/B374D848"), as a number that can be compared. */
export function logPosition(text: string): bigint {
  const parts = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i.exec(text);
  if (parts === null) throw new Error(`Not a place in the write-ahead log: ${text}`);
  return (BigInt(`0x${parts[1]}`) << 32n) | BigInt(`0x${parts[2]}`);
}

/** How old a look at the replica may be for it to be believed, in milliseconds. */
export const OLDEST_LOOK_MS = 5_000;

/**
 * Whether a replica may be read: it was seen to hold everything the primary held at some moment, that moment is after the last write made here,
 * and not long ago. Time is any clock that never goes back, in milliseconds.
 */
export class Freshness {
  #heldAllOf = Number.NEGATIVE_INFINITY;
  #wroteAt = Number.NEGATIVE_INFINITY;

  /** Something was written here. */
  wrote(now: number): void {
    this.#wroteAt = now;
  }

  /** Asked at `asked`, the primary was at one place of its log, and the replica, asked thereafter, had come to another. */
  looked(asked: number, primary: bigint, replica: bigint): void {
    if (replica >= primary) this.#heldAllOf = Math.max(this.#heldAllOf, asked);
  }

  isFresh(now: number): boolean {
    return this.#heldAllOf > this.#wroteAt && now - this.#heldAllOf <= OLDEST_LOOK_MS;
  }
}
