import { useEffect, useMemo } from 'react';
import type { TimelineEntry } from '../../../../contracts/customers.ts';
import type { Family } from '../../conduct/events/registry.ts';
import { useApiPages } from '../../query.ts';

const PAGE = 300;

/**
 * The events of a customer, newest first, page by page. While `wanted` is not among those fetched, older pages are fetched one
 * after the other until it is there or there are no more.
 */
export function useTimeline(shop: string, id: string, families: readonly Family[], wanted: string | null) {
  const pages = useApiPages('GET /api/shops/:shop/customers/:id/timeline', {
    params: { shop, id },
    query: { limit: PAGE, ...(families.length > 0 && { family: [...families] }) },
  });
  const { data, more } = pages;
  // The same list as long as nothing was fetched: what is drawn from ten thousand rows must not be worked out anew at every turn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are those of the data
  const rows = useMemo(() => pages.rows, [data]);
  const found = useMemo(() => wanted === null || rows.some((entry) => entry.id === wanted), [rows, wanted]);
  useEffect(() => {
    if (!found) more?.();
  }, [found, more]);
  const searching = !found && (pages.isPending || pages.hasNextPage);
  return { ...pages, rows, searching };
}

/** Who corrected an event, how they knew, by the event's id: told by the corrections that have been fetched. */
export function correctionsOf(entries: readonly TimelineEntry[]): ReadonlyMap<string, TimelineEntry> {
  const corrections = new Map<string, TimelineEntry>();
  for (const entry of entries) {
    const about = entry.body.event;
    // Newest first: the first one met is the one that holds.
    if (entry.kind === 'event.corrected' && typeof about === 'string' && !corrections.has(about))
      corrections.set(about, entry);
  }
  return corrections;
}
