import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, type Story, staffId, tell } from '../../../test/support/events.ts';
import { english, languages } from '../../../test/support/languages.ts';
import { factsOf, factsOfStep, fairPlay, lawOf, setting } from '../../../test/support/notices.ts';
import { jurisdictionDocument } from '../law/document.ts';
import type { Law } from '../law/types.ts';
import { days } from '../shared/period.ts';
import { sayDate, sayPeriod } from '../shared/words.ts';
import { appealAcknowledged, appealDecided, appealOverdue, informationAsked } from './appeal-notices.ts';
import { measureExpired, measureLifted, measureVoided } from './ended.ts';
import type { AppealDecided, MeasureFacts, Setting } from './facts.ts';
import { renderHtml } from './html.ts';
import {
  type BoundFacts,
  linkBound,
  linkFreed,
  objectionAcknowledged,
  objectionDecided,
  teamObjectionFiled,
} from './linked.ts';
import { linkTarget, resolveLinks } from './links.ts';
import { lookOf } from './look.ts';
import { measureChanged, measureStarted } from './started.ts';
import { teamAppealFiled, teamBlocked } from './team.ts';
import { renderText } from './text.ts';
import type { NoticeDocument, SectionId } from './types.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'jurisdictions');
const book = readdirSync(folder)
  .filter((file) => /^[a-z]+\.json$/.test(file) && file !== 'jurisdiction.schema.json')
  .map((file) => jurisdictionDocument.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
const dutchLaw: Law = lawOf(['NL'], book);

/** Somebody who sends most of it back: 14 returns of 16 orders, one of them for a defect. */
function returner(): Story {
  const given = tell({ from: '2025-06-01T10:00:00Z' });
  for (let number = 0; number < 16; number += 1) {
    const order = given.order({ total: 90_00 });
    given.later('7 days');
    if (number < 14) given.returned({ order, value: 90_00, reason: number === 3 ? 'defect' : 'changed_mind' });
    given.later('3 days');
  }
  return given.later('40 days');
}

function threatener(): Story {
  const given = tell({ from: '2025-06-01T10:00:00Z' });
  given.wrote({ labels: ['threat_of_violence'] });
  return given.later('5 days');
}

const ids = (document: NoticeDocument): readonly SectionId[] => document.sections.map(({ id }) => id);
const textOf = (document: NoticeDocument): string => renderText(document);
const warned = (over: Partial<Setting> = {}): NoticeDocument => {
  const given = returner();
  return measureStarted(setting({ law: dutchLaw, now: given.now, ...over }), factsOf(given));
};

describe('a statement of reasons', () => {
  it('says all that it must, in the order it is read', () => {
    expect(ids(warned({ personal: 'Call us.' }))).toEqual([
      'solutions',
      'why',
      'evidence',
      'excluded',
      'rule',
      'until',
      'stays',
      'personal',
      'lift',
      'next',
      'appeal',
      'elsewhere',
    ]);
  });

  it('counts what counted, and names what did not', () => {
    const text = textOf(warned());
    expect(text).toContain('Returns: 13 · the rule: at least 10, over 12 months');
    expect(text).toContain('81.2% (€1,170.00 of €1,440.00) · the rule: 60% or more, over 12 months');
    expect(text).toContain('…: and 1 more');
    expect(text).toContain(
      '8 July 2025: A return · it was our own fault · Order O4 · €90.00 · the reason you gave: a defect',
    );
  });

  it('puts rights by law first among what stays', () => {
    const stays = warned().sections.find(({ id }) => id === 'stays');
    const [, list] = stays?.blocks ?? [];
    expect(list?.kind === 'list' ? list.items[0]?.[0]?.text : null).toContain(
      'withdraw from an online purchase within 14 days',
    );
    expect(textOf(warned({ law: lawOf(['US'], book) }))).not.toContain('withdraw');
  });

  it('names the rule, its version and where to read it, the next step and the deadline', () => {
    const document = warned();
    const text = textOf(document);
    expect(text).toContain('This is what version 3 of our policy says.');
    expect(text).toContain('policy:3');
    expect(text).toContain('You pay the postage of returns yourself');
    expect(text).toMatch(/You can appeal until \d+ \w+ 2026\./);
  });

  it('says when it ends early, on its own, by what the step says', () => {
    const facts = factsOf(returner());
    const ends = sayDate(
      english,
      (facts.measure.startedAt + 90 * 86_400_000) as typeof facts.measure.startedAt,
      'Europe/Amsterdam',
    );
    expect(textOf(warned())).toContain(
      `It ends early, on ${ends} or soon after, if nothing new happens until then and you keep 2 orders.`,
    );
    expect(textOf(warned())).toContain(sayPeriod(english, days(30)));
  });

  it('of a restriction lists what it asks; of a block says what one cannot do', () => {
    const grave = threatener();
    const restriction = measureStarted(setting({ now: grave.now }), factsOf(grave));
    expect(ids(restriction)[0]).toBe('decision');
    expect(textOf(restriction)).toContain('You write to us by e-mail or the contact form');
    expect(textOf(restriction)).toContain('so grave that we did not warn you first');
    const block = factsOfStep(fairPlay, 'contact', 3);
    if (block === null) throw new Error('The policy has no such step');
    const document = measureStarted(setting(), block);
    expect(document.lead).toMatch(/^Until 1 June 2027 you cannot reach us by phone, .+ or place new orders\.$/);
    expect(ids(document)).not.toContain('solutions');
    expect(ids(document)).not.toContain('next');
  });

  it('says nothing of rules that did not lead to it', () => {
    const given = returner();
    const facts = factsOf(given);
    const other = { ...facts.trace[0], id: 'other', title: 'Another rule', because: 'Something else entirely.' };
    const with_ = { ...facts, trace: [...facts.trace, other as (typeof facts.trace)[number]] };
    expect(textOf(measureStarted(setting({ now: given.now }), with_))).not.toContain('Something else entirely');
  });

  it('reproaches in a message only what the rule is about', () => {
    const given = tell({ from: '2025-06-01T10:00:00Z' });
    given.wrote({ labels: ['threat_of_violence', 'insult', 'impossible_demand'] });
    given.later('5 days');
    const text = textOf(measureStarted(setting({ now: given.now }), factsOf(given)));
    expect(text).toContain('with a threat of violence');
    expect(text).not.toMatch(/with an insult|what cannot be done/);
  });

  it('for what staff decided gives their reason, and no reason of the policy', () => {
    const facts: MeasureFacts = {
      ...factsOf(returner()),
      trace: [],
      reason: 'Three parcels held stones.',
    };
    const measure = {
      ...facts.measure,
      proposedBy: 'staff' as const,
      rules: [],
      ladder: null,
      step: null,
      policyVersion: null,
    };
    const text = textOf(measureStarted(setting(), { ...facts, measure }));
    expect(text).toContain('> Three parcels held stones.');
    expect(text).toContain('No rule of our policy led to this.');
    expect(text).not.toContain('Our policy proposed this');
  });

  it('marks the shop’s own words where they are in another language', () => {
    const policy = { ...fairPlay.policy, translations: {} };
    const given = returner();
    const facts = { ...factsOf(given), policy };
    const document = measureStarted(setting({ language: languages.of('he'), now: given.now }), facts);
    const html = renderHtml(document, lookOf('Linden', null));
    expect(html).toContain('<html lang="he" dir="rtl">');
    expect(html).toContain('<span lang="en" dir="auto">You send back most of what you order');
  });

  it('holds every number that the trace holds, and no other reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 22 }), fc.integer({ min: 0, max: 4 }), (orders, kept) => {
        const given = tell({ from: '2025-06-01T10:00:00Z' });
        for (let number = 0; number < orders; number += 1) {
          const order = given.order({ total: 50_00 });
          given.later('5 days');
          if (number >= kept) given.returned({ order, value: 50_00, reason: 'did_not_fit' });
        }
        given.later('40 days');
        const facts = factsOf(given);
        const document = measureStarted(setting({ now: given.now }), facts);
        const evidence = document.sections.find(({ id }) => id === 'evidence');
        const [readings] = evidence?.blocks ?? [];
        const shown = readings?.kind === 'facts' ? readings.rows : [];
        const fired = facts.trace
          .filter((rule) => rule.outcome === 'true')
          .flatMap((rule) => rule.conditions.filter((line) => line.outcome === 'true'));
        expect(shown).toHaveLength(new Set(fired.map((line) => `${line.metric}${line.over}${line.threshold}`)).size);
        for (const line of fired.filter(({ unit }) => unit === 'count'))
          expect(shown.map(({ value }) => value)).toContain(String(line.value));
        const named = new Set(
          given.events.flatMap((event) => (event.kind === 'order.placed' ? [event.body.order] : [])),
        );
        for (const [, order] of textOf(document).matchAll(/Order (\S+)/g)) expect(named.has(order ?? '')).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('tells whoever a link binds what holds, and nothing of what lies behind it', () => {
    const facts = factsOf(returner());
    const { measure, policy } = facts;
    const bound = { measure, policy, answerWithin: policy.procedure.answerWithin, othersCanHear: true };
    const told = linkBound(setting(), bound);
    expect(told.sections.map(({ id }) => id)).not.toContain('evidence');
    expect(told.sections.map(({ id }) => id)).not.toContain('personal');
    for (const text of [textOf(told), JSON.stringify(told)]) {
      for (const event of facts.events) expect(text).not.toContain(event.id);
      expect(text).not.toContain(staffId(1));
    }
  });

  it('never names staff, whoever approved it', () => {
    const facts = factsOf(returner());
    const text = textOf(measureStarted(setting(), facts)) + JSON.stringify(measureStarted(setting(), facts));
    expect(text).not.toContain(staffId(1));
  });
});

describe('every notice, in every language', () => {
  const given = returner();
  const facts = factsOf(given);
  const grave = factsOf(threatener());
  const block = factsOfStep(fairPlay, 'contact', 3);
  if (block === null) throw new Error('The policy has no such step');
  const ended = {
    type: 'restriction' as const,
    startedAt: at('2026-01-01T00:00:00Z'),
    forgottenAt: at('2027-06-01T00:00:00Z'),
  };
  const appeal = {
    type: 'appeal' as const,
    filedAt: at('2026-02-01T00:00:00Z'),
    dueAt: at('2026-02-15T00:00:00Z'),
    measureStartedAt: at('2026-01-01T00:00:00Z'),
    othersCanHear: true,
  };
  const [first] = given.events;
  const decided: AppealDecided = {
    ...appeal,
    outcome: 'partly_upheld',
    reason: 'You showed us that the shoes were broken.',
    alone: false,
    corrections: first === undefined ? [] : [{ event: first.id, as: 'shop_fault' }],
    measures: [
      { startedAt: at('2026-01-01T00:00:00Z'), until: at('2026-08-01T00:00:00Z'), over: false, result: 'reduced' },
      { startedAt: at('2025-01-01T00:00:00Z'), until: at('2025-08-01T00:00:00Z'), over: true, result: 'stands' },
    ],
    events: given.events,
  };
  const bound = ({ measure, policy }: MeasureFacts): BoundFacts => ({
    measure,
    policy,
    answerWithin: policy.procedure.answerWithin,
    othersCanHear: true,
  });
  const builders: readonly (readonly [string, (setting: Setting) => NoticeDocument])[] = [
    ['a warning', (each) => measureStarted(each, facts)],
    ['a restriction', (each) => measureStarted(each, grave)],
    ['a block', (each) => measureStarted(each, block)],
    ['a change', (each) => measureChanged(each, grave)],
    ...(['staff', 'earned', 'appeal', 'undo', 'application'] as const).map(
      (because) => [`lifted: ${because}`, (each: Setting) => measureLifted(each, ended, because)] as const,
    ),
    ['expired', (each) => measureExpired(each, ended)],
    ['voided', (each) => measureVoided(each, ended)],
    ['acknowledged', (each) => appealAcknowledged(each, { ...appeal, mayRest: true })],
    [
      'an application acknowledged',
      (each) => appealAcknowledged(each, { ...appeal, type: 'application', mayRest: false }),
    ],
    ['a question', (each) => informationAsked(each, { question: 'Which order was it?', until: appeal.dueAt })],
    ...(['upheld', 'partly_upheld', 'rejected'] as const).flatMap((outcome) => [
      [`appeal ${outcome}`, (each: Setting) => appealDecided(each, { ...decided, outcome })] as const,
      [
        `application ${outcome}`,
        (each: Setting) => appealDecided(each, { ...decided, type: 'application', outcome }),
      ] as const,
    ]),
    ['overdue', (each) => appealOverdue(each, { ...appeal, rests: true })],
    ['the team, after a block', (each) => teamBlocked(each, block, 'Anna Lind')],
    ['the team, after an appeal', (each) => teamAppealFiled(each, appeal)],
    ['bound by a block of another account', (each) => linkBound(each, bound(block))],
    ['bound by conditions of another account', (each) => linkBound(each, bound(grave))],
    ['no longer bound, being somebody else', (each) => linkFreed(each, { apart: true })],
    ['no longer bound, because it ended', (each) => linkFreed(each, { apart: false })],
    ['an objection acknowledged', (each) => objectionAcknowledged(each, appeal)],
    ...(['upheld', 'rejected'] as const).map(
      (outcome) =>
        [
          `an objection ${outcome}`,
          (each: Setting) => objectionDecided(each, { outcome, reason: 'We looked.', alone: false, mayAgain: true }),
        ] as const,
    ),
    ['the team, after an objection', (each) => teamObjectionFiled(each, appeal)],
  ];

  it.each([
    ['appeal', 'partly_upheld', 'stands', 'it stays'],
    ['appeal', 'partly_upheld', 'reduced', 'we have changed our decision'],
    ['appeal', 'upheld', 'lifted', 'We end what we decided'],
    ['application', 'partly_upheld', 'stands', 'stays for now'],
    ['application', 'partly_upheld', 'reduced', 'we have changed our decision'],
    ['application', 'upheld', 'lifted', 'We end what we decided'],
  ] as const)('says first what became of the decision: %s %s, and it %s', (type, outcome, result, words) => {
    const own = { startedAt: decided.measureStartedAt, until: at('2027-01-01T00:00:00Z'), over: false, result };
    expect(appealDecided(setting(), { ...decided, type, outcome, measures: [own] }).lead).toContain(words);
  });

  it('names what no longer counts once each, the newest first', () => {
    const given = returner();
    const returns = given.events.filter(({ kind }) => kind === 'return.received');
    const [oldest, second, third] = returns.map(({ id: event }) => event);
    if (oldest === undefined || second === undefined || third === undefined) throw new Error('Too few returns');
    const corrections = [second, oldest, third, second].map((event) => ({ event, as: 'void' as const }));
    const { sections } = appealDecided(setting(), { ...decided, events: given.events, corrections });
    const facts = sections.find(({ id }) => id === 'excluded')?.blocks.find(({ kind }) => kind === 'facts');
    expect(facts?.kind === 'facts' && facts.rows.map(({ label }) => label)).toEqual([
      '28 June 2025',
      '18 June 2025',
      '8 June 2025',
    ]);
  });

  it.each(builders)('%s', (_, build) => {
    for (const language of languages.all) {
      const document = build(setting({ language, law: dutchLaw, now: at('2026-06-01T12:00:00Z'), personal: 'Hi.' }));
      const text = textOf(document);
      const html = renderHtml(document, lookOf('Linden & Co', '#ffee00'));
      expect(document).toMatchObject({ language: language.code, dir: language.dir });
      expect(`${document.subject}${text}`).not.toMatch(/\{\{|\}\}|undefined|NaN|notices\.|Invalid/);
      expect(html).not.toMatch(/\{\{|undefined|<img|<script|\u2068/);
      expect(text).not.toMatch(/\n{3,}/);
      for (const { blocks } of document.sections) {
        expect(blocks.length).toBeGreaterThan(0);
        for (const block of blocks)
          if (block.kind === 'link' && !block.href.startsWith('https://'))
            expect(linkTarget(block.href)).not.toBeNull();
      }
    }
  });
});

describe('rendering', () => {
  const document: NoticeDocument = {
    kind: 'measure.started',
    language: 'he',
    dir: 'rtl',
    subject: 'S',
    lead: 'Order \u2068A<1>\u2069',
    sections: [
      {
        id: 'why',
        title: 'T & U',
        blocks: [
          { kind: 'paragraph', words: [{ text: '<script>alert(1)</script>\nnext', lang: 'en' }, { text: 'x' }] },
          { kind: 'link', text: 'Go', href: 'https://x.example/"onload=', primary: true },
          { kind: 'facts', rows: [{ label: 'L', value: 'V', note: 'N' }] },
        ],
      },
    ],
  };

  it('escapes what people wrote, and sets apart what runs the other way', () => {
    const html = renderHtml(document, lookOf('A "shop"', null));
    expect(html).toContain('Order <bdi>A&lt;1&gt;</bdi>');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;<br>next');
    expect(html).toContain('href="https://x.example/&quot;onload="');
    expect(html).toContain('T &amp; U');
    expect(html).toContain('prefers-color-scheme: dark');
  });

  it('keeps marks of direction in text only where they are needed', () => {
    expect(renderText(document)).toContain('\u2068A<1>\u2069');
    expect(renderText({ ...document, dir: 'ltr' })).toContain('Order A<1>');
    expect(renderText({ ...document, dir: 'ltr', lead: 'For \u2068שרה\u2069' })).toContain('\u2068שרה\u2069');
    expect(renderText(document)).toContain('T & U\n-----\n\n');
    expect(renderText(document, ['From us'])).toMatch(/-- \nFrom us\n$/);
  });

  it('resolves links, and leaves out those that lead nowhere', () => {
    const linked = {
      ...document,
      sections: [
        {
          id: 'appeal' as const,
          title: null,
          blocks: [
            { kind: 'link' as const, text: 'A', href: 'portal:appeal', primary: true },
            { kind: 'link' as const, text: 'P', href: 'policy:12', primary: false },
            { kind: 'link' as const, text: 'W', href: 'https://example.org', primary: false },
          ],
        },
      ],
    };
    const resolved = resolveLinks(linked, (target) => (target.to === 'policy' ? `/p/${target.version}` : null));
    expect(resolved.sections[0]?.blocks).toMatchObject([{ href: '/p/12' }, { href: 'https://example.org' }]);
    expect(linkTarget('portal:other')).toBeNull();
    expect(linkTarget('policy:0')).toBeNull();
    expect(linkTarget('https://example.org')).toBeNull();
  });

  it('keeps any colour readable', () => {
    expect(lookOf('S', '#ffffff')).toMatchObject({ onLight: expect.stringMatching(/^#(000000|ffffff)$/) });
    expect(lookOf('S', 'red; }')).toEqual(lookOf('S', null));
  });
});
