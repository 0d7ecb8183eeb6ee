import { FeatureColumn } from './field-column.ts';
import type { Feature, FeatureName } from './types.ts';

/** A whole address in one text; null without a street, or without a postcode and city. */
export function addressOf(
  street: string | null,
  number: string | null,
  postcode: string | null,
  city: string | null,
): string | null {
  const area = postcode ?? city;
  return street === null || area === null ? null : `${number ?? ''} ${street}, ${area}`;
}

const BETWEEN = [' ', ', '];

/**
 * The whole address as one value, so that its frequency tells an office from a home. Null where there is no column of streets,
 * or neither of postcodes nor of cities.
 */
export function addAddresses(features: readonly Feature[], rows: number, shared: boolean): Feature | null {
  const named = (name: FeatureName): Feature | null => features.find((one) => one.name === name) ?? null;
  const [street, number, postcode, city] = [named('street'), named('number'), named('postcode'), named('city')];
  if (street === null || (postcode === null && city === null)) return null;
  const idAt = (feature: Feature | null, row: number): number => (feature === null ? -1 : (feature.ids[row] as number));
  const numbers = number?.values ?? street.values;
  const column = new FeatureColumn();
  for (let row = 0; row < rows; row += 1) {
    const ids = [idAt(number, row), idAt(street, row), idAt(postcode, row)];
    let area = postcode;
    if ((ids[2] as number) < 0) {
      area = city;
      ids[2] = idAt(city, row);
    }
    if ((ids[1] as number) < 0 || (ids[2] as number) < 0 || area === null) continue;
    column.set(row, column.pool.internJoined([numbers, street.values, area.values], ids, BETWEEN));
  }
  return { name: 'address', ids: column.sealed(rows, shared), values: column.pool.sealed(shared) };
}
