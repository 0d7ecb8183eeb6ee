import type { AppealDetail } from '../../../../contracts/appeals.ts';
import type { EvidenceEntry } from '../../../../contracts/customers.ts';
import type { BodyOf } from '../../../../contracts/routes.ts';

/** How a fact would count: as it does, not at all because it did not happen so, or not because the shop caused it. */
export const MARKS = ['counts', 'void', 'shop_fault'] as const;
export type Mark = (typeof MARKS)[number];
export type Corrections = NonNullable<BodyOf<'POST /api/shops/:shop/appeals/:id/decide'>['corrections']>;

/** What is marked, by how; everything else counts. */
export interface Marked {
  readonly void: readonly string[];
  readonly fault: readonly string[];
}

export function markOf(marked: Marked, event: string): Mark {
  if (marked.void.includes(event)) return 'void';
  return marked.fault.includes(event) ? 'shop_fault' : 'counts';
}

export function mark(marked: Marked, event: string, as: Mark): Marked {
  const rest = (events: readonly string[]) => events.filter((each) => each !== event);
  return {
    void: as === 'void' ? [...rest(marked.void), event] : rest(marked.void),
    fault: as === 'shop_fault' ? [...rest(marked.fault), event] : rest(marked.fault),
  };
}

/** What the API is sent: only facts that the appeal rests on, in an order of their own so that the same marks ask the same. */
export function correctionsOf(marked: Marked, facts: readonly Fact[]): Corrections {
  const may = new Set(facts.filter((fact) => fact.out === null).map((fact) => fact.entry.id));
  return [
    ...marked.void.map((event) => ({ event, as: 'void' as const })),
    ...marked.fault.map((event) => ({ event, as: 'shop_fault' as const })),
  ]
    .filter(({ event }) => may.has(event))
    .toSorted((a, b) => a.event.localeCompare(b.event));
}

type Exclusion = AppealDetail['traces'][number]['conditions'][number]['excluded'][number]['because'];

/** A fact behind the measure. */
export interface Fact {
  readonly entry: EvidenceEntry;
  readonly disputed: boolean;
  /** Why it counts no more, or never did: then there is nothing to mark. Null: it counts. */
  readonly out: Exclusion | null;
}

/** What the measure rests on: what the customer disputes first, then what counts, the newest first, then what was left out already. */
export function factsOf({ events, traces, disputed }: Pick<AppealDetail, 'events' | 'traces' | 'disputed'>): Fact[] {
  const conditions = traces.flatMap((trace) => trace.conditions);
  const counted = new Set(conditions.flatMap((condition) => condition.evidence));
  const excluded = new Map(
    conditions.flatMap((condition) => condition.excluded.map(({ event, because }) => [event, because] as const)),
  );
  const outOf = (entry: EvidenceEntry): Exclusion | null => {
    if (entry.corrected === 'void') return 'voided';
    if (entry.corrected === 'shop_fault') return 'shop_fault';
    return counted.has(entry.id) ? null : (excluded.get(entry.id) ?? null);
  };
  return events
    .map((entry) => ({ entry, disputed: disputed.includes(entry.id), out: outOf(entry) }))
    .toSorted(
      (a, b) =>
        Number(b.disputed) - Number(a.disputed) ||
        Number(a.out !== null) - Number(b.out !== null) ||
        b.entry.occurredAt.localeCompare(a.entry.occurredAt),
    );
}
