import type { Measure } from '../../../core/measures/types.ts';
import { ownTexts } from '../../../core/policy/own-texts.ts';
import { sayObligation, saySurface } from '../../../core/policy/say.ts';
import type { Policy } from '../../../core/policy/types.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import { isolated, sayList } from '../../../core/shared/words.ts';
import { type Visit, words } from '../visit.ts';

/** What a measure is called on the page: "Conditions: Many returns". Rules by the titles of the policy it was taken under. */
export function measureTitle(visit: Visit, measure: Pick<Measure, 'type' | 'rules'>, policy: Policy): string {
  const what = words(visit, `measure.${measure.type}`);
  const texts = ownTexts(policy, visit.language.code);
  const titles = measure.rules
    .filter((id) => policy.rules.some((rule) => rule.id === id))
    .map((id) => isolated(texts.rule(id).title.text));
  return titles.length === 0 ? what : words(visit, 'measure.about', { what, about: sayList(visit.language, titles) });
}

/** What a measure does, a sentence each; nothing for a warning. */
export function measureEffects(visit: Visit, measure: Pick<Measure, 'type' | 'surfaces' | 'obligations'>): Html | null {
  const { language } = visit;
  const surfaces = measure.surfaces.map((surface) => saySurface(language, surface));
  const sentences = [
    ...(measure.type === 'block' && surfaces.length > 0
      ? [words(visit, 'standing.cannot', { surfaces: sayList(language, surfaces, 'or') })]
      : []),
    ...measure.obligations.map((obligation) => sayObligation(language, obligation)),
  ];
  return sentences.length === 0 ? null : html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}
