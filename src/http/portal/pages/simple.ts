import { html } from '../../../core/shared/html.ts';
import { text } from '../markup.ts';
import { type Page, type Visit, words } from '../visit.ts';

/** A page that says one thing and leads back. */
function simplePage(visit: Visit, status: number, title: string, lead: string, headers: Page['headers'] = {}): Page {
  const back = visit.session === null ? visit.base : `${visit.base}/standing`;
  const label = visit.session === null ? words(visit, 'link.otherWay') : words(visit, 'frame.back');
  return {
    title,
    status,
    headers,
    body: html`<h1>${title}</h1><p class="lead">${text(lead)}</p><p><a href="${back}">${label}</a></p>`,
  };
}

export const notFoundPage = (visit: Visit): Page =>
  simplePage(visit, 404, words(visit, 'notFound.title'), words(visit, 'notFound.text'));

export const stalePage = (visit: Visit): Page =>
  simplePage(visit, 403, words(visit, 'stale.title'), words(visit, 'stale.text'));

export const tooLargePage = (visit: Visit): Page =>
  simplePage(visit, 413, words(visit, 'tooLarge.title'), words(visit, 'tooLarge.text'));

export const failedPage = (visit: Visit, number: string): Page =>
  simplePage(
    visit,
    500,
    words(visit, 'failed.title'),
    words(visit, 'failed.text', { number: `\u2068${number}\u2069` }),
  );

export function tooManyPage(visit: Visit, retryAfterSeconds: number): Page {
  const count = Math.max(1, Math.ceil(retryAfterSeconds / 60));
  return simplePage(visit, 429, words(visit, 'tooMany.title'), words(visit, 'tooMany.text', { count }), {
    'retry-after': String(retryAfterSeconds),
  });
}
