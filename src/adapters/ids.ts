import { randomUUID } from 'node:crypto';
import type { Ids } from '../ports.ts';

/** UUID version 7 (RFC 9562): 48 bits of time, then randomness. Of one process they sort in the order they were made, by the millisecond. */
export const randomIds: Ids = {
  next<T extends string>(): T {
    // A version 4 id with its first 48 bits and its version replaced: Node draws the randomness for many of them at once.
    const time = Date.now().toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}` as T;
  },
};
