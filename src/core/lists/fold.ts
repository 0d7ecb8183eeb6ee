import anyAscii from 'any-ascii';

/**
 * Words as they sound to a clerk: without case, accents, punctuation and characters that nobody sees, in Latin letters. Letters that only
 * look alike (а for a) become the same.
 */
export function foldWords(text: string): readonly string[] {
  const visible = text.normalize('NFKC').replace(/[\p{Cf}\p{M}]/gu, (mark) => (/\p{Cf}/u.test(mark) ? '' : mark));
  const latin = anyAscii(visible.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC')).toLowerCase();
  return latin.replace(/['`’]/g, '').match(/[a-z0-9]+/g) ?? [];
}
