import { type CustomerId, type EventId, id } from '../../core/shared/brand.ts';
import { instant } from '../../core/shared/time.ts';
import type { ConsoleReads } from '../../ports/console.ts';
import type { Languages } from '../../ports/languages.ts';
import { NUMBER_ID, pageOf, readCursor } from '../cursor.ts';
import { ProblemAnswer, problem } from '../problem.ts';
import { ProblemWords, REMARKS } from '../problem-words.ts';
import { families, kindsOf } from './families.ts';
import type { RegisterRoute } from './route.ts';
import { timelineEntry } from './views.ts';

/** What happened to one customer, newest first. */
export function timelineRoute(
  route: RegisterRoute,
  { reads, languages }: { readonly reads: ConsoleReads; readonly languages: Languages },
): void {
  const remarks = new ProblemWords(languages, REMARKS);

  route('GET /api/shops/:shop/customers/:id/timeline', async ({ shop, params, query, language }) => {
    const after = readCursor(query.cursor, NUMBER_ID);
    if (after instanceof ProblemAnswer) return after;
    const wanted = listOf(query.family);
    const kinds = kindsOf(wanted);
    if (kinds === null) {
      const message = `must be among ${families.join(', ')}`;
      return problem(400, `"family" ${message}.`, { errors: [{ field: 'family', message }] });
    }
    const rows = await reads.timeline(shop.id, id<CustomerId>(params.id), {
      kinds: wanted.length === 0 ? null : kinds,
      before: after === null ? null : { at: instant(after.value), seq: Number(after.id) },
      around: query.around === undefined ? null : id<EventId>(query.around),
      limit: query.limit + 1,
    });
    const page = pageOf(rows, query.limit, (last) => ({ value: last.occurredAt, id: String(last.seq) }));
    return { items: page.items.map((each) => timelineEntry(each, remarks, language)), next: page.next };
  });
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
