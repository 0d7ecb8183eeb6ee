import { expect, test } from 'vitest';
import type { Prose } from '../../../../contracts/policy.ts';
import { proseChanges } from './prose-changes.ts';

const section = (kind: Prose['sections'][number]['kind'], id: string, ...sentences: string[]) => ({
  id,
  kind,
  title: id.toUpperCase(),
  sentences,
});
const prose = (...sections: Prose['sections']): Prose => ({ title: 'T', introduction: 'I', sections });

test('what was added, changed and taken out is named once', () => {
  const before = prose(section('rule', 'a', 'one'), section('rule', 'b'), section('ladder', 'a', 'first'));
  const after = prose(section('rule', 'a', 'two'), section('rule', 'c'), section('ladder', 'a', 'first'));
  expect(proseChanges(before, after)).toEqual([
    { about: 'rule', what: 'changed', title: 'A' },
    { about: 'rule', what: 'added', title: 'C' },
    { about: 'rule', what: 'removed', title: 'B' },
  ]);
});

test('the same policy has no changes, and a new introduction is one', () => {
  const same = prose(section('rights', 'rights', 'stay'));
  expect(proseChanges(same, same)).toEqual([]);
  expect(proseChanges(same, { ...same, introduction: 'J' })).toEqual([{ about: 'introduction' }]);
});
