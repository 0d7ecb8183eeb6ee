import type { BodyOf, ResponseOf } from '../../../../contracts/routes.ts';

export type MailSettings = ResponseOf<'GET /api/shops/:shop/mail'>;
export type MailBody = BodyOf<'PUT /api/shops/:shop/mail'>;
export type Security = MailSettings['security'];

/** What is typed into the form, as text. */
export interface MailDraft {
  readonly host: string;
  readonly security: Security;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly fromName: string;
  readonly signs: boolean;
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: string;
}

/** The port each kind of encryption is mostly found at (RFC 8314; RFC 5321 for none). */
export const USUAL_PORT: Record<Security, number> = { implicit: 465, starttls: 587, none: 25 };

/** The form as it opens: what is set, or what most servers want. */
export function draftOf(mail: MailSettings, shop: { name: string; supportEmail: string | null }): MailDraft {
  return {
    host: mail.host,
    security: mail.configured ? mail.security : 'starttls',
    port: String(mail.configured ? mail.port : USUAL_PORT.starttls),
    user: mail.user ?? '',
    password: '',
    from: mail.configured ? mail.from : (shop.supportEmail ?? ''),
    fromName: mail.configured ? (mail.fromName ?? '') : shop.name,
    signs: mail.dkim !== null,
    domain: mail.dkim?.domain ?? '',
    selector: mail.dkim?.selector ?? '',
    privateKey: '',
  };
}

/** Another encryption brings its usual port with it, unless a port of one's own stands there. */
export function withSecurity(draft: MailDraft, security: Security): MailDraft {
  const usual = Object.values(USUAL_PORT).map(String).includes(draft.port);
  return { ...draft, security, port: usual ? String(USUAL_PORT[security]) : draft.port };
}

/** What is sent. A password or key left empty keeps the one there is; without a user there is no password. */
export function bodyOf(draft: MailDraft): MailBody {
  const user = draft.user.trim();
  return {
    host: draft.host.trim(),
    port: Number(draft.port),
    security: draft.security,
    user: user === '' ? null : user,
    ...(user === '' ? { password: null } : draft.password !== '' && { password: draft.password }),
    from: draft.from.trim(),
    fromName: draft.fromName.trim() === '' ? null : draft.fromName.trim(),
    dkim: draft.signs
      ? {
          domain: draft.domain.trim(),
          selector: draft.selector.trim(),
          ...(draft.privateKey.trim() !== '' && { privateKey: draft.privateKey.trim() }),
        }
      : null,
  };
}
