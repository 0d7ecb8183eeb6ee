import type { PrivatePart } from '../../core/events/event.ts';
import type { IssuedNotice } from '../../core/notices/types.ts';
import type { AppealId, CustomerId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { Standing } from '../../core/standing/types.ts';
import type { ActRecord } from '../../ports/enforcing.ts';
import type { OpenedEvent, ShownPart } from '../../ports/ledger.ts';
import type { ListEntry } from '../../ports/lists.ts';
import type { Shop } from '../../ports.ts';
import type { CustomerAppeal, Said } from '../appeals/types.ts';
import { type PortalPageDeps, standingPage } from './standing-page.ts';

/** A file they sent, by its name. */
export type HeldFile = Said['attachments'][number] & { readonly appeal: AppealId; readonly addedAt: Instant };

/** Everything that is held about a customer, but the events, which are read page by page. */
export interface HeldData {
  readonly madeAt: Instant;
  readonly who: ShownPart;
  readonly language: string | null;
  readonly standing: { readonly is: Standing; readonly since: Instant | null; readonly until: Instant | null };
  /** Newest first. */
  readonly notices: readonly IssuedNotice[];
  readonly appeals: readonly CustomerAppeal[];
  readonly files: readonly HeldFile[];
  /** What was asked of the shop's own system, newest first. */
  readonly acts: readonly ActRecord[];
  /** Where they stand on the shop's lists by an identifier, a name with an address or a device of theirs, newest first. */
  readonly entries: readonly ListEntry[];
  readonly events: AsyncIterable<readonly OpenedEvent[]>;
}

const MOST_NOTICES = 1_000;
const MOST_ACTS = 1_000;
const MOST_ENTRIES = 100;
const EVENTS_AT_ONCE = 500;

/** Gathers what is held about a customer. Their appeals come from whoever hears them. */
export async function heldData(
  deps: PortalPageDeps,
  shop: Shop,
  customer: CustomerId,
  appeals: readonly CustomerAppeal[],
): Promise<HeldData> {
  const [shown, language, notices, acts, entries, { assessment }] = await Promise.all([
    deps.store.ledger.shownOf(shop.id, [customer]),
    deps.store.portal.language(shop.id, customer),
    deps.store.notices.of(shop.id, customer, MOST_NOTICES),
    deps.store.acts.ofCustomer(shop.id, customer, MOST_ACTS),
    deps.store.lists.about(shop.id, customer, MOST_ENTRIES),
    standingPage(deps, shop, customer),
  ]);
  return {
    madeAt: deps.clock.now(),
    who: shown.get(customer) ?? {},
    language,
    standing: { is: assessment.standing, since: assessment.since, until: assessment.until },
    notices,
    appeals,
    files: appeals.flatMap(({ appeal, exchange }) =>
      exchange.flatMap((said) => said.attachments.map((file) => ({ ...file, appeal: appeal.id, addedAt: said.at }))),
    ),
    acts,
    entries,
    events: allEvents(deps, shop, customer),
  };
}

async function* allEvents(deps: PortalPageDeps, shop: Shop, customer: CustomerId) {
  let after = 0;
  for (;;) {
    const page = await deps.store.ledger.openedOf(shop.id, customer, { after, limit: EVENTS_AT_ONCE });
    if (page.length > 0) yield page;
    after = page.at(-1)?.event.seq ?? after;
    if (page.length < EVENTS_AT_ONCE) return;
  }
}

/** Which parts of an event name staff: the customer's data, and not who of the shop did what. */
const STAFF_PARTS: ReadonlySet<string> = new Set(['by', 'approvedBy', 'colleague']);
/** Which parts name another customer: whom somebody was compared with is not theirs to know. */
const OTHERS_PARTS: ReadonlySet<string> = new Set(['other', 'of']);

/** An event for the customer it is about: without hashes, and without who of the staff did it. */
export function eventForItsCustomer({ event, private: hidden }: OpenedEvent) {
  const body = Object.entries(event.body).filter(
    ([name, value]) => !OTHERS_PARTS.has(name) && (!STAFF_PARTS.has(name) || (name === 'by' && !looksLikeId(value))),
  );
  return {
    id: event.id,
    kind: event.kind,
    occurredAt: formatInstant(event.occurredAt),
    recordedAt: formatInstant(event.recordedAt),
    source: sourceOf(event.source),
    ...(event.kind === 'account.identified' ? {} : { details: Object.fromEntries(body) }),
    ...(hidden === null ? {} : { personal: hidden satisfies PrivatePart }),
  };
}

/** "by" also says whether the shop or the customer did something, or how a return arrived: that stays. */
const looksLikeId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);

/** Which system told it; of staff only that they did. */
const sourceOf = (source: string): string => (source.startsWith('staff:') ? 'staff' : source);
