import { sinceLast } from '../ages.ts';
import { define } from '../definition.ts';
import { type Entry, remembered, type Series } from '../series.ts';
import { faultReads, messageReads, returnReads, reviewReads } from './reads.ts';
import { chargebacks, claims, labelled, unfairReviews, unfoundedComplaints, wornReturns } from './series.ts';

/** Every series that somebody has judged. One fact may be in several (an insult with a threat): for its date that is all one. */
const judged: readonly Series[] = [
  wornReturns,
  claims(),
  chargebacks,
  unfoundedComplaints,
  unfairReviews,
  labelled(false, 'insult', 'harassment', 'hate', 'threat_of_violence', 'extortion'),
  labelled(true, 'threat_of_publicity', 'threat_of_legal_action', 'impossible_demand'),
];

const incidents: Series = remembered((history, request) => {
  const entries: Entry[] = judged.flatMap((series) => [...series(history, request)]);
  return entries.sort((a, b) => a.fact.at - b.fact.at);
});

export const sinceIncident = {
  days_since_last_incident: define(
    'days_since_last_incident',
    {
      title: 'Days since the last incident',
      definition:
        'Whole days since the last incident that counts and has settled; unknown when there is none. An incident is conduct that somebody has judged: a return inspected as worn or damaged, an unfounded claim or complaint, a chargeback, a review assessed as unfair, a message that staff labelled as abuse, threat, extortion or impossible demand. Ordinary returns, refunds, cancellations and contacts are none.',
      reads: [...returnReads, ...faultReads, ...reviewReads, ...messageReads],
      conduct: true,
      incident: true,
    },
    sinceLast(incidents),
  ),
} as const;
