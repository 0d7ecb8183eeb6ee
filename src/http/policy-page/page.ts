import { inEnglish } from '../../core/policy/english.ts';
import type { Prose, Section, SectionKind, Sentence } from '../../core/policy/sentence.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Shop } from '../../ports.ts';
import { type Html, html } from '../html.ts';

export interface PolicyPage {
  readonly shop: Shop;
  readonly prose: Prose;
  /** The language the sentences are in. */
  readonly language: string;
  readonly version: number;
  readonly publishedAt: Instant;
  /** Newest first. */
  readonly versions: readonly { readonly version: number; readonly publishedAt: Instant }[];
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'yi']);

/** A shop's policy for its customers: one column of plain words, whole without a script. */
export function policyPage(page: PolicyPage): string {
  const { shop, prose, language } = page;
  const direction = RIGHT_TO_LEFT.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
  const newest = page.versions[0]?.version ?? page.version;
  const document = html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${prose.title} · ${shop.name}</title>
<link rel="stylesheet" href="/policy/style.css">
</head>
<body>
<header><p class="shop">${shop.name}</p></header>
<main>
<h1>${prose.title}</h1>
${
  page.version === newest
    ? html`<p class="facts">In force since ${dateView(page, page.publishedAt)}</p>`
    : html`<p class="old" role="note">This is an earlier version, of ${dateView(page, page.publishedAt)}. <a href="/policy/${shop.slug}">Read the one in force</a>.</p>`
}
${paragraphs(prose.introduction)}
${grouped(prose.sections).map(([kind, sections]) => group(kind, sections))}
<section class="versions">
<h2>Versions</h2>
<ol reversed>
${page.versions.map(
  ({ version, publishedAt }) =>
    html`<li value="${version}">${version === page.version ? html`<b>${dateView(page, publishedAt)}</b>` : html`<a href="/policy/${shop.slug}?version=${version}">${dateView(page, publishedAt)}</a>`}</li>`,
)}
</ol>
</section>
</main>
${shop.settings.supportEmail === null ? null : html`<footer><p>Questions? <a href="mailto:${shop.settings.supportEmail}">${shop.settings.supportEmail}</a></p></footer>`}
</body>
</html>
`;
  return document.text;
}

const HEADINGS: Readonly<Record<SectionKind, string | null>> = {
  rule: 'What we do not accept',
  ladder: 'What follows',
  procedure: null,
  rights: null,
};

function grouped(sections: readonly Section[]): readonly (readonly [SectionKind, readonly Section[]])[] {
  return [...Map.groupBy(sections, (section) => section.kind)];
}

function group(kind: SectionKind, sections: readonly Section[]): Html {
  const heading = HEADINGS[kind];
  if (heading === null)
    return html`${sections.map((each) => html`<section id="${each.id}"><h2>${inEnglish(each.title)}</h2>${bodyOf(each)}</section>`)}`;
  return html`<section>
<h2>${heading}</h2>
${sections.map((each) => html`<article id="${each.id}"><h3>${inEnglish(each.title)}</h3>${bodyOf(each)}</article>`)}
</section>`;
}

function bodyOf(section: Section): Html {
  switch (section.kind) {
    case 'rule':
      return ruleBody(section.sentences);
    case 'ladder':
      return ladderBody(section.sentences);
    case 'procedure':
    case 'rights':
      return html`<p>${section.sentences.map(inEnglish).join(' ')}</p>`;
  }
}

/** What it is about and when it applies stand out; how it is counted stands below. */
function ruleBody(sentences: readonly Sentence[]): Html {
  const [counted, said] = parted(sentences, ({ key }) => key.startsWith('rule.'));
  return html`${said.map((each) => html`<p>${inEnglish(each)}</p>`)}<p class="small">${counted.map(inEnglish).join(' ')}</p>`;
}

/** Each step begins an item; what belongs to it stands in the same one, what belongs to the whole ladder below. */
function ladderBody(sentences: readonly Sentence[]): Html {
  const [whole, ofSteps] = parted(sentences, ({ key }) => key.startsWith('ladder.'));
  const steps: string[][] = [];
  for (const sentence of ofSteps) {
    const text = inEnglish(sentence);
    const begins = /^Step \d+: (.)(.*)$/s.exec(text);
    if (begins !== null) steps.push([`${begins[1]?.toUpperCase()}${begins[2]}`]);
    else steps.at(-1)?.push(text);
  }
  const items = steps.map(
    ([first = '', ...more]) =>
      html`<li>${first}${more.length === 0 ? null : html` <span class="small">${more.join(' ')}</span>`}</li>`,
  );
  return html`<ol>${items}</ol>${whole.length === 0 ? null : html`<p class="small">${whole.map(inEnglish).join(' ')}</p>`}`;
}

function parted(all: readonly Sentence[], into: (sentence: Sentence) => boolean): [Sentence[], Sentence[]] {
  return [all.filter(into), all.filter((each) => !into(each))];
}

function paragraphs(text: string): Html {
  const parts = text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return html`${parts.map((part) => html`<p class="lead">${part}</p>`)}`;
}

function dateView({ shop, language }: PolicyPage, at: Instant): Html {
  const words = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeZone: shop.timeZone,
  }).format(at);
  return html`<time datetime="${new Date(at).toISOString()}">${words}</time>`;
}
