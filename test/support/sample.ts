import type { LedgerEvent } from '../../src/core/events/event.ts';
import { eventBodies } from '../../src/core/events/event.ts';
import { tellPast } from '../../src/sample/past.ts';
import type { SampleShop } from '../../src/sample/sample-shop.ts';
import { stableId } from '../../src/workflows/stable-id.ts';
import { customerId, eventId, staffId } from './events.ts';

/** The sample as the ledger would hold it, by the number of the person, without a database. */
export function sampleLedger(shop: SampleShop): ReadonlyMap<number, readonly LedgerEvent[]> {
  const byPerson = new Map<number, LedgerEvent[]>();
  const placeOf = new Map(shop.events.map((event, index) => [event.id, index + 1] as const));
  const add = (
    person: number,
    event: Pick<LedgerEvent, 'kind' | 'occurredAt' | 'sourceId'> & { body: unknown },
    seq: number,
  ) => {
    const own = byPerson.get(person) ?? [];
    own.push({
      ...event,
      id: eventId(seq),
      seq,
      customer: customerId(person + 1),
      recordedAt: shop.calendar.end,
      source: 'sample',
    } as LedgerEvent);
    byPerson.set(person, own);
  };
  for (const [index, { kind, at, body, id: sourceId, person }] of shop.events.entries())
    add(person, { kind, occurredAt: at, sourceId, body: eventBodies[kind].parse(body) }, index + 1);

  const recorded = (sampleId: string) => {
    const seq = placeOf.get(sampleId);
    const event = shop.events[(seq ?? 0) - 1];
    if (seq === undefined || event === undefined) throw new Error(`The sample tells of no ${sampleId}`);
    return { event: eventId(seq), customer: customerId(event.person + 1) };
  };
  const past = tellPast(shop, {
    recorded,
    staff: staffId(1),
    proposalId: (customer, key) => stableId('proposal', customer, key),
    measureId: (name) => stableId('measure', name),
  });
  for (const [index, { kind, at, body, id: sourceId, customer }] of past.entries()) {
    const person = shop.people.findIndex((one) => customerId(one.number + 1) === customer);
    add(person, { kind, occurredAt: at, sourceId, body }, shop.events.length + index + 1);
  }
  return byPerson;
}
