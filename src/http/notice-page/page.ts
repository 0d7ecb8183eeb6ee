import { createHash } from 'node:crypto';
import { noticeBody } from '../../core/notices/html.ts';
import type { Look } from '../../core/notices/look.ts';
import type { IssuedNotice } from '../../core/notices/types.ts';
import { isolate } from '../../core/notices/write.ts';
import { Html, html } from '../../core/shared/html.ts';
import { type Language, say, sayDate } from '../../core/shared/words.ts';
import type { Shop } from '../../ports.ts';

export interface Printed {
  readonly notice: IssuedNotice;
  readonly language: Language;
  readonly look: Look;
  readonly shop: Shop;
  /** To whom; null where no name is known. */
  readonly name: string | null;
}

const SCRIPT = `addEventListener('load', () => print());
document.querySelector('button').addEventListener('click', () => print());`;

const STYLE = `@page { margin: 20mm 18mm; }
body { margin: 0; padding: 24px 16px; background: #fff; }
main { max-width: 600px; margin: 0 auto; }
.card { border: 0 !important; border-radius: 0 !important; padding: 0 !important; }
h2 { break-after: avoid; }
li, dd, blockquote { break-inside: avoid; }
.about, .tools { font: 14px/1.5 sans-serif; max-width: 600px; margin: 0 auto 16px; color: #45474f; }
.button { background: none !important; color: #1b1c22 !important; padding: 0 !important; }
a[href]::after { content: " (" attr(href) ")"; font-size: 12px; color: #45474f; overflow-wrap: anywhere; }
button { font: inherit; padding: 8px 16px; }
@media print { .tools { display: none; } body { padding: 0; } }`;

/**
 * A notice as a page for paper: opens the browser's print dialogue, from which it can be saved as PDF. Gives the page, and the
 * content security policy under which its one script and its style run and nothing else does.
 */
export function printPage({ notice, language, look, shop, name }: Printed): {
  readonly html: string;
  readonly policy: string;
} {
  const page = html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${plain(notice.document.subject)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<p class="tools"><button type="button">${say(language, 'notices.print.print')}</button></p>
<p class="about">${name === null ? null : html`${parted(say(language, 'notices.print.to', { name: isolate(name) }))}<br>`}${sayDate(language, notice.issuedAt, shop.timeZone)}</p>
<main>
${noticeBody(notice.document, look)}
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`;
  const script = createHash('sha256').update(SCRIPT).digest('base64');
  return {
    html: page.text,
    policy: `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${script}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

function parted(text: string): Html {
  return html`${text.split(/(\u2068[^\u2069]*\u2069)/).map((part) => (part.startsWith('\u2068') ? html`<bdi>${plain(part)}</bdi>` : part))}`;
}
