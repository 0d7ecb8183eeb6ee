import { assertNever } from '../shared/assert-never.ts';
import { escapeText, Html, html } from '../shared/html.ts';
import { CARD, type Look, PAGE } from './look.ts';
import type { Footer } from './text.ts';
import type { Block, NoticeDocument, Words } from './types.ts';

/**
 * The notice as an HTML message: one column, styles inline where mail programs need them, nothing loaded from anywhere, dark
 * where the reader's program is. Everything that was written by people is escaped.
 */
export function renderHtml(document: NoticeDocument, look: Look, footer: Footer = []): string {
  return html`<!doctype html>
<html lang="${document.language}" dir="${document.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${said(document.subject)}</title>
<style>
${pageStyle(look)}
</style>
</head>
<body style="margin:0;padding:0;background:${PAGE.light};">
<div class="page" style="max-width:600px;margin:0 auto;padding:24px 16px;">
${noticeBody(document, look)}
${footer.length === 0 ? null : html`<p class="quiet" style="${QUIET}">${footer.map((line, index) => html`${index === 0 ? null : new Html('<br>')}${said(line)}`)}</p>`}
</div>
</body>
</html>
`.text;
}

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif";
const TEXT = new Html(`${FONT};font-size:16px;line-height:1.55;color:#1b1c22;margin:0 0 12px;`);
const LEAD = new Html(`${FONT};font-size:20px;line-height:1.4;font-weight:600;color:#1b1c22;margin:0 0 20px;`);
const TITLE = new Html(`${FONT};font-size:16px;line-height:1.4;font-weight:600;color:#1b1c22;margin:24px 0 8px;`);
const QUIET = new Html(`${FONT};font-size:14px;line-height:1.5;color:#5b5d68;margin:0 0 12px;`);

function pageStyle({ dark, onDark }: Look): Html {
  return html`.card { background: ${CARD.light}; }
@media (prefers-color-scheme: dark) {
  body, .page { background: ${PAGE.dark} !important; }
  .card { background: ${CARD.dark} !important; border-color: #33353f !important; }
  .ink, .ink td { color: #ececf1 !important; }
  .quiet { color: #a9abb8 !important; }
  .quote { border-color: #4a4c58 !important; }
  a { color: ${dark} !important; }
  a.button { background: ${dark} !important; color: ${onDark} !important; }
}`;
}

/** The notice itself, without the page around it. */
export function noticeBody(document: NoticeDocument, look: Look): Html {
  return html`<p class="quiet" style="${QUIET}">${said(look.shopName)}</p>
<div class="card" style="background:${CARD.light};border:1px solid #e3e3ea;border-radius:12px;padding:24px 20px;">
<p class="ink" style="${LEAD}">${said(document.lead)}</p>
${document.sections.map(
  ({ title, blocks }) =>
    html`${
      title === null
        ? null
        : html`<h2 class="ink" style="${TITLE}">${said(title)}</h2>
`
    }${blocks.map(
      (block) => html`${blockHtml(block, look)}
`,
    )}`,
)}</div>`;
}

function blockHtml(block: Block, { light, onLight }: Look): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p class="ink" style="${TEXT}">${wordsHtml(block.words)}</p>`;
    case 'quote':
      return html`<blockquote class="quote" style="margin:0 0 12px;padding:0 14px;border-inline-start:3px solid #d3d3dd;">${block.words.map((words) => html`<p class="ink" style="${TEXT}">${wordsHtml([words])}</p>`)}</blockquote>`;
    case 'list':
      return html`<ul class="ink" style="${TEXT}padding-inline-start:22px;">${block.items.map((item) => html`<li style="margin:0 0 6px;">${wordsHtml(item)}</li>`)}</ul>`;
    case 'facts':
      return html`<dl class="ink" style="${TEXT}">${block.rows.map(
        ({ label, value, note }) =>
          html`<div style="margin:0 0 6px;"><dt class="quiet" style="${FACT_LABEL}">${said(label)}</dt> <dd style="display:inline;margin:0;">${said(value)}${note === undefined ? null : html`<br><span class="quiet" style="${FACT_NOTE}">${said(note)}</span>`}</dd></div>`,
      )}</dl>`;
    case 'link':
      return block.primary
        ? html`<p style="margin:16px 0;"><a class="button" href="${block.href}" style="${FONT_HTML};display:inline-block;background:${light};color:${onLight};text-decoration:none;font-size:16px;font-weight:600;padding:12px 20px;border-radius:8px;">${said(block.text)}</a></p>`
        : html`<p class="ink" style="${TEXT}"><a href="${block.href}" style="color:${light};">${said(block.text)}</a></p>`;
    default:
      return assertNever(block);
  }
}

const FONT_HTML = new Html(FONT);
const FACT_LABEL = new Html('display:inline;color:#5b5d68;margin:0;margin-inline-end:6px;');
const FACT_NOTE = new Html('font-size:14px;color:#5b5d68;');

function wordsHtml(words: readonly Words[]): Html {
  return html`${words.map(
    ({ text, lang }, index) =>
      html`${index === 0 || /[。！？]$/.test(words[index - 1]?.text ?? '') ? null : ' '}${lang === undefined ? said(text) : html`<span lang="${lang}" dir="auto">${said(text)}</span>`}`,
  )}`;
}

/** Escaped, with what was set apart for its direction in an element of its own. */
function said(text: string): Html {
  const escaped = escapeText(text)
    .replaceAll('\u2068', '<bdi>')
    .replaceAll('\u2069', '</bdi>')
    .replaceAll('\n', '<br>');
  return new Html(escaped);
}
