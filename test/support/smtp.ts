import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { MailServer } from '../../src/ports/hearing.ts';
import type { Certificate } from './certificate.ts';

/** A message as it arrived. */
export interface Received {
  /** Counts what arrived, from 1. */
  readonly number: number;
  /** Whom the envelope named. */
  readonly sender: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** When the server had all of it, in milliseconds since 1970. */
  readonly at: number;
  readonly raw: string;
  readonly mail: Email;
  /** The first header of that name, or null. */
  readonly header: (name: string) => string | null;
  /** The addresses of links, in the order of the text. */
  readonly links: readonly string[];
  /** Numbers of six digits, as one-time codes are. */
  readonly codes: readonly string[];
}

/** An SMTP answer instead of acceptance ("550 5.1.1 No such user"), or null to accept. */
type Answer = string | null;

export interface MailboxOptions {
  /** What to say to a recipient; `tries` counts how often this address was named, this time included. */
  readonly rcpt?: (address: string, tries: number) => Answer;
  /** What to say when the whole message is there. */
  readonly data?: (mail: Received) => Answer | Promise<Answer>;
  readonly user?: { readonly name: string; readonly password: string };
  /** Without it the server offers no encryption at all. */
  readonly certificate?: Certificate;
  /** Encrypted from the first byte; otherwise by STARTTLS where there is a certificate. */
  readonly implicit?: boolean;
  /** How many messages the inbox keeps; the oldest go. */
  readonly most?: number;
}

/** A real SMTP server on loopback whose mail a test can read. */
export interface Mailbox {
  /** What arrived and was accepted, the oldest first. */
  readonly inbox: readonly Received[];
  /** How a shop would be set to use it. */
  readonly server: MailServer;
  /** The same for EVENHAND_SMTP_URL. */
  readonly url: string;
  /** The oldest message that fits, waiting for it to arrive. Throws after `patience` milliseconds. */
  waitFor(fits?: (mail: Received) => boolean, patience?: number): Promise<Received>;
  clear(): void;
  close(): Promise<void>;
}

export async function openMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const inbox: Received[] = [];
  let arrived = 0;
  const tries = new Map<string, number>();
  const { user, certificate, implicit = false } = options;
  const smtp = new SMTPServer({
    logger: false,
    secure: implicit,
    ...(certificate === undefined ? {} : { key: certificate.key, cert: certificate.certificate }),
    disabledCommands: [...(certificate === undefined ? ['STARTTLS'] : []), ...(user === undefined ? ['AUTH'] : [])],
    allowInsecureAuth: true,
    authOptional: user === undefined,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      if (username === user?.name && password === user?.password) done(null, { user: username });
      else done(saying(`535 5.7.8 Wrong user or password for ${username}`));
    },
    onRcptTo({ address }, _session, done) {
      const count = (tries.get(address) ?? 0) + 1;
      tries.set(address, count);
      done(saying(options.rcpt?.(address, count) ?? null));
    },
    onData(stream, session, done) {
      void receive(stream, session.envelope).then(async (parts) => {
        const mail = { ...parts, number: arrived + 1 };
        const answer = (await options.data?.(mail)) ?? null;
        if (answer === null) {
          arrived = mail.number;
          inbox.push(mail);
          if (inbox.length > (options.most ?? Number.POSITIVE_INFINITY)) inbox.shift();
        }
        done(saying(answer));
      }, done);
    },
  });
  // A client that goes away in the middle is what some tests are about.
  smtp.on('error', () => undefined);
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  const { port } = smtp.server.address() as AddressInfo;
  const security = implicit ? 'implicit' : certificate === undefined ? 'none' : 'starttls';
  const credentials =
    user === undefined ? '' : `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@`;
  return {
    inbox,
    server: {
      host: '127.0.0.1',
      port,
      security,
      user: user?.name ?? null,
      password: user?.password ?? null,
      from: 'care@shop.example',
      fromName: null,
      dkim: null,
    },
    url: `${implicit ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${port}${security === 'none' ? '?security=none' : ''}`,
    async waitFor(fits = () => true, patience = 10_000) {
      for (const begin = performance.now(); performance.now() - begin < patience; await pause(5)) {
        const found = inbox.find(fits);
        if (found !== undefined) return found;
      }
      const subjects = inbox.map((mail) => `"${mail.subject}" to ${mail.to.join(', ')}`).join('; ');
      throw new Error(`No such mail within ${patience} ms; arrived: ${subjects === '' ? 'nothing' : subjects}`);
    },
    clear() {
      inbox.length = 0;
      tries.clear();
    },
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}

/** An error that smtp-server answers in these words. */
function saying(answer: Answer): Error | null {
  if (answer === null) return null;
  const [, code, words] = /^(\d{3}) (.*)$/.exec(answer) ?? [];
  return Object.assign(new Error(words), { responseCode: Number(code) });
}

async function receive(
  stream: AsyncIterable<Uint8Array>,
  envelope: {
    readonly mailFrom: { readonly address: string } | false;
    readonly rcptTo: readonly { readonly address: string }[];
  },
): Promise<Omit<Received, 'number'>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const raw = Buffer.concat(chunks).toString('utf8');
  const mail = await PostalMime.parse(raw);
  const text = mail.text ?? '';
  return {
    sender: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    subject: mail.subject ?? '',
    text,
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
    at: Date.now(),
    raw,
    mail,
    header: (name) => mail.headers.find(({ key }) => key === name.toLowerCase())?.value ?? null,
    links: text.match(/https?:\/\/[^\s<>")]+/g) ?? [],
    codes: text.match(/(?<!\d)\d{6}(?!\d)/g) ?? [],
  };
}
