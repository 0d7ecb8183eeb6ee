import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { ShopId } from '../../core/shared/brand.ts';
import type { Database } from '../postgres/schema.ts';

/** Something that is done for one shop at a time, soon after it is asked for and whenever time alone makes it due. */
export interface ShopWork {
  /** Does some of it; true when there may be more to do at once. */
  readonly some: (shop: ShopId) => Promise<boolean>;
  readonly shopsWithDue: () => Promise<readonly ShopId[]>;
}

/**
 * assess: judges customers anew · deliver: sends messages · suspend: lets measures rest while an answer is overdue · intake: reads what
 * platforms sent · history: fetches a platform's past, and what its webhooks missed · enforce: carries measures to the platforms ·
 * announce: tells other systems by webhook · link: compares customers with those whom a measure binds · learn: weighs anew what comparing
 * looks at · bindings: tells customers of measures of other accounts that bind them, or no longer do.
 */
export const jobNames = [
  'assess',
  'deliver',
  'suspend',
  'intake',
  'history',
  'enforce',
  'announce',
  'link',
  'learn',
  'bindings',
] as const;
export type Job = (typeof jobNames)[number];

/** Asks for a shop's work as part of a transaction. */
export type Soon = (job: Job, tx: Transaction<Database>, shop: ShopId) => Promise<void>;

/** What the jobs do, and whom to tell when one fails. What is left out is for another process to do. */
export interface Work extends Partial<Readonly<Record<Job, ShopWork>>> {
  readonly onError: (error: unknown) => void;
}

export interface Jobs {
  /** Asks for a shop's work as part of a transaction: it happens if and when that commits. */
  readonly soon: Soon;
  /** The same at once, for what another process wrote. */
  now(job: Job, shop: ShopId): Promise<void>;
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
}

const TICK = 'assess-tick';
/** How long one job goes on before it lets other shops have their turn. */
const TURN_MS = 2_000;
/** How many shops have their turn at once: judging keeps a processor busy, sending mostly waits for mail servers. */
const AT_ONCE: Readonly<Record<Job, number>> = {
  assess: 2,
  deliver: 4,
  suspend: 1,
  intake: 2,
  history: 2,
  enforce: 2,
  announce: 2,
  link: 1,
  learn: 1,
  bindings: 1,
};

/**
 * What is to be done follows from the tables, and is looked for at every start: a queue that a power cut sets back by a moment loses nothing,
 * so its many small commits need not wait for the disk.
 */
function notWaitingForTheDisk(serviceUrl: string): string {
  const url = new URL(serviceUrl);
  url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} -c synchronous_commit=off`.trim());
  return url.href;
}

/**
 * Starts the jobs, in the same database and as the same role as the service. Work is asked for once per shop, however many events
 * ask; what time alone changes (windows that slide, ends, another try at a mail server) is looked for each minute.
 */
export async function startJobs(serviceUrl: string, work: Work): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: notWaitingForTheDisk(serviceUrl),
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
  const send = async (job: Job, shop: ShopId, db?: ReturnType<typeof fromKysely>): Promise<void> => {
    await boss.send(job, { shop }, { singletonKey: shop, ...(db === undefined ? {} : { db }) });
  };
  const works = jobNames.flatMap((job) => {
    const own = work[job];
    return own === undefined ? [] : [{ job, ...own }];
  });
  for (const { job, some } of works) {
    await boss.createQueue(job, {
      policy: 'short',
      notify: true,
      retryLimit: 5,
      retryDelay: 1,
      retryBackoff: true,
      ...daily,
    });
    await boss.work<{ shop: ShopId }>(
      job,
      { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 5, localConcurrency: AT_ONCE[job] },
      async (asked) => {
        for (const { data } of asked) {
          const until = performance.now() + TURN_MS;
          let more = true;
          try {
            while (more && performance.now() < until) more = await some(data.shop);
          } catch (error) {
            // The queue tries again and keeps the reason to itself: whoever runs the service should hear it.
            work.onError(error);
            throw error;
          }
          if (more) await send(job, data.shop);
        }
      },
    );
  }
  await boss.createQueue(TICK, { policy: 'short', retryLimit: 0, ...daily });
  const askForDue = async (): Promise<void> => {
    for (const { job, shopsWithDue } of works) for (const shop of await shopsWithDue()) await send(job, shop);
  };
  await boss.work(TICK, { pollingIntervalSeconds: 5 }, askForDue);
  await boss.schedule(TICK, '* * * * *');
  // What fell due while nothing ran need not wait for the first minute to pass.
  await askForDue();

  return {
    soon: async (job, tx, shop) => {
      if (work[job] !== undefined) await send(job, shop, fromKysely(tx));
    },
    now: async (job, shop) => {
      if (work[job] !== undefined) await send(job, shop);
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}
