import { createTransport, type SendMailOptions } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import { type Handover, type Letter, MAIL_PATIENCE_MS, type Mailer, type MailServer } from '../../ports/hearing.ts';
import { handoverOf } from './answers.ts';
import { nearbyAddress } from './network.ts';
import { oneLine } from './one-line.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

export interface MailerOptions {
  /** Authorities to trust instead of the usual ones, in PEM. */
  readonly authorities?: string | undefined;
  /** How long one message may take, in milliseconds. */
  readonly patience?: number | undefined;
}

/** Hands messages to mail servers over SMTP. Encryption is as the settings say, and never less. */
export function createMailer({ authorities, patience = MAIL_PATIENCE_MS }: MailerOptions = {}): Mailer {
  return {
    async send(server, letter): Promise<Handover> {
      if (letter.to.length === 0) return { result: 'refused', trouble: 'no_address', error: '' };
      if (!letter.to.every(isAddress))
        return {
          result: 'bounced',
          trouble: 'unknown_address',
          error: 'This is not an address that mail can be sent to',
        };
      const signal = AbortSignal.timeout(patience);
      let transport: ReturnType<typeof createTransport> | undefined;
      try {
        const host = server.security === 'none' ? await within(signal, nearbyAddress(server.host)) : server.host;
        if (host === null) return { result: 'refused', trouble: 'insecure', error: NOT_NEARBY };
        transport = createTransport({ ...connection(server, host, authorities), ...signing(server) });
        await transport.sendMail({ ...message(server, letter), signal });
        return { result: 'sent' };
      } catch (error) {
        return handoverOf(error);
      } finally {
        transport?.close();
      }
    },
  };
}

/** What comes, unless the time is over first: asking for an address cannot be broken off. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const over = Promise.withResolvers<never>();
  const end = (): void => over.reject(new Error('Timed out'));
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** One plain address and nothing beside it: neither a second one nor a piece of another command. */
const isAddress = (text: string): boolean => /^[^\s<>,;:"()@]+@[^\s<>,;:"()@]+$/.test(text) && oneLine(text) === text;

const NOT_NEARBY = 'Without encryption, mail goes only to a server on this machine or in a private network';

function connection(server: MailServer, host: string, authorities: string | undefined): SMTPTransport.Options {
  const { port, security, user, password } = server;
  return {
    host,
    port,
    secure: security === 'implicit',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: { minVersion: 'TLSv1.2', ...(authorities === undefined ? {} : { ca: authorities }) },
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
  };
}

function signing({ dkim }: MailServer): Pick<SendMailOptions, 'dkim'> {
  if (dkim === null) return {};
  return { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } };
}

/** Nothing that a person wrote can end a header and begin another: every line of it becomes one line. */
function message(server: MailServer, letter: Letter): SendMailOptions {
  const { marketing, replyTo } = letter;
  return {
    from: { name: oneLine(server.fromName ?? ''), address: oneLine(server.from) },
    to: letter.to.map((address) => ({ name: '', address: oneLine(address) })),
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: oneLine(replyTo) } }),
    subject: oneLine(letter.subject),
    text: letter.text,
    html: letter.html,
    messageId: oneLine(letter.messageId),
    xMailer: false,
    headers: {
      // RFC 3834: out-of-office answers stay away.
      'Auto-Submitted': 'auto-generated',
      ...(marketing === undefined ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    ...(marketing === undefined ? {} : { list: { unsubscribe: { url: oneLine(marketing.unsubscribe) } } }),
  };
}
