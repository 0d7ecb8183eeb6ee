import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ProposalRow } from '../../../../contracts/review.ts';
import { followUp } from '../../follow-up.ts';

const LIST = 'GET /api/shops/:shop/review';
const DETAIL = 'GET /api/shops/:shop/review/:id';

interface Page {
  readonly items: readonly ProposalRow[];
  readonly next: string | null;
  readonly open: number;
}

/** Every list of proposals on this device, as it was; `restore` puts it back. */
export type Kept = readonly (readonly [readonly unknown[], unknown])[];

/** Takes an answered case out of every list, before the server has said so. */
export async function takeOut(cache: QueryClient, id: string): Promise<Kept> {
  await cache.cancelQueries({ queryKey: [LIST] });
  const kept = cache.getQueriesData<InfiniteData<Page>>({ queryKey: [LIST] });
  for (const [key, data] of kept) {
    if (data?.pages === undefined) continue;
    const held = data.pages.some((page) => page.items.some((row) => row.id === id));
    if (!held) continue;
    cache.setQueryData<InfiniteData<Page>>(key, {
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        open: Math.max(0, page.open - 1),
        items: page.items.filter((row) => row.id !== id),
      })),
    });
  }
  return kept;
}

export function restore(cache: QueryClient, kept: Kept): void {
  for (const [key, data] of kept) cache.setQueryData(key, data);
}

/** What an answer makes stale beside the queue and the case: what Home counts, and the customer. */
const BESIDE = [
  'GET /api/shops/:shop/home',
  'POST /api/shops/:shop/customers/search',
  'GET /api/shops/:shop/customers/:id',
  'GET /api/shops/:shop/customers/:id/timeline',
  'GET /api/shops/:shop/customers/:id/notices',
  'GET /api/shops/:shop/measures',
];

/**
 * Asks for all that an answer makes stale. What shows the standing is asked again a little later, when it has followed; the
 * queue is not, as by then the next case may have been taken out of it and not yet be answered.
 */
export async function refresh(cache: QueryClient): Promise<void> {
  followUp(cache, BESIDE);
  await Promise.all([LIST, DETAIL, ...BESIDE].map((route) => cache.invalidateQueries({ queryKey: [route] })));
}
