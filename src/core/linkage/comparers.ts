import { couldReach, jaroWinkler, oneEdit, sharesWord } from './alike.ts';
import { levelAt } from './levels.ts';
import { textAt } from './pool.ts';
import { featureOf } from './table.ts';
import type { Comparison, Feature, FeatureName, Plan, Table, Values } from './types.ts';

/** The pattern of two rows: the sum of each comparison's level × stride. */
export type PairComparer = (left: number, right: number) => number;

type LevelComparer = (left: number, right: number) => number;

/** The similarity from which two texts are close, and from which they are similar (as in Winkler 1990 and fastLink). */
const CLOSE = 0.92;
const SIMILAR = 0.8;
const MEMO = 1 << 16;

/**
 * A comparer for all comparisons of a plan over one table; one for each thread. It remembers what it compared, unless told not to
 * because values change their ids.
 */
export function comparerFor(table: Table, plan: Plan, options: { readonly remember?: boolean } = {}): PairComparer {
  const alike = options.remember === false ? alikeness : remembered;
  const parts = plan.comparisons.map((comparison) => levelComparer(table, comparison, alike));
  const strides = Int32Array.from(plan.comparisons, ({ stride }) => stride);
  return (left, right) => {
    let pattern = 0;
    for (let place = 0; place < parts.length; place += 1)
      pattern += (parts[place] as LevelComparer)(left, right) * (strides[place] as number);
    return pattern;
  };
}

function levelComparer(table: Table, comparison: Comparison, alike: Alikeness): LevelComparer {
  const { name, kind } = comparison;
  if (name === 'place') return placeComparer(table, alike);
  const feature = required(table, name);
  switch (kind) {
    case 'given':
      return givenComparer(feature, featureOf(table, 'surname'), alike);
    case 'surname':
      return surnameComparer(feature, featureOf(table, 'given'), alike);
    case 'birth':
      return birthComparer(feature);
    case 'email':
      return emailComparer(table, feature);
    case 'code':
      return codeComparer(feature);
    case 'text':
      return textComparer(feature, alike);
    case 'exact':
    case 'place':
      return exactComparer(feature);
  }
}

function required(table: Table, name: FeatureName): Feature {
  const feature = featureOf(table, name);
  if (feature === null) throw new Error(`The plan compares "${name}", which the table does not have.`);
  return feature;
}

function exactComparer({ ids }: Feature): LevelComparer {
  return (left, right) => {
    const [a, b] = [ids[left] as number, ids[right] as number];
    return a < 0 || b < 0 ? 0 : a === b ? 2 : 1;
  };
}

/** Makes a function for the level of two different texts: 1 different, 2 similar, 3 close. */
type Alikeness = (values: Values, words: boolean) => (a: number, b: number) => number;

const alikeness: Alikeness = (values, words) => (a, b) => {
  if (couldReach(SIMILAR, values, a, values, b)) {
    const similarity = jaroWinkler(values, a, values, b);
    if (similarity >= CLOSE) return 3;
    if (similarity >= SIMILAR) return 2;
  }
  return words && (mayShareWord(values, a) || mayShareWord(values, b)) && sharesWord(values, a, values, b) ? 2 : 1;
};

/** Remembers pairs of values in a table of fixed size. */
const remembered: Alikeness = (values, words) => {
  const keys = new Int32Array(MEMO * 2).fill(-1);
  const known = new Uint8Array(MEMO);
  const fresh = alikeness(values, words);
  return (a, b) => {
    const rough = couldReach(SIMILAR, values, a, values, b);
    if (!rough && !(words && (mayShareWord(values, a) || mayShareWord(values, b)))) return 1;
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 16;
    if (keys[slot * 2] === low && keys[slot * 2 + 1] === high) return known[slot] as number;
    const level = fresh(a, b);
    keys[slot * 2] = low;
    keys[slot * 2 + 1] = high;
    known[slot] = level;
    return level;
  };
};

/** A word can be shared, or an initial meant, only where a name has several words or one letter. */
function mayShareWord(values: Values, id: number): boolean {
  return (values.letters[id] as number) < 0 || (values.starts[id + 1] as number) - (values.starts[id] as number) === 1;
}

function textComparer({ ids, values }: Feature, alikeness: Alikeness): LevelComparer {
  const alike = alikeness(values, false);
  const equal = levelAt('text', 'equal');
  return (left, right) => {
    const [a, b] = [ids[left] as number, ids[right] as number];
    return a < 0 || b < 0 ? 0 : a === b ? equal : alike(a, b);
  };
}

function givenComparer(given: Feature, surname: Feature | null, alikeness: Alikeness): LevelComparer {
  const alike = alikeness(given.values, true);
  const [equal, swapped, similar] = [
    levelAt('given', 'equal'),
    levelAt('given', 'swapped'),
    levelAt('given', 'similar'),
  ];
  const surnames = surname === null ? null : alikeness(surname.values, true);
  return (left, right) => {
    const [a, b] = [given.ids[left] as number, given.ids[right] as number];
    if (a < 0 || b < 0) return 0;
    if (a === b) return equal;
    const level = alike(a, b);
    if (level > 1 || surname === null || surnames === null) return level;
    const crossed = crossing(given, surname, left, right);
    return crossed === 2 && differ(surname, surnames, left, right) ? swapped : crossed > 0 ? similar : level;
  };
}

/** Swapped names are counted once, with the given name: the surname then says nothing more. */
function surnameComparer(surname: Feature, given: Feature | null, alikeness: Alikeness): LevelComparer {
  const alike = alikeness(surname.values, true);
  const equal = levelAt('surname', 'equal');
  const givens = given === null ? null : alikeness(given.values, true);
  return (left, right) => {
    const [a, b] = [surname.ids[left] as number, surname.ids[right] as number];
    if (a < 0 || b < 0) return 0;
    if (a === b) return equal;
    const level = alike(a, b);
    if (level > 1 || given === null || givens === null) return level;
    return differ(given, givens, left, right) && crossing(given, surname, left, right) > 0 ? 0 : level;
  };
}

function differ({ ids }: Feature, alike: (a: number, b: number) => number, left: number, right: number): boolean {
  const [a, b] = [ids[left] as number, ids[right] as number];
  return a >= 0 && b >= 0 && a !== b && alike(a, b) === 1;
}

/** 2: each one's given name is, or is close to, the other's surname; 1: one's is; 0: neither. */
function crossing(given: Feature, surname: Feature, left: number, right: number): 0 | 1 | 2 {
  const one = crossed(given, left, surname, right);
  const other = crossed(given, right, surname, left);
  if (Math.max(one, other) < CLOSE) return 0;
  return Math.min(one, other) >= SIMILAR ? 2 : 1;
}

function crossed(given: Feature, left: number, surname: Feature, right: number): number {
  const [a, b] = [given.ids[left] as number, surname.ids[right] as number];
  if (a < 0 || b < 0 || !couldReach(SIMILAR, given.values, a, surname.values, b)) return 0;
  return jaroWinkler(given.values, a, surname.values, b);
}

const YEAR = 4;
const DATE = 8;

function birthComparer({ ids, values }: Feature): LevelComparer {
  const [year, edit, equal] = [levelAt('birth', 'same year'), levelAt('birth', 'one edit'), levelAt('birth', 'equal')];
  return (left, right) => {
    const [a, b] = [ids[left] as number, ids[right] as number];
    if (a < 0 || b < 0) return 0;
    const whole = lengthOf(values, a) === DATE && lengthOf(values, b) === DATE;
    if (a === b) return whole ? equal : year;
    if (whole && (oneEdit(values, a, values, b) || dayMonthSwapped(values, a, b))) return edit;
    return sameYear(values, a, b) ? year : 1;
  };
}

function lengthOf(values: Values, id: number): number {
  return (values.starts[id + 1] as number) - (values.starts[id] as number);
}

function sameYear(values: Values, a: number, b: number): boolean {
  return sameAt(values, a, 0, b, 0, YEAR);
}

function dayMonthSwapped(values: Values, a: number, b: number): boolean {
  return sameYear(values, a, b) && sameAt(values, a, 4, b, 6, 2) && sameAt(values, a, 6, b, 4, 2);
}

function sameAt(values: Values, a: number, fromA: number, b: number, fromB: number, length: number): boolean {
  const [startA, startB] = [(values.starts[a] as number) + fromA, (values.starts[b] as number) + fromB];
  for (let place = 0; place < length; place += 1)
    if (values.units[startA + place] !== values.units[startB + place]) return false;
  return true;
}

const SHORTEST_ADDRESS = 8;

function emailComparer(table: Table, { ids, values }: Feature): LevelComparer {
  const equal = levelAt('email', 'equal');
  const edit = levelAt('email', 'one edit');
  const name = levelAt('email', 'same mailbox name');
  const mailname = featureOf(table, 'mailname');
  const names = (['given', 'surname'] as const).flatMap((part) => featureOf(table, part) ?? []);
  return (left, right) => {
    const [a, b] = [ids[left] as number, ids[right] as number];
    if (a < 0 || b < 0) return 0;
    if (a === b) return equal;
    const [mail, other] = [mailname?.ids[left] ?? -1, mailname?.ids[right] ?? -1];
    const nearly = lengthOf(values, a) >= SHORTEST_ADDRESS && oneEdit(values, a, values, b);
    if (!nearly && (mail < 0 || mail !== other)) return 1;
    if (mailname === null || mail < 0 || other < 0) return nearly ? edit : 1;
    if (!saysMore(mailname.values, mail, names, left) || !saysMore(mailname.values, other, names, right)) return 0;
    return nearly ? edit : name;
  };
}

const LEAST_LETTERS = 4;
const LEAST_DIGITS = 5;

/**
 * Whether the name of a mailbox says more than its owner's name does: "jan.devries84" is what anybody of that name might choose,
 * and would count the name twice.
 */
function saysMore(values: Values, id: number, names: readonly Feature[], row: number): boolean {
  let rest = textAt(values, id);
  for (const feature of names) {
    const own = feature.ids[row] as number;
    if (own < 0) continue;
    for (const word of textAt(feature.values, own).split(' ')) if (word.length > 1) rest = rest.replace(word, '');
  }
  const digits = rest.replace(/\D/g, '').length;
  return rest.length - digits >= LEAST_LETTERS || digits >= LEAST_DIGITS;
}

function codeComparer({ ids, values }: Feature): LevelComparer {
  const [edit, equal] = [levelAt('code', 'one edit'), levelAt('code', 'equal')];
  return (left, right) => {
    const [a, b] = [ids[left] as number, ids[right] as number];
    return a < 0 || b < 0 ? 0 : a === b ? equal : oneEdit(values, a, values, b) ? edit : 1;
  };
}

/** −1 not known, 0 different, 1 alike, 2 equal. */
type Agreement = -1 | 0 | 1 | 2;

/**
 * Where somebody lives, as one comparison: its parts depend on each other (whoever shares a street shares the town), and
 * would count several times if each had a weight of its own.
 */
function placeComparer(table: Table, alikeness: Alikeness): LevelComparer {
  const street = agreement(featureOf(table, 'street'), 'text', alikeness);
  const number = agreement(featureOf(table, 'number'), 'code', alikeness);
  const postcode = agreement(featureOf(table, 'postcode'), 'code', alikeness);
  const city = agreement(featureOf(table, 'city'), 'text', alikeness);
  return (left, right) => {
    const [post, town] = [postcode(left, right), city(left, right)];
    const [road, house] = [street(left, right), number(left, right)];
    return placeLevel(road, house, post, town);
  };
}

/** The level of a place from how its parts agree. */
export function placeLevel(street: Agreement, number: Agreement, postcode: Agreement, city: Agreement): number {
  if (street < 0 && number < 0 && postcode < 0 && city < 0) return 0;
  const areas = (postcode > 0 ? 1 : 0) + (city > 0 ? 1 : 0);
  const unknown = postcode < 0 && city < 0;
  if (street === 2 && number === 2 && (postcode === 2 || city === 2)) return PLACE.equal;
  if (street >= 1 && number >= 1 && (areas > 0 || unknown)) return PLACE.close;
  if (street < 0 && number === 2 && postcode === 2) return PLACE.close;
  if (street >= 1 && (areas > 0 || number === 2)) return PLACE.street;
  if (areas === 2) return PLACE.twice;
  return areas === 1 || street === 2 ? PLACE.area : 1;
}

const PLACE = {
  equal: levelAt('place', 'address equal'),
  close: levelAt('place', 'address close'),
  street: levelAt('place', 'same street'),
  twice: levelAt('place', 'same area twice'),
  area: levelAt('place', 'same area'),
};

function agreement(
  feature: Feature | null,
  kind: 'text' | 'code',
  alikeness: Alikeness,
): (left: number, right: number) => Agreement {
  if (feature === null) return () => -1;
  const { ids, values } = feature;
  const alike = alikeness(values, false);
  return (left, right) => {
    const [a, b] = [ids[left] as number, ids[right] as number];
    if (a < 0 || b < 0) return -1;
    if (a === b) return 2;
    if (kind === 'text') return alike(a, b) >= 3 ? 1 : 0;
    return lengthOf(values, a) > 1 && lengthOf(values, b) > 1 && oneEdit(values, a, values, b) ? 1 : 0;
  };
}
