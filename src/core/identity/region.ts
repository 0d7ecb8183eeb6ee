import { type CountryCode, getCountries, isSupportedCountry } from 'libphonenumber-js';

export type { CountryCode };

/**
 * The country whose phone numbers may be written without a country code in a shop: its one jurisdiction that is a country,
 * or else the one country that uses its time zone. Null where either leaves a choice: then only numbers with + are understood.
 */
export function phoneRegion(jurisdictions: readonly string[], timeZone: string): CountryCode | null {
  const countries = new Set(
    jurisdictions.map((code) => code.toUpperCase().slice(0, 2)).filter((code) => isSupportedCountry(code)),
  );
  if (countries.size > 1) return null;
  const [only] = countries;
  return only ?? countryOfZone(timeZone);
}

const zoneCountries = new Map<string, CountryCode | null>();

function countryOfZone(timeZone: string): CountryCode | null {
  const known = zoneCountries.get(timeZone);
  if (known !== undefined) return known;
  const users = getCountries().filter((country) => zonesOf(country).includes(timeZone));
  const answer = users.length === 1 ? (users[0] ?? null) : null;
  zoneCountries.set(timeZone, answer);
  return answer;
}

/** In ECMA-402 since 2025 and in every Node this runs on; TypeScript's own library does not list it yet. */
interface LocaleWithZones {
  getTimeZones(): readonly string[] | undefined;
}

function zonesOf(country: CountryCode): readonly string[] {
  const locale: Intl.Locale & Partial<LocaleWithZones> = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? [];
}
