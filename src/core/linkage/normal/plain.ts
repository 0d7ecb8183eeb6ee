import anyAscii from 'any-ascii';

/** Letters of Cyrillic and Greek that are drawn like a Latin one: how names and addresses are disguised. */
const LOOKALIKES = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    ѕ: 's',
    т: 't',
    у: 'y',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    ү: 'y', // Cyrillic
    α: 'a',
    β: 'b',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    μ: 'm',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ω: 'w',
    γ: 'y', // Greek
    ı: 'i',
    ɑ: 'a',
    ɡ: 'g',
    ո: 'n',
    օ: 'o',
    ѡ: 'w', // others
  }),
);
const PLAIN = /^[a-z0-9 ]*$/;
const PRINTABLE = /^[ -~]*$/;
const LATIN = /\p{Script=Latin}/u;
const DISGUISE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Co}\p{Cn}\p{Variation_Selector}]/gu;

/**
 * Text without what cannot be seen (zero-width, bidi and control characters) and with look-alike letters of other scripts
 * in Latin words made Latin. Compatibility-composed and in lower case, so that composed and decomposed text are the same.
 */
export function undisguised(text: string): string {
  const seen = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  if (!DISGUISE.test(seen) || !LATIN.test(seen)) return seen;
  return seen
    .split(/([\s@.,;/-]+)/)
    .map((word) =>
      LATIN.test(word) && DISGUISE.test(word)
        ? Array.from(word, (letter) => LOOKALIKES.get(letter) ?? letter).join('')
        : word,
    )
    .join('');
}

/**
 * Words of a to z and 0 to 9 with one space between them: accents dropped, other scripts transliterated, apostrophes left
 * out, everything else a space. Empty when nothing is left.
 */
export function plainWords(text: string): string {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower.includes(' ') ? lower.trim().replace(/ {2,}/g, ' ') : lower;
  // Nothing of what follows changes what is printable in ASCII.
  return (PRINTABLE.test(lower) ? lower : anyAscii(undisguised(text).normalize('NFKD').replace(/\p{M}/gu, '')))
    .toLowerCase()
    .replace(/['`]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Letters and digits alone, in lower case: for numbers and codes people write with spaces, dots and dashes. */
export function plainCode(text: string): string {
  const lower = text.toLowerCase();
  return (PRINTABLE.test(lower) ? lower : plainWords(text)).replace(/[^a-z0-9]+/g, '');
}
