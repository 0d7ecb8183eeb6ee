import { type Surface, surface } from '../../../core/events/measures.ts';
import type { DecisionId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { OfferedEvent } from '../../../ports/ledger.ts';
import type { Ids } from '../../../ports.ts';

const SURFACES = surface.options;
/** The last eight figures of an id, in which the ids of a batch differ. */
const COUNTED = 8;
const MOST = 16 ** COUNTED;
const TWO_FIGURES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Plain allows of one shop, counted. They name nobody, so that a batch of them is one event, however many there are; each has an id of its
 * own all the same, and the ids of a batch are consecutive. Counting takes no room, so nothing is ever given up.
 */
export class AllowedBatch {
  readonly #start: string;
  readonly #counts = new Int32Array(SURFACES.length);
  /** The id without its last two figures, and the count it is of. */
  #stem = '';
  #count = 0;
  #from: Instant;
  #to: Instant;

  constructor(ids: Ids, now: Instant) {
    this.#start = ids.next<DecisionId>().slice(0, -COUNTED);
    this.#from = now;
    this.#to = now;
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count >= MOST;
  }

  /** Counts one more; gives its id. */
  add(where: Surface, now: Instant): DecisionId {
    const index = SURFACES.indexOf(where);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    // A clock may be put back in the middle of a batch.
    if (now > this.#to) this.#to = now;
    else if (now < this.#from) this.#from = now;
    const low = this.#count % 256;
    if (low === 0) this.#stem = this.#idOf(this.#count).slice(0, -2);
    this.#count += 1;
    return (this.#stem + TWO_FIGURES[low]) as DecisionId;
  }

  /** What the ledger is told; nothing may be added after. */
  event(): OfferedEvent {
    const first = this.#idOf(0);
    return {
      kind: 'decisions.allowed',
      body: {
        first,
        last: this.#idOf(this.#count - 1),
        from: formatInstant(this.#from),
        to: formatInstant(this.#to),
        surfaces: Object.fromEntries(
          SURFACES.flatMap((where, index) => {
            const count = this.#counts[index] ?? 0;
            return count === 0 ? [] : [[where, count]];
          }),
        ),
      },
      subject: null,
      occurredAt: this.#to,
      source: 'evenhand',
      sourceId: `decisions:${first}`,
    };
  }

  #idOf(count: number): string {
    return this.#start + count.toString(16).padStart(COUNTED, '0');
  }
}
