import { linkTarget, resolveLinks } from '../../../core/notices/links.ts';
import type { Block, IssuedNotice, NoticeDocument, Words } from '../../../core/notices/types.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import { text } from '../markup.ts';
import type { Visit } from '../visit.ts';

/**
 * A notice as it was sent, in the language it was sent in. Links to the portal itself are left out: the page they lead to is this
 * one, and what can be done stands below it.
 */
export function noticeView(visit: Visit, { document }: Pick<IssuedNotice, 'document'>, level: 1 | 2): Html {
  const shown = resolveLinks(document, (target) =>
    target.to === 'policy' ? `${visit.base}/policy?version=${target.version}` : null,
  );
  const heading = (title: string) => (level === 1 ? html`<h1>${text(title)}</h1>` : html`<h3>${text(title)}</h3>`);
  return html`<article lang="${document.language}" dir="${document.dir}">${heading(shown.lead)}${shown.sections.map(
    (section) => sectionView(section, level),
  )}</article>`;
}

function sectionView({ title, blocks }: NoticeDocument['sections'][number], level: 1 | 2): Html {
  const heading = level === 1 ? html`<h2>${text(title ?? '')}</h2>` : html`<h4>${text(title ?? '')}</h4>`;
  return html`<section>${title === null ? null : heading}${blocks.map(blockView)}</section>`;
}

function blockView(block: Block): Html | null {
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
      return linkView(block);
  }
}

/** Only what leads somewhere on the web: a document never decides what a link does. */
function linkView({ href, text: label }: Extract<Block, { kind: 'link' }>): Html | null {
  const isWeb = /^https?:\/\//.test(href) || href.startsWith('/');
  return linkTarget(href) !== null || !isWeb
    ? null
    : html`<p><a href="${href}" rel="noreferrer">${text(label)}</a></p>`;
}

const inWords = (all: readonly Words[]): Html =>
  html`${all.map((each, at) => html`${at === 0 ? null : ' '}${each.lang === undefined ? text(each.text) : html`<span${langOf(each)}>${text(each.text)}</span>`}`)}`;

const langOf = ({ lang }: Words): Html | null => (lang === undefined ? null : html` lang="${lang}" dir="auto"`);
