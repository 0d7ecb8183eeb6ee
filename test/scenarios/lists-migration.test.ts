import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, readMigrations } from '../../src/adapters/postgres/migrate.ts';
import { serviceRoleName } from '../../src/adapters/postgres/service-role.ts';
import { quoteName } from '../../src/adapters/postgres/sql.ts';
import { createEmptyDatabase, dropDatabase, onDatabase } from '../support/database.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe.each(['newest', 'oldest'] as const)('an allow-list of an earlier release on the %s PostgreSQL', (server) => {
  let url: string;
  beforeEach(async () => {
    url = await createEmptyDatabase({ server });
  });
  afterEach(async () => {
    const role = serviceRoleName(decodeURIComponent(new URL(url).pathname.slice(1)));
    await dropDatabase(url);
    const base = new URL(url);
    base.pathname = '/postgres';
    await onDatabase(base.href, (client) => client.query(`drop role if exists ${quoteName(role)}`));
  });

  it('is on the lists afterwards, each entry as it was', async () => {
    const all = readMigrations();
    const before = all.slice(0, 3);
    await migrate(url, { password: 'pw' }, before);
    await onDatabase(url, (client) =>
      client.query(
        `insert into allow_entry (shop_id, id, type, hash, sealed, reason, created_by, created_at, until_at) values
           ($1, $2, 'email', '\\x01', '\\x0a', 'The photographer', $4, '2026-01-01Z', '2027-01-01Z'),
           ($1, $3, 'phone', '\\x02', '\\x0b', 'A tester', $4, '2026-02-01Z', '2026-03-01Z')`,
        [id(1), id(2), id(3), id(4)],
      ),
    );
    await migrate(url, { password: 'pw' }, all);
    const { rows } = await onDatabase(url, (client) =>
      client.query(
        `select id, list, type, encode(hash, 'hex') as hash, encode(sealed, 'hex') as sealed, reason, old_reason, answer, created_by, hits::int as hits,
                until_at = '2027-01-01Z' as later from list_entry where shop_id = $1 order by id`,
        [id(1)],
      ),
    );
    const common = { list: 'allow', answer: null, reason: null, created_by: id(4), hits: 0 };
    expect(rows).toEqual([
      { id: id(2), type: 'email', hash: '01', sealed: '0a', old_reason: 'The photographer', later: true, ...common },
      { id: id(3), type: 'phone', hash: '02', sealed: '0b', old_reason: 'A tester', later: false, ...common },
    ]);
    const { rows: gone } = await onDatabase(url, (client) =>
      client.query(`select to_regclass('allow_entry') as there`),
    );
    expect(gone).toEqual([{ there: null }]);
  });
});
