import { hashOf, mix, spread, textAt } from './pool.ts';
import { featureOf } from './table.ts';
import type { BlockingRule, KeyPart, Table, Values } from './types.ts';

/** Classes of letters that are heard or mistyped alike; vowels have none. */
const CLASSES = ['bpfv', 'cgjkqsxz', 'dt', 'l', 'mn', 'r'];
const SOUND = 4;
const [SILENT, VOWEL] = ['h', 'a'];

/** By character: the class of a consonant, the digit itself, h for what is not heard, a for all else; nothing for a space. */
const HEARD: readonly string[] = Array.from({ length: 128 }, (_, unit) => {
  const letter = String.fromCharCode(unit);
  if (letter === ' ') return '';
  if (letter === 'h' || letter === 'w') return SILENT;
  if (letter >= '0' && letter <= '9') return letter;
  const place = CLASSES.findIndex((letters) => letters.includes(letter));
  return place < 0 ? VOWEL : String(place + 1);
});

/**
 * How a word sounds, roughly: its first letter's class and the classes of the consonants after it (as in Russell's Soundex of 1918,
 * with the first letter classed too, so that Carl and Karl, Fiona and Viona sound alike). Spaces do not count.
 */
export function soundOf(word: string): string {
  let sound = '';
  let before = '';
  for (let place = 0; place < word.length && sound.length < SOUND; place += 1) {
    const heard = HEARD[word.charCodeAt(place)] ?? VOWEL;
    if (heard === '') continue;
    if (sound === '' || (heard !== SILENT && heard !== VOWEL && heard !== before)) sound += heard;
    if (heard !== SILENT) before = heard;
  }
  return sound;
}

/** A value cut down to a part of a key, as a hash; 0 when it has none. */
export function partKey(text: string, by: KeyPart['by']): number {
  switch (by) {
    case 'value':
      return hashOf(text) || 1;
    case 'sound':
      return hashOf(soundOf(text)) || 1;
    case 'initial':
      return hashOf(text.slice(0, 1)) || 1;
    case 'first3':
      return hashOf(text.slice(0, 3)) || 1;
    case 'first4':
    case 'year':
      return text.length < 4 ? 0 : hashOf(text.slice(0, 4)) || 1;
    case 'words':
      return text.split(' ').reduce((sum, word) => (sum + hashOf(word)) | 0, 0) || 1;
  }
}

/** The key of each row under a rule; 0 where a part is missing. The same texts give the same key in every table. */
export function keysOf(table: Table, rule: BlockingRule, keys: Int32Array): void {
  rule.parts.forEach((part, place) => {
    const columns = (part.by === 'words' ? (['given', 'surname'] as const) : [part.feature]).map((name) => {
      const feature = featureOf(table, name);
      if (feature === null) throw new Error(`The rule "${rule.name}" needs "${name}", which the table does not have.`);
      return { ids: feature.ids, parts: partKeys(feature.values, part.by) };
    });
    for (let row = 0; row < table.rows; row += 1) {
      if (place > 0 && keys[row] === 0) continue;
      let sum = 0;
      for (const { ids, parts } of columns) {
        const id = ids[row] as number;
        const one = id < 0 ? 0 : (parts[id] as number);
        if (one === 0) {
          sum = 0;
          break;
        }
        sum = (sum + one) | 0 || 1;
      }
      keys[row] = sum === 0 ? 0 : joined(place === 0 ? 0 : (keys[row] as number), sum);
    }
  });
}

/** A key with one part more. */
export function joined(key: number, part: number): number {
  return (key === 0 ? spread(part) : mix(key, part)) || 1;
}

function partKeys(values: Values, by: KeyPart['by']): Int32Array {
  if (by === 'value') return values.hashes.map((hash) => hash || 1);
  const keys = new Int32Array(values.count);
  for (let id = 0; id < values.count; id += 1) keys[id] = partKey(textAt(values, id), by);
  return keys;
}
