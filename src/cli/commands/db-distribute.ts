import { distribute, readPlan } from '../../adapters/postgres/distribute/distribute.ts';
import type { Step } from '../../adapters/postgres/distribute/plan.ts';
import { Refusal } from '../../adapters/refusal.ts';
import { defineCommand, UsageError } from '../frame.ts';
import { withInstallation } from '../installation.ts';

const MOST_SHARDS = 1024;

export default defineCommand({
  name: 'db distribute',
  summary: 'Spreads the tables by shop over the nodes of a Citus cluster',
  options: {
    'dry-run': { type: 'boolean', about: 'Prints the statements and does nothing' },
    shards: {
      type: 'string',
      value: 'N',
      about: 'into how many pieces; a shop lies in one of them',
      default: '32',
    },
  },
  examples: ['evenhand db distribute --dry-run', 'evenhand db distribute --shards 64'],
  run: (call) => {
    const shards = shardsFrom(call.options.shards);
    const { databaseUrl } = call.config();
    if (databaseUrl === undefined)
      throw new Refusal(
        'The embedded server is one machine: set DATABASE_URL to the coordinator of a Citus cluster (docs/scaling.md).',
      );
    return withInstallation(call, async () => {
      if (call.options['dry-run']) {
        const plan = await readPlan(databaseUrl, shards);
        if (plan.citus === null) call.terminal.err('The extension "citus" is not in this database yet.');
        for (const statement of plan.steps.flatMap((step) => step.statements)) call.terminal.out(`${statement};`);
        return 0;
      }
      const steps: Step[] = [];
      const plan = await distribute(databaseUrl, shards, {
        signal: call.signal,
        onStep: (step) => {
          steps.push(step);
          call.terminal.err(`${step.kind === 'reference' ? 'Copying to every node' : 'Distributing'}: ${step.table}`);
        },
      });
      call.terminal.out(
        steps.length === 0
          ? `Nothing to do: ${plan.done.length} tables are distributed already.`
          : `Done: ${steps.length} tables over the nodes of Citus ${plan.citus}, ${plan.done.length} were so already.`,
      );
      return 0;
    });
  },
});

function shardsFrom(text: string): number {
  const shards = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
  if (shards < 1 || shards > MOST_SHARDS)
    throw new UsageError(`--shards must be a whole number from 1 to ${MOST_SHARDS}, not "${text}".`);
  return shards;
}
