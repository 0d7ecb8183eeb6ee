import { Refusal } from '../../adapters/refusal.ts';
import { workflowDeps } from '../../compose-workflows.ts';
import type { MetricName } from '../../core/metrics/types.ts';
import { compilePolicy } from '../../core/policy/compile.ts';
import { formatThreshold } from '../../core/policy/thresholds.ts';
import type { CompiledPolicy } from '../../core/policy/types.ts';
import { unitOf } from '../../core/policy/vocabulary.ts';
import { formatInstant, type Instant, parseInstant, whyNoInstant } from '../../core/shared/time.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { PolicyShelf } from '../../workflows/console/policy-shelf.ts';
import { type EvaluatedProposal, type Evaluation, evaluate } from '../../workflows/evaluate/evaluate.ts';
import { defineCommand, UsageError } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { loadPolicyFile } from '../policy-file.ts';
import { startProgress } from '../progress.ts';
import { shopNamed } from '../shop.ts';

export default defineCommand({
  name: 'evaluate',
  summary: 'Says what a policy would propose about whom at an instant, and changes nothing',
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true },
    policy: { type: 'string', value: 'FILE', about: 'a policy to try; otherwise the one in force' },
    'as-of': { type: 'string', value: 'INSTANT', about: '2026-03-01 or 2026-03-01T10:00:00Z; otherwise now' },
    json: { type: 'boolean', about: 'Prints JSON' },
  },
  examples: [
    'evenhand evaluate --shop linde',
    'evenhand evaluate --shop gifts --policy policies/fair-play.yaml --as-of 2011-12-10',
  ],
  run: (call) =>
    withInstallation(call, async (installation) => {
      const { options, terminal, workingFolder } = call;
      const deps = workflowDeps(installation);
      const asOf = instantOf(options['as-of'], deps);
      const shop = await shopNamed(installation, options.shop);
      const policy =
        options.policy === undefined
          ? (await new PolicyShelf(deps.store.policies).inForce(shop.id)).compiled
          : await policyIn(options.policy, workingFolder, shop);
      const bar = startProgress(terminal, { label: `Judging the customers of ${shop.slug}`, unit: 'customers' });
      const evaluation = await evaluate(deps, shop, policy, asOf, bar.update);
      bar.finish();
      if (options.json) terminal.out(JSON.stringify(evaluation, null, 2));
      else for (const line of describe(evaluation, shop)) terminal.out(line);
      return 0;
    }),
});

function instantOf(text: string | undefined, { clock }: Deps): Instant {
  if (text === undefined) return clock.now();
  const at = parseInstant(text);
  if (at === null)
    throw new UsageError(
      `--as-of "${text}" is no instant, it ${whyNoInstant(text)}. A day alone will do too, like 2026-03-01.`,
    );
  return at;
}

async function policyIn(file: string, workingFolder: string, shop: Shop): Promise<CompiledPolicy> {
  const policy = await loadPolicyFile(file, workingFolder);
  if (policy.currency !== null && policy.currency !== shop.currency)
    throw new Refusal(
      `${file} counts in ${policy.currency} and the shop "${shop.slug}" in ${shop.currency}: write its amounts in ${shop.currency}.`,
    );
  return compilePolicy(policy, null);
}

function describe({ asOf, policy, evaluated, proposals }: Evaluation, shop: Shop): string[] {
  const customers = new Set(proposals.map((proposal) => proposal.customer.id)).size;
  const lines = [
    `${policy.name}${policy.version === null ? '' : `, version ${policy.version}`}, at ${formatInstant(parseInstant(asOf) as Instant).slice(0, 16)}Z`,
    `${evaluated.toLocaleString('en')} customers judged; something would be proposed about ${customers.toLocaleString('en')}.`,
  ];
  for (const proposal of proposals) lines.push('', ...describeProposal(proposal, shop));
  return lines;
}

function describeProposal({ customer, rules, ladder, step, type, evidence }: EvaluatedProposal, shop: Shop): string[] {
  return [
    `${customer.externalId ?? customer.id}: ${type} (step ${step} of ${ladder})`,
    ...rules.flatMap((rule) => [
      `  ${rule.id}`,
      ...rule.metrics.map((metric) => {
        const show = (value: number): string =>
          formatThreshold(value, unitOf(metric.name as MetricName), shop.currency);
        const value = metric.value === null ? 'unknown' : show(legible(metric.value));
        return `    ${metric.name} ${value} (${metric.comparison.replace('_', ' ')} ${show(metric.threshold)})`;
      }),
    ]),
    `  evidence: ${evidence.length} ${evidence.length === 1 ? 'event' : 'events'}${evidence.length === 0 ? '' : `, ${evidence.slice(-3).join(', ')}${evidence.length > 3 ? ', …' : ''}`}`,
  ];
}

/** A figure to read, not to compute with: at most three decimals, so a share has tenths of a percent. */
function legible(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
