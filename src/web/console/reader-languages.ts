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
