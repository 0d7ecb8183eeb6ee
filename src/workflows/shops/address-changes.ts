import type { IncomingEnvelope } from '../../core/events/incoming.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { Sighting } from '../../ports/connections.ts';

/**
 * What changed between sightings of where orders go, each order's in the order of its versions: one event for each version that shows
 * another address than the one before. What was compared before is only compared with. The events depend on nothing but the sightings.
 */
export function addressChanges(sightings: readonly Sighting[]): readonly IncomingEnvelope[] {
  const orders = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = `${sighting.connection} ${sighting.order}`;
    const own = orders.get(key);
    if (own === undefined) orders.set(key, [sighting]);
    else own.push(sighting);
  }
  return [...orders.values()].flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.version - b.version);
    return inOrder.flatMap((sighting, index): IncomingEnvelope[] => {
      const before = inOrder[index - 1];
      if (before === undefined || before.address === sighting.address || sighting.settled) return [];
      const at = formatInstant(sighting.version);
      return [
        {
          kind: 'order.address_changed',
          id: `order:${sighting.order}:address:${at}`,
          source: sighting.source,
          occurredAt: at,
          customer: sighting.customer,
          body: { order: sighting.order, stage: sighting.stage },
        },
      ];
    });
  });
}
