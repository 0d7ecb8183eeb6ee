import { rightsKept, withdrawal } from '../law/answers.ts';
import type { Right } from '../law/types.ts';
import { ownTexts } from '../policy/own-texts.ts';
import { stepSentence, whenSentence } from '../policy/render.ts';
import { sayIn, sayObligation, sayStep, saySurface } from '../policy/say.ts';
import type { Ladder, Step } from '../policy/types.ts';
import { assertNever } from '../shared/assert-never.ts';
import { addPeriod, days } from '../shared/period.ts';
import { type Language, say, sayDate, sayList } from '../shared/words.ts';
import { KEPT_AFTER } from '../standing/lifts.ts';
import { firedRules } from './evidence.ts';
import type { MeasureFacts, Setting, ToldMeasure } from './facts.ts';
import type { Block, Words } from './types.ts';
import { isolate, link, list, own, paragraph, plain, quoted, type Section, section, written } from './write.ts';

/** A day as the shop's clocks have it. */
export const dayOf = ({ language, shop }: Setting, at: ToldMeasure['until']): string =>
  sayDate(language, at, shop.timeZone);

/** "place new orders or post reviews". */
export const surfacesOf = (language: Language, { surfaces }: Pick<ToldMeasure, 'surfaces'>): string =>
  sayList(
    language,
    surfaces.map((surface) => saySurface(language, surface)),
    'or',
  );

export const obligationList = (language: Language, { obligations }: Pick<ToldMeasure, 'obligations'>): Block | null =>
  obligations.length === 0 ? null : list(obligations.map((name) => [plain(sayObligation(language, name))]));

/** A rule of the policy, by the words the shop wrote for it; else as the trace kept it. */
export interface ToldRule {
  readonly title: Words;
  readonly because: Words | null;
  readonly advice: Words | null;
  /** When it applies, in plain words; null for a rule that is only known from a trace. */
  readonly when: string | null;
}

/** The rules behind a measure. For what the policy proposed those that the trace says fired; else the one that staff named. */
export function toldRules({ language }: Setting, facts: MeasureFacts): readonly ToldRule[] {
  const { measure, policy, trace } = facts;
  const texts = ownTexts(policy, language.code);
  const fired = new Map(firedRules(facts).map((rule) => [rule.id, rule]));
  const ids = trace.length === 0 ? measure.rules : [...fired.keys()];
  return ids.flatMap((id): ToldRule[] => {
    const rule = policy.rules.find((each) => each.id === id);
    const kept = fired.get(id);
    if (rule !== undefined) {
      const { title, because, advice } = texts.rule(id);
      return [
        {
          title: own(title, language),
          because: measure.proposedBy === 'policy' ? own(because, language) : null,
          advice: advice === null ? null : own(advice, language),
          when: sayIn(language, whenSentence(rule.when, policy, 'customer')),
        },
      ];
    }
    if (kept === undefined) return [];
    const then = (text: string): Words => own({ text, language: policy.language }, language);
    return [
      {
        title: then(kept.title),
        because: then(kept.because),
        advice: kept.advice === null ? null : then(kept.advice),
        when: null,
      },
    ];
  });
}

/** Why: the shop's own sentence for each rule, or what staff wrote; that a person decided; why nothing milder came first. */
export function whySection(setting: Setting, facts: MeasureFacts, rules: readonly ToldRule[]): Section | null {
  const { language } = setting;
  const { measure, reason } = facts;
  const because = rules.flatMap((rule) => rule.because ?? []);
  return section('why', say(language, 'notices.title.why'), [
    ...because.map((words): Block => ({ kind: 'paragraph', words: [words] })),
    ...(measure.proposedBy === 'staff' && reason !== null
      ? [paragraph(say(language, 'notices.started.staff')), quoted(reason)]
      : []),
    measure.skipped === null ? null : paragraph(say(language, `notices.started.skipped.${measure.skipped}`)),
    measure.proposedBy === 'policy' ? paragraph(say(language, 'notices.started.decided')) : null,
    measure.softened ? paragraph(say(language, 'notices.started.softened')) : null,
  ]);
}

/** The rule in plain words, with the version of the policy it stands in. */
export function ruleSection(setting: Setting, facts: MeasureFacts, rules: readonly ToldRule[]): Section | null {
  const { language } = setting;
  const { policyVersion: version } = facts.measure;
  const title = say(language, 'notices.title.rule');
  if (rules.length === 0) return section('rule', title, [paragraph(say(language, 'notices.rule.none'))]);
  return section('rule', title, [
    paragraph(
      version === null ? say(language, 'notices.rule.now') : say(language, 'notices.rule.version', { version }),
    ),
    ...rules.map(
      (rule): Block => ({
        kind: 'quote',
        words: [rule.title, ...(rule.when === null ? [] : [plain(rule.when)])],
      }),
    ),
    version === null ? null : link(say(language, 'notices.rule.link'), `policy:${version}`),
  ]);
}

export function untilSection(setting: Setting, { startedAt, until }: ToldMeasure): Section | null {
  const { language } = setting;
  return section('until', say(language, 'notices.title.until'), [
    {
      kind: 'facts',
      rows: [
        { label: say(language, 'notices.until.from'), value: dayOf(setting, startedAt) },
        { label: say(language, 'notices.until.until'), value: dayOf(setting, until) },
      ],
    },
    paragraph(say(language, 'notices.until.self')),
  ]);
}

/** Rights by law come first: those that the law of the shop gives, and those that the house gives everybody (fairness rule 6). */
export function staysSection(setting: Setting, { type }: Pick<ToldMeasure, 'type'>): Section | null {
  const { language } = setting;
  const more = () => {
    switch (type) {
      case 'warning':
        return ['warning'];
      case 'restriction':
        return ['placed', 'restriction'];
      case 'block':
        return ['placed'];
      default:
        return assertNever(type);
    }
  };
  return section('stays', say(language, 'notices.title.stays'), [
    paragraph(say(language, 'notices.stays.rights')),
    list(rightsInWords(setting).map((text) => [plain(text)])),
    paragraph(...[...more(), 'look'].map((key) => say(language, `notices.stays.${key}`))),
  ]);
}

/** What the house lets every customer keep, wherever the shop is. */
const ALWAYS: readonly Right[] = ['faulty_goods', 'hearing', 'data'];
const READ_IN_ORDER: readonly Right[] = ['withdrawal', 'withdrawal_function', ...ALWAYS];

/** What a customer keeps whatever is decided, a sentence each. */
export function rightsInWords({ language, law, now }: Pick<Setting, 'language' | 'law' | 'now'>): readonly string[] {
  const bound = withdrawal(law, now);
  const kept = new Set<Right>([...rightsKept(law, now).map(({ what }) => what), ...ALWAYS]);
  if (bound === null) kept.delete('withdrawal');
  return READ_IN_ORDER.filter((what) => kept.has(what)).map((what) =>
    say(language, `law.rights.${what}`, bound === null ? {} : { days: days(bound.value.days) }),
  );
}

export function personalSection({ language, personal }: Setting): Section | null {
  return personal === null ? null : section('personal', say(language, 'notices.title.personal'), written(personal));
}

interface Rung {
  readonly ladder: Ladder;
  readonly step: Step;
  readonly next: { readonly step: Step; readonly number: number } | null;
}

/** Where on its ladder a measure stands; null for one that staff took by themselves. */
export function rungOf({ measure, policy }: Pick<MeasureFacts, 'measure' | 'policy'>): Rung | null {
  const ladder = policy.ladders.find((each) => each.id === measure.ladder);
  const step = measure.step === null ? undefined : ladder?.steps[measure.step - 1];
  if (ladder === undefined || step === undefined || measure.step === null) return null;
  const next = ladder.steps[measure.step];
  return { ladder, step, next: next === undefined ? null : { step: next, number: measure.step + 1 } };
}

/** What ends it early: what the step says, by itself, and asking. */
export function liftSection(setting: Setting, facts: MeasureFacts): Section | null {
  const { language } = setting;
  const { measure, applyFrom } = facts;
  const rung = rungOf(facts);
  const { cleanFor = null, ordersKept = null } = rung?.step.lift ?? {};
  const date = cleanFor === null ? null : dayOf(setting, addPeriod(measure.startedAt, cleanFor));
  const how = () => {
    if (date !== null && ordersKept !== null) return say(language, 'notices.lift.both', { date, count: ordersKept });
    if (date !== null) return say(language, 'notices.lift.clean', { date });
    return ordersKept === null ? null : say(language, 'notices.lift.orders', { count: ordersKept });
  };
  const earned = how();
  const kept = ordersKept === null ? [] : [say(language, 'notices.lift.kept', { period: KEPT_AFTER })];
  const asked = applyFrom !== null && applyFrom < measure.until ? applyFrom : null;
  return section('lift', say(language, 'notices.title.lift'), [
    earned === null ? null : paragraph(earned, ...kept, say(language, 'notices.lift.self')),
    asked === null
      ? null
      : paragraph(
          asked <= setting.now
            ? say(language, 'notices.lift.applyNow')
            : say(language, 'notices.lift.apply', { date: dayOf(setting, asked) }),
        ),
  ]);
}

/** What follows if nothing changes: the next step in the policy's own words, and that a person would decide it. */
export function nextSection(setting: Setting, facts: MeasureFacts): Section | null {
  const { language } = setting;
  if (facts.measure.type === 'block') return null;
  const next = rungOf(facts)?.next ?? null;
  const step = next === null ? null : sayStep(language, stepSentence(next.step, next.number));
  return section('next', say(language, 'notices.title.next'), [
    paragraph(
      say(language, 'notices.next.stop'),
      say(language, step === null ? 'notices.next.last' : 'notices.next.step'),
    ),
    step === null ? null : { kind: 'quote', words: [plain(step)] },
    step === null ? null : paragraph(say(language, 'notices.next.person')),
  ]);
}

/** How to object, until when, who looks at it and when the answer comes. */
export function appealSection(setting: Setting, facts: MeasureFacts): Section | null {
  const { language, shop } = setting;
  const { policy } = facts;
  const date = dayOf(setting, facts.appealUntil);
  return section('appeal', say(language, 'notices.title.appeal'), [
    paragraph(say(language, 'notices.appeal.until', { date })),
    { kind: 'paragraph', words: [own(ownTexts(policy, language.code).appeal, language)] },
    shop.supportEmail === null
      ? null
      : paragraph(say(language, 'notices.appeal.write', { email: isolate(shop.supportEmail) })),
    paragraph(
      say(language, facts.othersCanHear ? 'notices.appeal.other' : 'notices.appeal.alone'),
      say(language, 'notices.appeal.answer', { period: policy.procedure.answerWithin }),
      say(language, 'notices.appeal.right'),
    ),
    link(say(language, 'notices.appeal.button'), 'portal:appeal', true),
    link(say(language, 'notices.appeal.online'), 'portal:notice'),
  ]);
}
