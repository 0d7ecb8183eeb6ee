const LONGEST = 100;

/**
 * A file's name as people may read it: without folders, control characters and marks that turn the direction of text (which can
 * make "exe.pdf" look like another name), at most 100 characters with its ending. For showing only: nothing is ever opened by it.
 */
export function fileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (plain === '') return 'file';
  const characters = [...plain];
  if (characters.length <= LONGEST) return plain;
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(plain)?.[0] ?? '';
  return `${characters.slice(0, LONGEST - ending.length - 1).join('')}…${ending}`;
}
