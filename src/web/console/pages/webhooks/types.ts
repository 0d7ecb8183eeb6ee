import type { ResponseOf } from '../../../../contracts/routes.ts';

export type Endpoint = ResponseOf<'GET /api/shops/:shop/webhooks'>['items'][number];
export type Topic = Endpoint['topics'][number];
export type Sent = ResponseOf<'GET /api/shops/:shop/webhooks/:id/sent'>['items'][number];

/** Everything another system can be told of, in the groups in which it is chosen. */
export const TOPIC_GROUPS: readonly {
  readonly group: 'measure' | 'appeal' | 'decision' | 'customer';
  readonly topics: readonly Topic[];
}[] = [
  {
    group: 'measure',
    topics: [
      'measure.started',
      'measure.changed',
      'measure.lifted',
      'measure.expired',
      'measure.voided',
      'measure.suspended',
      'measure.resumed',
    ],
  },
  { group: 'appeal', topics: ['appeal.filed', 'appeal.decided', 'appeal.withdrawn'] },
  { group: 'decision', topics: ['decision.denied'] },
  { group: 'customer', topics: ['customer.erased'] },
];
export const TOPICS: readonly Topic[] = TOPIC_GROUPS.flatMap((each) => each.topics);

type Written<S extends string> = S extends `${infer A}.${infer B}` ? `${A}_${B}` : S;

/** A topic as the words file names it: a dot would be read as a step into the file. */
export function topicKey<S extends string>(topic: S): Written<S> {
  return topic.replace('.', '_') as Written<S>;
}
