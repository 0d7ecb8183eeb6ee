import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../src/core/events/event.ts';
import { buildHistory } from '../../src/core/metrics/history.ts';
import { compilePolicy } from '../../src/core/policy/compile.ts';
import type { Step } from '../../src/core/policy/types.ts';
import { formatPeriod } from '../../src/core/shared/period.ts';
import type { Instant } from '../../src/core/shared/time.ts';
import { assess } from '../../src/core/standing/assess.ts';
import type { Assessment } from '../../src/core/standing/types.ts';
import { calendarUntil } from '../../src/sample/calendar.ts';
import type { CastMember } from '../../src/sample/cast.ts';
import { effects, pastAnswers } from '../../src/sample/past-answers.ts';
import { makeSampleShop } from '../../src/sample/sample-shop.ts';
import { at } from '../support/events.ts';
import { readPolicy } from '../support/policy.ts';
import { sampleLedger } from '../support/sample.ts';

const document = readPolicy(readFileSync(new URL('../../policies/fair-play.yaml', import.meta.url), 'utf8'));
const policy = compilePolicy(document, 1);

interface Judged {
  readonly person: number;
  readonly member: CastMember | undefined;
  readonly events: readonly LedgerEvent[];
  readonly assessment: Assessment;
}

function judgeEverybody(now: Instant): readonly Judged[] {
  const shop = makeSampleShop(calendarUntil(now));
  const ledger = sampleLedger(shop);
  const members = new Map(shop.played.map(({ member, person }) => [person.number, member] as const));
  return shop.people.map((person) => {
    const events = ledger.get(person.number) ?? [];
    const assessment = assess({ events, history: buildHistory(events, 'EUR', now), policy, now });
    return { person: person.number, member: members.get(person.number), events, assessment };
  });
}

describe.each(['2026-06-15T09:00:00Z', '2026-12-24T22:00:00Z', '2027-05-05T06:00:00Z'])(
  'the sample judged by the policy that comes with it, on %s',
  (day) => {
    const now = at(day);
    const judged = judgeEverybody(now);
    const cast = judged.flatMap(({ member, ...rest }) => (member === undefined ? [] : [{ member, ...rest }]));

    it('leaves a queue one can work through: 25 to 35 proposals, of every kind', () => {
      const proposals = judged.flatMap(({ assessment }) => assessment.proposals);
      expect(proposals.length).toBeGreaterThanOrEqual(25);
      expect(proposals.length).toBeLessThanOrEqual(35);
      expect(new Set(proposals.map((proposal) => proposal.type))).toEqual(new Set(['warning', 'restriction', 'block']));
      const rules = new Set(proposals.flatMap((proposal) => proposal.traces.map((trace) => trace.rule.id)));
      expect([...rules].sort()).toEqual(document.rules.map((rule) => rule.id).sort());
      expect(proposals.some((proposal) => proposal.skipped !== null)).toBe(true);
    });

    it('proposes nothing about ordinary people', () => {
      for (const { member, person, assessment } of judged)
        if (member === undefined) expect(assessment.proposals, `person ${person}`).toEqual([]);
    });

    it.each([
      ['over', true],
      ['watched', false],
      ['just_below', false],
      ['in_force', false],
      ['changed', false],
      ['fine', false],
    ] as const)('whoever is "%s" is proposed for something: %s', (degree, expected) => {
      const members = cast.filter(({ member }) => member.degree === degree);
      expect(members.length).toBeGreaterThan(0);
      for (const { member, assessment } of members) expect(assessment.proposals.length > 0, member.key).toBe(expected);
    });

    it('knows every standing', () => {
      const standingOf = (degree: string) =>
        new Set(cast.filter(({ member }) => member.degree === degree).map(({ assessment }) => assessment.standing));
      expect(standingOf('in_force')).toEqual(new Set(['restricted', 'blocked']));
      expect(standingOf('watched')).toEqual(new Set(['watched']));
      for (const degree of ['just_below', 'changed', 'fine'])
        expect(standingOf(degree), degree).toEqual(new Set(['good']));
      expect(new Set(judged.map(({ assessment }) => assessment.standing))).toEqual(
        new Set(['good', 'watched', 'warned', 'restricted', 'blocked']),
      );
    });

    it('fires no rule about somebody whose troubles were the shop’s own', () => {
      for (const { member, assessment } of cast)
        if (member.degree === 'fine')
          expect(
            assessment.traces.filter((trace) => trace.outcome === true),
            member.key,
          ).toEqual([]);
    });

    it('shows what was left out: somebody sent back four fifths, and next to nothing of it counts', () => {
      const unlucky = cast.find(({ member }) => member.key === 'fault-eighty-percent');
      const lines = unlucky?.assessment.traces.find((trace) => trace.rule.id === 'sends-most-back')?.conditions ?? [];
      const returns = lines.find((line) => line.condition.request.metric === 'returns');
      expect(returns?.measured.value).toBeLessThanOrEqual(4);
      expect(returns?.measured.excluded.filter((left) => left.because === 'shop_fault').length).toBeGreaterThanOrEqual(
        9,
      );
    });

    it('leaves nothing undone in the past: what has run out or was earned is written', () => {
      for (const { member, assessment } of cast) {
        expect(assessment.toExpire, member.key).toEqual([]);
        expect(assessment.earnedLifts, member.key).toEqual([]);
      }
    });

    it('took its past measures only where the policy would have proposed them', () => {
      let looked = 0;
      for (const { member, events } of cast)
        for (const event of events) {
          if (event.kind !== 'measure.started' && event.kind !== 'proposal.declined') continue;
          const then = (event.occurredAt - 1) as Instant;
          const before = events.filter((other) => other.occurredAt <= then);
          const { proposals } = assess({
            events: before,
            history: buildHistory(before, 'EUR', then),
            policy,
            now: then,
          });
          const where = `${member.key} ${event.body.ladder} ${event.body.step}`;
          expect(
            proposals.map(({ ladder, step }) => `${ladder} ${step}`),
            where,
          ).toContain(`${event.body.ladder} ${event.body.step}`);
          looked++;
        }
      expect(looked).toBe(pastAnswers.length);
    });
  },
);

describe('the past measures of the sample', () => {
  const steps = Object.entries(effects).flatMap(([ladder, taken]) =>
    taken.map((effect, index) => [ladder, index + 1, effect] as const),
  );

  it.each(steps)('say what step %s %i does', (ladder, number, effect) => {
    const step: Step | undefined = document.ladders.find((one) => one.id === ladder)?.steps[number - 1];
    expect(step).toMatchObject({ do: effect.type, obligations: effect.obligations, surfaces: effect.surfaces });
    expect(step === undefined ? '' : formatPeriod(step.for)).toBe(formatPeriodOf(effect.lasts));
  });

  it('name rules of their ladders', () => {
    for (const { rules, ladder } of pastAnswers)
      for (const id of rules) expect(document.rules.find((rule) => rule.id === id)?.ladder, id).toBe(ladder);
  });
});

/** "1 year" and "12 months" are the same period, written back as the latter. */
function formatPeriodOf(text: string): string {
  return text === '1 year' ? '12 months' : text;
}
