import type { EventKind } from '../../../../contracts/events.ts';
import { accountPresenters } from './accounts.ts';
import { appealPresenters } from './appeals.ts';
import { claimPresenters } from './claims.ts';
import { linkPresenters } from './links.ts';
import { entryPresenters } from './lists.ts';
import { measurePresenters } from './measures.ts';
import { messagePresenters } from './messages.ts';
import { objectionPresenters } from './objections.ts';
import { orderPresenters } from './orders.ts';
import { paymentPresenters } from './payments.ts';
import type { Presented, Presenter, Tools } from './presenter.ts';
import { returnPresenters } from './returns.ts';

/** One presenter per kind of event: a kind without one does not compile. */
export const presenters: { readonly [K in EventKind]: Presenter<K> } = {
  ...orderPresenters,
  ...paymentPresenters,
  ...returnPresenters,
  ...claimPresenters,
  ...messagePresenters,
  ...accountPresenters,
  ...measurePresenters,
  ...appealPresenters,
  ...entryPresenters,
  ...linkPresenters,
  ...objectionPresenters,
};

export interface Presentable {
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How an event reads on the timeline. A kind that a newer server knows and this page does not is still shown, by its name. */
export function presentEvent(event: Presentable, tools: Tools): Presented {
  if (!Object.hasOwn(presenters, event.kind))
    return {
      icon: 'info',
      meaning: 'neutral',
      title: tools.t('unknownKind', { kind: event.kind }),
      details: [],
    };
  // The API checked the body against the schema of this kind before it answered.
  const present = presenters[event.kind as EventKind] as (body: unknown, tools: Tools) => Presented;
  return present(event.body, tools);
}

/** The families the timeline can be filtered by, as the API names them, in the order shown. */
export const families = [
  'orders',
  'returns',
  'refunds',
  'payments',
  'claims',
  'messages',
  'complaints',
  'reviews',
  'notes',
  'measures',
  'appeals',
  'decisions',
  'corrections',
  'accounts',
] as const;
export type Family = (typeof families)[number];

const FAMILY_OF_PREFIX: Record<PrefixOf<EventKind>, Family> = {
  order: 'orders',
  payment: 'payments',
  return: 'returns',
  refund: 'refunds',
  claim: 'claims',
  message: 'messages',
  review: 'reviews',
  complaint: 'complaints',
  account: 'accounts',
  note: 'notes',
  measure: 'measures',
  proposal: 'measures',
  decision: 'decisions',
  decisions: 'decisions',
  event: 'corrections',
  appeal: 'appeals',
  notice: 'appeals',
  entry: 'decisions',
  link: 'accounts',
  evasion: 'accounts',
  objection: 'appeals',
};

type PrefixOf<K extends string> = K extends `${infer P}.${string}` ? P : never;

/** The family of a kind; null for one this page does not know. */
export function familyOf(kind: string): Family | null {
  const prefix = kind.slice(0, kind.indexOf('.'));
  return Object.hasOwn(FAMILY_OF_PREFIX, prefix) ? FAMILY_OF_PREFIX[prefix as PrefixOf<EventKind>] : null;
}
