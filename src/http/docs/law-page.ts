import { type LawPagePlace, lawPage } from '../../core/law/page.ts';
import type { LawBook } from '../../core/law/types.ts';
import { type Language, say } from '../../core/shared/words.ts';
import { type Html, html } from '../html.ts';

/** The law this installation knows, as one page that reads without scripts. */
export function lawDocument(book: LawBook, language: Language): string {
  const page = lawPage(book, language);
  const document = html`<!doctype html>
<html lang="${language.code}" dir="${language.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<nav aria-label="${say(language, 'law.page.contents')}">
<p><a href="#top">${page.title}</a></p>
<ul>${page.places.map(({ code, name }) => html`<li><a href="#${code}">${name}</a></li>`)}</ul>
</nav>
<main id="top">
<h1>${page.title}</h1>
<p>${page.intro}</p>
<p role="note"><b>${page.notAdvice}</b></p>
${page.places.map((place) => placeView(place, page.bodiesHeading))}
</main>
</body>
</html>
`;
  return document.text;
}

function placeView({ code, name, notes, entries, bodies }: LawPagePlace, bodiesHeading: string): Html {
  return html`<section id="${code}">
<h2>${name}</h2>
${notes.map((note) => html`<p>${note}</p>`)}
${entries.map(
  ({ topic, sentence, source, facts }) => html`<article>
<h3>${topic}</h3>
<p>${sentence}</p>
<p class="type"><a href="${source.url}" rel="noreferrer"><bdi>${source.words}</bdi></a> · ${facts.join(' · ')}</p>
</article>`,
)}
<h3>${bodiesHeading}</h3>
<ul>${bodies.map((body) => html`<li><a href="${body.url}" rel="noreferrer"><bdi>${body.name}</bdi></a>: ${body.sentence}</li>`)}</ul>
</section>`;
}
