import { assertNever } from '../shared/assert-never.ts';
import { say } from '../shared/words.ts';
import { elsewhereSection } from './elsewhere.ts';
import { evidenceSection, excludedSection } from './evidence.ts';
import type { MeasureFacts, Setting, ToldMeasure } from './facts.ts';
import {
  appealSection,
  dayOf,
  liftSection,
  nextSection,
  obligationList,
  personalSection,
  ruleSection,
  staysSection,
  surfacesOf,
  toldRules,
  untilSection,
  whySection,
} from './parts.ts';
import { solutionsSection } from './solutions.ts';
import type { NoticeDocument } from './types.ts';
import { document, paragraph, type Section, section } from './write.ts';

/**
 * The statement of reasons for a measure that has begun: what was decided, on which facts, under which rule, until when, what
 * stays, what ends it early and how to appeal. A warning says first what helps.
 */
export function measureStarted(setting: Setting, facts: MeasureFacts): NoticeDocument {
  const { language, shop } = setting;
  const { measure } = facts;
  const rules = toldRules(setting, facts);
  const until = dayOf(setting, measure.until);
  return document(
    'measure.started',
    language,
    say(language, `notices.subject.started.${measure.type}`, { shop: shop.name, until }),
    say(language, `notices.started.lead.${measure.type}`, { until, surfaces: surfacesOf(language, measure) }),
    [
      decisionSection(setting, measure),
      measure.type === 'block' ? null : solutionsSection(setting, facts, rules),
      whySection(setting, facts, rules),
      evidenceSection(setting, facts),
      excludedSection(setting, facts),
      ruleSection(setting, facts, rules),
      untilSection(setting, measure),
      staysSection(setting, measure),
      personalSection(setting),
      liftSection(setting, facts),
      nextSection(setting, facts),
      appealSection(setting, facts),
      elsewhereSection(setting),
    ],
  );
}

/** What a measure asks, below the sentence that says what it is. */
function decisionSection({ language }: Setting, measure: ToldMeasure): Section | null {
  const asked = obligationList(language, measure);
  switch (measure.type) {
    case 'warning':
      return null;
    case 'restriction':
      return section('decision', null, [asked]);
    case 'block':
      return section('decision', null, [
        asked === null ? null : paragraph(say(language, 'notices.started.also')),
        asked,
      ]);
    default:
      return assertNever(measure.type);
  }
}

/** What holds from now on, where a measure was made milder or shorter. `before`: when it had begun. */
export function measureChanged(setting: Setting, facts: MeasureFacts): NoticeDocument {
  const { language, shop } = setting;
  const { measure } = facts;
  return document(
    'measure.changed',
    language,
    say(language, 'notices.subject.changed', { shop: shop.name }),
    say(language, 'notices.changed.lead', { date: dayOf(setting, measure.startedAt) }),
    [
      section('decision', null, [
        paragraph(
          say(language, `notices.changed.now.${measure.type}`, {
            until: dayOf(setting, measure.until),
            surfaces: surfacesOf(language, measure),
          }),
        ),
        obligationList(language, measure),
        paragraph(say(language, 'notices.changed.served')),
      ]),
      untilSection(setting, measure),
      staysSection(setting, measure),
      personalSection(setting),
      liftSection(setting, facts),
      appealSection(setting, facts),
    ],
  );
}
