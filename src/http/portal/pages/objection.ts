import { joinSentences } from '../../../core/policy/say.ts';
import { html } from '../../../core/shared/html.ts';
import type { Period } from '../../../core/shared/period.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { ObjectionRecord } from '../../../ports/objections.ts';
import { LONGEST_TEXT } from '../../../workflows/appeals/written.ts';
import type { ObjectionWords } from '../../../workflows/objections/objection-words.ts';
import type { BoundMeasure } from '../../../workflows/portal/bound-here.ts';
import { buttonForm, csrfField, type FieldProblem, problemOf, problems, text, time, written } from '../markup.ts';
import { dateOf, type Page, type Visit, words } from '../visit.ts';
import { textArea } from './appeal.ts';
import { measureEffects, measureTitle } from './measures.ts';

/** "That account is not mine": what it is about, and their own words. */
export function objectView(
  visit: Visit,
  { measure, policy }: BoundMeasure,
  answerWithin: Period,
  form: { readonly text: string; readonly faults: readonly FieldProblem[] } = { text: '', faults: [] },
): Page {
  return {
    title: words(visit, 'objection.title'),
    status: form.faults.length === 0 ? 200 : 422,
    body: html`<h1>${words(visit, 'objection.title')}</h1>
<p class="lead">${words(visit, 'objection.lead')}</p>
<div class="card"><p class="soft">${words(visit, 'appeal.about')}</p><p><b>${text(measureTitle(visit, measure, policy.compiled.policy))}</b></p>${measureEffects(visit, measure)}</div>
${problems(visit, form.faults)}
<form method="post" action="${visit.base}/bound/${measure.id}/object" novalidate>
${csrfField(visit)}
${textArea(visit, { label: words(visit, 'appeal.text'), hint: words(visit, 'objection.textHint', { most: LONGEST_TEXT }), value: form.text, problem: problemOf(form.faults, 'text') })}
<p class="soft">${joinSentences(visit.language, [words(visit, 'appeal.within', { period: answerWithin }), words(visit, 'objection.happens'), words(visit, 'appeal.sendHint')])}</p>
<p><button>${words(visit, 'appeal.send')}</button></p>
</form>`,
  };
}

/** Why nothing can be sent now. */
export function cannotObjectView(visit: Visit, reason: string): Page {
  const title = words(visit, 'appeal.cannot');
  return {
    title,
    status: 409,
    body: html`<h1>${title}</h1><p class="lead">${text(reason)}</p><p><a href="${visit.base}/standing">${words(visit, 'frame.back')}</a></p>`,
  };
}

/** How an objection goes: its state in one sentence, what was said on both sides, and taking it back. */
export function objectionView(visit: Visit, objection: ObjectionRecord, said: ObjectionWords, now: Instant): Page {
  const { state, filedAt, dueAt, decidedAt } = objection;
  const waits = state === 'filed';
  const title = words(visit, 'objection.followTitle');
  return {
    title,
    body: html`<p class="soft">${title}</p>
<h1>${words(visit, `objection.state.${state}`)}</h1>
${waits ? html`<p class="lead">${words(visit, dueAt < now ? 'follow.overdue' : 'follow.due', { date: dateOf(visit, dueAt) })}</p>` : null}
${decidedAt !== null && state !== 'withdrawn' ? html`<p class="lead">${words(visit, 'follow.decided', { date: dateOf(visit, decidedAt) })}</p>` : null}
<h2>${words(visit, 'follow.exchange')}</h2>
<article class="said"><h3>${words(visit, 'follow.you')} <span>${time(visit, filedAt)}</span></h3>
${said.filed === null ? html`<p class="soft">${words(visit, 'follow.nothing')}</p>` : written(said.filed)}</article>
${said.answered === null || decidedAt === null ? null : html`<article class="said"><h3><bdi>${visit.shop.name}</bdi> <span>${time(visit, decidedAt)}</span></h3>${written(said.answered)}</article>`}
<p><a href="${visit.base}/standing">${words(visit, 'frame.back')}</a></p>
${waits ? html`<details><summary>${words(visit, 'follow.withdraw')}</summary><p>${words(visit, 'objection.withdrawText')}</p>${buttonForm(visit, { action: `${visit.base}/objections/${objection.id}/withdraw`, label: words(visit, 'follow.withdrawYes') })}</details>` : null}`,
  };
}
