import { isOpen } from '../../../core/appeals/types.ts';
import type { IssuedNotice } from '../../../core/notices/types.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import type { Instant } from '../../../core/shared/time.ts';
import { isolated, sayList } from '../../../core/shared/words.ts';
import type { CustomerAppeal, Said } from '../../../workflows/appeals/types.ts';
import { LONGEST_TEXT } from '../../../workflows/appeals/written.ts';
import { buttonForm, csrfField, type FieldProblem, problemOf, problems, text, time, written } from '../markup.ts';
import { dateOf, type Page, type Visit, words } from '../visit.ts';
import { filesField, textArea } from './appeal.ts';
import { noticeView } from './document.ts';

export interface FollowPage {
  readonly appeal: CustomerAppeal;
  readonly now: Instant;
  /** What the measures that a decision was about are called. */
  readonly titles: ReadonlyMap<string, string>;
  /** What was sent about it, the newest first. */
  readonly notices: readonly IssuedNotice[];
  /** Just done on the page before. */
  readonly done: 'filed' | 'answered' | null;
}

/** How an appeal goes: its state in one sentence, what was said on both sides, and what the customer can do. */
export function followView(
  visit: Visit,
  page: FollowPage,
  answer: { readonly text: string; readonly faults: readonly FieldProblem[] } = { text: '', faults: [] },
): Page {
  const { appeal, exchange, mayAnswer, mayWithdraw, results } = page.appeal;
  const title = words(visit, appeal.type === 'application' ? 'follow.applicationTitle' : 'follow.title');
  // Whoever comes back to the address later reads how it went.
  const justFiled = page.done === 'filed' && isOpen(appeal.state);
  return {
    title,
    status: answer.faults.length === 0 ? 200 : 422,
    body: html`<p class="soft">${title}</p>
${justFiled ? filed(visit, appeal.filedAt) : html`<h1>${stateOf(visit, page.appeal)}</h1>`}
${page.done === 'answered' && isOpen(appeal.state) ? html`<p class="good" role="status">${words(visit, 'follow.answered')}</p>` : null}
${due(visit, page)}
${justFiled ? whatNext(visit) : null}
${mayAnswer ? answerForm(visit, page.appeal, answer) : null}
${results.length === 0 ? null : html`<h2>${words(visit, 'follow.results')}</h2><ul>${results.map(({ measure, result }) => html`<li>${text(words(visit, `follow.result.${result}`, { what: page.titles.get(measure) ?? words(visit, 'decision.title') }))}</li>`)}</ul>`}
${decisionLetter(visit, page)}
<h2>${words(visit, 'follow.exchange')}</h2>
${exchange.map((said) => saidView(visit, said))}
<p><a href="${visit.base}/decisions/${appeal.measure}">${words(visit, 'standing.read')}</a></p>
${mayWithdraw ? withdrawing(visit, appeal.id) : null}`,
  };
}

const filed = (visit: Visit, at: Instant): Html =>
  html`<h1>${words(visit, 'filed.title')}</h1><p class="lead good" role="status">${words(visit, 'filed.text', { date: dateOf(visit, at) })}</p>`;

const whatNext = (visit: Visit): Html =>
  html`<h2>${words(visit, 'filed.next')}</h2><ul>${['other', 'alone', 'question', 'answer'].map((key) => html`<li>${words(visit, `filed.${key}`)}</li>`)}</ul>`;

/** An application is granted or not; an appeal is right or not. */
function stateOf(visit: Visit, { appeal, results }: CustomerAppeal): string {
  const asked = appeal.type === 'application';
  const own = results.find(({ measure }) => measure === appeal.measure)?.result;
  const ended = own !== 'stands' && own !== 'reduced';
  if (asked && ended && (appeal.state === 'upheld' || appeal.state === 'partly_upheld'))
    return words(visit, 'follow.state.granted');
  return words(visit, `follow.state.${asked && appeal.state === 'rejected' ? 'refused' : appeal.state}`);
}

function due(visit: Visit, { appeal: { appeal }, now, done }: FollowPage): Html {
  // Taken back, it was never answered.
  if (appeal.decidedAt !== null && appeal.state !== 'withdrawn')
    return html`<p class="lead">${words(visit, 'follow.decided', { date: dateOf(visit, appeal.decidedAt) })}</p>`;
  if (!isOpen(appeal.state)) return html``;
  const date = dateOf(visit, appeal.dueAt);
  const key = appeal.dueAt < now ? 'follow.overdue' : done === 'filed' ? 'filed.due' : 'follow.due';
  return html`<p class="lead">${words(visit, key, { date })}</p>`;
}

function answerForm(
  visit: Visit,
  { appeal, exchange }: CustomerAppeal,
  { text: given, faults }: { readonly text: string; readonly faults: readonly FieldProblem[] },
): Html {
  const asked = exchange.findLast(({ kind }) => kind === 'asked');
  return html`<section class="card"><h2>${words(visit, 'follow.answerTitle')}</h2>
${asked?.text == null ? null : html`<blockquote>${written(asked.text)}</blockquote>`}
${appeal.informationUntil === null ? null : html`<p class="soft">${words(visit, 'follow.answerUntil', { date: dateOf(visit, appeal.informationUntil) })}</p>`}
${problems(visit, faults)}
<form method="post" action="${visit.base}/appeals/${appeal.id}/answer" enctype="multipart/form-data" novalidate>
${csrfField(visit)}
${textArea(visit, { label: words(visit, 'follow.answerText'), hint: words(visit, 'appeal.textHint', { most: LONGEST_TEXT }), value: given, problem: problemOf(faults, 'text') })}
${filesField(visit, problemOf(faults, 'files'), faults.length > 0)}
<p><button>${words(visit, 'follow.answerSend')}</button></p></form></section>`;
}

function decisionLetter(visit: Visit, { notices }: FollowPage): Html | null {
  const letter = notices.find(({ kind }) => kind === 'appeal.decided');
  return letter === undefined
    ? null
    : html`<details open><summary>${words(visit, 'follow.letter')}</summary>${noticeView(visit, letter, 2)}</details>`;
}

function saidView(visit: Visit, said: Said): Html {
  const who = said.from === 'customer' ? words(visit, 'follow.you') : html`<bdi>${visit.shop.name}</bdi>`;
  const names = said.attachments.map(({ name }) => isolated(name));
  return html`<article class="said"><h3>${who} <span>${time(visit, said.at)}</span></h3>
${said.text === null ? (names.length === 0 ? html`<p class="soft">${words(visit, 'follow.nothing')}</p>` : null) : written(said.text)}
${names.length === 0 ? null : html`<p class="soft small">${text(words(visit, 'follow.files', { names: sayList(visit.language, names) }))}</p>`}</article>`;
}

const withdrawing = (visit: Visit, id: string): Html =>
  html`<details><summary>${words(visit, 'follow.withdraw')}</summary><p>${words(visit, 'follow.withdrawText')}</p>${buttonForm(visit, { action: `${visit.base}/appeals/${id}/withdraw`, label: words(visit, 'follow.withdrawYes') })}</details>`;
