import { Client } from 'pg';
import { Refusal } from '../refusal.ts';

const WRONG =
  'The master key is not the one this database was made with: names and addresses could not be read, and nobody would be recognised. Give the right one with EVENHAND_MASTER_KEY, or put secrets/master.key of the backup back into the data folder.';

/**
 * Refuses a master key other than the database's own, before anything is changed with it. `check` is `masterKeyCheck` of the key. A database
 * without tables takes any.
 */
export async function refuseOtherKey(adminUrl: string, check: Buffer): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const tables = await client.query<{ there: boolean }>(`select to_regclass('installation') is not null as there`);
    if (tables.rows[0]?.there !== true) return;
    const kept = await client.query<{ master_key_check: Buffer | null }>('select master_key_check from installation');
    refuseUnless(kept.rows[0]?.master_key_check ?? null, check);
  });
}

/** Keeps the check of the key that this database belongs to from now on, or refuses where another start was faster with another key. */
export async function keepKeyCheck(adminUrl: string, check: Buffer): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(
      `insert into installation (master_key_check) values ($1)
       on conflict (id) do update set master_key_check = coalesce(installation.master_key_check, excluded.master_key_check)`,
      [check],
    );
    const kept = await client.query<{ master_key_check: Buffer }>('select master_key_check from installation');
    refuseUnless(kept.rows[0]?.master_key_check ?? null, check);
  });
}

function refuseUnless(kept: Buffer | null, check: Buffer): void {
  if (kept !== null && !kept.equals(check)) throw new Refusal(WRONG);
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
