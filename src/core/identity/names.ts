const SHORTEST = 2;
const LONGEST = 8;
const MOST_WORDS = 12;
/** Scripts written without spaces between words, where one character already says much. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * Everything a name can be found by: the beginnings (2 to 8 letters) of each of its words without accents and in lower case,
 * and for Chinese, Japanese, Korean and Thai every character and every pair of neighbours.
 */
export function nameTokens(name: string): ReadonlySet<string> {
  const tokens = new Set<string>();
  for (const run of runsOf(name)) {
    if (run.unspaced) for (const piece of [...run.letters, ...pairsOf(run.letters)]) tokens.add(piece);
    else
      for (let length = SHORTEST; length <= Math.min(LONGEST, run.letters.length); length += 1)
        tokens.add(run.letters.slice(0, length).join(''));
  }
  return tokens;
}

/** The tokens a name must all have to answer a search; empty when there is too little to search for. */
export function searchTokens(query: string): readonly string[] {
  const tokens = new Set<string>();
  for (const run of runsOf(query)) {
    if (run.unspaced)
      for (const piece of run.letters.length === 1 ? run.letters : pairsOf(run.letters)) tokens.add(piece);
    else if (run.letters.length >= SHORTEST) tokens.add(run.letters.slice(0, LONGEST).join(''));
  }
  return [...tokens];
}

interface Run {
  readonly letters: readonly string[];
  readonly unspaced: boolean;
}

function runsOf(text: string): readonly Run[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
  const runs: Run[] = [];
  for (const word of plain.match(/[\p{L}\p{N}]+/gu)?.slice(0, MOST_WORDS) ?? []) {
    let letters: string[] = [];
    let unspaced = false;
    for (const letter of word) {
      if (letters.length > 0 && UNSPACED.test(letter) !== unspaced) {
        runs.push({ letters, unspaced });
        letters = [];
      }
      unspaced = UNSPACED.test(letter);
      letters.push(letter);
    }
    runs.push({ letters, unspaced });
  }
  return runs;
}

function pairsOf(letters: readonly string[]): readonly string[] {
  return letters.slice(1).map((letter, before) => `${letters[before]}${letter}`);
}
