import { err, ok, type Result } from '../shared/result.ts';
import { buildPolicy } from './build.ts';
import { type PolicyDocument, policyDocument } from './document.ts';
import { explainIssues } from './explain.ts';
import { formatPath, inReadingOrder, type Problem } from './problem.ts';
import type { Policy } from './types.ts';
import { readYaml, type YamlDocument } from './yaml.ts';

/** A policy, the document it was read from, and where each part of it stands in the text. */
export interface ParsedPolicy {
  readonly policy: Policy;
  readonly document: PolicyDocument;
  readonly placeOf: YamlDocument['placeOf'];
}

/**
 * Reads a policy from its YAML text. Refuses with every problem found, each with line, column and what to do.
 * A problem that goes against a fairness rule of the house names that rule.
 */
export function parsePolicy(source: string): Result<ParsedPolicy, readonly Problem[]> {
  const yaml = readYaml(source);
  if (!yaml.ok) return yaml;
  const { value, placeOf } = yaml.value;
  const shape = policyDocument.safeParse(value, { reportInput: true });
  if (!shape.success) return err(inReadingOrder(explainIssues(shape.error.issues, yaml.value)));
  const problems: Problem[] = [];
  const policy = buildPolicy(shape.data, (path, message, rule) => {
    problems.push({ ...placeOf(path), path: formatPath(path), message, rule: rule ?? null });
  });
  return problems.length > 0 ? err(inReadingOrder(problems)) : ok({ policy, document: shape.data, placeOf });
}
