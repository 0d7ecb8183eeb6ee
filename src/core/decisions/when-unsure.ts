import type { Surface } from '../events/measures.ts';
import { ALLOWED } from './decide.ts';
import type { Decision, FailureMode, LaterSurface, MessageKey } from './types.ts';

/**
 * What a decision becomes while it cannot be known whether what it rests on still holds. open: it stands. challenge: nobody passes
 * without the shop making sure of them. closed: not now; but a return and a way to be heard are never closed, and a person looks at them.
 * What was known to be graver stays, and whom somebody vouched for (`vouchedFor`) passes, whether or not anything speaks against them.
 */
export function whenUnsure(decision: Decision, surface: Surface, mode: FailureMode, vouchedFor: boolean): Decision {
  if (mode === 'open' || vouchedFor || decision.outcome === 'deny') return decision;
  if (mode === 'challenge')
    return decision.outcome === 'allow'
      ? { ...ALLOWED, outcome: 'challenge', message: nobodys(`decision.confirm.${surface}`) }
      : decision;
  if (staysOpen(surface))
    return decision.outcome === 'review'
      ? decision
      : // What was asked for is not named to somebody who is told that a person looks.
        { ...decision, outcome: 'review', obligations: [], message: nobodys(`decision.review.${surface}`) };
  return { ...decision, outcome: 'deny', obligations: [], message: nobodys(`decision.later.${surface}`) };
}

const staysOpen = (surface: Surface): surface is Exclude<Surface, LaterSurface> =>
  surface === 'return' || surface === 'contact';

const nobodys = (key: MessageKey): Decision['message'] => ({
  key,
  values: { until: null, obligations: [], rules: null, live: [], decidedBy: null },
});
