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
  /** How many lines of the text are shown while the row is closed. */
  readonly text: 0 | 1 | 2;
  readonly remark: boolean;
}

export const HEIGHTS = { day: 32, title: 44, details: 18, line: 20, remark: 20 } as const;

/** Longer texts get two lines. By their length, not by measuring: heights must be known before anything is drawn. */
export function linesOf(text: string | null): 0 | 1 | 2 {
  if (text === null || text === '') return 0;
  return text.length > 56 || text.includes('\n') ? 2 : 1;
}

/** The exact height of a closed row in pixels, known before it is drawn, so that nothing moves while scrolling. */
export function heightOf(shape: Shape): number {
  return (
    HEIGHTS.title +
    (shape.details ? HEIGHTS.details : 0) +
    shape.text * HEIGHTS.line +
    (shape.text > 0 ? 2 : 0) +
    (shape.remark ? HEIGHTS.remark : 0)
  );
}
