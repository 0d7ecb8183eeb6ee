import { buildHistory } from '../metrics/history.ts';
import { compilePolicy } from '../policy/compile.ts';
import type { TestDocument } from '../policy/document.ts';
import { type LawAt, lintPolicy, underNoLaw } from '../policy/lint.ts';
import { runLiveTests } from '../policy/live/check.ts';
import { type ParsedPolicy, parsePolicy } from '../policy/parse.ts';
import { type Finding, formatPath, inReadingOrder, type Path, type Problem } from '../policy/problem.ts';
import { formatThreshold } from '../policy/thresholds.ts';
import type { CompiledPolicy, Policy, RuleTrace } from '../policy/types.ts';
import { titleOf, unitOf } from '../policy/vocabulary.ts';
import { parseInstant } from '../shared/time.ts';
import { assess } from './assess.ts';
import { tellGiven } from './told.ts';
import type { Assessment } from './types.ts';

export interface CheckFinding extends Finding {
  /** Which fairness rule (1–11), "schema" for what cannot be read or makes no sense, "test" for a test that fails. */
  readonly about: string;
}

export interface PolicyCheck {
  /** Null when it cannot be read. */
  readonly policy: Policy | null;
  readonly findings: readonly CheckFinding[];
  readonly tests: { readonly passed: number; readonly failed: number };
  /** No errors: it may be published. */
  readonly valid: boolean;
}

/**
 * Reads a policy, holds it against the fairness rules and against the law it is to live under, and runs the tests that stand
 * beside its rules.
 */
export function checkPolicy(source: string, under: LawAt = underNoLaw): PolicyCheck {
  const parsed = parsePolicy(source);
  if (!parsed.ok)
    return {
      policy: null,
      findings: parsed.error.map((problem) => named({ ...problem, severity: 'error' })),
      tests: { passed: 0, failed: 0 },
      valid: false,
    };
  const tests = runTests(parsed.value);
  const failures = tests.failures.map((problem): CheckFinding => ({ ...problem, severity: 'error', about: 'test' }));
  const findings = inReadingOrder([...lintPolicy(parsed.value, under).map(named), ...failures]);
  return {
    policy: parsed.value.policy,
    findings,
    tests: { passed: tests.passed, failed: failures.length },
    valid: !findings.some((finding) => finding.severity === 'error'),
  };
}

function named(finding: Finding): CheckFinding {
  return { ...finding, about: finding.rule === null ? 'schema' : String(finding.rule) };
}

interface TestRun {
  readonly passed: number;
  readonly failures: readonly Problem[];
}

function runTests(parsed: ParsedPolicy): TestRun {
  const compiled = compilePolicy(parsed.policy, null);
  const failures: Problem[] = [];
  let passed = 0;
  parsed.document.rules.forEach((rule, index) => {
    rule.tests?.forEach((test, number) => {
      const path = ['rules', index, 'tests', number];
      const failure = runTest(test, rule.id, compiled, path);
      if (failure === null) passed += 1;
      else
        failures.push({
          ...parsed.placeOf(failure.path),
          path: formatPath(failure.path),
          message: failure.message,
          rule: null,
        });
    });
  });
  const live = runLiveTests(parsed);
  for (const { path, message } of live.failures)
    failures.push({ ...parsed.placeOf(path), path: formatPath(path), message, rule: null });
  return { passed: passed + live.passed, failures };
}

/** Null when the test passes; otherwise where it fails and what came out instead, with the numbers behind it. */
function runTest(
  test: TestDocument,
  ruleId: string,
  policy: CompiledPolicy,
  path: Path,
): { path: Path; message: string } | null {
  const now = parseInstant(test.at);
  if (now === null)
    return { path: [...path, 'at'], message: `"${test.at}" is not a day; write for example 2026-03-01.` };
  const rule = policy.policy.rules.find((candidate) => candidate.id === ruleId);
  const ladder = policy.policy.ladders.find((candidate) => candidate.id === rule?.ladder);
  if (rule === undefined || ladder === undefined) throw new Error(`The rule ${ruleId} was read without its ladder`);
  const currency = policy.policy.currency ?? 'EUR';
  const told = tellGiven(test.given, ladder, currency);
  if (!told.ok)
    return { path: [...path, 'given', told.error.index, told.error.key], message: `${told.error.message}.` };
  const judged = assess({ events: told.value, history: buildHistory(told.value, currency, now), policy, now });
  const trace = judged.traces.find((candidate) => candidate.rule.id === ruleId);
  if (trace === undefined) throw new Error(`The rule ${ruleId} left no trace`);
  const wrong = compare(test, trace, judged);
  return wrong === null
    ? null
    : {
        path: [...path, 'expect', wrong.key],
        message: `The test "${test.name}" fails: ${wrong.message} ${describe(trace, policy.policy)}`,
      };
}

function compare(test: TestDocument, trace: RuleTrace, judged: Assessment): { key: string; message: string } | null {
  const { fires, step, standing } = test.expect;
  if ((trace.outcome === true) !== fires)
    return {
      key: 'fires',
      message: fires
        ? `the rule does not fire${trace.outcome === null ? ', because something is unknown' : ''}.`
        : 'the rule fires.',
    };
  const proposed = judged.proposals.find((proposal) => proposal.ladder === trace.rule.ladder)?.step ?? 'none';
  if (step !== undefined && proposed !== step)
    return { key: 'step', message: `the step proposed is ${proposed}, not ${step}.` };
  if (standing !== undefined && judged.standing !== standing)
    return { key: 'standing', message: `the customer’s standing is ${judged.standing}, not ${standing}.` };
  return null;
}

function describe(trace: RuleTrace, policy: Policy): string {
  const lines = trace.conditions.map(({ condition, measured }) => {
    const unit = unitOf(condition.request.metric);
    const show = (value: number) => formatThreshold(value, unit, policy.currency);
    const value = measured.value === null ? 'unknown' : show(measured.value);
    return `${titleOf(condition.request.metric)} is ${value} (${condition.comparison.replaceAll('_', ' ')} ${show(condition.threshold)})`;
  });
  return `${lines.join('; ')}.`;
}
