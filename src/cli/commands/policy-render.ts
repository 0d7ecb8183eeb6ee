import { readLanguages } from '../../adapters/languages.ts';
import { Refusal } from '../../adapters/refusal.ts';
import { renderPolicy } from '../../core/policy/render.ts';
import { proseAsMarkdown, sayProse } from '../../core/policy/say.ts';
import { type Language, languageFor } from '../../core/shared/words.ts';
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
    language: {
      type: 'string',
      value: 'TAG',
      about: 'The language to tell it in, for example nl',
      default: 'en',
    },
    json: { type: 'boolean', about: 'Prints JSON: sections of sentences' },
  },
  examples: [
    'evenhand policy render policies/fair-play.yaml > fair-play.md',
    'evenhand policy render --language nl policies/fair-play.yaml',
  ],
  run: async ({ options, positionals: [file = ''], terminal, workingFolder }) => {
    const policy = await loadPolicyFile(file, workingFolder);
    const language = languageNamed(options.language);
    const prose = renderPolicy(policy, options.for === 'staff' ? 'staff' : 'customer', language.code);
    terminal.out(
      options.json ? JSON.stringify(sayProse(language, prose), null, 2) : proseAsMarkdown(language, prose).trimEnd(),
    );
    return 0;
  },
});

function languageNamed(tag: string): Language {
  const { all } = readLanguages();
  const found = languageFor(all, tag);
  if (found !== null) return found;
  throw new Refusal(
    `There is no language "${tag}". There are: ${all.map(({ code, english }) => `${code} (${english})`).join(', ')}.`,
  );
}
