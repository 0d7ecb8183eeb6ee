import { setTimeout } from 'node:timers/promises';
import { Refusal } from '../adapters/refusal.ts';
import { sayShopFault } from '../core/enforcement/say.ts';
import type { Run, RunKind } from '../ports/connections.ts';
import { fetchHistory } from '../workflows/shops/history.ts';
import { beginRun } from '../workflows/shops/runs.ts';
import type { Call } from './frame.ts';
import { withInstallation } from './installation.ts';
import { startProgress } from './progress.ts';
import { connectedShop, shopsDeps } from './shop-system.ts';

const LOOK_MS = 500;

/**
 * Begins a run over the past of a shop's system, or goes on with the one that runs, and works on it until it is over. The service may
 * work on it too: each page is done once. Interrupted, the run stays where it is, and the service goes on with it.
 */
export function runPast(
  call: Call & { readonly options: { readonly shop: string; readonly json: boolean } },
  kind: RunKind,
): Promise<number> {
  const { terminal, signal, options } = call;
  return withInstallation(call, async (installation) => {
    const deps = { ...shopsDeps(installation), onFault: (error: unknown) => terminal.err(String(error)) };
    const { shop, connection } = await connectedShop(installation, deps, options.shop);
    const running = (await deps.store.runs.list(shop.id, connection.id, 20)).find(
      (run) => run.kind === kind && run.state === 'running',
    );
    const begun = running ?? (await begin());
    async function begin(): Promise<Run> {
      const made = await beginRun(deps, connection, kind, { since: null, by: null });
      if (!made.ok) throw new Refusal(made.error.message);
      return made.value;
    }
    const bar = startProgress(terminal, {
      label: kind === 'history' ? 'Fetching the past' : 'Comparing',
      unit: 'records',
      total: begun.total ?? undefined,
    });
    let run = begun;
    while (run.state === 'running' && !signal.aborted) {
      if (!(await fetchHistory(deps, shop))) await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined);
      run = (await deps.store.runs.one(shop.id, run.id)) ?? run;
      bar.update(run.read);
      const now = await deps.store.connections.one(shop.id, connection.id);
      if (now?.state !== 'active') break;
    }
    bar.finish();
    const english = deps.languages.english;
    if (options.json) terminal.out(JSON.stringify({ ...run, faults: run.faults }, null, 2));
    else
      terminal.out(
        `${run.read.toLocaleString('en')} records read: ${run.added.toLocaleString('en')} events ${kind === 'history' ? 'added' : 'that webhooks missed'}, ${run.known.toLocaleString('en')} known already, ${run.refused.toLocaleString('en')} records that could not be read.`,
      );
    for (const { fault, count, examples } of options.json ? [] : run.faults)
      terminal.out(`  ${count.toLocaleString('en').padStart(9)}  ${fault} (${examples.join(', ')})`);
    if (run.error !== null) terminal.err(sayShopFault(english, run.error));
    if (run.state === 'running') terminal.err('It is not over: the service goes on with it.');
    return run.state === 'done' ? 0 : 1;
  });
}
