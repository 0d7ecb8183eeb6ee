import { unwrap } from '../shared/result.ts';
import { comparerFor, type PairComparer } from './comparers.ts';
import { defaultModel } from './defaults.ts';
import { frequencyFeature } from './frequency.ts';
import { GrowingTable, GUEST, type NormalValues, placeOf } from './growing.ts';
import { KeyLists } from './key-lists.ts';
import { joined, partKey } from './keys.ts';
import { comparisonsOf, parseRule, THRESHOLDS } from './plan.ts';
import { textAt } from './pool.ts';
import { type Rarity, shareBits } from './rarity.ts';
import { type JudgeOf, judgesOf } from './returning.ts';
import { explainWith } from './score.ts';
import type {
  BlockingRule,
  KeyPart,
  LinkClass,
  Match,
  MatchExplanation,
  MeasuredIndex,
  Model,
  Plan,
  Profile,
  Reading,
  Table,
} from './types.ts';

/** Where a measured customer may be found. Stricter than for whole tables, since somebody waits. */
const RULES: readonly BlockingRule[] = [
  'national',
  'email',
  'phone',
  'card',
  'device',
  'mailname',
  'given.words',
  'surname+given.sound',
  'surname.sound+given',
  'birth+surname.sound',
  'birth+given.sound',
  'birth+postcode',
  'address',
  'postcode+number',
  'street+number',
  'postcode+surname.sound',
  'postcode+given.sound',
  'city+surname.sound+given.sound',
].map((text) => unwrap(parseRule(text)));

/** Keys that more measured customers share say too little for the time they cost. */
const LARGEST_BLOCK = 60;
/** Rows taken out after which the tables are made anew, if they are more than those left. */
const MANY_GONE = 1_000;

/**
 * Measured customers, ready to be compared with whoever comes: a few dozen candidates by key, each weighed as in a whole table. With
 * null for a model the shipped weights count. Text that cannot be read is as good as missing.
 */
export function prepareMeasured(profiles: Iterable<Profile>, model: Model | null, reading: Reading): MeasuredIndex {
  const index = new Index(model, reading);
  for (const profile of profiles) index.add(profile);
  return index;
}

interface Found {
  readonly row: number;
  readonly pattern: number;
  readonly bits: number;
  readonly kind: LinkClass;
}

class Index implements MeasuredIndex {
  readonly #model: Model | null;
  readonly #reading: Reading;
  readonly #rows = new Map<string, number>();
  #ids: (string | null)[] = [null];
  #free: number[] = [];
  #gone = 0;
  #table: GrowingTable;
  #lists = new KeyLists(RULES.length);
  #compare: PairComparer;
  #judgeOf: JudgeOf;
  /** The keys of whoever is looked at now. */
  readonly #keys = new Int32Array(RULES.length);
  #seen = new Int32Array(64);
  #turn = 0;

  constructor(model: Model | null, reading: Reading) {
    this.#model = model;
    this.#reading = reading;
    this.#table = new GrowingTable(reading);
    [this.#compare, this.#judgeOf] = toolsFor(this.#table, model);
  }

  get size(): number {
    return this.#rows.size;
  }

  add(profile: Profile): void {
    this.remove(profile.id);
    this.#put(profile.id, this.#table.read(profile));
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    this.#ids[row] = null;
    this.#lists.remove(row);
    this.#table.clear(row);
    this.#free.push(row);
    this.#gone += 1;
    if (this.#gone > MANY_GONE && this.#gone > this.#rows.size) this.#renew();
  }

  match(profile: Profile): Match | null {
    return this.matches(profile, 1)[0] ?? null;
  }

  matches(profile: Profile, most: number, passedOver?: (id: string) => boolean): readonly Match[] {
    if (this.#rows.size === 0) return [];
    const values = this.#table.read(profile);
    // Most people share no key with anybody measured, and nothing of theirs needs to be put beside anybody.
    if (!this.#hasCandidates(keysOf(values, this.#keys))) return NO_MATCHES;
    return this.#table.withGuest(values, () => {
      const found = this.#candidates(profile.id, most, passedOver);
      return found.map(({ row, pattern }) => ({
        id: this.#ids[row] as string,
        explanation: shown(this.#table, explainWith(this.#judgeOf(pattern, row), pattern, GUEST, row, null)),
      }));
    });
  }

  #hasCandidates(keys: Int32Array): boolean {
    for (let rule = 0; rule < RULES.length; rule += 1) {
      const key = keys[rule] as number;
      if (key !== 0 && this.#lists.first(rule, key, LARGEST_BLOCK) >= 0) return true;
    }
    return false;
  }

  /** Those who share one of `#keys`. */
  #candidates(self: string, most: number, passedOver?: (id: string) => boolean): readonly Found[] {
    const best: Found[] = [];
    this.#turn += 1;
    for (let rule = 0; rule < RULES.length; rule += 1) {
      const key = this.#keys[rule] as number;
      if (key === 0) continue;
      let entry = this.#lists.first(rule, key, LARGEST_BLOCK);
      for (; entry >= 0; entry = this.#lists.after(entry)) {
        const row = this.#lists.rowOf(entry);
        if (this.#seen[row] === this.#turn) continue;
        this.#seen[row] = this.#turn;
        const found = this.#judged(row);
        if (found === null) continue;
        const id = this.#ids[row] as string;
        if (id !== self && passedOver?.(id) !== true) keep(best, found, most);
      }
    }
    return best;
  }

  #judged(row: number): Found | null {
    const pattern = this.#compare(GUEST, row);
    const judge = this.#judgeOf(pattern, row);
    const weighed = judge.weighed(pattern);
    if (weighed.hopeless) return null;
    const bits = judge.bits(weighed, GUEST, row);
    const { kind } = judge.verdict(weighed, bits, GUEST, row);
    return kind === 'unlike' ? null : { row, pattern, bits, kind };
  }

  #put(id: string, values: NormalValues): void {
    const row = this.#free.pop() ?? this.#ids.length;
    this.#ids[row] = id;
    this.#rows.set(id, row);
    if (this.#table.put(row, values)) [this.#compare, this.#judgeOf] = toolsFor(this.#table, this.#model);
    if (row >= this.#seen.length) {
      const seen = new Int32Array(this.#seen.length * 2);
      seen.set(this.#seen);
      this.#seen = seen;
    }
    keysOf(values, this.#keys).forEach((key, rule) => {
      if (key !== 0) this.#lists.add(row, rule, key);
    });
  }

  /** Makes everything anew without what is gone, so that a shop with much coming and going keeps its size. */
  #renew(): void {
    const kept = [...this.#rows].map(([id, row]) => [id, this.#table.valuesOf(row)] as const);
    this.#rows.clear();
    this.#ids = [null];
    this.#free = [];
    this.#gone = 0;
    this.#table = new GrowingTable(this.#reading);
    this.#lists = new KeyLists(RULES.length);
    [this.#compare, this.#judgeOf] = toolsFor(this.#table, this.#model);
    for (const [id, values] of kept) this.#put(id, values);
  }
}

/** A household comes behind every possible match, and otherwise more bits before fewer. */
function keep(best: Found[], found: Found, most: number): void {
  const rank = (one: Found): number => (one.kind === 'household' ? -1e6 : 0) + one.bits;
  let place = best.length;
  while (place > 0 && rank(best[place - 1] as Found) < rank(found)) place -= 1;
  if (place >= most) return;
  best.splice(place, 0, found);
  if (best.length > most) best.pop();
}

function toolsFor(table: GrowingTable, model: Model | null): [PairComparer, JudgeOf] {
  const comparisons = unwrap(comparisonsOf(table));
  const plan: Plan = { comparisons, rules: RULES, largestBlock: LARGEST_BLOCK, thresholds: THRESHOLDS };
  const weights = model ?? defaultModel(plan);
  const rarities = plan.comparisons.map((comparison) => learntRarity(table, comparison.name, weights));
  // Values of guests come and go under the same numbers, so nothing may be remembered of them.
  return [comparerFor(table, plan, { remember: false }), judgesOf(table, plan, weights, rarities)];
}

/** Rarity by what the model learnt of all customers: the measured ones alone are too few to tell a common name. */
function learntRarity(table: Table, name: Plan['comparisons'][number]['name'], model: Model): Rarity | null {
  const feature = frequencyFeature(table, name);
  const known = model.comparisons.find((one) => one.name === name);
  if (feature === null || known === undefined || known.frequent.length === 0) return null;
  const shares = new Map(known.frequent);
  const agree = known.levels.at(-1)?.unlike ?? 1;
  return (_, right) => {
    const id = feature.ids[right] as number;
    const share = id < 0 ? undefined : shares.get(feature.values.hashes[id] as number);
    return share === undefined ? 0 : shareBits(share, agree);
  };
}

/** The parts of all rules, each once, with the places of the values they are made of; and for each rule the places of its parts among them. */
const PARTS = RULES.flatMap(({ parts }) => parts)
  .filter((part, place, all) => all.findIndex((one) => isSame(one, part)) === place)
  .map(({ feature, by }) => ({ feature, by, place: placeOf(feature) }));
const PARTS_OF = RULES.map(({ parts }) => parts.map((part) => PARTS.findIndex((one) => isSame(one, part))));
const SURNAME = placeOf('surname');

function isSame(one: KeyPart, other: KeyPart): boolean {
  return one.feature === other.feature && one.by === other.by;
}

/** Writes the key under each rule into `into`; 0 where something is missing. */
function keysOf(values: NormalValues, into: Int32Array): Int32Array {
  for (let part = 0; part < PARTS.length; part += 1) partKeys[part] = partKeyOf(values, PARTS[part] as PlacedPart);
  for (let rule = 0; rule < PARTS_OF.length; rule += 1) {
    let key = 0;
    for (const place of PARTS_OF[rule] as readonly number[]) {
      const part = partKeys[place] as number;
      key = part === 0 ? 0 : joined(key, part);
      if (key === 0) break;
    }
    into[rule] = key;
  }
  return into;
}

type PlacedPart = (typeof PARTS)[number];
/** Room for `keysOf`, which leaves nothing in it that is read later. */
const partKeys = new Int32Array(PARTS.length);

function partKeyOf(values: NormalValues, { by, place }: PlacedPart): number {
  const text = values[place] ?? null;
  const part = text === null ? 0 : partKey(text, by);
  if (by !== 'words' || part === 0) return part;
  const surname = values[SURNAME] ?? null;
  return surname === null ? 0 : (part + partKey(surname, by)) | 0 || 1;
}

const NO_MATCHES: readonly Match[] = Object.freeze([]);

function shown(table: Table, explanation: ReturnType<typeof explainWith>): MatchExplanation {
  return {
    ...explanation,
    fields: explanation.fields.map((field) => {
      const values = frequencyFeature(table, field.name)?.values;
      const text = (id: number): string | null => (id < 0 || values === undefined ? null : textAt(values, id));
      return { ...field, left: text(field.left), right: text(field.right) };
    }),
  };
}
