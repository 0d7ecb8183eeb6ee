import type { ReaderDeps } from './reader.ts';

export interface Deadlines {
  /** For a question about some customers or entries, in milliseconds. */
  readonly askMs: number;
  /** For one about a whole shop, or a page of the answer. */
  readonly wholeMs: number;
}

/** What to ask of a database whose connections may be dead without anybody having been told: each question fails when its time is over. */
export function inTime({ store, policies, likenesses, clock }: ReaderDeps, { askMs, wholeMs }: Deadlines): ReaderDeps {
  const { enforcement, lists, links } = store;
  const whole = (only: readonly unknown[] | null | undefined): number => (only == null ? wholeMs : askMs);
  return {
    clock,
    policies: {
      inForce: (shop) => within(askMs, policies.inForce(shop)),
      version: (shop, number) => within(askMs, policies.version(shop, number)),
    },
    store: {
      enforcement: {
        inMemory: (shop, only) => pagesWithin(whole(only), enforcement.inMemory(shop, only)),
        counters: (shops) => within(askMs, enforcement.counters(shops)),
        changesSince: (shop, counter, most) => within(askMs, enforcement.changesSince(shop, counter, most)),
        keysOf: (shop, customers) => within(wholeMs, enforcement.keysOf(shop, customers)),
      },
      lists: { inMemory: (shop, now, only) => pagesWithin(whole(only), lists.inMemory(shop, now, only)) },
      links: { sameAs: (shop, customers) => within(whole(customers), links.sameAs(shop, customers)) },
    },
    likenesses:
      likenesses === null
        ? null
        : {
            load: async (shop) => {
              const loaded = await within(LOADS * wholeMs, likenesses.load(shop));
              return {
                get size() {
                  return loaded.size;
                },
                match: (told, hashes) => loaded.match(told, hashes),
                renew: (customers) => within(askMs, loaded.renew(customers)),
              };
            },
          },
  };
}

/** Making likenesses ready asks for many pages, and works on each. */
const LOADS = 10;

/** Rejects when `work` has not ended in time; what comes of it later is passed over. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The database did not answer within ${ms / 1_000} seconds; it is asked again`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

async function* pagesWithin<T>(ms: number, pages: AsyncIterable<T>): AsyncGenerator<T> {
  const each = pages[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const next = each.next();
      const { done, value } = await within(ms, next);
      if (done === true) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    // Not waited for: it ends when the page does that nobody waits for any more.
    if (!ended) void each.return?.()?.catch(() => undefined);
  }
}
