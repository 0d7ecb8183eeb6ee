import { createPrivateKey } from 'node:crypto';
import { html } from '../../core/shared/html.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { isolated, type Language, say } from '../../core/shared/words.ts';
import type { Handover, MailServer } from '../../ports/hearing.ts';
import type { StaffPerson } from '../../ports/staff.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { invalid, type Refused } from '../desk/refused.ts';
import { type HandOverDeps, mailServerOf } from '../notices/hand-over.ts';
import { messageIdOf } from '../notices/message-id.ts';

/** What an owner wants. Secrets that are left out stay as they are. */
export interface MailServerWish extends Omit<MailServer, 'password' | 'dkim'> {
  readonly password?: string | null | undefined;
  readonly dkim: {
    readonly domain: string;
    readonly selector: string;
    readonly privateKey?: string | undefined;
  } | null;
}

/**
 * Sets how a shop sends mail, and lets go at once what waits. A password that is kept stays with its server: for another one, or
 * for less encryption, it must be given again.
 */
export async function setMailServer(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  shop: Shop,
  by: StaffPerson,
  wish: MailServerWish,
): Promise<Result<MailServer, Refused>> {
  return store.transaction(async (held) => {
    const before = await held.mailServers.of(shop.id);
    const wrong = whatIsWrong(wish, before);
    if (wrong !== null) return err(wrong);
    const server: MailServer = {
      host: wish.host,
      port: wish.port,
      security: wish.security,
      user: blankIsNull(wish.user),
      password: blankIsNull(wish.password === undefined ? (before?.password ?? null) : wish.password),
      from: wish.from,
      fromName: blankIsNull(wish.fromName),
      dkim:
        wish.dkim === null
          ? null
          : { ...wish.dkim, privateKey: wish.dkim.privateKey ?? before?.dkim?.privateKey ?? '' },
    };
    await held.mailServers.set(shop.id, server, by.id, clock.now());
    return ok(server);
  });
}

/** Forgets the shop's own mail server: messages go by the installation's, or wait. */
export async function forgetMailServer(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  shop: Shop,
  by: StaffPerson,
): Promise<void> {
  await store.transaction((held) => held.mailServers.set(shop.id, null, by.id, clock.now()));
}

/** Sends whoever asks a message; when the server did not take it, says in their language why. */
export async function testMail(
  deps: Omit<HandOverDeps, 'onFault'>,
  shop: Shop,
  to: StaffPerson,
  language: Language,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  const words = (key: string, values: Readonly<Record<string, string>> = {}) => say(language, `mail.${key}`, values);
  const server = await mailServerOf(deps, shop);
  if (server === null) return { ok: false, message: words('none') };
  const [hello, works] = [words('test.hello', { name: to.name }), words('test.works', { shop: isolated(shop.name) })];
  const handover = await deps.mailer.send(server, {
    to: [to.email],
    subject: words('test.subject', { shop: isolated(shop.name) }),
    text: `${hello}\n\n${works}\n`,
    html: html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}"><head><meta charset="utf-8"></head>
<body style="font-family:sans-serif;font-size:17px;line-height:1.5"><p>${hello}</p><p>${works}</p></body></html>
`.text,
    messageId: messageIdOf(deps, shop, deps.ids.next<string>()),
    replyTo: shop.settings.supportEmail ?? undefined,
  });
  return { ok: handover.result === 'sent', message: answerOf(handover, words) };
}

function answerOf(
  handover: Handover,
  words: (key: string, values?: Readonly<Record<string, string>>) => string,
): string {
  if (handover.result === 'sent') return '';
  const trouble = words(`trouble.${handover.trouble}`);
  return handover.error === '' ? trouble : `${trouble} ${words('said', { words: isolated(handover.error) })}`;
}

function whatIsWrong(wish: MailServerWish, before: MailServer | null): Refused | null {
  if (!/^[a-z0-9._:-]+$/i.test(wish.host)) return invalid('host', 'is not the name or address of a server');
  const kept = wish.password === undefined && (before?.password ?? null) !== null;
  if (kept && before !== null && (before.host !== wish.host || before.port !== wish.port))
    return invalid('password', 'must be entered again, because the server is another one');
  if (kept && wish.security === 'none' && before?.security !== 'none')
    return invalid('password', 'must be entered again, because it will be sent without encryption');
  if (wish.dkim === null) return null;
  const { privateKey } = wish.dkim;
  if (privateKey === undefined && (before?.dkim ?? null) === null)
    return invalid('dkim.privateKey', 'is needed to sign messages');
  return privateKey === undefined || isSigningKey(privateKey)
    ? null
    : invalid('dkim.privateKey', 'is not an RSA or Ed25519 private key in PEM (-----BEGIN PRIVATE KEY-----)');
}

/** The kinds of keys that DKIM knows (RFC 6376, RFC 8463). */
function isSigningKey(pem: string): boolean {
  try {
    return ['rsa', 'ed25519'].includes(createPrivateKey(pem).asymmetricKeyType ?? '');
  } catch {
    return false;
  }
}

const blankIsNull = (text: string | null): string | null => (text === '' ? null : text);
