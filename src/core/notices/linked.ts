import type { Measure } from '../measures/types.ts';
import { ownTexts } from '../policy/own-texts.ts';
import type { Policy } from '../policy/types.ts';
import type { Instant } from '../shared/time.ts';
import { say } from '../shared/words.ts';
import { elsewhereSection } from './elsewhere.ts';
import type { Setting } from './facts.ts';
import { dayOf, obligationList, personalSection, staysSection, surfacesOf } from './parts.ts';
import type { Block, NoticeDocument } from './types.ts';
import { document, isolate, link, own, paragraph, section, written } from './write.ts';

/** A measure of another account that binds this one. Nothing about the other account is in here: the link may be wrong. */
export interface BoundFacts {
  readonly measure: Pick<Measure, 'type' | 'rules' | 'surfaces' | 'obligations' | 'startedAt' | 'until'>;
  /** The policy it was taken under. */
  readonly policy: Policy;
  readonly answerWithin: Policy['procedure']['answerWithin'];
  readonly othersCanHear: boolean;
}

/**
 * That a measure of another account holds for this one too, because staff found both to be the same person's: what it does, until
 * when, by which rule's title, that the finding may be wrong, and how to say so.
 */
export function linkBound(setting: Setting, facts: BoundFacts): NoticeDocument {
  const { language, shop } = setting;
  const { measure, policy } = facts;
  const until = dayOf(setting, measure.until);
  const texts = ownTexts(policy, language.code);
  const titles = measure.rules
    .filter((id) => policy.rules.some((rule) => rule.id === id))
    .map((id): Block => ({ kind: 'quote', words: [own(texts.rule(id).title, language)] }));
  const type = measure.type === 'block' ? 'block' : 'restriction';
  return document(
    'link.bound',
    language,
    say(language, 'notices.subject.linked.bound', { shop: shop.name }),
    say(language, `notices.linked.lead.${type}`, { until, surfaces: surfacesOf(language, measure) }),
    [
      section('decision', null, [
        type === 'block' && measure.obligations.length > 0 ? paragraph(say(language, 'notices.started.also')) : null,
        obligationList(language, measure),
      ]),
      section('why', say(language, 'notices.title.why'), [
        paragraph(say(language, 'notices.linked.found')),
        paragraph(say(language, 'notices.linked.mayBeWrong')),
      ]),
      section(
        'rule',
        say(language, 'notices.title.rule'),
        titles.length === 0
          ? [paragraph(say(language, 'notices.rule.none'))]
          : [paragraph(say(language, 'notices.linked.ground')), ...titles],
      ),
      section('until', say(language, 'notices.title.until'), [
        {
          kind: 'facts',
          rows: [
            { label: say(language, 'notices.until.from'), value: dayOf(setting, measure.startedAt) },
            { label: say(language, 'notices.until.until'), value: until },
          ],
        },
        paragraph(say(language, 'notices.until.self')),
      ]),
      staysSection(setting, measure),
      personalSection(setting),
      section('appeal', say(language, 'notices.title.appeal'), [
        paragraph(say(language, 'notices.linked.object')),
        paragraph(
          say(language, facts.othersCanHear ? 'notices.appeal.other' : 'notices.appeal.alone'),
          say(language, 'notices.appeal.answer', { period: facts.answerWithin }),
          say(language, 'notices.linked.right'),
        ),
        paragraph(say(language, 'notices.linked.yours')),
        shop.supportEmail === null
          ? null
          : paragraph(say(language, 'notices.appeal.write', { email: isolate(shop.supportEmail) })),
        link(say(language, 'notices.linked.button'), 'portal:notice', true),
      ]),
      elsewhereSection(setting),
    ],
  );
}

/** That it holds no more. `apart`: the two are no longer taken for one person; else the measure itself has ended. */
export function linkFreed(setting: Setting, facts: { readonly apart: boolean }): NoticeDocument {
  const { language, shop } = setting;
  return document(
    'link.freed',
    language,
    say(language, 'notices.subject.linked.freed', { shop: shop.name }),
    say(language, facts.apart ? 'notices.linked.apart' : 'notices.linked.ended'),
    [
      section('decision', null, [
        paragraph(
          say(language, 'notices.lifted.now'),
          say(language, facts.apart ? 'notices.undone.sorry' : 'notices.lifted.welcome'),
        ),
      ]),
      personalSection(setting),
    ],
  );
}

/** That somebody's objection to a link has come in, who looks at it, and by when the answer comes. */
export function objectionAcknowledged(
  setting: Setting,
  facts: { readonly filedAt: Instant; readonly dueAt: Instant; readonly othersCanHear: boolean },
): NoticeDocument {
  const { language, shop } = setting;
  return document(
    'objection.acknowledged',
    language,
    say(language, 'notices.subject.objection.acknowledged', { shop: shop.name }),
    say(language, 'notices.objection.lead', { date: dayOf(setting, facts.filedAt) }),
    [
      section('next', say(language, 'notices.title.next'), [
        paragraph(
          say(language, 'notices.acknowledged.answer', { date: dayOf(setting, facts.dueAt) }),
          say(language, facts.othersCanHear ? 'notices.appeal.other' : 'notices.appeal.alone'),
        ),
        paragraph(say(language, 'notices.acknowledged.meanwhile')),
        link(say(language, 'notices.objection.link'), 'portal:notice', true),
      ]),
    ],
  );
}

/** The answer to an objection. `reason`: null where staff told the two apart without being asked. `mayAgain`: another is heard. */
export function objectionDecided(
  setting: Setting,
  facts: {
    readonly outcome: 'upheld' | 'rejected';
    readonly reason: string | null;
    readonly alone: boolean;
    readonly mayAgain: boolean;
  },
): NoticeDocument {
  const { language, shop } = setting;
  const { outcome, reason } = facts;
  return document(
    'objection.decided',
    language,
    say(language, `notices.subject.objection.${outcome}`, { shop: shop.name }),
    say(language, `notices.objection.${outcome}`),
    [
      outcome === 'upheld' ? section('decision', null, [paragraph(say(language, 'notices.decided.sorry'))]) : null,
      reason === null
        ? null
        : section('why', say(language, 'notices.title.reason'), [
            ...written(reason),
            paragraph(say(language, facts.alone ? 'notices.decided.alone' : 'notices.decided.other')),
          ]),
      personalSection(setting),
      section('appeal', null, [
        outcome === 'rejected' && facts.mayAgain ? paragraph(say(language, 'notices.objection.again')) : null,
        link(say(language, 'notices.decided.link'), 'portal:notice', true),
      ]),
      outcome === 'rejected' ? elsewhereSection(setting, true) : null,
    ],
  );
}

/** To the team when an objection has come in: by when it must be answered, and by whom. */
export function teamObjectionFiled(
  setting: Setting,
  facts: { readonly dueAt: Instant; readonly othersCanHear: boolean },
): NoticeDocument {
  const { language } = setting;
  const date = dayOf(setting, facts.dueAt);
  return document(
    'team.objection_filed',
    language,
    say(language, 'notices.subject.team.objection', { date }),
    say(language, 'notices.team.objection.lead', { date }),
    [
      section('team', null, [
        facts.othersCanHear ? paragraph(say(language, 'notices.team.objection.other')) : null,
        link(say(language, 'notices.team.objection.link'), 'console:links', true),
      ]),
    ],
  );
}
