const LONGEST = 254;
/** What most addresses are, and the normal form of: small ASCII letters, no quotes, one @, no dots together in the domain. */
const PLAIN = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

/**
 * An e-mail address in the form in which equal means the same mailbox for us: trimmed, NFKC, lower case, without what
 * cannot be seen. The domain stays as
 * written (an internationalised one is not turned into punycode), and no provider's own rules (dots, plus signs) are applied.
 * Null when it cannot be an address.
 */
export function normaliseEmail(text: string): string | null {
  if (text.length <= LONGEST && PLAIN.test(text)) return text;
  // What cannot be seen (zero-width, direction, soft hyphens) makes no other mailbox, only another text.
  const address = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > LONGEST || /[\s\p{Cc}]/u.test(address)) return null;
  const domain = address.slice(at + 1);
  if (domain === '' || domain.startsWith('.') || domain.endsWith('.') || domain.includes('..')) return null;
  return /[<>(),;:"[\]\\@]/.test(domain) ? null : address;
}
