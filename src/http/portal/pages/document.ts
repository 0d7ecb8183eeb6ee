import { linkTarget } from '../../../core/notices/links.ts';
import type { Block, IssuedNotice, NoticeDocument, Words } from '../../../core/notices/types.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import { text } from '../markup.ts';
import type { Visit } from '../visit.ts';

/**
 * A notice as it was sent, in the language it was sent in. Links to the portal itself are left out: the page they lead to is this
 * one, and what can be done stands below it.
 */
export function noticeView(visit: Visit, { document }: Pick<IssuedNotice, 'document'>, level: 1 | 2): Html {
  const heading = (title: string) => (level === 1 ? html`<h1>${text(title)}</h1>` : html`<h3>${text(title)}</h3>`);
  return html`<article lang="${document.language}" dir="${document.dir}">${heading(document.lead)}${document.sections.map(
    (section) => sectionView(visit, section, level),
  )}</article>`;
}

function sectionView(visit: Visit, { title, blocks }: NoticeDocument['sections'][number], level: 1 | 2): Html {
  const heading = level === 1 ? html`<h2>${text(title ?? '')}</h2>` : html`<h4>${text(title ?? '')}</h4>`;
  return html`<section>${title === null ? null : heading}${blocks.map((block) => blockView(visit, block))}</section>`;
}

function blockView(visit: Visit, block: Block): Html | null {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${inWords(block.words)}</p>`;
    case 'quote':
      return html`<blockquote>${block.words.map((each) => html`<p${langOf(each)}>${text(each.text)}</p>`)}</blockquote>`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${inWords(item)}</li>`)}</ul>`;
    case 'facts':
      return html`<dl class="facts">${block.rows.map(
        ({ label, value, note }) =>
          html`<dt>${text(label)}</dt><dd>${text(value)}${note === undefined ? null : html`<span class="why">${text(note)}</span>`}</dd>`,
      )}</dl>`;
    case 'link':
      return linkView(visit, block);
  }
}

/**
 * Only what leads somewhere on the web: a document never decides what a link does. What leads into the portal is left out, and the
 * policy is read within it.
 */
function linkView(visit: Visit, { href, text: label }: Extract<Block, { kind: 'link' }>): Html | null {
  if (linkTarget(href) !== null || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.pathname === visit.base || url.pathname.startsWith(`${visit.base}/`)) return null;
  const version = url.pathname === `/policy/${visit.shop.slug}` ? url.searchParams.get('version') : null;
  const to = version === null ? href : `${visit.base}/policy?version=${encodeURIComponent(version)}`;
  return html`<p><a href="${to}" rel="noreferrer">${text(label)}</a></p>`;
}

const inWords = (all: readonly Words[]): Html =>
  html`${all.map((each, at) => html`${at === 0 ? null : ' '}${each.lang === undefined ? text(each.text) : html`<span${langOf(each)}>${text(each.text)}</span>`}`)}`;

const langOf = ({ lang }: Words): Html | null => (lang === undefined ? null : html` lang="${lang}" dir="auto"`);
