import { Client } from 'pg';
import { Refusal } from '../../refusal.ts';
import { type DistributionPlan, planDistribution, type Step } from './plan.ts';

/** What a plan of distribution would be, without doing any of it. */
export function readPlan(adminUrl: string, shards: number): Promise<DistributionPlan> {
  return onServer(adminUrl, (client) => planDistribution(client, shards));
}

/**
 * Spreads the tables by shop over the nodes, one table a transaction: what was done stays done when it is stopped, and doing it again goes on.
 * Each table takes no writes while its rows move. Throws a `Refusal` when the extension is not there.
 */
export function distribute(
  adminUrl: string,
  shards: number,
  { onStep, signal }: { readonly onStep: (step: Step) => void; readonly signal: AbortSignal },
): Promise<DistributionPlan> {
  return onServer(adminUrl, async (client) => {
    const plan = await planDistribution(client, shards);
    if (plan.citus === null)
      throw new Refusal(
        'The extension "citus" is not in this database: install it on the server, run "create extension citus" as a superuser, add its worker nodes with citus_add_node, then try again. With --dry-run the statements are printed without it.',
      );
    for (const step of plan.steps) {
      if (signal.aborted) throw new Refusal('Stopped. What was distributed stays so; the same command goes on.');
      onStep(step);
      await client.query('begin');
      for (const statement of step.statements) await client.query(statement);
      await client.query('commit');
    }
    return plan;
  });
}

async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'evenhand db distribute' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
