import { type Entry, remembered, type Series } from '../series.ts';

/**
 * Orders from which something came back: each once, from the first return of it that counts. A return that no order is
 * known for cannot be set against one, so it is listed as unresolved.
 */
export const returnedOrders: Series = remembered((history, request) => {
  const counted = new Set<string>();
  const entries: Entry[] = [];
  for (const fact of history.returns) {
    const left = request.exclude.includes(fact.reason) ? 'left_out_by_policy' : null;
    const exclusion = fact.exclusion ?? left ?? (fact.orders.length === 0 ? 'unresolved' : null);
    if (exclusion !== null) {
      entries.push({ fact, amount: 1, exclusion });
      continue;
    }
    let fresh = 0;
    for (const order of fact.orders) {
      if (counted.has(order)) continue;
      counted.add(order);
      fresh += 1;
    }
    if (fresh > 0) entries.push({ fact, amount: fresh, exclusion: null });
  }
  return entries;
});
