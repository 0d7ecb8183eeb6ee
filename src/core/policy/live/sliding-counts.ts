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

/** The words of a key: its own two, its newest stretch, when something was last added, and how many stretches came since they were tidied. */
const [FIRST, SECOND, HEAD, NEWEST, UNTIDY] = [0, 1, 2, 3, 4];
const KEY = 5;
/** The words of a stretch of time: when it began and what was last in it, how much was, and the next older one. */
const [START, LAST, COUNT, NEXT] = [0, 1, 2, 3];
const STRETCH = 4;

export interface SlidingCountsOptions {
  /** A power of two. Each takes 60 bytes at most, all of them reserved at the start. */
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
  /** Where a key stands in `#keys`, + 1, by place; 0 where nothing is. */
  readonly #places: Int32Array;
  /** The words of each key stand together, because they are wanted together. HEAD is NONE where there is no key, and then NEWEST names the next such. */
  readonly #keys: Int32Array;
  /** Of a stretch that is free, NEXT names the next such. */
  readonly #stretches: Int32Array;
  #freeKey = 0;
  #freeStretch = 0;
  #size = 0;
  #hand = 0;

  constructor({ mostKeys = 1 << 19 }: SlidingCountsOptions = {}) {
    if (mostKeys < FEWEST_KEYS || (mostKeys & (mostKeys - 1)) !== 0)
      throw new Error(`${mostKeys} is not a power of two from ${FEWEST_KEYS}`);
    this.#mask = 2 * mostKeys - 1;
    this.#places = new Int32Array(2 * mostKeys);
    this.#keys = new Int32Array(KEY * mostKeys);
    this.#stretches = new Int32Array(STRETCH * 2 * mostKeys);
    this.clear();
  }

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** Forgets everything. */
  clear(): void {
    this.#places.fill(0);
    for (let key = 0; key < this.#keys.length; key += KEY) {
      this.#keys[key + HEAD] = NONE;
      this.#keys[key + NEWEST] = key + KEY;
    }
    for (let stretch = 0; stretch < this.#stretches.length; stretch += STRETCH)
      this.#stretches[stretch + NEXT] = stretch + STRETCH;
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
    if (time > (this.#keys[key + NEWEST] ?? 0)) this.#keys[key + NEWEST] = time;
    let newer = NONE;
    let here = this.#keys[key + HEAD] ?? NONE;
    while (here !== NONE && (this.#stretches[here + START] ?? 0) > time) {
      newer = here;
      here = this.#stretches[here + NEXT] ?? NONE;
    }
    if (here !== NONE && this.#takes(here, time)) {
      this.#stretches[here + COUNT] = (this.#stretches[here + COUNT] ?? 0) + count;
      if (time > (this.#stretches[here + LAST] ?? 0)) this.#stretches[here + LAST] = time;
      return;
    }
    const made = this.#newStretch(key);
    this.#stretches[made + START] = time;
    this.#stretches[made + LAST] = time;
    this.#stretches[made + COUNT] = count;
    this.#stretches[made + NEXT] = here;
    if (newer === NONE) this.#keys[key + HEAD] = made;
    else this.#stretches[newer + NEXT] = made;
    const untidy = (this.#keys[key + UNTIDY] ?? 0) + 1;
    this.#keys[key + UNTIDY] = untidy;
    if (untidy >= TIDY_EVERY) this.#tidy(key, present);
  }

  /** How often it happened in the `withinMs` that end at `now`. */
  count(first: number, second: number, withinMs: number, now: number): number {
    const key = this.#find(first, second);
    if (key === NONE) return 0;
    const edge = (now - withinMs - EPOCH) / 1_000;
    const latest = (now - EPOCH) / 1_000 + AHEAD;
    let sum = 0;
    for (let here = this.#keys[key + HEAD] ?? NONE; here !== NONE; here = this.#stretches[here + NEXT] ?? NONE) {
      if ((this.#stretches[here + LAST] ?? 0) <= edge) break;
      if ((this.#stretches[here + START] ?? 0) > latest) continue;
      // Of a stretch that the window cuts, nothing is sure but its last.
      sum += (this.#stretches[here + START] ?? 0) > edge ? (this.#stretches[here + COUNT] ?? 0) : 1;
    }
    return sum;
  }

  /** What lies too far ahead was written by a clock that has been put right since. */
  #dropAhead(key: number, latest: number): void {
    if ((this.#keys[key + NEWEST] ?? 0) <= latest) return;
    this.#keys[key + NEWEST] = latest;
    for (let head = this.#keys[key + HEAD] ?? NONE; head !== NONE && (this.#stretches[head + START] ?? 0) > latest; ) {
      this.#keys[key + HEAD] = this.#stretches[head + NEXT] ?? NONE;
      this.#free(head);
      head = this.#keys[key + HEAD] ?? NONE;
    }
  }

  #takes(stretch: number, time: number): boolean {
    return time <= (this.#stretches[stretch + LAST] ?? 0) || time - (this.#stretches[stretch + START] ?? 0) < FINEST;
  }

  #find(first: number, second: number): number {
    for (let place = first & this.#mask; ; place = (place + 1) & this.#mask) {
      const key = (this.#places[place] ?? 0) - 1;
      if (key === NONE) return NONE;
      if (this.#keys[key + FIRST] === first && this.#keys[key + SECOND] === second) return key;
    }
  }

  #make(first: number, second: number): number {
    if (this.#size * KEY === this.#keys.length) this.#forgetOne(NONE);
    const key = this.#freeKey;
    this.#freeKey = this.#keys[key + NEWEST] ?? 0;
    this.#keys[key + FIRST] = first;
    this.#keys[key + SECOND] = second;
    this.#keys[key + NEWEST] = 0;
    this.#keys[key + UNTIDY] = 0;
    this.#size += 1;
    let place = first & this.#mask;
    while (this.#places[place] !== 0) place = (place + 1) & this.#mask;
    this.#places[place] = key + 1;
    return key;
  }

  #newStretch(key: number): number {
    if (this.#freeStretch === this.#stretches.length) this.#forgetOne(key);
    const stretch = this.#freeStretch;
    this.#freeStretch = this.#stretches[stretch + NEXT] ?? 0;
    return stretch;
  }

  #free(stretch: number): void {
    this.#stretches[stretch + NEXT] = this.#freeStretch;
    this.#freeStretch = stretch;
  }

  /** Forgets what is too old, and puts neighbours together as far as their age allows. */
  #tidy(key: number, now: number): void {
    this.#keys[key + UNTIDY] = 0;
    let here = this.#keys[key + HEAD] ?? NONE;
    while (here !== NONE) {
      const older = this.#stretches[here + NEXT] ?? NONE;
      if (older === NONE) return;
      const start = this.#stretches[older + START] ?? 0;
      if (now - (this.#stretches[older + LAST] ?? 0) > FORGOTTEN) {
        this.#stretches[here + NEXT] = NONE;
        this.#freeAll(older);
        return;
      }
      if ((this.#stretches[here + LAST] ?? 0) - start > Math.max(FINEST, (now - start) / PART_OF_AGE)) {
        here = older;
        continue;
      }
      this.#stretches[here + START] = start;
      this.#stretches[here + COUNT] = (this.#stretches[here + COUNT] ?? 0) + (this.#stretches[older + COUNT] ?? 0);
      this.#stretches[here + NEXT] = this.#stretches[older + NEXT] ?? NONE;
      this.#free(older);
    }
  }

  #freeAll(first: number): void {
    for (let here = first; here !== NONE; ) {
      const next = this.#stretches[here + NEXT] ?? NONE;
      this.#free(here);
      here = next;
    }
  }

  /** Makes room: of the next few keys, forgets the one that was quiet longest; never the one that asks. */
  #forgetOne(asking: number): void {
    let quietest = NONE;
    for (let seen = 0; seen < LOOKED_AT || quietest === NONE; ) {
      const key = this.#hand;
      this.#hand = key + KEY === this.#keys.length ? 0 : key + KEY;
      if (key === asking || this.#keys[key + HEAD] === NONE) continue;
      seen += 1;
      if (quietest === NONE || (this.#keys[key + NEWEST] ?? 0) < (this.#keys[quietest + NEWEST] ?? 0)) quietest = key;
    }
    this.#remove(quietest);
  }

  #remove(key: number): void {
    this.#freeAll(this.#keys[key + HEAD] ?? NONE);
    const mask = this.#mask;
    let gap = (this.#keys[key + FIRST] ?? 0) & mask;
    while (this.#places[gap] !== key + 1) gap = (gap + 1) & mask;
    // Whoever was pushed past the gap moves up, so that looking still ends at the first empty place.
    for (let place = (gap + 1) & mask; this.#places[place] !== 0; place = (place + 1) & mask) {
      const home = (this.#keys[(this.#places[place] ?? 0) - 1 + FIRST] ?? 0) & mask;
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      this.#places[gap] = this.#places[place] ?? 0;
      gap = place;
    }
    this.#places[gap] = 0;
    this.#keys[key + HEAD] = NONE;
    this.#keys[key + NEWEST] = this.#freeKey;
    this.#freeKey = key;
    this.#size -= 1;
  }
}
