import { type Html, html } from '../../core/shared/html.ts';
import type { Instant } from '../../core/shared/time.ts';
import { isolated, type Language, say, sayDate } from '../../core/shared/words.ts';
import type { Envelope } from '../../ports/hearing.ts';
import type { Shop } from '../../ports.ts';

/** The message with a one-time code. The code stands in the text alone, because subjects show on locked screens. */
export function codeMail(
  shop: Shop,
  language: Language,
  to: string,
  { code, minutes }: { readonly code: string; readonly minutes: number },
): Envelope {
  const words = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    say(language, `portal.mail.${key}`, values);
  const [hello, intro, valid, notYou, bye] = [
    words('codeHello'),
    words('code'),
    words('codeValid', { count: minutes }),
    words('codeNotYou'),
    words('bye'),
  ];
  return {
    to: [to],
    subject: words('codeSubject', { shop: isolated(shop.name) }),
    text: [hello, intro, `    ${code}`, valid, notYou, `${bye}\n${shop.name}`].join('\n\n'),
    html: page(
      language,
      html`<p>${hello}</p><p>${intro}</p><p style="font-size:28px;letter-spacing:4px;font-family:monospace" dir="ltr">${code}</p><p>${valid}</p><p>${notYou}</p><p>${bye}<br>${shop.name}</p>`,
    ),
  };
}

/** The message with a new link into the portal. */
export function linkMail(
  shop: Shop,
  language: Language,
  to: string,
  { href, until }: { readonly href: string; readonly until: Instant },
): Envelope {
  const words = (key: string, values: Readonly<Record<string, string>> = {}) =>
    say(language, `portal.mail.${key}`, values);
  const date = sayDate(language, until, shop.timeZone);
  const [hello, intro, valid, bye] = [words('codeHello'), words('link'), words('linkUntil', { date }), words('bye')];
  return {
    to: [to],
    subject: words('linkSubject', { shop: isolated(shop.name) }),
    text: [hello, intro, href, valid, `${bye}\n${shop.name}`].join('\n\n'),
    html: page(
      language,
      html`<p>${hello}</p><p>${intro}</p><p><a href="${href}">${words('linkOpen')}</a></p><p>${valid}</p><p>${bye}<br>${shop.name}</p>`,
    ),
  };
}

function page(language: Language, body: Html): string {
  return html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}"><head><meta charset="utf-8"></head>
<body style="font-family:sans-serif;font-size:17px;line-height:1.5;max-width:34em;margin:0 auto;padding:16px">${body}</body></html>
`.text;
}
