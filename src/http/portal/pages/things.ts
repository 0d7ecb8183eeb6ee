import { thingRow } from '../../../core/notices/evidence.ts';
import type { Happened } from '../../../core/notices/happened.ts';
import { type Html, html } from '../../../core/shared/html.ts';
import { say } from '../../../core/shared/words.ts';
import type { LeftOut } from '../../../workflows/portal/standing-page.ts';
import { text } from '../markup.ts';
import { type Visit, words } from '../visit.ts';

/** Of more it is said how many there are: the whole list is in the copy of everything. */
const MOST = 25;

/** Things that counted, a line each: the day, what it was, and what is known of it. */
export function countedList(visit: Visit, things: readonly Happened[]): Html | null {
  if (things.length === 0) return null;
  const rows = things.slice(0, MOST).map((thing) => {
    const row = thingLine(visit, thing);
    return html`<li><span>${row.date}</span><span>${text(row.what)}</span>${noteOf(row.note)}</li>`;
  });
  return folded(words(visit, 'standing.counted', { count: things.length }), rows, moreOf(visit, things.length));
}

/** Things that did not count: struck through, each with the reason. */
export function excludedList(visit: Visit, left: readonly LeftOut[]): Html | null {
  if (left.length === 0) return null;
  const rows = left.slice(0, MOST).map(({ thing, because }) => {
    const row = thingLine(visit, thing);
    const reason = say(visit.language, `notices.excluded.because.${because}`);
    return html`<li><s>${row.date}</s><span><s>${text(row.what)}</s> <b>${reason}</b></span>${noteOf(row.note)}</li>`;
  });
  return folded(words(visit, 'standing.excluded', { count: left.length }), rows, moreOf(visit, left.length));
}

/** A thing in words: its day, what it was, and order, amount and findings beside it. */
export function thingLine(visit: Visit, thing: Happened): { date: string; what: string; note: string | null } {
  const { shop, language } = visit;
  const row = thingRow({ language, shop: { timeZone: shop.timeZone } }, thing, null);
  return { date: row.label, what: row.value, note: row.note ?? null };
}

const noteOf = (note: string | null): Html | null =>
  note === null ? null : html`<span class="soft small">${text(note)}</span>`;

const moreOf = (visit: Visit, count: number): Html | null =>
  count <= MOST ? null : html`<p class="soft small">${words(visit, 'standing.more', { count: count - MOST })}</p>`;

const folded = (summary: string, rows: readonly Html[], more: Html | null): Html =>
  html`<details><summary>${summary}</summary><ul class="things">${rows}</ul>${more}</details>`;
