import { type CustomerId, type EventId, id, type MeasureId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { type Instant, parseInstant, whyNoInstant } from '../../core/shared/time.ts';
import type { Deps } from '../../ports/store.ts';
import type { PolicyShelf } from '../../workflows/console/policy-shelf.ts';
import { invalid, type Refused } from '../../workflows/desk/refused.ts';
import { addNote } from '../../workflows/measures/add-note.ts';
import { correctEvent } from '../../workflows/measures/correct-event.ts';
import { liftMeasure } from '../../workflows/measures/lift-measure.ts';
import { takeMeasure } from '../../workflows/measures/take-measure.ts';
import { refused } from '../problem.ts';
import type { RegisterRoute } from './route.ts';

/** What staff do about a customer without a proposal. */
export function actingRoutes(route: RegisterRoute, deps: Deps & { readonly policies: PolicyShelf }): void {
  route('POST /api/shops/:shop/customers/:id/notes', async ({ shop, session, role, params, body }) => {
    const by = { id: session.staff.id, role };
    return done(await addNote(deps, shop, by, id<CustomerId>(params.id), body));
  });

  route('POST /api/shops/:shop/customers/:id/corrections', async ({ shop, session, role, params, body }) => {
    const by = { id: session.staff.id, role };
    const wish = { ...body, event: id<EventId>(body.event) };
    return done(await correctEvent(deps, shop, by, id<CustomerId>(params.id), wish));
  });

  route('POST /api/shops/:shop/customers/:id/measures', async ({ shop, session, role, params, body }) => {
    const until = readUntil(body.until);
    if (!until.ok) return refused(until.error);
    const by = { id: session.staff.id, role };
    const evidence = body.evidence.map((event) => id<EventId>(event));
    const taken = await takeMeasure(deps, shop, by, id<CustomerId>(params.id), {
      ...body,
      until: until.value,
      evidence,
    });
    return taken.ok ? { measure: taken.value } : refused(taken.error);
  });

  route('POST /api/shops/:shop/measures/:id/lift', async ({ shop, session, role, params, body }) => {
    const by = { id: session.staff.id, role };
    return done(await liftMeasure(deps, shop, by, id<MeasureId>(params.id), body.reason));
  });
}

/** The end somebody chose. The schema has seen that it is ISO 8601; whether the day exists in our years is seen here. */
export function readUntil(text: string): Result<Instant, Refused> {
  const until = parseInstant(text);
  return until === null ? err(invalid('until', whyNoInstant(text))) : ok(until);
}

const done = (outcome: Result<true, Refused>) => (outcome.ok ? { ok: true as const } : refused(outcome.error));
