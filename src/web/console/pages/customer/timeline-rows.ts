import type { TimelineEntry } from '../../../../contracts/customers.ts';

/** What the timeline draws, in order: a day, then that day's events. */
export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'event'; readonly key: string; readonly entry: TimelineEntry };

/** Puts a heading before each day's events, by the shop's calendar. The entries keep their order. */
export function byDay(entries: readonly TimelineEntry[], dayKey: (at: string) => string): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  for (const entry of entries) {
    const its = dayKey(entry.occurredAt);
    if (its !== day) {
      day = its;
      // The same day may come twice when two events were recorded out of order; the event makes the key its own.
      items.push({ kind: 'day', key: `${its} ${entry.id}`, at: entry.occurredAt });
    }
    items.push({ kind: 'event', key: entry.id, entry });
  }
  return items;
}

interface Shape {
  readonly details: boolean;
  readonly text: boolean;
  readonly remark: boolean;
}

export const HEIGHTS = { day: 40, title: 44, details: 18, text: 42, remark: 20 } as const;

/** The exact height of a closed row in pixels, known before it is drawn, so that nothing moves while scrolling. */
export function heightOf(shape: Shape): number {
  return (
    HEIGHTS.title +
    (shape.details ? HEIGHTS.details : 0) +
    (shape.text ? HEIGHTS.text : 0) +
    (shape.remark ? HEIGHTS.remark : 0)
  );
}
