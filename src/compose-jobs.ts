import { type Jobs, type Soon, startJobs } from './adapters/jobs/jobs.ts';
import { listenForChanges } from './adapters/postgres/changes.ts';
import { findShop } from './adapters/postgres/shops/find-shop.ts';
import type { Installation } from './compose.ts';
import { type ShopWorkDeps, shopWork, tidyReceived } from './compose-shop-jobs.ts';
import type { ShopId } from './core/shared/brand.ts';
import type { HookWire } from './ports/announcing.ts';
import type { Blobs } from './ports/hearing.ts';
import type { Shop } from './ports.ts';
import { announceDue } from './workflows/announce/announce-due.ts';
import { forgetSent } from './workflows/announce/forget-sent.ts';
import { sweepFiles } from './workflows/appeals/files/sweep.ts';
import { suspendOverdue } from './workflows/appeals/suspend-overdue.ts';
import { type AssessDeps, assessDue } from './workflows/assess/assess-due.ts';
import { learnWeights, lookedBefore } from './workflows/likeness/learn.ts';
import { linkDue } from './workflows/likeness/link-due.ts';
import { type DeliveryDeps, deliver } from './workflows/notices/deliver.ts';
import type { HandOverDeps } from './workflows/notices/hand-over.ts';
import type { NoticeDeps } from './workflows/notices/known.ts';
import { wordMessage } from './workflows/notices/word-message.ts';
import { tellAllBindings } from './workflows/objections/tell-bindings.ts';

/**
 * How what this process writes asks for work in its own transaction. It can be given to the store before the jobs run: whatever
 * is due until then is found when they start.
 */
export class JobBell {
  #jobs: Jobs | null = null;

  readonly soon: Soon = async (job, tx, shop) => {
    await this.#jobs?.soon(job, tx, shop);
  };

  connect(jobs: Jobs | null): void {
    this.#jobs = jobs;
  }
}

/** What sending takes: messages are put into words in the transaction that they are claimed in. */
export const deliveryOf = (deps: NoticeDeps & Omit<HandOverDeps, 'onFault'>): Omit<DeliveryDeps, 'onFault'> => ({
  ...deps,
  word: (store, shop, row) => wordMessage({ ...deps, store }, shop, row),
});

/**
 * Keeps standings up to date and sends messages for as long as the service runs: soon after every event, of this process or (an
 * import from the command line) of another, and when time alone changes something. Without `delivery` nothing is sent. Gives
 * the function that ends it.
 */
export async function runJobs(
  installation: Pick<Installation, 'db' | 'serviceUrl'>,
  deps: AssessDeps & { readonly blobs?: Blobs; readonly hookWire?: HookWire } & Partial<
      Pick<ShopWorkDeps, 'platforms' | 'fetch'>
    >,
  bell: JobBell,
  onError: (error: unknown) => void,
  delivery?: Omit<DeliveryDeps, 'onFault'>,
): Promise<() => Promise<void>> {
  await deps.store.imports.interruptAll(deps.clock.now());
  const ofShop = (work: (shop: Shop) => Promise<boolean>) => async (id: ShopId) => {
    const shop = await findShop(installation.db, id);
    return shop !== null && work(shop);
  };
  const shops = shopWorkDeps(deps, onError);
  const { hookWire } = deps;
  const jobs = await startJobs(installation.serviceUrl, {
    assess: {
      some: ofShop(async (shop) => (await assessDue({ ...deps, onFault: onError }, shop)).more),
      shopsWithDue: () => deps.store.standing.shopsWithDue(deps.clock.now()),
    },
    suspend: {
      some: ofShop(async (shop) => {
        await suspendOverdue({ ...deps, onFault: onError }, shop);
        return false;
      }),
      shopsWithDue: () => deps.store.appeals.shopsWithOverdue(deps.clock.now()),
    },
    ...(delivery === undefined
      ? {}
      : {
          deliver: {
            some: ofShop((shop) => deliver({ ...delivery, onFault: onError }, shop)),
            shopsWithDue: () => deps.store.outbox.shopsWithMail(deps.clock.now()),
          },
        }),
    ...(shops === null ? {} : shopWork(shops, ofShop)),
    link: {
      some: ofShop((shop) => linkDue(deps, shop)),
      shopsWithDue: () => deps.store.links.shopsWithDue(),
    },
    learn: {
      some: ofShop(async (shop) => {
        await learnWeights(deps, shop);
        return false;
      }),
      shopsWithDue: () => deps.store.links.shopsToLearn(lookedBefore(deps.clock.now())),
    },
    bindings: {
      some: ofShop(async (shop) => {
        await tellAllBindings(deps, shop);
        return false;
      }),
      shopsWithDue: () => deps.store.objections.shopsWithBindings(),
    },
    ...(hookWire === undefined
      ? {}
      : {
          announce: {
            some: ofShop((shop) => announceDue({ ...deps, hookWire, onFault: onError }, shop)),
            shopsWithDue: () => deps.store.announcing.shopsWithDue(deps.clock.now()),
          },
        }),
    onError,
  });
  bell.connect(jobs);
  const { blobs } = deps;
  const stopSweeping =
    blobs === undefined
      ? null
      : sweepNowAndThen(async () => {
          await sweepFiles({ ...deps, blobs });
          await tidyReceived(deps);
          await forgetSent(deps);
        }, onError);
  const stopListening = listenForChanges(installation.serviceUrl, {
    onChange: ({ shop, unassessed, unenforced }) => {
      if (unassessed === true) jobs.now('assess', shop).catch(onError);
      if (unenforced === true) jobs.now('enforce', shop).catch(onError);
    },
    onListening: () => undefined,
  });
  return async () => {
    bell.connect(null);
    await stopSweeping?.();
    await stopListening();
    await jobs.stop();
  };
}

const SWEEP_MS = 6 * 3_600_000;

/** Work with shop systems takes what the server has: a process without it leaves that work to the service. */
function shopWorkDeps(
  { platforms, fetch, blobs, ...deps }: Parameters<typeof runJobs>[1],
  onFault: (error: unknown) => void,
): ShopWorkDeps | null {
  return platforms === undefined || fetch === undefined || blobs === undefined
    ? null
    : { ...deps, platforms, fetch, blobs, onFault };
}

/** Sweeps away what is no longer needed, at the start and four times a day. */
function sweepNowAndThen(work: () => Promise<void>, onError: (error: unknown) => void): () => Promise<void> {
  let sweeping: Promise<unknown> = Promise.resolve();
  const sweep = (): void => {
    sweeping = sweeping.then(work).catch(onError);
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_MS).unref();
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
