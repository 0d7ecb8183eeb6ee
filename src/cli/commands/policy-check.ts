import { systemClock } from '../../adapters/clock.ts';
import { readLaws } from '../../adapters/jurisdictions.ts';
import { lawOf } from '../../core/law/law.ts';
import type { Law } from '../../core/law/types.ts';
import { policyJsonSchema } from '../../core/policy/schema.ts';
import { type CheckFinding, checkPolicy } from '../../core/standing/check.ts';
import { defineCommand, UsageError } from '../frame.ts';
import { readPolicyFile } from '../policy-file.ts';

export default defineCommand({
  name: 'policy check',
  summary: 'Reads a policy, holds it against the fairness rules and the law, and runs its tests',
  positionals: [{ name: 'FILE', about: 'the policy, in YAML', optional: true }],
  options: {
    jurisdiction: { type: 'strings', value: 'CODE', about: 'a place whose law holds for the shop, for example nl' },
    platform: { type: 'boolean', about: 'the shop is an online platform, neither micro nor small: more law binds it' },
    json: { type: 'boolean', about: 'Prints JSON' },
    schema: { type: 'boolean', about: 'Prints the JSON Schema of policies, for editors, and checks nothing' },
  },
  examples: [
    'evenhand policy check policies/fair-play.yaml',
    'evenhand policy check policy.yaml --jurisdiction nl --jurisdiction uk',
    'evenhand policy check --schema > policy.schema.json',
  ],
  run: async ({ options, positionals, terminal, workingFolder }) => {
    if (options.schema) {
      terminal.out(JSON.stringify(policyJsonSchema(), null, 2));
      return 0;
    }
    const [file] = positionals;
    if (file === undefined) throw new UsageError('"policy check" needs FILE: the policy, in YAML.');
    const law = lawNamed(options.jurisdiction, options.platform);
    const source = await readPolicyFile(file, workingFolder);
    const { findings, tests, valid } = checkPolicy(source, { law, at: systemClock.now() });
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

function lawNamed(codes: readonly string[], onlinePlatform: boolean): Law {
  const { book } = readLaws();
  const law = lawOf(codes, book, { onlinePlatform, withdrawalWithoutSignIn: false });
  const [unknown] = law.unknown;
  if (unknown !== undefined)
    throw new UsageError(
      `Nothing is known about the law of "${unknown}". Known are ${book.map(({ code }) => code).join(', ')}, and every country of the EU.`,
    );
  return law;
}

/** "policy.yaml:12:9 error (fairness rule 1) This rule can fire …": the form that editors make clickable. */
function describe(file: string, finding: CheckFinding): string {
  const about = finding.rule === null ? '' : ` (fairness rule ${finding.rule})`;
  return `${file}:${finding.line}:${finding.column} ${finding.severity}${about} ${finding.message}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
