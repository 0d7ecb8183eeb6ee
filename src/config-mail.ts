import { Refusal } from './adapters/refusal.ts';
import type { MailServer } from './ports/hearing.ts';

const EXAMPLE = 'smtp://user:password@mail.example.com:587';
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;

/**
 * The mail server of the installation, from EVENHAND_SMTP_URL and EVENHAND_MAIL_FROM, for shops that set none of their own.
 * smtp:// requires STARTTLS (port 587 unless given), smtps:// is encrypted from the first byte (465);
 * smtp://…?security=none is for a server on this machine or network only. Throws a `Refusal` that never repeats the address, which
 * holds a password.
 */
export function mailServerFrom(url: string | undefined, from: string | undefined): MailServer | undefined {
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined)
    throw new Refusal('EVENHAND_MAIL_FROM is set but EVENHAND_SMTP_URL is not: set both or neither.');
  if (from === undefined)
    throw new Refusal('EVENHAND_SMTP_URL is set but EVENHAND_MAIL_FROM is not: set both or neither.');
  return { ...readUrl(url), ...readFrom(from), dkim: null };
}

function readUrl(text: string): Pick<MailServer, 'host' | 'port' | 'security' | 'user' | 'password'> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    throw new Refusal(`EVENHAND_SMTP_URL must look like ${EXAMPLE} or smtps://…`);
  if (!['', '/'].includes(url.pathname) || url.hash !== '')
    throw new Refusal(
      `EVENHAND_SMTP_URL must end after the port, like ${EXAMPLE}; write signs such as / or # in a password as %2F and %23.`,
    );
  const implicit = url.protocol === 'smtps:';
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === null && password !== null) throw new Refusal('EVENHAND_SMTP_URL has a password but no user.');
  return {
    // An IPv6 address stands in brackets in a URL, and nowhere else.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    security: implicit ? 'implicit' : securityOf(url.searchParams),
    user,
    password,
  };
}

function securityOf(query: URLSearchParams): 'starttls' | 'none' {
  const asked = query.get('security') ?? 'starttls';
  if (asked === 'starttls' || asked === 'none') return asked;
  throw new Refusal(
    'EVENHAND_SMTP_URL can end in ?security=starttls or ?security=none; for TLS from the first byte write smtps://.',
  );
}

function decoded(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal('EVENHAND_SMTP_URL has a % in its user or password that must be written %25.');
  }
}

/** "care@shop.example" or "Tulip & Thread <care@shop.example>". */
function readFrom(text: string): Pick<MailServer, 'from' | 'fromName'> {
  const [, name, address] = /^\s*"?([^"<>]*?)"?\s*<([^<>]*)>\s*$/.exec(text) ?? [null, '', text.trim()];
  if (address === undefined || !ADDRESS.test(address))
    throw new Refusal(
      'EVENHAND_MAIL_FROM must be an e-mail address, alone or after a name: Tulip & Thread <care@shop.example>.',
    );
  return { from: address, fromName: name === undefined || name.trim() === '' ? null : name.trim() };
}
