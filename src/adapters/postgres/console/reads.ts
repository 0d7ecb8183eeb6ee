import type { Kysely } from 'kysely';
import type { ConsoleReads } from '../../../ports/console.ts';
import type { Clock, Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { addressesOf, reasonsOf } from './addresses.ts';
import { changes } from './changes.ts';
import { customer, customerByIdentifier } from './customer.ts';
import { customers } from './customers.ts';
import { facesOf } from './faces.ts';
import { homeCounts } from './home-counts.ts';
import { imports } from './imports.ts';
import { measures } from './measures.ts';
import { proposal, proposals } from './proposals.ts';
import { similar } from './similar.ts';
import { standingCounts } from './standings.ts';
import { eventsById, kindCounts, timeline } from './timeline.ts';
import { touches } from './touches.ts';
import { trend } from './trend.ts';

/** What the console reads, on PostgreSQL. */
export function createConsoleReads(db: Kysely<Database>, vault: Vault, clock: Clock): ConsoleReads {
  return {
    customers: (shop, wanted) => customers(db, vault, shop, wanted),
    customer: (shop, id) => customer(db, vault, shop, id, clock.now()),
    customerByIdentifier: (shop, type, hash) => customerByIdentifier(db, vault, shop, { type, hash }, clock.now()),
    standings: (shop) => standingCounts(db, shop),
    timeline: (shop, id, wanted) => timeline(db, vault, shop, id, wanted),
    kindCounts: (shop, id) => kindCounts(db, shop, id),
    events: (shop, id, ids, most) => eventsById(db, vault, shop, id, ids, most),
    proposals: (shop, wanted) => proposals(db, vault, shop, wanted),
    proposal: (shop, id) => proposal(db, vault, shop, id),
    similar: (shop, like) => similar(db, shop, like),
    measures: (shop, wanted) => measures(db, vault, shop, wanted, clock.now()),
    homeCounts: (shop, staff, now) => homeCounts(db, shop, staff, now),
    changes: (shop, most) => changes(db, vault, shop, most),
    trend: (shop, currency, timeZone, since) => trend(db, shop, currency, timeZone, since),
    imports: (shop, id) => imports(db, vault, shop, id),
    touches: (shop) => touches(db, shop),
    faces: (shop, ids) => facesOf(db, vault, shop, ids),
    addresses: (shop, ids) => addressesOf(db, vault, shop, ids),
    reasons: (shop, measures) => reasonsOf(db, vault, shop, measures),
  };
}
