import { isAppealEvent } from '../../core/appeals/fold.ts';
import type { AppealEvent } from '../../core/appeals/transitions.ts';
import type { LedgerEvent } from '../../core/events/event.ts';
import { type AppealId, type CustomerId, type EventId, id, type StaffId } from '../../core/shared/brand.ts';
import type { Attachment } from '../../ports/hearing.ts';
import type { Store } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import type { Said } from './types.ts';

/** What was said on both sides about some appeals of one customer, by appeal, oldest first. */
export async function exchangesOf(
  store: Store,
  shop: Shop,
  customer: CustomerId,
  events: readonly LedgerEvent[],
  wanted: readonly AppealId[],
): Promise<ReadonlyMap<AppealId, readonly Said[]>> {
  const told = events
    .filter(isAppealEvent)
    .filter((event) => event.kind !== 'appeal.taken' && wanted.includes(id<AppealId>(event.body.appeal)))
    .sort((a, b) => a.seq - b.seq);
  const [words, files] = await Promise.all([
    store.ledger.wordsOf(
      shop.id,
      customer,
      told.map((event) => event.id),
    ),
    store.appeals.attachmentsOf(shop.id, wanted),
  ]);
  const known = new Map(files.map((file) => [file.id as string, file]));
  const said = new Map<AppealId, Said[]>(wanted.map((appeal) => [appeal, []]));
  for (const event of told) said.get(id<AppealId>(event.body.appeal))?.push(saidIn(event, words, known));
  return said;
}

const KINDS = {
  'appeal.filed': 'filed',
  'appeal.information_asked': 'asked',
  'appeal.information_given': 'given',
  'appeal.decided': 'decided',
  'appeal.withdrawn': 'withdrawn',
  'appeal.taken': 'asked',
} as const satisfies Record<AppealEvent['kind'], Said['kind']>;

function saidIn(event: AppealEvent, words: ReadonlyMap<EventId, string>, files: ReadonlyMap<string, Attachment>): Said {
  const attached = 'attachments' in event.body ? event.body.attachments : [];
  return {
    at: event.occurredAt,
    from: 'by' in event.body ? 'shop' : 'customer',
    by: 'by' in event.body ? id<StaffId>(event.body.by) : null,
    kind: KINDS[event.kind],
    text: words.get(event.id) ?? null,
    attachments: attached.flatMap((each) => {
      const file = files.get(each);
      return file === undefined ? [] : [{ id: file.id, name: file.name, type: file.type, bytes: file.bytes }];
    }),
  };
}
