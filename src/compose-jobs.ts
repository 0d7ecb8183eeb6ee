import type { Transaction } from 'kysely';
import { type Jobs, startJobs } from './adapters/jobs/jobs.ts';
import { listenForChanges } from './adapters/postgres/changes.ts';
import type { Database } from './adapters/postgres/schema.ts';
import { findShop } from './adapters/postgres/shops/find-shop.ts';
import type { Installation } from './compose.ts';
import type { ShopId } from './core/shared/brand.ts';
import { type AssessDeps, assessDue } from './workflows/assess/assess-due.ts';

/**
 * How appends of this process ask for an assessment in their own transaction. It can be given to the store before the jobs run:
 * whoever falls due until then is found when they start.
 */
export class AssessmentBell {
  #jobs: Jobs | null = null;

  readonly ring = async (tx: Transaction<Database>, shop: ShopId): Promise<void> => {
    await this.#jobs?.assessSoon(tx, shop);
  };

  connect(jobs: Jobs | null): void {
    this.#jobs = jobs;
  }
}

/**
 * Keeps standings up to date for as long as the service runs: soon after every event, of this process or (an import from the
 * command line) of another, and when time alone changes something. Gives the function that ends it.
 */
export async function keepStandings(
  installation: Pick<Installation, 'db' | 'serviceUrl'>,
  deps: AssessDeps,
  bell: AssessmentBell,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  await deps.store.imports.interruptAll(deps.clock.now());
  const jobs = await startJobs(installation.serviceUrl, {
    assess: async (id) => {
      const shop = await findShop(installation.db, id);
      return shop !== null && (await assessDue({ ...deps, onFault: onError }, shop)).more;
    },
    shopsWithDue: () => deps.store.standing.shopsWithDue(deps.clock.now()),
    onError,
  });
  bell.connect(jobs);
  const stopListening = await listenForChanges(installation.serviceUrl, {
    onChange: ({ shop, unassessed }) => {
      if (unassessed === true) jobs.assessNow(shop).catch(onError);
    },
    onListening: () => undefined,
  });
  return async () => {
    bell.connect(null);
    await stopListening();
    await jobs.stop();
  };
}
