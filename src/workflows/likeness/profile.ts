import type { ComparedField } from '../../core/events/links.ts';
import { phoneRegion } from '../../core/identity/region.ts';
import type { MatchExplanation, Profile, ProfileValue, Reading } from '../../core/linkage/types.ts';
import type { ShownPart } from '../../ports/ledger.ts';
import type { Shop } from '../../ports.ts';

/** What is told of a person that can be compared. */
export type Told = Pick<ShownPart, 'name' | 'email' | 'phone' | 'address' | 'birthYear' | 'device' | 'card'>;

/** How a shop's customers write what the text alone does not say. */
export const readingOf = (shop: Pick<Shop, 'jurisdictions' | 'timeZone'>): Reading => ({
  region: phoneRegion(shop.jurisdictions, shop.timeZone),
  dates: null,
});

/** A person as the engine compares them. A shop's own customer number is left out: two accounts never have the same. */
export function profileOf(id: string, told: Told): Profile {
  const values: ProfileValue[] = [];
  const add = (role: ProfileValue['role'], text: string | undefined): void => {
    if (text !== undefined && text !== '') values.push({ role, text });
  };
  add('name', told.name);
  add('email', told.email);
  add('phone', told.phone);
  add('address', told.address?.street);
  add('postcode', told.address?.postcode);
  add('city', told.address?.city);
  add('country', told.address?.country);
  add('birth', told.birthYear === undefined ? undefined : String(told.birthYear));
  add('device', told.device);
  add('card', told.card);
  return { id, values };
}

/** Fewer than two things are compared with nobody: one alone says too little, and one address is what housemates share. */
const LEAST_VALUES = 2;
const TELLING: ReadonlySet<ProfileValue['role']> = new Set(['name', 'email', 'phone', 'address', 'device', 'card']);

export function isComparable({ values }: Profile): boolean {
  let telling = 0;
  for (const { role } of values) if (TELLING.has(role)) telling += 1;
  return telling >= LEAST_VALUES;
}

export const millibits = (bits: number): number => Math.round(bits * 1_000);

/** What was compared, field by field and without the values; what either of the two lacks is left out. */
export const comparedFields = ({ fields }: Pick<MatchExplanation, 'fields'>): readonly ComparedField[] =>
  fields.flatMap(({ name, level, bits }) =>
    level === 'missing' ? [] : [{ field: name, level, millibits: millibits(bits) }],
  );
