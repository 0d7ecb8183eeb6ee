import { isDeepStrictEqual } from 'node:util';
import { sql, type Transaction } from 'kysely';
import type { PrivatePart } from '../../../core/events/event.ts';
import type { Identifier, IdentifierType } from '../../../core/identity/identifier.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { ShownPart, Subject } from '../../../ports/ledger.ts';
import type { Ids, Vault } from '../../../ports.ts';
import { hex, packed } from '../packed.ts';
import { loadSealed } from '../projections/load-sealed.ts';
import type { Database } from '../schema.ts';

/** What is new about a customer with one event: it becomes an `account.identified` event of its own. */
export interface Identified {
  readonly identifiers: readonly { readonly type: IdentifierType; readonly hash: string }[];
  readonly shown: ShownPart;
}

export type Resolved =
  | { readonly customer: CustomerId; readonly torn: boolean; readonly identified: Identified | null }
  | { readonly refused: string };

/** Finds or makes the customers of a batch. Made for one append: it remembers what earlier events of the batch brought. */
export interface Subjects {
  resolve(subject: Subject): Resolved;
  /** Whether this batch is the first to name the customer. */
  isNew(customer: CustomerId): boolean;
  /** The key to seal with; made where the customer has none yet. */
  keyOf(customer: CustomerId): Buffer;
  /** Writes the keys that were made. */
  saveKeys(): Promise<void>;
}

/** Reads in at most three queries all that resolving these subjects takes. */
export async function loadSubjects(
  tx: Transaction<Database>,
  { vault, ids }: { readonly vault: Vault; readonly ids: Ids },
  shop: ShopId,
  subjects: readonly Subject[],
): Promise<Subjects> {
  const hashes = new Map<string, Buffer>();
  const hashOf = ({ type, value }: Identifier): Buffer => {
    const key = `${type} ${value}`;
    const known = hashes.get(key) ?? vault.identifierHash(shop, type, value);
    hashes.set(key, known);
    return known;
  };
  const owners = await findOwners(tx, shop, subjects, hashOf);
  const customers = new Set<CustomerId>(owners.values());
  const made = new Set<CustomerId>();
  const named = subjects.flatMap((subject) => subject.id ?? []);
  const sealed = await loadSealed(tx, vault, shop, [...new Set([...customers, ...named])]);
  const keys = new Map<CustomerId, Buffer>();
  const wrapped = new Map<CustomerId, Buffer>();
  const details = new Map<CustomerId, ShownPart>();

  const told = new Map<CustomerId, Set<IdentifierType>>();
  const has = (customer: CustomerId, type: 'external' | 'email'): boolean =>
    told.get(customer)?.has(type) === true ||
    sealed.get(customer)?.shown()[type === 'external' ? 'externalId' : type] !== undefined;
  /**
   * A household shares a telephone, and some shops write their own number on every order. So a number alone makes nobody the
   * same person who has a customer number or an e-mail address and now comes with another.
   */
  const isSomebodyElse = (owner: CustomerId, by: IdentifierType, subject: Subject): boolean =>
    by === 'phone' && subject.identifiers.some(({ type }) => type !== 'phone' && has(owner, type));

  const customerOf = (subject: Subject): CustomerId | null => {
    if (subject.id !== undefined) return sealed.has(subject.id) || customers.has(subject.id) ? subject.id : null;
    for (const identifier of subject.identifiers) {
      const owner = owners.get(keyOfHash(identifier.type, hashOf(identifier)));
      if (owner !== undefined && !isSomebodyElse(owner, identifier.type, subject)) return owner;
    }
    if (subject.identifiers.length === 0) return null;
    const fresh = ids.next<CustomerId>();
    customers.add(fresh);
    made.add(fresh);
    return fresh;
  };

  return {
    resolve(subject) {
      const customer = customerOf(subject);
      if (customer === null)
        return {
          refused:
            subject.id === undefined
              ? 'has nothing to recognise the customer by'
              : 'is not the id of a customer of this shop',
        };
      let torn = false;
      const fresh: { type: IdentifierType; hash: string }[] = [];
      const shown: Partial<PrivatePart> = {};
      for (const identifier of subject.identifiers) {
        const hash = hashOf(identifier);
        const key = keyOfHash(identifier.type, hash);
        const owner = owners.get(key);
        if (owner === undefined) {
          owners.set(key, customer);
          told.set(customer, (told.get(customer) ?? new Set()).add(identifier.type));
          fresh.push({ type: identifier.type, hash: hash.toString('base64url') });
          const field = identifier.type === 'external' ? 'externalId' : identifier.type;
          shown[field] = subject.shown[field] ?? identifier.value;
        } else if (owner !== customer) torn = true;
      }
      const detailsTold = torn ? subject.shown : { ...subject.shown, phone: undefined };
      const news = newDetails(detailsTold, () => ({ ...sealed.get(customer)?.shown(), ...details.get(customer) }));
      if (news !== null) {
        Object.assign(shown, news);
        details.set(customer, { ...details.get(customer), ...news });
      }
      const isNews = fresh.length > 0 || news !== null;
      const identified = isNews ? { identifiers: fresh, shown } : null;
      return { customer, torn, identified };
    },
    isNew: (customer) => made.has(customer),
    keyOf(customer) {
      const known = keys.get(customer) ?? sealed.get(customer)?.key() ?? null;
      if (known !== null) return known;
      const fresh = vault.newCustomerKey();
      keys.set(customer, fresh.key);
      wrapped.set(customer, fresh.wrapped);
      return fresh.key;
    },
    async saveKeys() {
      if (wrapped.size === 0) return;
      await sql`
        insert into customer_key (shop_id, customer_id, wrapped)
        select ${shop}::uuid, * from unnest(
          ${packed('uuid', [...wrapped.keys()])},
          ${packed('bytea', [...wrapped.values()].map(hex))}
        )`.execute(tx);
    },
  };
}

/**
 * What of a person is kept for showing and comparing, the latest of each. Nobody is found by any of it. A phone is one where it
 * leads to somebody else already: it rings in both their homes, or in one.
 */
const DETAILS = [
  'phone',
  'name',
  'language',
  'address',
  'birthYear',
  'device',
  'card',
] as const satisfies readonly (keyof ShownPart)[];

/** What is told of a person's details that is not what was known; null when nothing is. */
function newDetails(told: ShownPart, known: () => ShownPart): ShownPart | null {
  const news = DETAILS.filter((detail) => told[detail] !== undefined);
  if (news.length === 0) return null;
  const before = known();
  const changed = news.filter((detail) => !isDeepStrictEqual(told[detail], before[detail]));
  return changed.length === 0 ? null : Object.fromEntries(changed.map((detail) => [detail, told[detail]]));
}

async function findOwners(
  tx: Transaction<Database>,
  shop: ShopId,
  subjects: readonly Subject[],
  hashOf: (identifier: Identifier) => Buffer,
): Promise<Map<string, CustomerId>> {
  const wanted = new Map<string, { type: IdentifierType; hash: Buffer }>();
  for (const subject of subjects)
    for (const identifier of subject.identifiers) {
      const hash = hashOf(identifier);
      wanted.set(keyOfHash(identifier.type, hash), { type: identifier.type, hash });
    }
  const owners = new Map<string, CustomerId>();
  if (wanted.size === 0) return owners;
  const list = [...wanted.values()];
  const { rows } = await sql<{ type: IdentifierType; hash: Buffer; customer_id: CustomerId }>`
    select i.type, i.hash, i.customer_id
    from unnest(${packed(
      'text',
      list.map((one) => one.type),
    )}, ${packed(
      'bytea',
      list.map((one) => hex(one.hash)),
    )})
      as wanted (type, hash)
    join customer_identifier i on i.shop_id = ${shop} and i.type = wanted.type and i.hash = wanted.hash
  `.execute(tx);
  for (const row of rows) owners.set(keyOfHash(row.type, row.hash), row.customer_id);
  return owners;
}

function keyOfHash(type: IdentifierType, hash: Buffer): string {
  return `${type} ${hash.toString('base64url')}`;
}
