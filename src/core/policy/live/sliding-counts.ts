import { LONGEST_WINDOW } from './duration.ts';

/** Seconds since 2020 fit into 31 bits until 2088. */
const EPOCH = Date.UTC(2020, 0, 1);
/** What happens within so many seconds is kept together from the start. */
const FINEST = 10;
/** A stretch is never longer than this part of its age, so that a window misses an eighth of itself at most. */
const PART_OF_AGE = 9;
const FORGOTTEN = LONGEST_WINDOW / 1_000 + 3_600;
/** Clocks of several processes may disagree by so many seconds; what lies further ahead is a clock that went wrong. */
const AHEAD = 300;
/** After so many new stretches of a key its older ones are put together. */
const TIDY_EVERY = 12;
/** Of so many keys the one that was quiet longest makes room. */
const LOOKED_AT = 8;
/** With fewer a single key could take up all the stretches. */
const FEWEST_KEYS = 1_024;
const NONE = -1;

export interface SlidingCountsOptions {
  /** A power of two. Each takes 44 bytes at most, all of them reserved at the start. */
  readonly mostKeys?: number;
}

/**
 * How often something happened under a key within any window up to a week, in flat memory that never grows. A key has a list of stretches
 * of time, newest first; a stretch is short when young and up to a ninth of its age when old. So a count is never more than what happened
 * within the window, and misses at most what lies in its farthest eighth (or ten seconds). Where room is lacking, the key that was quiet
 * longest is forgotten. Keys are two words of a keyed hash, which nobody can choose.
 */
export class SlidingCounts {
  readonly #mask: number;
  /** Key index + 1 by place; 0 where nothing is. */
  readonly #places: Int32Array;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  /** The newest stretch of each key; NONE where there is no key, and then `#newest` names the next such. */
  readonly #head: Int32Array;
  /** When something was last added under the key. */
  readonly #newest: Int32Array;
  readonly #untidy: Uint8Array;
  readonly #start: Int32Array;
  readonly #last: Int32Array;
  readonly #count: Int32Array;
  readonly #next: Int32Array;
  #freeKey = 0;
  #freeStretch = 0;
  #size = 0;
  #hand = 0;

  constructor({ mostKeys = 1 << 19 }: SlidingCountsOptions = {}) {
    if (mostKeys < FEWEST_KEYS || (mostKeys & (mostKeys - 1)) !== 0)
      throw new Error(`${mostKeys} is not a power of two from ${FEWEST_KEYS}`);
    this.#mask = 2 * mostKeys - 1;
    this.#places = new Int32Array(2 * mostKeys);
    const perKey = () => new Int32Array(mostKeys);
    [this.#first, this.#second, this.#head, this.#newest] = [perKey(), perKey(), perKey(), perKey()];
    this.#untidy = new Uint8Array(mostKeys);
    const perStretch = () => new Int32Array(2 * mostKeys);
    [this.#start, this.#last, this.#count, this.#next] = [perStretch(), perStretch(), perStretch(), perStretch()];
    this.clear();
  }

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** Forgets everything. */
  clear(): void {
    this.#places.fill(0);
    this.#head.fill(NONE);
    chain(this.#newest);
    chain(this.#next);
    [this.#freeKey, this.#freeStretch, this.#size, this.#hand] = [0, 0, 0, 0];
  }

  /** Adds `count` things that happened at `at`, which need not be the newest (both in milliseconds). */
  add(first: number, second: number, at: number, now: number, count = 1): void {
    const present = Math.floor((now - EPOCH) / 1_000);
    const time = Math.min(Math.floor((at - EPOCH) / 1_000), present + AHEAD);
    if (present - time > FORGOTTEN) return;
    let key = this.#find(first, second);
    if (key === NONE) key = this.#make(first, second);
    else this.#dropAhead(key, present + AHEAD);
    if (time > (this.#newest[key] ?? 0)) this.#newest[key] = time;
    let newer = NONE;
    let here = this.#head[key] ?? NONE;
    while (here !== NONE && (this.#start[here] ?? 0) > time) {
      newer = here;
      here = this.#next[here] ?? NONE;
    }
    if (here !== NONE && this.#takes(here, time)) {
      this.#count[here] = (this.#count[here] ?? 0) + count;
      if (time > (this.#last[here] ?? 0)) this.#last[here] = time;
      return;
    }
    const made = this.#newStretch(key);
    this.#start[made] = time;
    this.#last[made] = time;
    this.#count[made] = count;
    this.#next[made] = here;
    if (newer === NONE) this.#head[key] = made;
    else this.#next[newer] = made;
    const untidy = (this.#untidy[key] ?? 0) + 1;
    this.#untidy[key] = untidy;
    if (untidy >= TIDY_EVERY) this.#tidy(key, present);
  }

  /** How often it happened in the `withinMs` that end at `now`. */
  count(first: number, second: number, withinMs: number, now: number): number {
    const key = this.#find(first, second);
    if (key === NONE) return 0;
    const edge = (now - withinMs - EPOCH) / 1_000;
    const latest = (now - EPOCH) / 1_000 + AHEAD;
    let sum = 0;
    for (let here = this.#head[key] ?? NONE; here !== NONE; here = this.#next[here] ?? NONE) {
      if ((this.#last[here] ?? 0) <= edge) break;
      if ((this.#start[here] ?? 0) > latest) continue;
      // Of a stretch that the window cuts, nothing is sure but its last.
      sum += (this.#start[here] ?? 0) > edge ? (this.#count[here] ?? 0) : 1;
    }
    return sum;
  }

  /** What lies too far ahead was written by a clock that has been put right since. */
  #dropAhead(key: number, latest: number): void {
    if ((this.#newest[key] ?? 0) <= latest) return;
    this.#newest[key] = latest;
    for (let head = this.#head[key] ?? NONE; head !== NONE && (this.#start[head] ?? 0) > latest; ) {
      this.#head[key] = this.#next[head] ?? NONE;
      this.#free(head);
      head = this.#head[key] ?? NONE;
    }
  }

  #takes(stretch: number, time: number): boolean {
    return time <= (this.#last[stretch] ?? 0) || time - (this.#start[stretch] ?? 0) < FINEST;
  }

  #find(first: number, second: number): number {
    for (let place = first & this.#mask; ; place = (place + 1) & this.#mask) {
      const key = (this.#places[place] ?? 0) - 1;
      if (key === NONE) return NONE;
      if (this.#first[key] === first && this.#second[key] === second) return key;
    }
  }

  #make(first: number, second: number): number {
    if (this.#size === this.#head.length) this.#forgetOne(NONE);
    const key = this.#freeKey;
    this.#freeKey = this.#newest[key] ?? 0;
    this.#first[key] = first;
    this.#second[key] = second;
    this.#newest[key] = 0;
    this.#untidy[key] = 0;
    this.#size += 1;
    let place = first & this.#mask;
    while (this.#places[place] !== 0) place = (place + 1) & this.#mask;
    this.#places[place] = key + 1;
    return key;
  }

  #newStretch(key: number): number {
    if (this.#freeStretch === this.#start.length) this.#forgetOne(key);
    const stretch = this.#freeStretch;
    this.#freeStretch = this.#next[stretch] ?? 0;
    return stretch;
  }

  #free(stretch: number): void {
    this.#next[stretch] = this.#freeStretch;
    this.#freeStretch = stretch;
  }

  /** Forgets what is too old, and puts neighbours together as far as their age allows. */
  #tidy(key: number, now: number): void {
    this.#untidy[key] = 0;
    let here = this.#head[key] ?? NONE;
    while (here !== NONE) {
      const older = this.#next[here] ?? NONE;
      if (older === NONE) return;
      const start = this.#start[older] ?? 0;
      if (now - (this.#last[older] ?? 0) > FORGOTTEN) {
        this.#next[here] = NONE;
        this.#freeAll(older);
        return;
      }
      if ((this.#last[here] ?? 0) - start > Math.max(FINEST, (now - start) / PART_OF_AGE)) {
        here = older;
        continue;
      }
      this.#start[here] = start;
      this.#count[here] = (this.#count[here] ?? 0) + (this.#count[older] ?? 0);
      this.#next[here] = this.#next[older] ?? NONE;
      this.#free(older);
    }
  }

  #freeAll(first: number): void {
    for (let here = first; here !== NONE; ) {
      const next = this.#next[here] ?? NONE;
      this.#free(here);
      here = next;
    }
  }

  /** Makes room: of the next few keys, forgets the one that was quiet longest; never the one that asks. */
  #forgetOne(asking: number): void {
    let quietest = NONE;
    for (let seen = 0; seen < LOOKED_AT || quietest === NONE; ) {
      const key = this.#hand;
      this.#hand = (this.#hand + 1) & (this.#head.length - 1);
      if (key === asking || this.#head[key] === NONE) continue;
      seen += 1;
      if (quietest === NONE || (this.#newest[key] ?? 0) < (this.#newest[quietest] ?? 0)) quietest = key;
    }
    this.#remove(quietest);
  }

  #remove(key: number): void {
    this.#freeAll(this.#head[key] ?? NONE);
    const mask = this.#mask;
    let gap = (this.#first[key] ?? 0) & mask;
    while (this.#places[gap] !== key + 1) gap = (gap + 1) & mask;
    // Whoever was pushed past the gap moves up, so that looking still ends at the first empty place.
    for (let place = (gap + 1) & mask; this.#places[place] !== 0; place = (place + 1) & mask) {
      const home = (this.#first[(this.#places[place] ?? 0) - 1] ?? 0) & mask;
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      this.#places[gap] = this.#places[place] ?? 0;
      gap = place;
    }
    this.#places[gap] = 0;
    this.#head[key] = NONE;
    this.#newest[key] = this.#freeKey;
    this.#freeKey = key;
    this.#size -= 1;
  }
}

/** A list of everything that is free: each names the next. */
function chain(places: Int32Array): void {
  for (let index = 0; index < places.length; index += 1) places[index] = index + 1;
}
