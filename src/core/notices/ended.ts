import type { Measure } from '../measures/types.ts';
import { addPeriod } from '../shared/period.ts';
import type { Instant } from '../shared/time.ts';
import { say } from '../shared/words.ts';
import type { Setting } from './facts.ts';
import { dayOf, personalSection } from './parts.ts';
import type { Cause, NoticeDocument } from './types.ts';
import { document, link, paragraph, type Section, section } from './write.ts';

/** A measure that is over. */
export interface EndedFacts {
  readonly type: Measure['type'];
  readonly startedAt: Instant;
  /** When the ladder forgets it, if nothing new happens; null for a measure on no ladder. */
  readonly forgottenAt: Instant | null;
}

type Because = Extract<Cause, { kind: 'measure.lifted' }>['because'];

/** When a ladder forgets a measure: so long after it began. */
export const forgottenAt = (startedAt: Instant, ladder: { readonly forgetAfter: Parameters<typeof addPeriod>[1] }) =>
  addPeriod(startedAt, ladder.forgetAfter);

/** A measure ended before its time: short, and glad of it. One that was taken back at once is told as a mistake. */
export function measureLifted(setting: Setting, facts: EndedFacts, because: Because): NoticeDocument {
  const { language, shop } = setting;
  const date = dayOf(setting, facts.startedAt);
  if (because === 'undo')
    return document(
      'measure.lifted',
      language,
      say(language, 'notices.subject.undone', { shop: shop.name }),
      say(language, 'notices.undone.lead', { date }),
      [
        section('decision', null, [
          paragraph(say(language, 'notices.undone.now'), say(language, 'notices.undone.sorry')),
        ]),
        personalSection(setting),
      ],
    );
  return document(
    'measure.lifted',
    language,
    say(language, 'notices.subject.lifted', { shop: shop.name }),
    say(language, `notices.lifted.${facts.type}`, { date }),
    [
      section('decision', null, [
        paragraph(say(language, 'notices.lifted.now')),
        paragraph(say(language, `notices.lifted.because.${because}`), say(language, 'notices.lifted.welcome')),
      ]),
      personalSection(setting),
      // What an appeal ended is no step on the ladder, so there is nothing to be forgotten.
      because === 'appeal' ? null : afterwards(setting, facts),
    ],
  );
}

/** A measure ended by itself, on the day it was to end. */
export function measureExpired(setting: Setting, facts: EndedFacts): NoticeDocument {
  const { language, shop } = setting;
  return document(
    'measure.expired',
    language,
    say(language, 'notices.subject.expired', { shop: shop.name }),
    say(language, `notices.expired.${facts.type}`, { date: dayOf(setting, facts.startedAt) }),
    [
      section('decision', null, [
        paragraph(say(language, 'notices.expired.now'), say(language, 'notices.lifted.welcome')),
      ]),
      personalSection(setting),
      afterwards(setting, facts),
    ],
  );
}

/** A measure was wrong from the start: it is undone, and the shop says that it is sorry. */
export function measureVoided(setting: Setting, facts: EndedFacts): NoticeDocument {
  const { language, shop } = setting;
  return document(
    'measure.voided',
    language,
    say(language, 'notices.subject.voided', { shop: shop.name }),
    say(language, 'notices.voided.lead', { date: dayOf(setting, facts.startedAt) }),
    [
      section('decision', null, [
        paragraph(say(language, 'notices.voided.now'), say(language, 'notices.voided.sorry')),
      ]),
      personalSection(setting),
    ],
  );
}

/** Until when it is remembered, said openly; and where one's own numbers stand. */
function afterwards(setting: Setting, { forgottenAt: at }: EndedFacts): Section | null {
  const { language } = setting;
  return section('next', say(language, 'notices.title.next'), [
    at === null || at <= setting.now
      ? null
      : paragraph(say(language, 'notices.until.restarts', { date: dayOf(setting, at) })),
    paragraph(say(language, 'notices.stays.look')),
    link(say(language, 'notices.appeal.online'), 'portal:notice'),
  ]);
}
