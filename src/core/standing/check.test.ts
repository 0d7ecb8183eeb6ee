import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changed, smallPolicy } from '../../../test/support/policy.ts';
import { checkPolicy } from './check.ts';

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** What the comments of a fixture say: "line rule", once for each finding. */
function expectedFindings(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const marks = /# fault: (.+)$/.exec(line)?.[1]?.split(', ') ?? [];
    return marks.map((mark) => `${index + 1} ${mark === 'sense' ? 'schema' : mark}`);
  });
}

const found = (text: string) => checkPolicy(text).findings.map((finding) => `${finding.line} ${finding.about}`);

describe('checkPolicy', () => {
  it.each(['policies/fair-play.yaml', 'policies/published-return-rate.yaml'])(
    'finds nothing in %s and passes its tests',
    (path) => {
      const check = checkPolicy(file(path));
      expect(check.findings).toEqual([]);
      expect(check.valid).toBe(true);
      expect(check.tests.failed).toBe(0);
      expect(check.tests.passed).toBeGreaterThan(5);
    },
  );

  it('has two tests or more beside every rule of the shipped policies, one that fires and one that does not', () => {
    for (const path of ['policies/fair-play.yaml', 'policies/published-return-rate.yaml']) {
      const rules = file(path)
        .split(/\n {2}- id: /)
        .slice(1)
        .filter((rule) => rule.includes('conduct:'));
      expect(rules.length).toBeGreaterThan(0);
      for (const rule of rules) {
        expect(rule).toContain('fires: true');
        expect(rule).toContain('fires: false');
      }
    }
  });

  it.each(['test/fixtures/policies/unfair.yaml', 'test/fixtures/policies/unreadable.yaml'])(
    'finds each fault of %s at its line, and no other',
    (path) => {
      const text = file(path);
      expect(found(text).sort()).toEqual(expectedFindings(text).sort());
      expect(checkPolicy(text).valid).toBe(false);
    },
  );

  it('says why and what to do', () => {
    const messages = checkPolicy(file('test/fixtures/policies/unfair.yaml')).findings.map((finding) => finding.message);
    for (const message of messages) {
      expect(message.length).toBeGreaterThan(40);
      expect(message).toMatch(/[.?]$/);
    }
  });

  it('finds nothing in the small policy the tests use', () => {
    expect(checkPolicy(smallPolicy).findings).toEqual([]);
  });

  const threat = '    when: {metric: threats_of_violence, over: 12 months, at_least: 1}\n';
  const returned = '{metric: returns, over: 12 months, at_least: 1}';
  it.each([
    ['something else is enough', `{any: [{metric: threats_of_violence, at_least: 1}, ${returned}]}`],
    ['grave conduct must be absent', `{all: [{metric: threats_of_violence, at_most: 0}, ${returned}]}`],
    ['grave conduct is denied', `{all: [{not: {metric: chargebacks, at_least: 1}}, ${returned}]}`],
    ['it is about no conduct', '{metric: orders, over: 12 months, at_least: 1}'],
  ])('calls no rule grave when %s', (_, when) => {
    const { findings, valid } = checkPolicy(changed(smallPolicy, [threat, `    when: ${when}\n`]));
    expect(findings.filter(({ about, severity }) => about === '4' && severity === 'error')).toMatchObject([
      { path: 'rules[1].gravity' },
    ]);
    expect(valid).toBe(false);
  });

  it('lets other conduct stand beside what makes a rule grave', () => {
    const when = `{all: [{any: [{metric: threats_of_violence, at_least: 1}, {metric: chargebacks, at_least: 2}]}, ${returned}]}`;
    expect(checkPolicy(changed(smallPolicy, [threat, `    when: ${when}\n`])).valid).toBe(true);
  });

  it('lets warnings through and stops at errors', () => {
    const silent = checkPolicy(changed(smallPolicy, ['  answered_by: another person\n', '']));
    expect(silent.findings).toMatchObject([{ severity: 'warning', about: '8' }]);
    expect(silent.valid).toBe(true);
  });
});

describe('the tests of a policy', () => {
  const withTest = (test: string) =>
    changed(smallPolicy, [
      '    leave_out: [goodwill]\n    ladder: returns\n',
      `    leave_out: [goodwill]\n    ladder: returns\n    tests:\n      - ${test}\n`,
    ]);
  const returns =
    'given: [{on: 2025-01-01, what: order, order: A, value: "100.00", times: 4}, {on: 2025-01-10, what: return, order: A, value: "90.00", times: 4}], at: 2025-06-01';

  it('pass when the policy does what they expect', () => {
    const check = checkPolicy(withTest(`{name: t, ${returns}, expect: {fires: true, step: 1, standing: watched}}`));
    expect(check).toMatchObject({ findings: [], tests: { passed: 1, failed: 0 } });
  });

  it.each([
    [
      'another outcome',
      `{name: t, ${returns}, expect: {fires: false}}`,
      'the rule fires. Return rate by value is 90 % (at least 50 %); Returns is 4 (at least 3).',
    ],
    ['another step', `{name: t, ${returns}, expect: {fires: true, step: 2}}`, 'the step proposed is 1, not 2.'],
    [
      'another standing',
      `{name: t, ${returns}, expect: {fires: true, standing: good}}`,
      'standing is watched, not good.',
    ],
    ['nothing known', '{name: t, given: [], at: 2025-06-01, expect: {fires: true}}', 'the rule does not fire.'],
    [
      'no such day',
      `{name: t, given: [{on: 2025-02-30, what: order}], at: 2025-06-01, expect: {fires: true}}`,
      '"2025-02-30" is not a day',
    ],
    ['no day to look from', `{name: t, given: [], at: soon, expect: {fires: true}}`, '"soon" is not a day'],
    [
      'a claim of no kind',
      `{name: t, given: [{on: 2025-01-01, what: claim}], at: 2025-06-01, expect: {fires: true}}`,
      'A claim needs "type:"',
    ],
    [
      'a step that is not there',
      `{name: t, given: [{on: 2025-01-01, what: measure, step: 9}], at: 2025-06-01, expect: {fires: true}}`,
      'has no step 9',
    ],
    [
      'half a cent',
      `{name: t, given: [{on: 2025-01-01, what: order, value: "1.005"}], at: 2025-06-01, expect: {fires: true}}`,
      'is not an amount in EUR',
    ],
  ])('fail with %s, at their line and with the numbers', (_, test, message) => {
    const { findings, tests, valid } = checkPolicy(withTest(test));
    expect(findings).toMatchObject([{ about: 'test', line: 18, severity: 'error' }]);
    expect(findings[0]?.message).toContain(message);
    expect({ ...tests, valid }).toEqual({ passed: 0, failed: 1, valid: false });
  });
});
