import { readLanguages } from '../../adapters/languages.ts';
import { diffPolicies } from '../../core/policy/diff.ts';
import { sayIn } from '../../core/policy/say.ts';
import { defineCommand } from '../frame.ts';
import { loadPolicyFile } from '../policy-file.ts';

export default defineCommand({
  name: 'policy diff',
  summary: 'Says in plain words what changes from one policy to another',
  positionals: [
    { name: 'BEFORE', about: 'the policy as it was, in YAML' },
    { name: 'AFTER', about: 'the policy as it is now, in YAML' },
  ],
  options: { json: { type: 'boolean', about: 'Prints JSON: a list of sentences' } },
  examples: ['evenhand policy diff old.yaml new.yaml'],
  run: async ({ options, positionals: [before = '', after = ''], terminal, workingFolder }) => {
    const { english } = readLanguages();
    const changes = diffPolicies(
      await loadPolicyFile(before, workingFolder),
      await loadPolicyFile(after, workingFolder),
    ).map((each) => sayIn(english, each));
    if (options.json) terminal.out(JSON.stringify(changes, null, 2));
    else if (changes.length === 0) terminal.out('The two policies say the same.');
    else for (const change of changes) terminal.out(change);
    return 0;
  },
});
