import type { Handover } from '../../ports/hearing.ts';
import { oneLine } from './one-line.ts';

/** What nodemailer says of a try that failed. */
interface SmtpError {
  readonly message: string;
  /** Which part failed: "EAUTH", "EENVELOPE" … */
  readonly code?: string | undefined;
  /** The system's own: "ECONNREFUSED", "DEPTH_ZERO_SELF_SIGNED_CERT". */
  readonly originalCode?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
}

type NotSent = Exclude<Handover, { result: 'sent' }>;

const later = (trouble: NotSent['trouble'], error: string): NotSent => ({ result: 'later', trouble, error });
const refused = (trouble: NotSent['trouble'], error: string): NotSent => ({ result: 'refused', trouble, error });

/**
 * What a failed try means (RFC 5321 4.2.1: 4yz may succeed later, 5yz will not). A 5yz at RCPT is about the address, but for
 * 5.7.z, which is about who may send what (RFC 3463 3.8).
 */
export function handoverOf(error: unknown): NotSent {
  const failed = asSmtpError(error);
  const { code, command = '', responseCode } = failed;
  const said = whatWasSaid(failed);
  if (isAboutCertificates(failed)) return refused('insecure', said);
  if (code === 'ETLS') {
    const passing = responseCode === undefined ? /closed/i.test(failed.message) : responseCode < 500;
    return passing ? later('insecure', said) : refused('insecure', said);
  }
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500) return later('busy', said);
  if (code === 'EAUTH' || responseCode === 530 || responseCode === 535) return refused('sign_in', said);
  if (code === 'EENVELOPE' && (command === 'RCPT TO' || /^Invalid recipient/.test(failed.message)))
    return isAboutPolicy(failed)
      ? refused('refused', said)
      : { result: 'bounced', trouble: 'unknown_address', error: said };
  if (responseCode !== undefined && responseCode >= 500) return refused('refused', said);
  if (code === 'EMESSAGE') return refused('refused', said);
  return later('unreachable', said);
}

function asSmtpError(error: unknown): SmtpError {
  return error instanceof Error ? error : { message: String(error) };
}

/** The certificate or the protocol did not please us, whatever part of the library noticed. */
function isAboutCertificates({ code, originalCode = '', message }: SmtpError): boolean {
  if (/^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/.test(originalCode))
    return true;
  return (code === 'ETLS' || code === 'ESOCKET') && /certificate|altnames|wrong version number/i.test(message);
}

const isAboutPolicy = ({ response = '' }: SmtpError): boolean => /^5\d\d[ -]5\.7\.\d/.test(response);

const LONGEST = 240;
const ADDRESS = /<?[^\s<>"'=:;,()]+@[^\s<>"';,()]+>?/g;

/** The server's words, or else what happened, in one line and without anybody's address. */
function whatWasSaid({ response, message, originalCode }: SmtpError): string {
  const words = response ?? originalCode ?? message;
  const line = oneLine(words.replace(ADDRESS, '…'));
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
