import type { CustomerReference } from '../../core/events/incoming.ts';
import { phoneRegion } from '../../core/identity/region.ts';
import type { CustomerId } from '../../core/shared/brand.ts';
import type { OfferedEvent, Subject } from '../../ports/ledger.ts';
import type { Connection } from '../../ports/platforms.ts';
import type { Deps } from '../../ports/store.ts';
import type { Shop } from '../../ports.ts';
import { readSubject } from '../intake/subject.ts';
import { identify } from './identify.ts';

export const DATA_ASKED =
  'In the shop’s system this customer asked what is known about them. Answer within a month: the customer’s page has a copy of everything to hand over.';
export const MERGED =
  'In the shop’s system another customer was merged into this one. What is reported of either from now on counts here.';
export const MERGED_APART =
  'In the shop’s system two customers were merged who each have a past here. They stay two here: a measure on one does not hold for the other, unless a person decides so.';

/**
 * Two customers became one in the shop's system. One we have never heard of is from now on recognised as the other. Where both have a
 * past, both keep it and a note says so: nobody comes under a measure, or out of it, by a merge.
 */
export async function noteMerge(
  deps: Deps,
  shop: Shop,
  connection: Connection,
  { kept, gone }: { readonly kept: CustomerReference; readonly gone: CustomerReference },
): Promise<void> {
  const region = phoneRegion(shop.jurisdictions, shop.timeZone);
  const [keptSubject, goneSubject] = [readSubject(kept, region), readSubject(gone, region)];
  if (!keptSubject.ok || !goneSubject.ok) return;
  const [keptId, goneId] = [await identify(deps, shop, kept), await identify(deps, shop, gone)];
  const pair = deps.vault.contentHash(
    shop.id,
    `merge ${JSON.stringify([keptSubject.value.identifiers, goneSubject.value.identifiers])}`,
  );
  const sourceId = `merged:${pair.toString('hex').slice(0, 32)}`;
  if (keptId !== null && goneId !== null && keptId !== goneId)
    return write(deps, shop, connection, [
      [`${sourceId}:kept`, MERGED_APART, byId(keptId)],
      [`${sourceId}:gone`, MERGED_APART, byId(goneId)],
    ]);
  // Nobody is made for a merge of two strangers.
  if (keptId === null && goneId === null) return;
  const both = [...keptSubject.value.identifiers, ...goneSubject.value.identifiers];
  // Whoever is known comes first, so that the other's details become theirs.
  const identifiers = keptId === null ? [...goneSubject.value.identifiers, ...keptSubject.value.identifiers] : both;
  await write(deps, shop, connection, [[sourceId, MERGED, { identifiers, shown: keptSubject.value.shown }]]);
}

/** A customer asked, through the shop's system, for what is known about them: pinned on their page for staff to answer. */
export async function noteDataAsked(
  deps: Deps,
  shop: Shop,
  connection: Connection,
  reference: CustomerReference,
): Promise<void> {
  const customer = await identify(deps, shop, reference);
  if (customer === null) return;
  const day = new Date(deps.clock.now()).toISOString().slice(0, 10);
  await write(deps, shop, connection, [[`data-asked:${customer}:${day}`, DATA_ASKED, byId(customer)]]);
}

const byId = (id: CustomerId): Subject => ({ id, identifiers: [], shown: {} });

async function write(
  { store, clock }: Deps,
  shop: Shop,
  connection: Connection,
  notes: readonly (readonly [sourceId: string, text: string, subject: Subject])[],
): Promise<void> {
  await store.ledger.append(
    shop,
    notes.map(
      ([sourceId, text, subject]): OfferedEvent => ({
        kind: 'note.added',
        body: { pinned: true },
        subject,
        private: { text },
        occurredAt: clock.now(),
        source: connection.source,
        sourceId,
      }),
    ),
  );
}
