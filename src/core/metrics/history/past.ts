import type { EventBody, EventKind, EventOf, LedgerEvent } from '../../events/event.ts';
import type { EventId } from '../../shared/brand.ts';
import type { Instant } from '../../shared/time.ts';
import type { Exclusion } from '../types.ts';

type Correction = EventBody<'event.corrected'>['as'];

/** The events that have happened by an instant, by kind and in order, with what later corrections say about each. */
export class Past {
  readonly first: LedgerEvent | null;
  readonly nextEventAt: Instant | null;
  readonly #byKind = new Map<EventKind, LedgerEvent[]>();
  readonly #corrections = new Map<string, Correction>();

  constructor(events: readonly LedgerEvent[], now: Instant) {
    let nextEventAt: Instant | null = null;
    const happened: LedgerEvent[] = [];
    for (const event of events) {
      if (event.occurredAt <= now) happened.push(event);
      else if (nextEventAt === null || event.occurredAt < nextEventAt) nextEventAt = event.occurredAt;
    }
    // Arrival order says nothing; the ledger's own sequence decides between events of the same millisecond.
    happened.sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq);
    for (const event of happened) {
      const list = this.#byKind.get(event.kind);
      if (list === undefined) this.#byKind.set(event.kind, [event]);
      else list.push(event);
      if (event.kind === 'event.corrected') this.#corrections.set(event.body.event, event.body.as);
    }
    this.nextEventAt = nextEventAt;
    this.first = happened.find((event) => event.kind !== 'event.corrected' && !this.isVoid(event)) ?? null;
  }

  of<K extends EventKind>(kind: K): readonly EventOf<K>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as readonly EventOf<K>[];
  }

  /** Events of a kind under the reference each gives, oldest first. */
  grouped<K extends EventKind>(kind: K, reference: (body: EventBody<K>) => string | undefined): Groups<EventOf<K>> {
    const groups = new Map<string, [EventOf<K>, ...EventOf<K>[]]>();
    for (const event of this.of(kind)) {
      const key = reference(event.body as EventBody<K>);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [event]);
      else group.push(event);
    }
    return groups;
  }

  isVoid(event: { readonly id: EventId }): boolean {
    return this.#corrections.get(event.id) === 'void';
  }

  isShopFault(event: { readonly id: EventId }): boolean {
    return this.#corrections.get(event.id) === 'shop_fault';
  }

  /** The event that stands for a group told more than once: the first that is not voided, else the first. */
  chief<E extends LedgerEvent>(group: readonly [E, ...E[]]): E {
    return group.find((event) => !this.isVoid(event)) ?? group[0];
  }

  /** The events of a group that are not voided. */
  standing<E extends LedgerEvent>(group: readonly E[] | undefined): readonly E[] {
    if (group === undefined) return [];
    return this.#corrections.size === 0 ? group : group.filter((event) => !this.isVoid(event));
  }

  /** The last word among events where a later one replaces an earlier one; voided ones say nothing. */
  lastWord<E extends LedgerEvent>(group: readonly E[] | undefined): E | undefined {
    return group?.findLast((event) => !this.isVoid(event));
  }

  /** What corrections say about a fact: voided with its chief event, the shop's fault when any event of it was said to be. */
  corrected(chief: LedgerEvent, others: readonly (LedgerEvent | undefined)[] = []): Exclusion | null {
    if (this.isVoid(chief)) return 'voided';
    if (this.isShopFault(chief)) return 'shop_fault';
    return others.some((event) => event !== undefined && this.isShopFault(event)) ? 'shop_fault' : null;
  }
}

export type Groups<E> = ReadonlyMap<string, readonly [E, ...E[]]>;
