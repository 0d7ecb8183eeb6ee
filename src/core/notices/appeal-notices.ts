import type { LedgerEvent } from '../events/event.ts';
import { say } from '../shared/words.ts';
import { elsewhereSection } from './elsewhere.ts';
import { thingRow } from './evidence.ts';
import type { AppealDecided, AppealFacts, Setting } from './facts.ts';
import { happenings, subjectOf } from './happened.ts';
import { dayOf, personalSection } from './parts.ts';
import type { Block, NoticeDocument } from './types.ts';
import { document, link, list, paragraph, plain, quoted, type Section, section, written } from './write.ts';

/** That an appeal or application has come in, who looks at it, and by when the answer comes. */
export function appealAcknowledged(
  setting: Setting,
  facts: AppealFacts & { readonly mayRest: boolean },
): NoticeDocument {
  const { language, shop } = setting;
  const appeal = facts.type === 'appeal';
  return document(
    'appeal.acknowledged',
    language,
    say(language, appeal ? 'notices.subject.acknowledged' : 'notices.subject.applied', { shop: shop.name }),
    say(language, `notices.acknowledged.lead.${facts.type}`, { date: dayOf(setting, facts.filedAt) }),
    [
      section('next', say(language, 'notices.title.next'), [
        paragraph(
          say(language, 'notices.acknowledged.answer', { date: dayOf(setting, facts.dueAt) }),
          ...(appeal ? [say(language, facts.othersCanHear ? 'notices.appeal.other' : 'notices.appeal.alone')] : []),
        ),
        paragraph(
          say(language, 'notices.acknowledged.meanwhile'),
          ...(facts.mayRest ? [say(language, 'notices.acknowledged.suspended')] : []),
        ),
      ]),
      section('appeal', null, [
        paragraph(say(language, 'notices.acknowledged.more')),
        link(say(language, 'notices.acknowledged.link'), 'portal:appeals', true),
      ]),
    ],
  );
}

/** What the reviewer needs to know, and by when. */
export function informationAsked(
  setting: Setting,
  facts: { readonly question: string; readonly until: AppealFacts['dueAt'] },
): NoticeDocument {
  const { language, shop } = setting;
  return document(
    'appeal.information_asked',
    language,
    say(language, 'notices.subject.asked', { shop: shop.name }),
    say(language, 'notices.asked.lead'),
    [
      section('decision', null, [quoted(facts.question)]),
      section('appeal', null, [
        paragraph(say(language, 'notices.asked.until', { date: dayOf(setting, facts.until) })),
        link(say(language, 'notices.asked.button'), 'portal:appeals', true),
      ]),
    ],
  );
}

/** The answer: what was decided, why, what it means for every decision, and where to go when one does not agree. */
export function appealDecided(setting: Setting, facts: AppealDecided): NoticeDocument {
  const { language, shop } = setting;
  const outcome = leadOf(facts);
  const lost = facts.outcome !== 'upheld';
  return document(
    'appeal.decided',
    language,
    say(language, `notices.subject.decided.${outcome}`, { shop: shop.name }),
    say(language, `notices.decided.lead.${outcome}`, { date: dayOf(setting, facts.measureStartedAt) }),
    [
      resultsSection(setting, facts),
      section('why', say(language, 'notices.title.reason'), [
        ...(facts.reason === null ? [] : written(facts.reason)),
        facts.type === 'appeal'
          ? paragraph(say(language, facts.alone ? 'notices.decided.alone' : 'notices.decided.other'))
          : null,
      ]),
      correctedSection(setting, facts),
      personalSection(setting),
      section('appeal', null, [
        lost
          ? paragraph(say(language, facts.type === 'appeal' ? 'notices.decided.again' : 'notices.decided.later'))
          : null,
        link(say(language, 'notices.decided.link'), 'portal:appeals', true),
      ]),
      lost ? elsewhereSection(setting, true) : null,
    ],
  );
}

/** What the letter says first: what became of the decision it is about, whatever the answer is called. */
function leadOf({ type, outcome, measures, measureStartedAt }: AppealDecided): string {
  const own = measures.find(({ startedAt }) => startedAt === measureStartedAt)?.result;
  if (type === 'appeal') {
    // Too much for what happened: it ends, and is not as if it had never been.
    if (outcome === 'upheld') return own === 'lifted' ? 'granted' : outcome;
    return outcome === 'partly_upheld' && own === 'stands' ? 'rejected' : outcome;
  }
  if (outcome === 'rejected' || own === 'stands') return 'declined';
  return own === 'reduced' ? 'partly_upheld' : 'granted';
}

function resultsSection(setting: Setting, { type, outcome, measures }: AppealDecided): Section | null {
  const { language } = setting;
  const items = measures.map(({ startedAt, until, over, result }) => {
    const key = result === 'stands' && over ? 'over' : result;
    return [
      plain(
        say(language, `notices.decided.result.${key}`, {
          date: dayOf(setting, startedAt),
          until: dayOf(setting, until),
        }),
      ),
    ];
  });
  return section('decision', say(language, 'notices.decided.results'), [
    items.length === 0 ? null : list(items),
    type === 'appeal' && outcome === 'upheld' ? paragraph(say(language, 'notices.decided.sorry')) : null,
  ]);
}

/** What no longer counts, each thing once with the reason why, the newest first. */
function correctedSection(setting: Setting, { corrections, events }: AppealDecided): Section | null {
  const { language } = setting;
  const known = new Map<string, LedgerEvent>(events.map((event) => [event.id, event]));
  const marked = new Map(
    corrections.flatMap(({ event, as }) => {
      const named = known.get(event);
      return named === undefined ? [] : [[subjectOf(named), as] as const];
    }),
  );
  const rows = happenings(
    corrections.map(({ event }) => event),
    events,
  ).flatMap((thing) => {
    const as = marked.get(thing.subject);
    return as === undefined ? [] : [thingRow(setting, thing, say(language, `notices.decided.as.${as}`))];
  });
  if (rows.length === 0) return null;
  const facts: Block = { kind: 'facts', rows };
  return section('excluded', say(language, 'notices.title.excluded'), [
    paragraph(say(language, 'notices.decided.count', { count: rows.length })),
    facts,
  ]);
}

/** The answer is late: the shop says so before the customer has to ask. `rests`: the measure demands nothing meanwhile. */
export function appealOverdue(setting: Setting, facts: AppealFacts & { readonly rests: boolean }): NoticeDocument {
  const { language, shop } = setting;
  return document(
    'appeal.overdue',
    language,
    say(language, 'notices.subject.overdue', { shop: shop.name }),
    say(language, 'notices.overdue.lead', { date: dayOf(setting, facts.dueAt) }),
    [
      section('next', null, [
        paragraph(say(language, 'notices.overdue.first')),
        facts.rests ? paragraph(say(language, 'notices.overdue.rests')) : null,
        link(say(language, 'notices.acknowledged.link'), 'portal:appeals', true),
      ]),
    ],
  );
}
