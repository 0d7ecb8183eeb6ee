import { renderPolicy } from '../../../core/policy/render.ts';
import { joinSentences, sayHeading, sayIn, sayStep } from '../../../core/policy/say.ts';
import { ownLanguage, type Section, type SectionKind, type Sentence } from '../../../core/policy/sentence.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import type { PortalPolicyPage } from '../../../workflows/portal/policy-page.ts';
import { text, time } from '../markup.ts';
import { dateOf, type Page, type Visit, words } from '../visit.ts';
import { inOwn } from './readings.ts';

/** The policy in plain words: what changed with this version, the whole of it, and every version there was. */
export function policyView(visit: Visit, { policy, changes, versions }: PortalPolicyPage): Page {
  const { version } = policy;
  const prose = renderPolicy(policy.compiled.policy, 'customer', visit.language.code);
  const newest = versions[0]?.version === version.version;
  const date = dateOf(visit, version.publishedAt);
  return {
    title: words(visit, 'policy.title'),
    body: html`<h1${own(visit, prose.title)}>${text(sayIn(visit.language, prose.title))}</h1>
${newest ? html`<p class="soft">${words(visit, 'policy.inForceSince', { date })}</p>` : html`<p class="note">${words(visit, 'policy.earlier', { date })} <a href="${visit.base}/policy">${words(visit, 'policy.current')}</a></p>`}
${paragraphs(visit, prose.introduction)}
${changed(visit, changes)}
${[...Map.groupBy(prose.sections, ({ kind }) => kind)].map(([kind, sections]) => group(visit, kind, sections))}
<h2>${words(visit, 'policy.versions')}</h2>
<ol reversed>${versions.map(
      (each) =>
        html`<li value="${each.version}">${each.version === version.version ? html`<b>${time(visit, each.publishedAt)}</b>` : html`<a href="${visit.base}/policy?version=${each.version}">${time(visit, each.publishedAt)}</a>`}</li>`,
    )}</ol>`,
  };
}

function changed(visit: Visit, changes: PortalPolicyPage['changes']): Html | null {
  if (changes === null) return null;
  const summary = words(visit, 'policy.changes');
  return html`<details><summary>${summary}</summary>${
    changes.length === 0
      ? html`<p>${words(visit, 'policy.nothing')}</p>`
      : html`<ul>${changes.map((sentence) => html`<li${own(visit, sentence)}>${text(sayIn(visit.language, sentence))}</li>`)}</ul>`
  }</details>`;
}

function group(visit: Visit, kind: SectionKind, sections: readonly Section[]): Html {
  const heading = sayHeading(visit.language, kind);
  const one = (section: Section) => html`${body(visit, section)}`;
  if (heading === null)
    return html`${sections.map((section) => html`<section><h2${own(visit, section.title)}>${text(sayIn(visit.language, section.title))}</h2>${one(section)}</section>`)}`;
  return html`<section><h2>${heading}</h2>${sections.map(
    (section) =>
      html`<article class="card" id="${section.id}"><h3${own(visit, section.title)}>${text(sayIn(visit.language, section.title))}</h3>${one(section)}</article>`,
  )}</section>`;
}

function body(visit: Visit, { kind, sentences, source }: Section): Html {
  switch (kind) {
    case 'rule':
    case 'live':
      return html`${sentences.map((sentence) => html`<p${sentence.key.startsWith('rule.') ? html` class="soft small"` : null}${own(visit, sentence)}>${text(sayIn(visit.language, sentence))}</p>`)}${source === undefined ? null : html`<p class="soft small">${text(sayIn(visit.language, source.said))} <a href="${source.href}" rel="noreferrer"><bdi lang="en">${source.name}</bdi></a></p>`}`;
    case 'ladder':
      return ladder(visit, sentences);
    case 'procedure':
    case 'rights':
      return html`<p>${sentences.map((sentence, at) => html`${at === 0 ? null : ' '}<span${own(visit, sentence)}>${text(sayIn(visit.language, sentence))}</span>`)}</p>`;
  }
}

/** Each step begins an item, and what belongs to it stands in the same one; what belongs to the whole ladder stands below. */
function ladder(visit: Visit, sentences: readonly Sentence[]): Html {
  const steps: { readonly first: string; readonly more: string[] }[] = [];
  const whole: string[] = [];
  for (const sentence of sentences) {
    const begins = sayStep(visit.language, sentence);
    if (begins !== null) steps.push({ first: begins, more: [] });
    else
      (sentence.key.startsWith('ladder.') ? whole : (steps.at(-1)?.more ?? whole)).push(
        sayIn(visit.language, sentence),
      );
  }
  return html`<ol>${steps.map(
    ({ first, more }) =>
      html`<li>${text(first)}${more.length === 0 ? null : html` <span class="soft small">${text(joinSentences(visit.language, more))}</span>`}</li>`,
  )}</ol>${whole.length === 0 ? null : html`<p class="soft small">${text(joinSentences(visit.language, whole))}</p>`}`;
}

const paragraphs = (visit: Visit, introduction: Sentence): Html =>
  html`<div${own(visit, introduction)}>${sayIn(visit.language, introduction)
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p class="lead">${text(part.trim())}</p>`)}</div>`;

const own = (visit: Visit, sentence: Sentence): Html | null => {
  const language = ownLanguage(sentence);
  return language === null ? null : inOwn(visit, language);
};
