import { amountIn } from '../../../core/notices/evidence.ts';
import { ownTexts } from '../../../core/policy/own-texts.ts';
import { whenSentence } from '../../../core/policy/render.ts';
import { sayIn } from '../../../core/policy/say.ts';
import type { ConditionTrace, Policy, RuleTrace } from '../../../core/policy/types.ts';
import { unitOf } from '../../../core/policy/vocabulary.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import { say } from '../../../core/shared/words.ts';
import type { RuleReading } from '../../../workflows/portal/standing-page.ts';
import { text } from '../markup.ts';
import { type Visit, words } from '../visit.ts';
import { countedList, excludedList } from './things.ts';

/** A rule that applies or is near: the customer's own numbers beside its limits, and what counted. */
export function ruleCard(visit: Visit, policy: Policy, { trace, counted, excluded }: RuleReading): Html {
  const { title, because } = ownTexts(policy, visit.language.code).rule(trace.rule.id);
  // What the shop says to those it applies to would accuse the others, who are told when it would apply.
  const about =
    trace.outcome === true
      ? html`<p class="soft"${inOwn(visit, because.language)}>${because.text}</p>`
      : html`<p class="soft">${text(sayIn(visit.language, whenSentence(trace.rule.when, policy, 'customer')))}</p>`;
  return html`<section class="card"><h3${inOwn(visit, title.language)}>${title.text}</h3>
${about}
${readings(visit, trace)}
<p>${words(visit, trace.outcome === true ? 'standing.allReached' : 'standing.notAll')}</p>
${countedList(visit, counted)}${excludedList(visit, excluded)}</section>`;
}

/** A rule that is far: only its numbers. */
export function ruleLine(visit: Visit, policy: Policy, trace: RuleTrace): Html {
  const { title } = ownTexts(policy, visit.language.code).rule(trace.rule.id);
  return html`<section><h3${inOwn(visit, title.language)}>${title.text}</h3>${readings(visit, trace)}</section>`;
}

/** Marks the shop's own words where they are not in the page's language. */
export function inOwn(visit: Visit, language: string): Html | null {
  if (language === visit.language.code) return null;
  const dir = visit.languages.find(({ code }) => code === language)?.dir ?? 'auto';
  return html` lang="${language}" dir="${dir}"`;
}

const readings = (visit: Visit, { conditions }: RuleTrace): Html =>
  html`<ul class="readings">${conditions.map((line) => reading(visit, line))}</ul>`;

function reading(visit: Visit, line: ConditionTrace): Html {
  const { language, shop } = visit;
  const { condition, measured } = line;
  const { metric, window } = condition.request;
  const unit = unitOf(metric);
  const amount = say(language, `policy.amount.${unit === 'count' ? 'count' : 'measure'}.${condition.comparison}`, {
    limit: amountIn(language, unit, condition.threshold, shop.currency),
  });
  const value =
    measured.value === null
      ? words(visit, 'standing.unknown')
      : amountIn(language, unit, shown(measured.value, unit), shop.currency);
  const over = window === null ? words(visit, 'standing.always') : words(visit, 'standing.overTime', { window });
  return html`<li><div class="reading"><span>${say(language, `notices.metric.${metric}`)}</span><b>${value}</b></div>
${bar(line)}
<p class="soft small">${words(visit, 'standing.limit', { amount })} · ${over}${line.outcome === true ? html` · <b>${words(visit, 'standing.reached')}</b>` : null}</p></li>`;
}

/** One decimal of a percentage or a ratio is enough. */
function shown(value: number, unit: ReturnType<typeof unitOf>): number {
  if (unit === 'share') return Math.round(value * 1000) / 1000;
  return unit === 'ratio' ? Math.round(value * 10) / 10 : value;
}

/** The number on its way to the limit. Decoration: the words beside it say the same. */
function bar({ condition, measured }: ConditionTrace): Html | null {
  const { threshold } = condition;
  if (measured.value === null || threshold <= 0) return null;
  const whole = Math.max(measured.value, threshold) * 1.1;
  const at = (value: number) => Math.round((value / whole) * 1000) / 10;
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="way" width="100" height="8"/><rect class="value" width="${at(measured.value)}" height="8"/><rect class="limit" x="${at(threshold) - 0.4}" width="0.8" height="8"/></svg>`;
}
