import { describe, expect, test } from 'vitest';
import { idsIn, placeOf } from './place.ts';
import { suggestionsAt } from './vocabulary.ts';

const place = (text: string) => {
  const found = placeOf(text);
  return found && [found.path.join('.'), found.at, found.key, found.word];
};

describe('where the cursor stands', () => {
  test('at the top', () => {
    expect(place('na')).toEqual(['', 'key', null, 'na']);
    expect(place('name: Policy\nru')).toEqual(['', 'key', null, 'ru']);
  });
  test('in a rule', () => {
    expect(place('rules:\n  - id: a\n    gra')).toEqual(['rules', 'key', null, 'gra']);
    expect(place('rules:\n  - ')).toEqual(['rules', 'key', null, '']);
    expect(place('rules:\n- id: a\n  gravity: mi')).toEqual(['rules', 'value', 'gravity', 'mi']);
  });
  test('in conditions within conditions', () => {
    const text = 'rules:\n  - id: a\n    when:\n      all:\n        - metric: returns\n          at';
    expect(place(text)).toEqual(['rules.when.all', 'key', null, 'at']);
    expect(place('rules:\n  - id: a\n    when:\n      all:\n        - metric: ret')).toEqual([
      'rules.when.all',
      'value',
      'metric',
      'ret',
    ]);
  });
  test('in a step of a ladder', () => {
    expect(place('ladders:\n  - id: a\n    steps:\n      - do: warning\n        for: 1 year\n      - do: b')).toEqual([
      'ladders.steps',
      'value',
      'do',
      'b',
    ]);
    expect(place('ladders:\n  - id: a\n    steps:\n      - do: warning\n        lift:\n          cl')).toEqual([
      'ladders.steps.lift',
      'key',
      null,
      'cl',
    ]);
  });
  test('in lists of words, written either way', () => {
    expect(place('        obligations: [no_free_returns, pre')?.slice(1)).toEqual(['item', 'obligations', 'pre']);
    expect(place('ladders:\n  - steps:\n      - do: block\n        surfaces:\n          - pur')).toEqual([
      'ladders.steps',
      'item',
      'surfaces',
      'pur',
    ]);
  });
  test('in one line', () => {
    const above = 'rules:\n  - id: a\n    when:\n      all:\n        - ';
    expect(place(`${above}{metric: ret`)).toEqual(['rules.when.all', 'value', 'metric', 'ret']);
    expect(place(`${above}{metric: returns, at`)).toEqual(['rules.when.all', 'key', null, 'at']);
    expect(place(`${above}{metric: returns, leave_out: [goodwill, de`)).toEqual([
      'rules.when.all',
      'item',
      'leave_out',
      'de',
    ]);
    expect(place('rules:\n  - id: a\n    when: {met')).toEqual(['rules.when', 'key', null, 'met']);
  });
  test('a sibling above is no parent', () => {
    expect(place('rules:\n  - id: a\n    when:\n      metric: returns\n    lad')).toEqual([
      'rules',
      'key',
      null,
      'lad',
    ]);
    expect(place('rules:\n  - id: a\nladders:\n  - i')).toEqual(['ladders', 'key', null, 'i']);
  });
  test('nothing is suggested in a comment', () => {
    expect(place('rules: # the r')).toBeNull();
  });
});

test('finds the ids of one list only', () => {
  expect(idsIn('rules:\n  - id: a\nladders:\n  - id: returns\n    title: x\n  - id: money\n', 'ladders')).toEqual([
    'returns',
    'money',
  ]);
});

describe('what fits at a place of a live rule', () => {
  const at = (text: string) => {
    const found = placeOf(text);
    return found === null ? [] : suggestionsAt(found, { metrics: ['returns'], ladders: ['money'] });
  };
  test.each([
    ['live:\n  - id: a\n    ', 'answer'],
    ['live:\n  - id: a\n    answer: ', 'challenge'],
    ['live:\n  - id: a\n    when: {fa', 'fact'],
    ['live:\n  - id: a\n    when:\n      all:\n        - {fact: ', 'hosting_network'],
    ['live:\n  - id: a\n    when:\n      all:\n        - {fact: attempts, per: ', 'card'],
    ['live:\n  - id: a\n    when: {fact: attempts, within: ', '1 hour'],
    ['live:\n  - id: a\n    tests:\n      - name: b\n        given: {ha', 'happened'],
  ])('%j', (text, expected) => {
    expect(at(text)).toContain(expected);
    expect(at(text)).not.toContain('gravity');
  });
  test('a refusal is no answer, and metrics are no facts', () => {
    expect(at('live:\n  - id: a\n    answer: ')).toEqual(['challenge', 'review']);
    expect(at('live:\n  - id: a\n    when: {')).not.toContain('metric');
  });
});
