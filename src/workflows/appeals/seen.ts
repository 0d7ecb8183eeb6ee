import { createHash } from 'node:crypto';
import { foldMeasures } from '../../core/measures/fold.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { Case } from './hearing.ts';

/**
 * What somebody who decides an appeal had before their eyes, as a short text that differs when what was said, the customer's
 * measures or what counts of their past do. New orders change nothing about how past measures are judged, and do not differ.
 */
export function seenOf({ appeal, events }: Pick<Case, 'appeal' | 'events'>, now: Instant): string {
  const said = events.flatMap((event) =>
    event.kind === 'event.corrected'
      ? [[event.body.event, event.body.as]]
      : event.kind.startsWith('appeal.') && 'appeal' in event.body && event.body.appeal === appeal.id
        ? [[event.kind, event.id]]
        : [],
  );
  const measures = foldMeasures(events, now).map(({ id, type, state, until }) => [id, type, state, until]);
  return createHash('sha256')
    .update(JSON.stringify([said, measures]))
    .digest('base64url')
    .slice(0, 22);
}
