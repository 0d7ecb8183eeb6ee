import { expect, it } from 'vitest';
import type { EvidenceEntry } from '../../../../contracts/customers.ts';
import type { ConditionTraceJson, RuleTraceJson } from '../../../../contracts/trace.ts';
import { correctionsOf, factsOf, mark, markOf } from './marks.ts';

const NONE = { void: [], fault: [] };

const entry = (id: string, day: number, corrected: EvidenceEntry['corrected'] = null): EvidenceEntry => ({
  id,
  seq: day,
  kind: 'return.received',
  occurredAt: `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`,
  recordedAt: '2026-03-30T10:00:00.000Z',
  source: 'shop',
  body: {},
  text: null,
  by: null,
  corrected,
  outcomes: [],
});

const trace = (evidence: string[], excluded: ConditionTraceJson['excluded'] = []): RuleTraceJson => ({
  id: 'r',
  conduct: 'c',
  title: 'R',
  because: '',
  advice: null,
  gravity: 'minor',
  ladder: 'l',
  outcome: 'true',
  conditions: [
    {
      metric: 'returns',
      title: 'Returns',
      unit: 'count',
      over: null,
      settle: '30 days',
      comparison: 'at_least',
      threshold: 3,
      value: 3,
      outcome: 'true',
      evidence,
      excluded,
    },
  ],
});

const facts = factsOf({
  events: [entry('a', 1), entry('b', 2), entry('c', 3), entry('d', 4, 'void'), entry('e', 5)],
  traces: [trace(['a', 'b', 'd'], [{ event: 'c', because: 'not_settled' }]), trace(['a'])],
  disputed: ['a'],
});

it('puts what is disputed first, then what counts with the newest first, then what is out already', () => {
  expect(facts.map((fact) => [fact.entry.id, fact.disputed, fact.out])).toEqual([
    ['a', true, null],
    ['e', false, null],
    ['b', false, null],
    ['d', false, 'voided'],
    ['c', false, 'not_settled'],
  ]);
});

it('marks a fact in one way at a time, and takes the mark back', () => {
  const once = mark(NONE, 'a', 'void');
  expect(markOf(once, 'a')).toBe('void');
  const twice = mark(once, 'a', 'shop_fault');
  expect(twice).toEqual({ void: [], fault: ['a'] });
  expect(mark(twice, 'a', 'counts')).toEqual(NONE);
});

it('sends marks of facts that count, the same in whatever order they were made', () => {
  const one = mark(mark(mark(NONE, 'b', 'shop_fault'), 'a', 'void'), 'd', 'void');
  const other = mark(mark(NONE, 'a', 'void'), 'b', 'shop_fault');
  expect(correctionsOf(one, facts)).toEqual([
    { event: 'a', as: 'void' },
    { event: 'b', as: 'shop_fault' },
  ]);
  expect(correctionsOf(other, facts)).toEqual(correctionsOf(one, facts));
});

it('forgets marks of facts the appeal does not rest on', () => {
  expect(correctionsOf({ void: ['elsewhere'], fault: [] }, facts)).toEqual([]);
});
