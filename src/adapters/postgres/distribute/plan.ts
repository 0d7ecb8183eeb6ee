import type { ClientBase } from 'pg';
import { Refusal } from '../../refusal.ts';
import { quoteName, quoteText } from '../sql.ts';

/**
 * Tables about the installation and not about one shop. `reference`: read beside a shop's own rows, so every node has a copy. `local`: read by
 * itself, and stays on the coordinator.
 */
export const TABLES_OF_THE_INSTALLATION: Readonly<Record<string, 'reference' | 'local'>> = {
  evenhand_migration: 'local',
  installation: 'local',
  shop: 'reference',
  sign_in_attempt: 'local',
  staff: 'reference',
  staff_session: 'local',
};

/** Small, and found across shops (by a person, by a key), so every node has a copy of these too. */
const ALSO_EVERYWHERE: readonly string[] = ['api_key', 'staff_role'];

/** All others lie beside this one: the rows of a shop are on one node, whatever table they are in. */
const ANCHOR = 'ledger_event';

/** What is to be done with one table, in one transaction. */
export interface Step {
  readonly table: string;
  readonly kind: 'reference' | 'distributed';
  readonly statements: readonly string[];
}

export interface DistributionPlan {
  /** The version of the extension; null: it is not there. */
  readonly citus: string | null;
  readonly steps: readonly Step[];
  /** Tables that are where they should be already. */
  readonly done: readonly string[];
}

interface Table {
  readonly name: string;
  readonly ofShop: boolean;
}

/**
 * What it takes to spread the tables by shop over the nodes of a Citus cluster: reference tables first, then the ledger, then every other
 * table of a shop beside it. Tables that are distributed already are left alone, so that a plan can be gone on with. Throws a `Refusal` for a
 * table that neither has a shop nor is known as the installation's: what becomes of it is for a person to say.
 */
export async function planDistribution(client: ClientBase, shards: number): Promise<DistributionPlan> {
  const extension = await client.query<{ version: string }>(
    `select extversion as version from pg_extension where extname = 'citus'`,
  );
  const citus = extension.rows[0]?.version ?? null;
  const { rows: tables } = await client.query<Table>(`
    select c.relname as name, exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'shop_id' and a.attnotnull) as "ofShop"
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname <> '${ANCHOR}', c.relname`);
  const distributed = citus === null ? new Set<string>() : await distributedTables(client);
  const stranger = tables.find(({ name, ofShop }) => !ofShop && !(name in TABLES_OF_THE_INSTALLATION));
  if (stranger !== undefined)
    throw new Refusal(
      `The table "${stranger.name}" belongs to no shop and is none of Evenhand's: move it to a schema of its own, then try again.`,
    );
  const waiting = tables.filter(({ name }) => !distributed.has(name));
  return {
    citus,
    steps: [
      ...waiting.filter(isEverywhere).map(referenceStep),
      ...waiting
        .filter((table) => table.ofShop && !isEverywhere(table))
        .map(({ name }) => distributedStep(name, shards)),
    ],
    done: tables.filter(({ name }) => distributed.has(name)).map(({ name }) => name),
  };
}

const isEverywhere = ({ name }: Table): boolean =>
  TABLES_OF_THE_INSTALLATION[name] === 'reference' || ALSO_EVERYWHERE.includes(name);

function referenceStep({ name }: Table): Step {
  return {
    table: name,
    kind: 'reference',
    statements: [`select create_reference_table(${regclass(name)})`, emptied(name)],
  };
}

function distributedStep(table: string, shards: number): Step {
  const where =
    table === ANCHOR ? `shard_count => ${shards}, colocate_with => 'none'` : `colocate_with => ${regclass(ANCHOR)}`;
  return {
    table,
    kind: 'distributed',
    statements: [`select create_distributed_table(${regclass(table)}, 'shop_id', ${where})`, emptied(table)],
  };
}

/** The rows were copied to the nodes; what is left on the coordinator is no longer read, and only takes room. */
const emptied = (table: string): string => `select truncate_local_data_after_distributing_table(${regclass(table)})`;

const regclass = (table: string): string => quoteText(`public.${quoteName(table)}`);

async function distributedTables(client: ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
      where c.relnamespace = 'public'::regnamespace`,
  );
  return new Set(rows.map(({ name }) => name));
}
