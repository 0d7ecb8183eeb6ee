/**
 * Texts that may be the same as in English: names, words a language has taken over, and signs. By language, the key as the failing
 * test prints it; "*" is every language.
 */
export const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  '*': ['console/welcome.json: name'],
};
