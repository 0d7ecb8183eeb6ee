import type { Kysely, Transaction } from 'kysely';
import type { LedgerStore } from '../../ports/ledger.ts';
import type { Store } from '../../ports/store.ts';
import type { Clock, Ids, Vault } from '../../ports.ts';
import type { Soon } from '../jobs/jobs.ts';
import { createAnnouncingStore } from './announcing/announcing.ts';
import { createAppealStore } from './appeals/appeals.ts';
import { createConnectionStore } from './connections/connections.ts';
import { createOrderStore } from './connections/orders.ts';
import { createReceivedStore } from './connections/received.ts';
import { createRunStore } from './connections/runs.ts';
import { createEnforcementStore } from './enforcement/enforcement.ts';
import { createActStore } from './enforcing/acts.ts';
import { createGuestListStore } from './enforcing/guest-list.ts';
import { createMarkStore } from './enforcing/marks.ts';
import { createImportStore } from './imports/imports.ts';
import { append } from './ledger/append.ts';
import { lockHead } from './ledger/lock-head.ts';
import { rebuild } from './ledger/rebuild.ts';
import { holdsHash, verify } from './ledger/verify.ts';
import { createLinkStore } from './links/links.ts';
import { createListStore } from './lists/lists.ts';
import { createMailServerStore } from './mail/mail-server.ts';
import { createNoticeStore } from './mail/notices.ts';
import { createOutboxStore } from './mail/outbox.ts';
import { createObjectionStore } from './objections/objections.ts';
import { createPolicyStore } from './policies/policies.ts';
import { createLogoStore } from './portal/logos.ts';
import { createPortalStore } from './portal/portal.ts';
import { findEvent } from './queries/event.ts';
import { eventOfSource } from './queries/event-of-source.ts';
import { eventsByCustomer } from './queries/events-by-customer.ts';
import { eventsOf } from './queries/events-of.ts';
import { openedOf } from './queries/opened-of.ts';
import { shownOf } from './queries/shown-of.ts';
import { wordsOf } from './queries/words-of.ts';
import type { Database } from './schema.ts';
import { colleaguesOf } from './staff/colleagues.ts';
import { createStandingStore } from './standing/standing.ts';
import { inTransaction } from './transaction.ts';

export interface StoreContext {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Asks for a shop's work in the same transaction. Without it somebody else looks for what is due. */
  readonly soon?: Soon | undefined;
}

/** The store on PostgreSQL. */
export function createStore(db: Kysely<Database>, context: StoreContext): Store {
  const outbox = createOutboxStore(db, context);
  return {
    transaction: (work) => inTransaction(db, (tx) => work(createStore(tx, context))),
    ledger: createLedger(db, context),
    policies: createPolicyStore(db, context.soon),
    standing: createStandingStore(db),
    enforcement: createEnforcementStore(db),
    imports: createImportStore(db),
    lists: createListStore(db, context),
    outbox,
    notices: createNoticeStore(db, context.vault),
    mailServers: createMailServerStore(db, context.vault, outbox),
    appeals: createAppealStore(db, context.vault),
    portal: createPortalStore(db),
    logos: createLogoStore(db),
    connections: createConnectionStore(db, context.vault),
    received: createReceivedStore(db, context),
    platformOrders: createOrderStore(db, context.vault),
    runs: createRunStore(db, context),
    marks: createMarkStore(db, context),
    guestList: createGuestListStore(db),
    acts: createActStore(db, context),
    announcing: createAnnouncingStore(db, context),
    links: createLinkStore(db, context.vault),
    objections: createObjectionStore(db),
    team: { colleagues: (shop) => colleaguesOf(db, context.vault, shop) },
  };
}

function createLedger(db: Kysely<Database>, context: StoreContext): LedgerStore {
  const { vault, ids, clock, soon } = context;
  return {
    append: (shop, offered) => append(only(db), { vault, ids, now: clock.now(), soon }, shop, offered),
    lock: async (shop) => {
      await lockHead(only(db), shop);
    },
    eventsOf: (shop, customers) => eventsOf(db, shop, customers),
    byCustomer: (shop, upTo) => eventsByCustomer(db, shop, upTo),
    shownOf: (shop, customers) => shownOf(db, vault, shop, customers),
    wordsOf: (shop, customer, events) => wordsOf(db, vault, shop, customer, events),
    openedOf: (shop, customer, page) => openedOf(db, vault, shop, customer, page),
    event: (shop, id) => findEvent(db, shop, id),
    eventOfSource: (shop, source) => eventOfSource(db, shop, source),
    holds: (shop, hash) => holdsHash(db, shop, hash),
    verify: (shop, onProgress) => verify(db, shop, onProgress),
    rebuild: (shop, onProgress) => rebuild(only(db), vault, shop, clock.now(), onProgress),
  };
}

/** Refuses to write to the ledger outside a transaction, where a lock would end with its statement. */
function only(db: Kysely<Database>): Transaction<Database> {
  if (!db.isTransaction) throw new Error('The ledger is written inside a transaction only');
  return db as Transaction<Database>;
}
