import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Database } from '../postgres/schema.ts';

/** What the jobs do, and whom to tell when one fails. */
export interface Work {
  /** Assesses some of a shop's due customers; true when others may still be due. */
  readonly assess: (shop: ShopId) => Promise<boolean>;
  readonly shopsWithDue: () => Promise<readonly ShopId[]>;
  readonly onError: (error: unknown) => void;
}

export interface Jobs {
  /** Asks for an assessment of a shop's due customers, as part of a transaction: it happens if and when that commits. */
  assessSoon(tx: Transaction<Database>, shop: ShopId): Promise<void>;
  /** The same at once, for what another process wrote. */
  assessNow(shop: ShopId): Promise<void>;
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
}

const ASSESS = 'assess';
const TICK = 'assess-tick';
/** How long one job goes on before it lets other shops have their turn. */
const TURN_MS = 2_000;

/**
 * Starts the jobs, in the same database and as the same role as the service. An assessment is asked for once per shop, however
 * many events ask; time-driven changes (windows that slide, ends) are looked for each minute.
 */
export async function startJobs(serviceUrl: string, work: Work): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: serviceUrl,
    schema: 'pgboss',
    createSchema: false,
    application_name: 'evenhand jobs',
    max: 4,
    useListenNotify: true,
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('error', work.onError);
  await boss.start();
  const daily = { retentionSeconds: 86_400, deleteAfterSeconds: 3_600 };
  await boss.createQueue(ASSESS, {
    policy: 'short',
    notify: true,
    retryLimit: 5,
    retryDelay: 1,
    retryBackoff: true,
    ...daily,
  });
  await boss.createQueue(TICK, { policy: 'short', retryLimit: 0, ...daily });
  const send = async (shop: ShopId, db?: ReturnType<typeof fromKysely>): Promise<void> => {
    await boss.send(ASSESS, { shop }, { singletonKey: shop, ...(db === undefined ? {} : { db }) });
  };

  await boss.work<{ shop: ShopId }>(
    ASSESS,
    { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 5, localConcurrency: 2 },
    async (jobs) => {
      for (const { data } of jobs) {
        const until = performance.now() + TURN_MS;
        let more = true;
        try {
          while (more && performance.now() < until) more = await work.assess(data.shop);
        } catch (error) {
          // The queue tries again and keeps the reason to itself: whoever runs the service should hear it.
          work.onError(error);
          throw error;
        }
        if (more) await send(data.shop);
      }
    },
  );
  await boss.work(TICK, { pollingIntervalSeconds: 5 }, async () => {
    for (const shop of await work.shopsWithDue()) await send(shop);
  });
  await boss.schedule(TICK, '* * * * *');
  // Whoever fell due while nothing ran need not wait for the first minute to pass.
  for (const shop of await work.shopsWithDue()) await send(shop);

  return {
    assessSoon: (tx, shop) => send(shop, fromKysely(tx)),
    assessNow: (shop) => send(shop),
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}
