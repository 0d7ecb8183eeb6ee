import { proseAsMarkdown, proseInEnglish } from '../../core/policy/english.ts';
import { renderPolicy } from '../../core/policy/render.ts';
import { defineCommand } from '../frame.ts';
import { loadPolicyFile } from '../policy-file.ts';

export default defineCommand({
  name: 'policy render',
  summary: 'Tells a policy in plain words, as a Markdown page',
  positionals: [{ name: 'FILE', about: 'the policy, in YAML' }],
  options: {
    for: {
      type: 'string',
      value: 'READER',
      about: 'Who reads it',
      choices: ['customer', 'staff'],
      default: 'customer',
    },
    json: { type: 'boolean', about: 'Prints JSON: sections of sentences' },
  },
  examples: ['evenhand policy render policies/fair-play.yaml > fair-play.md'],
  run: async ({ options, positionals: [file = ''], terminal, workingFolder }) => {
    const policy = await loadPolicyFile(file, workingFolder);
    const prose = proseInEnglish(renderPolicy(policy, options.for === 'staff' ? 'staff' : 'customer'));
    terminal.out(options.json ? JSON.stringify(prose, null, 2) : proseAsMarkdown(prose).trimEnd());
    return 0;
  },
});
