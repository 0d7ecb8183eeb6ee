import { type CountryCode, getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js';

/** What all countries of a calling code agree on. */
interface Plan {
  /** Lengths of a number without the calling code that are possible in every one of them. */
  readonly lengths: ReadonlySet<number>;
  /** What a number begins with that is no part of it (a trunk prefix, a carrier's code), in any of them. */
  readonly prefixes: readonly RegExp[];
}

/** Of the library's own class, which declares less than it has. */
interface WithPrefix {
  nationalPrefixForParsing?(): string | undefined;
}

const LONGEST_CODE = 3;

let plans: ReadonlyMap<string, Plan> | null = null;

/**
 * True when digits after a plus are surely what the library itself would make of them: the calling code is of countries, the rest has
 * a length that is possible in all of them and begins with no prefix in any. False says nothing; then the library must be asked.
 */
export function isPlainlyDialled(digits: string): boolean {
  plans ??= readPlans();
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    const plan = plans.get(digits.slice(0, length));
    if (plan === undefined) continue;
    const rest = digits.slice(length);
    return plan.lengths.has(rest.length) && !plan.prefixes.some((prefix) => prefix.test(rest));
  }
  return false;
}

function readPlans(): ReadonlyMap<string, Plan> {
  const countries = Map.groupBy(getCountries(), (country) => getCountryCallingCode(country) as string);
  return new Map([...countries].map(([code, users]) => [code, planOf(users)]));
}

function planOf(countries: readonly CountryCode[]): Plan {
  const numbering = countries.map((country) => {
    const metadata = new Metadata();
    metadata.selectNumberingPlan(country);
    return metadata.numberingPlan;
  });
  const lengths = numbering.map((plan) => new Set(plan?.possibleLengths() ?? []));
  const [first = new Set<number>(), ...others] = lengths;
  return {
    lengths: new Set([...first].filter((length) => others.every((each) => each.has(length)))),
    prefixes: [
      ...new Set(numbering.flatMap((plan) => (plan as WithPrefix | undefined)?.nationalPrefixForParsing?.() ?? [])),
    ].map((prefix) => new RegExp(`^(?:${prefix})`)),
  };
}
