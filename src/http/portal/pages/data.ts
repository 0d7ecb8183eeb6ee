import { html } from '../../../core/shared/html.ts';
import { buttonForm, buttonLink, csrfField, type FieldProblem, problemOf, problems, textField } from '../markup.ts';
import { type Page, type Visit, words } from '../visit.ts';

/** The customer's data: a copy, and having it erased. Somebody who came by a link proves first that the address is theirs. */
export function dataView(visit: Visit, { hasAddress }: { readonly hasAddress: boolean }): Page {
  const say = (key: string) => words(visit, `data.${key}`);
  const intro = html`<h1>${say('title')}</h1><p class="lead">${say('lead')}</p>`;
  if (visit.session?.level !== 'code')
    return {
      title: say('title'),
      body: html`${intro}${
        hasAddress
          ? html`<p>${say('code')}</p>${buttonForm(visit, { action: `${visit.base}/data/code`, label: say('codeSend') })}`
          : html`<p>${say('noAddress')}</p>`
      }`,
    };
  return {
    title: say('title'),
    body: html`${intro}
<h2>${say('copy')}</h2><p>${say('copyText')}</p>
<p>${buttonLink(`${visit.base}/data/copy.html`, say('page'))}</p><p><a href="${visit.base}/data/copy.json">${say('json')}</a></p>
<h2>${say('erase')}</h2><p>${say('eraseText')}</p><p><a href="${visit.base}/data/erase">${say('eraseLink')}</a></p>`,
  };
}

/** What erasing means, said before it is done; then a code, because it cannot be undone. */
export function eraseView(
  visit: Visit,
  { code, faults = [] }: { readonly code: string | null; readonly faults?: readonly FieldProblem[] },
): Page {
  const say = (key: string) => words(visit, `erase.${key}`);
  const list = (group: string, keys: readonly string[]) =>
    html`<ul>${keys.map((key) => html`<li>${say(`${group}.${key}`)}</li>`)}</ul>`;
  return {
    title: say('title'),
    status: faults.length === 0 ? 200 : 422,
    body: html`<h1>${say('title')}</h1>
<h2>${say('goes')}</h2>${list('goesList', ['name', 'texts', 'files', 'access'])}
<h2>${say('stays')}</h2>${list('staysList', ['ledger', 'measure', 'law'])}
<p><b>${say('final')}</b> <a href="${visit.base}/data">${say('copyFirst')}</a></p>
${problems(visit, faults)}
${
  code === null
    ? buttonForm(visit, { action: `${visit.base}/data/erase/code`, label: say('codeSend') })
    : html`<p>${say('codeText')}</p><form method="post" action="${visit.base}/data/erase" novalidate>${csrfField(visit)}<input type="hidden" name="id" value="${code}">
${textField({ name: 'code', label: words(visit, 'code.label'), hint: words(visit, 'code.hint'), value: '', type: 'text', autocomplete: 'one-time-code', code: true, problem: problemOf(faults, 'code') })}
<p><button>${say('confirm')}</button></p></form>`
}`,
  };
}

/** Why it cannot be done yet. */
export function notErasedView(visit: Visit, why: 'appeal' | 'dispute'): Page {
  const title = words(visit, 'erase.title');
  return {
    title,
    status: 409,
    body: html`<h1>${title}</h1><p class="lead">${words(visit, `erase.open.${why}`)}</p><p><a href="${visit.base}/standing">${words(visit, 'frame.back')}</a></p>`,
  };
}

export function erasedView(visit: Visit): Page {
  const title = words(visit, 'erase.done');
  return { title, body: html`<h1>${title}</h1><p class="lead">${words(visit, 'erase.doneText')}</p>` };
}
