/** So long may the name of a host be: RFC 1035. */
const LONGEST = 253;

/**
 * The domain of e-mail addresses in the one form in which equal means the same: lower case, in ASCII (punycode). "@example.com" and
 * "*@example.com" are read too. It stands for itself only, not for what is below it. Null when it is none.
 */
export function normaliseDomain(text: string): string | null {
  const name = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase()
    .replace(/^\*?@/, '')
    .replace(/\.$/, '');
  if (name === '' || name.length > LONGEST || /[\s/?#:@\\%[\]*]/.test(name)) return null;
  // What a URL takes for a host name is a host name, in the form that machines use.
  const host = URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`).hostname : '';
  return /^([a-z0-9]([a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host) ? host : null;
}

/** The domain of a normalised e-mail address; null when it has none that can be on a list. */
export const domainOf = (email: string): string | null => normaliseDomain(email.slice(email.lastIndexOf('@') + 1));

/** Where half of all people have their mail. An entry on one of these hits nearly everybody. */
const EVERYBODYS: ReadonlySet<string> = new Set([
  '126.com',
  '163.com',
  'aol.com',
  'btinternet.com',
  'comcast.net',
  'free.fr',
  'gmail.com',
  'gmx.at',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hotmail.co.uk',
  'hotmail.com',
  'hotmail.fr',
  'hotmail.nl',
  'icloud.com',
  'interia.pl',
  'kpnmail.nl',
  'laposte.net',
  'libero.it',
  'live.com',
  'live.nl',
  'mac.com',
  'mail.ru',
  'me.com',
  'msn.com',
  'o2.pl',
  'onet.pl',
  'orange.fr',
  'outlook.com',
  'proton.me',
  'protonmail.com',
  'qq.com',
  'seznam.cz',
  't-online.de',
  'walla.co.il',
  'web.de',
  'wp.pl',
  'yahoo.co.uk',
  'yahoo.com',
  'yahoo.de',
  'yahoo.fr',
  'yandex.ru',
  'ziggo.nl',
]);

export const isEverybodys = (domain: string): boolean => EVERYBODYS.has(domain);
