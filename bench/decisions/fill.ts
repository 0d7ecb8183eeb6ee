import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { cidrText } from '../../src/core/network/cidr.ts';
import type { ShopId } from '../../src/core/shared/brand.ts';
import type { Vault } from '../../src/ports.ts';
import { type Account, accounts } from '../linkage/generate.ts';
import { networks } from '../network/networks.ts';

export interface Sizes {
  readonly customers: number;
  /** The first so many of them have a restriction in force. */
  readonly measured: number;
  readonly networks: number;
}

/** Who is asked about, as a shop names them. */
export interface Person {
  readonly externalId: string;
  readonly email: string;
  readonly phone: string;
  readonly name: string;
  readonly address: {
    readonly street: string;
    readonly postcode: string;
    readonly city: string;
    readonly country: string;
  };
}

export function personOf(account: Account, number: number): Person {
  return {
    externalId: `customer-${number}-of-the-web-shop`,
    email: account.email.toLowerCase(),
    phone: `+3120${String(1_000_000 + number).padStart(7, '0')}`,
    name: `${account.given} ${account.surname}`,
    address: {
      street: `${account.street} ${account.number}`,
      postcode: account.postcode,
      city: account.city,
      country: 'NL',
    },
  };
}

/** Fills a shop through the tables as they are, far past what its intake would take in the time. Gives the first measured people. */
export async function fill(
  adminUrl: string,
  vault: Vault,
  shop: ShopId,
  { customers, measured, networks: many }: Sizes,
): Promise<readonly Person[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const copy = (into: string, lines: Iterable<string>): Promise<void> =>
    pipeline(Readable.from(parts(lines)), client.query(copyFrom(`copy ${into} from stdin`)));
  const known: Person[] = [];
  const ids = Array.from({ length: customers }, (): string => randomUUID());
  const keys = ids.slice(0, measured).map(() => vault.newCustomerKey());
  const hash = (type: 'external' | 'email' | 'phone' | 'ip', value: string): string =>
    `\\\\x${vault.identifierHash(shop, type, value).toString('hex')}`;
  const people = function* (most: number): Generator<readonly [Person, number]> {
    let number = 0;
    for (const account of accounts(most)) {
      if (number === most) return;
      yield [personOf(account, number), number];
      number += 1;
    }
  };
  try {
    await client.query('begin');
    await copy(
      'customer (shop_id, id, sealed, first_at, last_at)',
      (function* () {
        for (const [person, number] of people(customers)) {
          const key = keys[number]?.key;
          if (known.length < 1_000 && key !== undefined) known.push(person);
          const sealed = key === undefined ? '\\N' : `\\\\x${vault.sealFor(key, person).toString('hex')}`;
          yield `${shop}\t${ids[number]}\t${sealed}\t2026-01-01\t2026-06-01\n`;
        }
      })(),
    );
    await copy(
      'customer_key (shop_id, customer_id, wrapped)',
      keys.map(({ wrapped }, number) => `${shop}\t${ids[number]}\t\\\\x${wrapped.toString('hex')}\n`),
    );
    await copy(
      'customer_identifier (shop_id, type, hash, customer_id)',
      (function* () {
        const seen = new Set<string>();
        for (const [{ externalId, email, phone }, number] of people(customers)) {
          yield `${shop}\texternal\t${hash('external', externalId)}\t${ids[number]}\n`;
          if (number >= measured) continue;
          yield `${shop}\tphone\t${hash('phone', phone)}\t${ids[number]}\n`;
          if (seen.has(email)) continue;
          seen.add(email);
          yield `${shop}\temail\t${hash('email', email)}\t${ids[number]}\n`;
        }
      })(),
    );
    await copy(
      'measure (shop_id, id, customer_id, type, state, obligations, surfaces, rules, policy_version, started_at, until_at)',
      ids
        .slice(0, measured)
        .map(
          (id) =>
            `${shop}\t${randomUUID()}\t${id}\trestriction\tactive\t{prepayment_only}\t{}\t{}\t\\N\t2026-01-01\t2036-01-01\n`,
        ),
    );
    await copy(
      'list_entry (shop_id, id, list, type, hash, sealed, reason, answer, created_at, until_at)',
      networks(many).map((cidr) => {
        const text = cidrText(cidr);
        return `${shop}\t${randomUUID()}\tdeny\tip\t${hash('ip', text)}\t\\\\x${vault.seal(text).toString('hex')}\t\\\\x${vault.seal('bench').toString('hex')}\treview\t2026-01-01\t2036-01-01\n`;
      }),
    );
    await client.query('commit');
    await client.query('analyze customer, customer_key, customer_identifier, measure, list_entry');
    return known;
  } finally {
    await client.end();
  }
}

/** Lines in parts that are worth sending. */
function* parts(lines: Iterable<string>): Generator<string> {
  let part = '';
  for (const line of lines) {
    part += line;
    if (part.length < 1 << 18) continue;
    yield part;
    part = '';
  }
  yield part;
}
