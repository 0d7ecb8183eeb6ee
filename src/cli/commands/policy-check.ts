import { policyJsonSchema } from '../../core/policy/schema.ts';
import { type CheckFinding, checkPolicy } from '../../core/standing/check.ts';
import { defineCommand, UsageError } from '../frame.ts';
import { readPolicyFile } from '../policy-file.ts';

export default defineCommand({
  name: 'policy check',
  summary: 'Reads a policy, holds it against the fairness rules and runs its tests',
  positionals: [{ name: 'FILE', about: 'the policy, in YAML', optional: true }],
  options: {
    json: { type: 'boolean', about: 'Prints JSON' },
    schema: { type: 'boolean', about: 'Prints the JSON Schema of policies, for editors, and checks nothing' },
  },
  examples: ['evenhand policy check policies/fair-play.yaml', 'evenhand policy check --schema > policy.schema.json'],
  run: async ({ options, positionals, terminal, workingFolder }) => {
    if (options.schema) {
      terminal.out(JSON.stringify(policyJsonSchema(), null, 2));
      return 0;
    }
    const [file] = positionals;
    if (file === undefined) throw new UsageError('"policy check" needs FILE: the policy, in YAML.');
    const { findings, tests, valid } = checkPolicy(await readPolicyFile(file, workingFolder));
    if (options.json) {
      terminal.out(JSON.stringify({ file, valid, findings, tests }, null, 2));
      return valid ? 0 : 1;
    }
    for (const finding of findings) terminal.out(describe(file, finding));
    const errors = findings.filter((finding) => finding.severity === 'error').length;
    const ran = tests.passed + tests.failed;
    terminal.out(
      findings.length === 0
        ? `${file}: nothing to object to. ${count(tests.passed, 'test')} passed.`
        : `${file}: ${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}. ${tests.passed} of ${count(ran, 'test')} passed.`,
    );
    return valid ? 0 : 1;
  },
});

/** "policy.yaml:12:9 error (fairness rule 1) This rule can fire …": the form that editors make clickable. */
function describe(file: string, finding: CheckFinding): string {
  const about = finding.rule === null ? '' : ` (fairness rule ${finding.rule})`;
  return `${file}:${finding.line}:${finding.column} ${finding.severity}${about} ${finding.message}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
