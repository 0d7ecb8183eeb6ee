import { streetLine } from '../linkage/normal/address.ts';
import { foldWords } from './fold.ts';

/** A person at a front door, in the parts that shops have. */
export interface NameAndAddress {
  readonly name: string;
  /** The street line, with the number. */
  readonly street: string;
  readonly postcode: string;
}

/**
 * The form in which equal means the same name at the same door: the words of the name in the order of the alphabet, the street in plain
 * words with its kind shortened as linkage writes it ("Main Street", "main st."), the numbers of its line, and the postcode. A postcode
 * may hold hundreds of streets, so it says no door without one; the town says no more than the postcode. Nothing is guessed: a nickname,
 * a typing error or another door is somebody else. Null where a name, a number or a postcode is missing.
 */
export function normaliseNameAddress({ name, street, postcode }: NameAndAddress): string | null {
  const names = [...foldWords(name)].sort();
  const line = streetLine(street);
  const code = foldWords(postcode).join('');
  const hasNumber = /\d/.test(`${line.street ?? ''}${line.number ?? ''}`);
  if (names.length === 0 || !hasNumber || !/\d/.test(code)) return null;
  return `${names.join(' ')}|${line.street ?? ''}|${inOrder(line.number)}|${code}`;
}

/**
 * Reads what stands on a list: "Name; street and number; postcode and town", with semicolons, commas, bars or lines between. Null when
 * it has no three parts, or none of a name, a house number and a postcode.
 */
export function readNameAddress(text: string): NameAndAddress | null {
  const parts = text
    .split(/[;|\n]/.test(text) ? /[;|\n]/ : /,/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [name, ...rest] = parts;
  const last = rest.at(-1);
  if (name === undefined || last === undefined || rest.length < 2) return null;
  // The town may stand in a part of its own, after the postcode.
  const at = rest.length > 2 && postcodeIn(last) === null ? rest.length - 2 : rest.length - 1;
  const postcode = postcodeIn(rest[at] ?? '');
  return postcode === null ? null : { name, street: rest.slice(0, at).join(' '), postcode };
}

/** Numbers in one order, so that "Flat 4, 12 Main St" and "12 Main St, Flat 4", "12/4" and "12 m. 4" are one door. */
const inOrder = (numbers: string | null): string => (numbers ?? '').split(' ').sort().join(' ');

/** The words with digits where they begin ("SW1A 1AA", "110 00"), with the two letters of a Dutch one ("1234 AB"); a country before them is left out. */
function postcodeIn(text: string): string | null {
  const words = text.replace(/^\s*[A-Za-z]{1,2}[-\s](?=\d)/, '').split(/\s+/);
  const start = words.findIndex((word) => /\d/.test(word));
  if (start === -1) return null;
  const code: string[] = [];
  for (const word of words.slice(start)) {
    const dutch = code.length === 1 && /^\d{4}$/.test(code[0] ?? '') && /^[A-Za-z]{2}$/.test(word);
    if (!/\d/.test(word) && !dutch) break;
    code.push(word);
    if (code.length === 2) break;
  }
  return code.join(' ');
}
