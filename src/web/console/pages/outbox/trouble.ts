/** What went wrong with a message, as one would tell a colleague; the server's own words stand beside it. */
export type Trouble =
  | 'unreachable'
  | 'unknownHost'
  | 'signIn'
  | 'certificate'
  | 'encryption'
  | 'timeout'
  | 'noMailbox'
  | 'noAddress'
  | 'full'
  | 'later'
  | 'tooLarge'
  | 'unwanted'
  | 'sender'
  | 'other';

/** The first that fits says it: from what never reached a server, over enhanced status codes (RFC 3463), to plain reply codes (RFC 5321). */
const SIGNS: readonly (readonly [RegExp, Trouble])[] = [
  [/no (e-?mail )?address/i, 'noAddress'],
  [/ENOTFOUND|EDNS|EAI_AGAIN|getaddrinfo/i, 'unknownHost'],
  [/self.signed|certificate|CERT_|UNABLE_TO_VERIFY/i, 'certificate'],
  [/STARTTLS|wrong version number|ETLS|ssl3_/i, 'encryption'],
  [/ETIMEDOUT|timed? ?out|greeting never received/i, 'timeout'],
  [/ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|ECONNECTION|ESOCKET/i, 'unreachable'],
  [/EAUTH|\b53[0458]\b|5\.7\.8\b|authenticat/i, 'signIn'],
  [/\b[45]\.2\.2\b|\b[45]52\b.*(full|quota|storage)|mailbox (is )?full|over quota/i, 'full'],
  [/\b5\.1\.(0|1|2|3|6|10)\b|user unknown|no such user|does not exist|unknown (user|recipient|mailbox)/i, 'noMailbox'],
  [/\b5\.1\.(7|8)\b|sender (address )?(rejected|refused|denied)|not allowed to send|send as/i, 'sender'],
  [/\b5\.3\.4\b|\b552\b|too (large|big)|size limit/i, 'tooLarge'],
  [/\b5\.7\.\d+\b|\b554\b|spam|blocked|blacklist|blocklist|policy/i, 'unwanted'],
  [/\b4\.\d+\.\d+\b|\b4[25]\d\b|greylist|try again/i, 'later'],
  [/\b55[013]\b/, 'noMailbox'],
];

/** Names the trouble in what a mail server, or the way to it, said. */
export function troubleOf(error: string): Trouble {
  return SIGNS.find(([sign]) => sign.test(error))?.[1] ?? 'other';
}
