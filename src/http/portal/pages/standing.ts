import { type Html, html } from '../../../core/shared/html.ts';
import { sayDate } from '../../../core/shared/words.ts';
import { KEPT_AFTER, type LiftProgress } from '../../../core/standing/lifts.ts';
import type { StandingMeasure, StandingPage } from '../../../workflows/portal/standing-page.ts';
import { text, time } from '../markup.ts';
import { type Page, type Visit, words } from '../visit.ts';
import { boundSection, objectionLine } from './bound.ts';
import { measureEffects, measureTitle } from './measures.ts';
import { ruleCard, ruleLine } from './readings.ts';

/** Where a customer stands: the answer first, then what applies, then their numbers beside the policy. */
export function standingView(visit: Visit, page: StandingPage): Page {
  const { standing } = page.assessment;
  const current = page.measures.filter((each) => each.current);
  const over = page.measures.filter((each) => !each.current);
  // Whoever is bound by what was decided about another account is not told that all is well.
  const onlyBound = page.bound.length > 0 && (standing === 'good' || standing === 'watched' || standing === 'warned');
  return {
    title: words(visit, 'standing.title'),
    body: html`<p class="soft">${words(visit, 'standing.title')}</p>
<h1>${onlyBound ? words(visit, 'bound.headline') : headline(visit, page)}</h1>
<p class="lead${standing === 'good' && !onlyBound ? ' good' : ''}">${words(visit, onlyBound ? 'bound.lead' : `standing.${standing}Lead`)}</p>
${boundSection(visit, page.bound)}
${current.length === 0 ? null : html`<h2>${words(visit, 'standing.inForce')}</h2>${current.map((each) => measureCard(visit, each))}`}
${numbers(visit, page)}
${over.length + page.objections.length === 0 ? null : html`<h2>${words(visit, 'standing.over')}</h2><ul class="things">${over.map((each) => overLine(visit, each))}${page.objections.map((each) => objectionLine(visit, each))}</ul>`}
${closing(visit)}`,
  };
}

function headline(visit: Visit, { assessment }: StandingPage): string {
  const { standing, until } = assessment;
  return words(
    visit,
    `standing.${standing}`,
    until === null ? {} : { until: sayDate(visit.language, until, visit.shop.timeZone) },
  );
}

function measureCard(visit: Visit, { measure, policy, progress, appeal }: StandingMeasure): Html {
  const href = `${visit.base}/decisions/${measure.id}`;
  return html`<section class="card"><h3>${text(measureTitle(visit, measure, policy.compiled.policy))}</h3>
<p class="soft">${dated(visit, 'standing.since', measure.startedAt)} · ${dated(visit, 'standing.until', measure.until)}</p>
${measure.state === 'suspended' ? html`<p class="good">${words(visit, 'standing.suspended')}</p>` : measureEffects(visit, measure)}
${progress === null ? null : lift(visit, progress)}
<p><a href="${href}">${words(visit, 'standing.read')}</a></p>
${appeal === null ? null : html`<p><a href="${visit.base}/appeals/${appeal.id}">${words(visit, 'standing.appealed')}</a></p>`}
</section>`;
}

const dated = (visit: Visit, key: string, at: Parameters<typeof sayDate>[1]): string =>
  words(visit, key, { date: sayDate(visit.language, at, visit.shop.timeZone) });

/** What ends it early, and how far that has come. */
function lift(visit: Visit, { orders, days }: LiftProgress): Html {
  return html`<p><b>${words(visit, 'standing.lift')}</b></p><ul>
${orders === null ? null : html`<li>${words(visit, 'standing.liftOrders', { ...orders })} <span class="soft small">${words(visit, 'standing.liftOrdersHint', { period: KEPT_AFTER })}</span></li>`}
${days === null ? null : html`<li>${words(visit, 'standing.liftDays', { ...days })}</li>`}
</ul><p class="soft">${words(visit, orders !== null && days !== null ? 'standing.liftBoth' : 'standing.liftOne')}</p>`;
}

function numbers(visit: Visit, { near, far, policy }: StandingPage): Html {
  const { policy: document } = policy.compiled;
  return html`<h2>${words(visit, 'standing.numbers')}</h2>
<p>${words(visit, 'standing.numbersLead')}</p>
${near.length === 0 ? html`<p>${words(visit, 'standing.noneNear')}</p>` : near.map((rule) => ruleCard(visit, document, rule))}
${far.length === 0 ? null : html`<details><summary>${words(visit, 'standing.others', { count: far.length })}</summary>${far.map((trace) => ruleLine(visit, document, trace))}</details>`}`;
}

function overLine(visit: Visit, { measure, policy, appeal }: StandingMeasure): Html {
  const { endedBecause, endedAt, startedAt, until } = measure;
  return html`<li><span>${time(visit, startedAt)} – ${time(visit, endedAt ?? until)}</span>
<span><a href="${visit.base}/decisions/${measure.id}">${text(measureTitle(visit, measure, policy.compiled.policy))}</a>. ${words(visit, `standing.ended.${endedBecause ?? 'time'}`)}${
    appeal === null ? null : html` <a href="${visit.base}/appeals/${appeal.id}">${words(visit, 'decision.follow')}</a>`
  }</span></li>`;
}

function closing(visit: Visit): Html | null {
  const email = visit.shop.settings.supportEmail;
  return email === null
    ? null
    : html`<p class="soft">${words(visit, 'standing.wrong')} <a href="mailto:${email}"><bdi>${email}</bdi></a></p>`;
}
