/**
 * Wraps a name, number or amount so that it keeps its own direction inside a sentence of the other direction
 * (Unicode first strong isolate). For elements of their own use <bdi>.
 */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/** Letters that are written from the right: Hebrew, Arabic and their kin. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const WHOLE_NUMBER = /^\d+$/;

/**
 * What is put into a sentence, isolated where it could upset the sentence's direction or be upset by it: from the left in a language
 * from the right (names, order numbers, addresses, telephone numbers), and the other way round.
 */
export function apart(text: string, direction: 'ltr' | 'rtl'): string {
  const fits =
    direction === 'rtl' ? RIGHT_TO_LEFT.test(text.charAt(0)) || WHOLE_NUMBER.test(text) : !RIGHT_TO_LEFT.test(text);
  return fits || text === '' ? text : isolate(text);
}
