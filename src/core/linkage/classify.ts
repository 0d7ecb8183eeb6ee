import { levelAt } from './levels.ts';
import { levelIn } from './patterns.ts';
import { featureOf } from './table.ts';
import type { Comparison, LinkClass, Plan, Reason, Table } from './types.ts';

/** What a pattern shows besides its weight: who may be the same person for sure, and who is somebody else at the same place. */
export interface Signs {
  /** A phone number, national number, card or customer number is equal: things one person has. */
  readonly strong: boolean;
  /** The e-mail address is equal; strong where both are verified. */
  readonly email: boolean;
  /** Name or birth date speaks for the same person. */
  readonly personal: boolean;
  /** The address or the phone number is the same. */
  readonly home: boolean;
  /** Something speaks against: they cannot be the same for sure. */
  readonly against: readonly Reason[];
  /** Another given name or birth year, and nothing that only one person has. */
  readonly other: boolean;
  /** Housemates who may not come into one cluster by way of a third row either. */
  readonly apart: boolean;
}

/** What the levels of a pattern show. */
export function signsOf(plan: Plan, pattern: number): Signs {
  const levels = new Map<string, number>(
    plan.comparisons.map((comparison) => [comparison.name, levelIn(pattern, comparison)]),
  );
  const top = (name: Comparison['name']): boolean => {
    const comparison = plan.comparisons.find((one) => one.name === name);
    return comparison !== undefined && levels.get(name) === comparison.levels.length - 1;
  };
  const is = (name: Comparison['name'], level: number): boolean => levels.get(name) === level;
  const place = levels.get('place') ?? 0;
  const nationalEqual = top('national');
  const otherGiven = is('given', DIFFERENT);
  const otherBirth = is('birth', DIFFERENT);
  const otherNational = is('national', DIFFERENT);
  const against: Reason[] = [];
  if (otherGiven) against.push('other given name');
  if (otherBirth) against.push('other birth date');
  if (otherNational) against.push('other national number');
  const slip = is('national', ONE_EDIT);
  const home = place >= PLACE_CLOSE || top('phone');
  const bornAlike = (levels.get('birth') ?? 0) >= BIRTH_EDIT;
  const other = !nationalEqual && ((otherBirth && !slip) || otherGiven);
  return {
    strong: top('phone') || nationalEqual || top('card') || top('customer'),
    email: top('email'),
    personal: (levels.get('given') ?? 0) >= GIVEN_CLOSE || bornAlike,
    home,
    against,
    other,
    apart: home && other && !(slip && bornAlike),
  };
}

const DIFFERENT = 1;
const ONE_EDIT = levelAt('code', 'one edit');
const GIVEN_CLOSE = levelAt('given', 'close');
const BIRTH_EDIT = levelAt('birth', 'one edit');
const PLACE_CLOSE = levelAt('place', 'address close');

/** So many rows at one address or with one number are no household any more: an office, a hostel, a parcel shop. */
const LARGEST_HOME = 20;

/** Tells whether the e-mail addresses of two rows are verified, and whether what they share is a home. */
export interface RowFacts {
  bothVerified(left: number, right: number): boolean;
  isHome(left: number, right: number): boolean;
}

export function rowFacts(table: Table): RowFacts {
  const verified = featureOf(table, 'verified')?.ids ?? null;
  const shared = (['address', 'phone'] as const).flatMap((name) => {
    const feature = featureOf(table, name);
    return feature === null ? [] : [feature];
  });
  return {
    bothVerified: (left, right) =>
      verified !== null && (verified[left] as number) >= 0 && (verified[right] as number) >= 0,
    isHome: (left, right) =>
      shared.every(({ ids, values }) => {
        const id = ids[left] as number;
        return id < 0 || id !== ids[right] || (values.counts[id] as number) <= LARGEST_HOME;
      }),
  };
}

export interface Verdict {
  readonly kind: LinkClass;
  readonly reasons: readonly Reason[];
}

/**
 * The class of a pair. `same` needs a strong identifier and nothing against it; a pair at one home with another given name or birth
 * year is a household whatever its weight.
 */
export function classify(
  signs: Signs,
  bits: number,
  needed: { readonly probable: number; readonly certain: number },
  verified: boolean,
  home: boolean,
): Verdict {
  if (signs.home && signs.other) return { kind: home ? 'household' : 'unlike', reasons: signs.against };
  if (bits < needed.probable) return { kind: 'unlike', reasons: [] };
  const strong = signs.strong || (signs.email && verified);
  if (!strong || bits < needed.certain) return { kind: 'probably_same', reasons: [] };
  if (signs.against.length > 0) return { kind: 'probably_same', reasons: signs.against };
  if (!signs.personal) return { kind: 'probably_same', reasons: ['only one identifier'] };
  return { kind: 'same', reasons: ['strong identifier equal'] };
}
