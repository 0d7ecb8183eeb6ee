import { isSupportedCountry } from 'libphonenumber-js';
import { normalisePhone } from '../../identity/identifier.ts';
import type { CountryCode } from '../../identity/region.ts';

/** Digits with the marks people put between them, and no bracketed zero, which only the full reader understands. */
const SIMPLE = /^\+?\d[\d ./-]{5,24}$/;
/** Numbers of one length that begin alike are read alike: so many digits decide. */
const DECISIVE = 6;

interface Rule {
  readonly drop: number;
  readonly prefix: string;
}

/** E.164 of a written number, as `normalisePhone`, remembering how numbers of a kind are read: parsing each costs ten times as much. */
export class PhoneReader {
  readonly #region: CountryCode | null;
  readonly #rules = new Map<string, Rule | 'unreadable' | 'each'>();

  constructor(region: string | null) {
    this.#region = region !== null && isSupportedCountry(region) ? region : null;
  }

  read(text: string): string | null {
    if (!SIMPLE.test(text)) return normalisePhone(text, this.#region);
    const digits = text.replace(/[ ./-]/g, '');
    const key = `${digits.length}:${digits.slice(0, DECISIVE)}`;
    const rule = this.#rules.get(key);
    if (rule === undefined) return this.#learn(key, digits);
    if (rule === 'unreadable') return null;
    return rule === 'each' ? normalisePhone(digits, this.#region) : rule.prefix + digits.slice(rule.drop);
  }

  #learn(key: string, digits: string): string | null {
    const number = normalisePhone(digits, this.#region);
    this.#rules.set(key, number === null ? 'unreadable' : (ruleOf(digits, number) ?? 'each'));
    return number;
  }
}

/** How `number` came from `digits`, when only their first digits were exchanged; null when something else happened. */
function ruleOf(digits: string, number: string): Rule | null {
  for (let drop = 0; drop <= 3; drop += 1) {
    const rest = digits.slice(drop);
    if (number.endsWith(rest) && number.length - rest.length <= 4)
      return { drop, prefix: number.slice(0, number.length - rest.length) };
  }
  return null;
}
