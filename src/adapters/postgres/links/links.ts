import type { Kysely } from 'kysely';
import type { LinkStore } from '../../../ports/links.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { anyMeasured, candidates, compared, dropDue, due, shopsWithDue } from './due.ts';
import { keepModel, looked, model, shopsToLearn } from './models.ts';
import {
  answered,
  confirmersAmong,
  link,
  linksBetween,
  linksOf,
  open,
  openCount,
  sameAs,
  splitAmong,
  splitFrom,
  splitHashes,
} from './pairs.ts';
import { everybody, measured, measuredAmong, people } from './people.ts';
import { sides } from './sides.ts';
import { shared, sharedBy } from './traits.ts';

/** Links between customers, on PostgreSQL. */
export function createLinkStore(db: Kysely<Database>, vault: Vault): LinkStore {
  return {
    measured: (shop) => measured(db, vault, shop),
    measuredAmong: (shop, customers) => measuredAmong(db, vault, shop, customers),
    people: (shop, customers) => people(db, vault, shop, customers),
    sides: (shop, customers) => sides(db, vault, shop, customers),
    everybody: (shop, most) => everybody(db, vault, shop, most),
    sameAs: (shop, customers) => sameAs(db, shop, customers),
    splitHashes: (shop, customers) => splitHashes(db, shop, customers),
    splitFrom: (shop, customers) => splitFrom(db, shop, customers),
    splitAmong: (shop, customers) => splitAmong(db, shop, customers),
    confirmersAmong: (shop, customers) => confirmersAmong(db, shop, customers),
    link: (shop, one, other) => link(db, shop, one, other),
    linksBetween: (shop, pairs) => linksBetween(db, shop, pairs),
    linksOf: (shop, customer, most) => linksOf(db, shop, customer, most),
    answered: (shop, most) => answered(db, shop, most),
    open: (shop, page) => open(db, shop, page),
    openCount: (shop) => openCount(db, shop),
    shared: (shop, customer, most) => shared(db, shop, customer, most),
    sharedBy: sharedBy(db),
    due: (shop, most) => due(db, shop, most),
    compared: (shop, done) => compared(db, shop, done),
    candidates: (shop, customers, most) => candidates(db, shop, customers, most),
    dropDue: (shop) => dropDue(db, shop),
    anyMeasured: (shop) => anyMeasured(db, shop),
    shopsWithDue: () => shopsWithDue(db),
    model: (shop) => model(db, shop),
    keepModel: (shop, kept) => keepModel(db, shop, kept),
    shopsToLearn: (lookedBefore) => shopsToLearn(db, lookedBefore),
    looked: (shop, at) => looked(db, shop, at),
  };
}
