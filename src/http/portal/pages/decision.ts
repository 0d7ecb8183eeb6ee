import { isOpen } from '../../../core/appeals/types.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import type { MayFile } from '../../../workflows/appeals/types.ts';
import type { DecisionPage } from '../../../workflows/portal/decision-page.ts';
import { buttonLink, text, time } from '../markup.ts';
import { dateOf, type Page, type Visit, words } from '../visit.ts';
import { noticeView } from './document.ts';
import { measureEffects, measureTitle } from './measures.ts';

/** The statement of reasons as it was sent, and one button: "I disagree". */
export function decisionView(visit: Visit, page: DecisionPage, may: MayFile | null): Page {
  const { statement, later } = page;
  return {
    title: words(visit, 'decision.title'),
    body: html`<p class="soft">${words(visit, 'decision.title')}${statement === null ? null : html` · ${words(visit, 'decision.dated', { date: dateOf(visit, statement.issuedAt) })}`}</p>
${page.over ? html`<p class="note">${words(visit, page.measure.state === 'voided' ? 'standing.ended.voided' : 'decision.ends')}</p>` : null}
${page.measure.state === 'suspended' ? html`<p class="good">${words(visit, 'standing.suspended')}</p>` : null}
${statement === null ? withoutLetter(visit, page) : noticeView(visit, statement, 1)}
${disagreeing(visit, page, may)}
${
  later.length === 0
    ? null
    : html`<h2>${words(visit, 'decision.alsoSent')}</h2>${later.map(
        (notice) =>
          html`<details><summary>${time(visit, notice.issuedAt)} · <span lang="${notice.language}" dir="auto">${text(notice.document.subject)}</span></summary>${noticeView(visit, notice, 2)}</details>`,
      )}`
}`,
  };
}

/** A measure older than the letters, or whose letter is gone: what is recorded. */
function withoutLetter(visit: Visit, { measure, policy }: DecisionPage): Html {
  return html`<h1>${text(measureTitle(visit, measure, policy.compiled.policy))}</h1>
<p>${words(visit, 'decision.noLetter')}</p>
<p>${words(visit, 'standing.since', { date: dateOf(visit, measure.startedAt) })} · ${words(visit, 'standing.until', { date: dateOf(visit, measure.until) })}</p>
${measureEffects(visit, measure)}`;
}

function disagreeing(visit: Visit, { measure, appeals, now }: DecisionPage, may: MayFile | null): Html | null {
  const here = `${visit.base}/decisions/${measure.id}`;
  const open = appeals.find(({ state }) => isOpen(state));
  if (open !== undefined)
    return html`<section class="card"><p>${buttonLink(`${visit.base}/appeals/${open.id}`, words(visit, 'decision.follow'))}</p></section>`;
  const past = appeals.map(
    (appeal) => html`<p><a href="${visit.base}/appeals/${appeal.id}">${words(visit, 'decision.follow')}</a></p>`,
  );
  if (may === null) return past.length === 0 ? null : html`<section class="card">${past}</section>`;
  const { appeal, application } = may;
  return html`<section class="card">
${appeal.why === null ? html`<p>${words(visit, appeal.needsNew ? 'decision.again' : 'decision.until', { date: dateOf(visit, appeal.until) })}</p><p>${buttonLink(`${here}/appeal`, words(visit, 'decision.disagree'))}</p>` : null}
${appeal.why === 'window-over' ? html`<p>${words(visit, 'decision.over', { date: dateOf(visit, appeal.until) })}</p>` : null}
${past}
${application.why === null ? html`<p><a href="${here}/apply">${words(visit, 'decision.apply')}</a></p>` : null}
${application.why === 'too-early' && application.from !== null && application.from > now ? html`<p class="soft">${words(visit, 'decision.applyFrom', { date: dateOf(visit, application.from) })}</p>` : null}
</section>`;
}
