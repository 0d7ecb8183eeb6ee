import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { openEmbeddedServer } from '../../src/adapters/postgres/server/server.ts';
import { createShopStore } from '../../src/adapters/postgres/shops/shops.ts';
import { type Installation, openInstallation } from '../../src/compose.ts';
import { workflowDeps } from '../../src/compose-workflows.ts';
import { readConfig } from '../../src/config.ts';
import { importFile } from '../../src/workflows/import/import-file.ts';
import { fileSource } from '../../src/workflows/import/source.ts';
import { type Figure, median } from '../harness.ts';
import { retailFile } from './file.ts';

const ROUNDS = 3;

/**
 * Import of a file into the ledger against a bare COPY of the same file into an indexed table in the same server: durable writes, alternating
 * rounds, each into a new shop or table. Throws when the two did not read the same number of rows.
 */
export async function benchImport(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evenhand-bench-'));
  try {
    const data = join(folder, 'data');
    const installation = await openInstallation(readConfig({ EVENHAND_DATA: data }, folder));
    const server = await openEmbeddedServer({ folder: data });
    try {
      return await measure(installation, server.adminUrl('evenhand'), folder);
    } finally {
      await server.close();
      await installation.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(installation: Installation, adminUrl: string, folder: string): Promise<readonly Figure[]> {
  const { path, what } = await retailFile(folder);
  const copies: number[] = [];
  const imports: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const copied = await copy(adminUrl, path);
    const imported = await importOnce(installation, path, round);
    if (copied.rows !== imported.rows) throw new Error(`COPY read ${copied.rows} rows, the import ${imported.rows}`);
    copies.push(copied.rows / copied.seconds);
    imports.push(imported.rows / imported.seconds);
  }
  const group = `Import: ${what}`;
  const unit = 'rows/s';
  return [
    { group, name: 'Evenhand, checked, chained and sealed', value: median(imports), unit },
    {
      group,
      name: '÷ bare COPY into an indexed table',
      value: median(copies),
      unit,
      ratio: median(imports) / median(copies),
      goal: { atLeast: 0.25 },
    },
  ];
}

interface Took {
  readonly rows: number;
  readonly seconds: number;
}

async function copy(url: string, path: string): Promise<Took> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('drop table if exists bare');
    await client.query(`create table bare (
      id bigint generated always as identity primary key, invoice text, article text, description text, quantity integer,
      at timestamp, price numeric, customer text, country text)`);
    await client.query('create index on bare (invoice)');
    await client.query('create index on bare (customer, at)');
    const begin = performance.now();
    const columns = 'invoice, article, description, quantity, at, price, customer, country';
    const stream = client.query(
      from(`copy bare (${columns}) from stdin with (format csv, header true, encoding 'latin1')`),
    );
    await pipeline(createReadStream(path), stream);
    return { rows: stream.rowCount, seconds: (performance.now() - begin) / 1000 };
  } finally {
    await client.end();
  }
}

async function importOnce(installation: Installation, path: string, round: number): Promise<Took> {
  const deps = workflowDeps(installation);
  const shop = await createShopStore(installation.db).bySlug(await newShop(installation, `bench-${round}`));
  if (shop === null) throw new Error('The shop of the bench was not made');
  const begin = performance.now();
  const report = await importFile(deps, { shop, format: 'online-retail', source: await fileSource(path) });
  if (report.status !== 'done') throw new Error(`The import ended as ${report.status}: ${report.error}`);
  return { rows: report.rowsRead, seconds: (performance.now() - begin) / 1000 };
}

async function newShop({ db }: Installation, slug: string): Promise<string> {
  await db
    .insertInto('shop')
    .values({ id: crypto.randomUUID() as never, slug, name: slug, currency: 'GBP', time_zone: 'Europe/London' })
    .execute();
  return slug;
}
