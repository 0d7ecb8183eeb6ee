/**
 * The languages a reader's browser names, as tags that Intl takes. Under a C locale browsers say "en-US@posix", at which Intl
 * throws; such a tag is cut at what it understands, or left out.
 */
export function readerLanguages(named: readonly string[] = navigator.languages): readonly string[] {
  return named.flatMap((each) => {
    try {
      return Intl.getCanonicalLocales(each.split('@')[0]);
    } catch {
      return [];
    }
  });
}

/** Gives the browser itself a language Intl takes where it has none: libraries ask `navigator.language` when they load, and would throw. */
export function mendLanguage(browser: Navigator = navigator): void {
  if (readerLanguages([browser.language])[0] === browser.language) return;
  Object.defineProperty(browser, 'language', { value: readerLanguages()[0] ?? 'en', configurable: true });
}
