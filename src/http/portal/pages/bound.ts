import { type Html, html } from '../../../core/shared/html.ts';
import { sayDate } from '../../../core/shared/words.ts';
import type { ObjectionRecord } from '../../../ports/objections.ts';
import type { BoundMeasure } from '../../../workflows/portal/bound-here.ts';
import { buttonLink, text, time } from '../markup.ts';
import { type Visit, words } from '../visit.ts';
import { measureEffects, measureTitle } from './measures.ts';

/** What holds here because staff took this account and another for one person's: what it does, and how to say that they are not. */
export function boundSection(visit: Visit, bound: readonly BoundMeasure[]): Html | null {
  if (bound.length === 0) return null;
  return html`<h2>${words(visit, 'bound.title')}</h2><p>${words(visit, 'bound.why')}</p>
${bound.map((each) => boundCard(visit, each))}
<p class="soft">${words(visit, 'bound.notShown')} ${words(visit, 'bound.yours')}</p>`;
}

function boundCard(visit: Visit, { measure, policy, mayObject, objection }: BoundMeasure): Html {
  const dated = (key: string, at: typeof measure.until): string =>
    words(visit, key, { date: sayDate(visit.language, at, visit.shop.timeZone) });
  return html`<section class="card"><h3>${text(measureTitle(visit, measure, policy.compiled.policy))}</h3>
<p class="soft">${dated('standing.since', measure.startedAt)} · ${dated('standing.until', measure.until)}</p>
${measureEffects(visit, measure)}
${objection === null ? null : html`<p><a href="${visit.base}/objections/${objection.id}">${words(visit, 'bound.objected')}</a></p>`}
${mayObject ? html`<p>${buttonLink(`${visit.base}/bound/${measure.id}/object`, words(visit, 'bound.object'))}</p>` : null}
</section>`;
}

/** An objection of before, with how it went. */
export const objectionLine = (visit: Visit, { id, state, filedAt, decidedAt }: ObjectionRecord): Html =>
  html`<li><span>${time(visit, filedAt)}${decidedAt === null ? null : html` – ${time(visit, decidedAt)}`}</span>
<span><a href="${visit.base}/objections/${id}">${words(visit, 'objection.followTitle')}</a>. ${words(visit, `objection.state.${state}`)}</span></li>`;
