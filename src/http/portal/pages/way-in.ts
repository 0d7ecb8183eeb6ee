import { html } from '../../../core/shared/html.ts';
import { buttonForm, buttonLink, csrfField, type FieldProblem, problemOf, problems, textField } from '../markup.ts';
import { type Page, type Visit, words } from '../visit.ts';

export interface WayInForm {
  readonly order: string;
  readonly email: string;
}

/** The front door: order number and e-mail address. */
export function wayInPage(
  visit: Visit,
  form: WayInForm = { order: '', email: '' },
  faults: readonly FieldProblem[] = [],
  note: 'signedOut' | 'first' | null = null,
): Page {
  const say = (key: string) => words(visit, `wayIn.${key}`);
  return {
    title: say('title'),
    status: faults.length === 0 ? 200 : 422,
    body: html`<h1>${say('title')}</h1>
${note === null ? null : html`<p class="note" role="status">${say(note)}</p>`}
<p class="lead">${say('lead')}</p>
${problems(visit, faults)}
<form method="post" action="${visit.base}" novalidate>
${csrfField(visit)}
${textField({ name: 'order', label: say('order'), hint: say('orderHint'), value: form.order, type: 'text', autocomplete: 'off', problem: problemOf(faults, 'order') })}
${textField({ name: 'email', label: say('email'), hint: say('emailHint'), value: form.email, type: 'email', autocomplete: 'email', problem: problemOf(faults, 'email') })}
<p><button>${say('send')}</button></p>
</form>
<p class="soft">${say('why')}</p>
<p class="soft">${say('letter')}</p>`,
  };
}

/** Where a code is entered. `toFile`: it went to the address on file, of somebody who is known already. */
export function codePage(
  visit: Visit,
  form: { readonly id: string; readonly next: string; readonly toFile: boolean; readonly minutes: number },
  faults: readonly FieldProblem[] = [],
): Page {
  const say = (key: string) => words(visit, `code.${key}`);
  return {
    title: say('title'),
    status: faults.length === 0 ? 200 : 422,
    body: html`<h1>${say('title')}</h1>
<p class="lead">${words(visit, form.toFile ? 'code.sentToFile' : 'code.sent', { count: form.minutes })}</p>
${problems(visit, faults)}
<form method="post" action="${visit.base}/code/${form.id}${form.next}" novalidate>
${csrfField(visit)}
${textField({ name: 'code', label: say('label'), hint: say('hint'), value: '', type: 'text', autocomplete: 'one-time-code', code: true, problem: problemOf(faults, 'code') })}
<p><button>${say('open')}</button></p>
</form>
<p class="soft">${say('none')} <a href="${visit.base}${visit.session !== null && form.toFile ? '/data' : '?again=1'}">${say('again')}</a></p>`,
  };
}

/** A link that was followed, before it is used: a button, so that programs that look at links in mail do not use it up. */
export function openPage(visit: Visit, token: string): Page {
  const title = words(visit, 'link.title');
  return {
    title,
    body: html`<h1>${title}</h1><p class="lead">${words(visit, 'link.text')}</p>
${buttonForm(visit, { action: `${visit.base}/open/${encodeURIComponent(token)}`, label: words(visit, 'link.open') })}`,
  };
}

/** A link that is over, was copied in part, or was never ours: nobody is told which. */
export function overLinkPage(visit: Visit): Page {
  const title = words(visit, 'link.expiredTitle');
  return {
    title,
    status: 410,
    body: html`<h1>${title}</h1><p class="lead">${words(visit, 'link.expired')}</p><p>${buttonLink(visit.base, words(visit, 'link.otherWay'))}</p>`,
  };
}

export function usedLinkPage(visit: Visit, token: string): Page {
  const title = words(visit, 'link.usedTitle');
  return {
    title,
    status: 410,
    body: html`<h1>${title}</h1><p class="lead">${words(visit, 'link.used')}</p>
${buttonForm(visit, { action: `${visit.base}/open/${encodeURIComponent(token)}/code`, label: words(visit, 'link.send') })}
<p><a href="${visit.base}">${words(visit, 'link.otherWay')}</a></p>`,
  };
}
