import { type EventKind, eventBodies } from '../../core/events/event.ts';

/** What the timeline's filters are called, and which kinds of events each shows. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  orders: ['order.'],
  payments: ['payment.'],
  returns: ['return.'],
  refunds: ['refund.'],
  claims: ['claim.'],
  messages: ['message.'],
  reviews: ['review.'],
  complaints: ['complaint.'],
  accounts: ['account.', 'link.', 'evasion.'],
  notes: ['note.'],
  measures: ['measure.', 'proposal.'],
  appeals: ['appeal.', 'notice.', 'objection.'],
  // What was done to a list is on nobody's timeline: it stands here for whoever reads the ledger itself.
  decisions: ['decision.', 'entry.'],
  corrections: ['event.'],
};

export const families = Object.keys(PREFIXES);

/** The kinds of some families; null when one of them is unknown. */
export function kindsOf(names: readonly string[]): readonly EventKind[] | null {
  const prefixes: string[] = [];
  for (const name of names) {
    const own = Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined;
    if (own === undefined) return null;
    prefixes.push(...own);
  }
  return (Object.keys(eventBodies) as EventKind[]).filter((kind) => prefixes.some((prefix) => kind.startsWith(prefix)));
}
