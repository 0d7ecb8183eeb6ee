import { addressOf } from './addresses.ts';
import { normalisers, type PartReader } from './normalisers.ts';
import { larger, textAt, ValuePool } from './pool.ts';
import type { Feature, FeatureName, Profile, Reading, Role, Table } from './types.ts';

/** How the values of a role are read, and the places of the features they become. */
interface RoleReader {
  readonly role: Role;
  readonly places: readonly number[];
  readonly read: PartReader['read'];
}

/** What a profile can say, in the order it is read: what stands alone before what is taken out of a longer text. */
const READ_FIRST: readonly Exclude<Role, 'other'>[] = [
  'given',
  'surname',
  'name',
  'birth',
  'email',
  'email_verified',
  'phone',
  'house_number',
  'address',
  'postcode',
  'city',
  'national',
  'card',
  'device',
];
const FEATURES = [
  'given',
  'surname',
  'birth',
  'email',
  'mailname',
  'verified',
  'phone',
  'street',
  'number',
  'postcode',
  'city',
  'address',
  'national',
  'card',
  'device',
] as const satisfies readonly FeatureName[];

interface GrowingFeature extends Feature {
  ids: Int32Array<ArrayBuffer>;
  readonly values: ValuePool;
}

/** The row that whoever is asked about sits in while they are compared. */
export const GUEST = 0;

/** Normal values of profiles by feature; null where there is none. */
export type NormalValues = readonly (string | null)[];

/** A table that rows come into and go out of, with one row for a guest whose values leave no trace. */
export class GrowingTable implements Table {
  rows = 1;
  readonly features: readonly GrowingFeature[] = FEATURES.map((name) => ({
    name,
    ids: new Int32Array(64).fill(-1),
    values: new ValuePool(),
  }));
  readonly #readers: readonly RoleReader[];

  constructor(reading: Reading) {
    const read = normalisers(reading, reading.dates ?? 'day-first');
    this.#readers = READ_FIRST.map((role) => {
      const { features, read: parts } = read.parts({ role, name: role });
      return { role, places: features.map(placeOf), read: parts };
    });
  }

  /** What a profile says, made normal, in the order of `features`. */
  read(profile: Profile): NormalValues {
    const values: (string | null)[] = NOTHING.slice();
    for (const { role, places, read } of this.#readers)
      for (const value of profile.values) {
        if (value.role !== role || value.text === '') continue;
        const parts = read(value.text);
        for (let part = 0; part < parts.length; part += 1) values[places[part] as number] ??= parts[part] ?? null;
      }
    const at = (place: number): string | null => values[place] ?? null;
    values[ADDRESS] = addressOf(at(STREET), at(NUMBER), at(POSTCODE), at(CITY));
    return values;
  }

  /** Puts values into a row. True when the columns had to be made larger: whoever holds on to them must take them anew. */
  put(row: number, values: NormalValues): boolean {
    let grown = false;
    for (let place = 0; place < FEATURES.length; place += 1) {
      const feature = this.features[place] as GrowingFeature;
      if (row >= feature.ids.length) {
        feature.ids = larger(feature.ids, row + 1).fill(-1, feature.ids.length);
        grown = true;
      }
      const text = values[place] ?? null;
      const id = text === null ? -1 : feature.values.intern(text);
      feature.ids[row] = id;
      if (id >= 0) feature.values.bear(id);
    }
    this.rows = Math.max(this.rows, row + 1);
    return grown;
  }

  /** Empties a row. Its values stay in the pools until the table is made anew. */
  clear(row: number): void {
    for (const { ids, values } of this.features) {
      const id = ids[row] as number;
      if (id >= 0) values.bear(id, -1);
      ids[row] = -1;
    }
  }

  /** The normal values of a row. */
  valuesOf(row: number): NormalValues {
    return this.features.map(({ ids, values }) => {
      const id = ids[row] as number;
      return id < 0 ? null : textAt(values, id);
    });
  }

  /** Lets `see` look at the table with a guest in it. The guest's values are gone afterwards, whatever happens. */
  withGuest<T>(values: NormalValues, see: () => T): T {
    const marks = this.features.map((feature) => feature.values.count);
    try {
      for (let place = 0; place < FEATURES.length; place += 1) {
        const { ids, values: pool } = this.features[place] as GrowingFeature;
        const text = values[place] ?? null;
        const known = text === null ? -1 : pool.find(text);
        ids[GUEST] = text === null || known >= 0 ? known : pool.push(text);
      }
      return see();
    } finally {
      for (let place = 0; place < FEATURES.length; place += 1) {
        const { ids, values: pool } = this.features[place] as GrowingFeature;
        ids[GUEST] = -1;
        pool.truncate(marks[place] as number);
      }
    }
  }
}

/** The place of a feature in `NormalValues`; −1: it has none. */
export function placeOf(name: FeatureName): number {
  return (FEATURES as readonly FeatureName[]).indexOf(name);
}

const NOTHING: NormalValues = FEATURES.map(() => null);
const ADDRESS = placeOf('address');
const [STREET, NUMBER, POSTCODE, CITY] = [placeOf('street'), placeOf('number'), placeOf('postcode'), placeOf('city')];
