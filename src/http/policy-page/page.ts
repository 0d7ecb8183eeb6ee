import { joinSentences, sayHeading, sayIn, sayStep } from '../../core/policy/say.ts';
import { ownLanguage, type Prose, type Section, type SectionKind, type Sentence } from '../../core/policy/sentence.ts';
import type { Instant } from '../../core/shared/time.ts';
import { type Language, languageFor, say, sayDate, sayLanguage } from '../../core/shared/words.ts';
import type { Shop } from '../../ports.ts';
import { type Html, html } from '../html.ts';

export interface PolicyPage {
  readonly shop: Shop;
  readonly prose: Prose;
  /** The language the page speaks; the shop's own texts may be in another where they are not translated. */
  readonly language: Language;
  /** Those the reader can choose from. */
  readonly languages: readonly Language[];
  readonly version: number;
  readonly publishedAt: Instant;
  /** Newest first. */
  readonly versions: readonly { readonly version: number; readonly publishedAt: Instant }[];
}

/** A shop's policy for its customers: one column of plain words, whole without a script. */
export function policyPage(page: PolicyPage): string {
  const { shop, prose, language } = page;
  const newest = page.versions[0]?.version ?? page.version;
  const words = (name: string, values: Readonly<Record<string, string>> = {}) =>
    say(language, `policy.page.${name}`, values);
  const date = sayDate(language, page.publishedAt, shop.timeZone);
  const document = html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${sayIn(language, prose.title)} · ${shop.name}</title>
<link rel="stylesheet" href="/policy/style.css">
${page.languages.map(({ code }) => html`<link rel="alternate" hreflang="${code}" href="${addressOf(page, { language: code })}">\n`)}</head>
<body>
<header><p class="shop">${shop.name}</p>${languageSwitch(page)}</header>
<main>
<h1${inOwn(page, prose.title)}>${sayIn(language, prose.title)}</h1>
${
  page.version === newest
    ? html`<p class="facts">${words('inForceSince', { date })}</p>`
    : html`<p class="old" role="note">${words('earlierVersion', { date })} <a href="${addressOf(page, { version: null })}">${words('readInForce')}</a></p>`
}
${untranslated(page)}
${paragraphs(page)}
${grouped(prose.sections).map(([kind, sections]) => group(page, kind, sections))}
<section class="versions">
<h2>${words('versions')}</h2>
<ol reversed>
${page.versions.map(
  ({ version, publishedAt }) =>
    html`<li value="${version}">${version === page.version ? html`<b>${dateView(page, publishedAt)}</b>` : html`<a href="${addressOf(page, { version })}">${dateView(page, publishedAt)}</a>`}</li>`,
)}
</ol>
</section>
</main>
${shop.settings.supportEmail === null ? null : html`<footer><p>${words('questions')} <a href="mailto:${shop.settings.supportEmail}"><bdi>${shop.settings.supportEmail}</bdi></a></p></footer>`}
</body>
</html>
`;
  return document.text;
}

/** The address of this page in another language or version; what is not named stays, the newest version and null are left out. */
function addressOf(
  page: PolicyPage,
  { language = page.language.code, version = page.version }: { language?: string; version?: number | null },
): string {
  const search = new URLSearchParams({ lang: language });
  if (version !== null && version !== page.versions[0]?.version) search.set('version', String(version));
  return `/policy/${page.shop.slug}?${search}`;
}

function languageSwitch(page: PolicyPage): Html | null {
  if (page.languages.length < 2) return null;
  return html`<nav class="languages" aria-label="${say(page.language, 'policy.page.languages')}">${page.languages.map(
    ({ code, name, dir }) =>
      code === page.language.code
        ? html`<b aria-current="true">${name}</b> `
        : html`<a href="${addressOf(page, { language: code })}" hreflang="${code}" lang="${code}" dir="${dir}">${name}</a> `,
  )}</nav>`;
}

/** Says so where texts of the shop are not in the page's language. */
function untranslated({ prose, language }: PolicyPage): Html | null {
  const sentences = prose.sections.flatMap((section) => [section.title, ...section.sentences]);
  const other = [prose.title, prose.introduction, ...sentences]
    .map(ownLanguage)
    .find((own) => own !== null && own !== language.code);
  return other === undefined || other === null
    ? null
    : html`<p class="old" role="note">${say(language, 'policy.page.partlyIn', { language: sayLanguage(language, other) })}</p>`;
}

/** Marks what stays in the shop's own language, so that it is read out and set as that. */
function inOwn({ language, languages }: PolicyPage, sentence: Sentence): Html | null {
  const own = ownLanguage(sentence);
  if (own === null || own === language.code) return null;
  return html` lang="${own}" dir="${languageFor(languages, own)?.dir ?? 'auto'}"`;
}

function grouped(sections: readonly Section[]): readonly (readonly [SectionKind, readonly Section[]])[] {
  return [...Map.groupBy(sections, (section) => section.kind)];
}

function group(page: PolicyPage, kind: SectionKind, sections: readonly Section[]): Html {
  const heading = sayHeading(page.language, kind);
  const title = (section: Section) => sayIn(page.language, section.title);
  if (heading === null)
    return html`${sections.map((each) => html`<section id="${each.id}"><h2>${title(each)}</h2>${bodyOf(page, each)}</section>`)}`;
  return html`<section>
<h2>${heading}</h2>
${sections.map((each) => html`<article id="${each.id}"><h3${inOwn(page, each.title)}>${title(each)}</h3>${bodyOf(page, each)}</article>`)}
</section>`;
}

function bodyOf(page: PolicyPage, section: Section): Html {
  switch (section.kind) {
    case 'rule':
    case 'live':
      return html`${ruleBody(page, section.sentences)}${sourceOf(page, section)}`;
    case 'ladder':
      return ladderBody(page, section.sentences);
    case 'procedure':
    case 'rights':
      return html`<p>${section.sentences.map((each) => html`<span${inOwn(page, each)}>${sayIn(page.language, each)}</span> `)}</p>`;
  }
}

/** What it is about and when it applies stand out; how it is counted stands below. */
function ruleBody(page: PolicyPage, sentences: readonly Sentence[]): Html {
  const [counted, said] = parted(sentences, ({ key }) => key.startsWith('rule.'));
  return html`${said.map((each) => html`<p${inOwn(page, each)}>${sayIn(page.language, each)}</p>`)}${small(page, counted)}`;
}

function sourceOf({ language }: PolicyPage, { source }: Section): Html | null {
  if (source === undefined) return null;
  return html`<p class="small">${sayIn(language, source.said)} <a href="${source.href}" rel="noreferrer"><bdi lang="en">${source.name}</bdi></a></p>`;
}

/** Each step begins an item; what belongs to it stands in the same one, what belongs to the whole ladder below. */
function ladderBody(page: PolicyPage, sentences: readonly Sentence[]): Html {
  const [whole, ofSteps] = parted(sentences, ({ key }) => key.startsWith('ladder.'));
  const steps: { readonly text: string; readonly more: string[] }[] = [];
  for (const sentence of ofSteps) {
    const text = sayStep(page.language, sentence);
    if (text !== null) steps.push({ text, more: [] });
    else steps.at(-1)?.more.push(sayIn(page.language, sentence));
  }
  const items = steps.map(
    ({ text, more }) =>
      html`<li>${text}${more.length === 0 ? null : html` <span class="small">${joinSentences(page.language, more)}</span>`}</li>`,
  );
  return html`<ol>${items}</ol>${small(page, whole)}`;
}

function small({ language }: PolicyPage, sentences: readonly Sentence[]): Html | null {
  if (sentences.length === 0) return null;
  const said = sentences.map((each) => sayIn(language, each));
  return html`<p class="small">${joinSentences(language, said)}</p>`;
}

function parted(all: readonly Sentence[], into: (sentence: Sentence) => boolean): [Sentence[], Sentence[]] {
  return [all.filter(into), all.filter((each) => !into(each))];
}

function paragraphs(page: PolicyPage): Html {
  const parts = sayIn(page.language, page.prose.introduction)
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return html`${parts.map((part) => html`<p class="lead"${inOwn(page, page.prose.introduction)}>${part}</p>`)}`;
}

function dateView({ shop, language }: PolicyPage, at: Instant): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${sayDate(language, at, shop.timeZone)}</time>`;
}
