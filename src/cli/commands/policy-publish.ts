import { Refusal } from '../../adapters/refusal.ts';
import { workflowDeps } from '../../compose-workflows.ts';
import { publishPolicy } from '../../workflows/policy/publish.ts';
import { defineCommand } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { readPolicyFile } from '../policy-file.ts';
import { shopNamed } from '../shop.ts';

export default defineCommand({
  name: 'policy publish',
  summary: 'Publishes a policy as the next version of a shop’s',
  positionals: [{ name: 'FILE', about: 'the policy, in YAML' }],
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true },
    note: { type: 'string', value: 'TEXT', about: 'why, for whoever reads the list of versions', required: true },
    author: { type: 'string', value: 'NAME', about: 'whose policy it is', default: 'Command line' },
    'expected-version': {
      type: 'string',
      value: 'NUMBER',
      about: 'publishes only on top of this version; without it, on top of the one in force',
    },
  },
  examples: ['evenhand policy publish policy.yaml --shop linde-and-loom --note "Returns count after 30 days"'],
  run: (call) =>
    withInstallation(call, async (installation) => {
      const { options, positionals, terminal, workingFolder } = call;
      const [file = ''] = positionals;
      const source = await readPolicyFile(file, workingFolder);
      const shop = await shopNamed(installation, options.shop);
      const deps = workflowDeps(installation);
      const current = await deps.store.policies.current(shop.id);
      if (current?.source === source) {
        terminal.out(`${shop.slug} has this very policy in force already, as version ${current.version}.`);
        return 0;
      }
      const expectedVersion = readVersion(options['expected-version']) ?? current?.version ?? 0;
      const author = { id: null, name: options.author };
      const published = await publishPolicy(deps, shop, author, { source, note: options.note, expectedVersion });
      if (published.ok) {
        terminal.out(
          `Published version ${published.value.version} of the policy of ${shop.slug}. Every customer is judged by it from now on.`,
        );
        return 0;
      }
      const { error } = published;
      const errors = error.findings.filter((finding) => finding.severity === 'error');
      for (const { line, column, message } of errors) terminal.err(`${file}:${line}:${column} ${message}`);
      if (errors.length > 0) throw new Refusal(`${file} was not published. "evenhand policy check" says more.`);
      throw new Refusal(error.kind === 'invalid' ? `${file} ${error.message}.` : error.message);
    }),
});

function readVersion(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('--expected-version is the number of a version.');
  return Number(text);
}
