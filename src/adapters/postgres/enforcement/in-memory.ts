import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { StandingMeasure } from '../../../core/decisions/types.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import type { Instant } from '../../../core/shared/time.ts';
import type { MeasuredInMemory } from '../../../ports/standing.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

const PART = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface Row {
  readonly customer_id: CustomerId;
  readonly id: StandingMeasure['id'];
  /** What the measure does, as one text: many measures do the same. */
  readonly shape: string;
  readonly started: Instant;
  readonly until: Instant;
}

/** See `EnforcementStore.inMemory`. */
export async function* measuredInMemory(
  db: Kysely<Database>,
  shop: ShopId,
  only?: readonly CustomerId[],
): AsyncIterable<readonly MeasuredInMemory[]> {
  const shapes = new Map<string, Shape>();
  const among = only === undefined ? sql`` : sql`and customer_id = any(${packed('uuid', only)})`;
  let next = measuresAfter(db, shop, FIRST, among);
  for (;;) {
    const measures = await next;
    const last = measures.at(-1);
    if (last === undefined) return;
    const byCustomer = Map.groupBy(measures, (row) => row.customer_id);
    if (byCustomer.size === PART) {
      // The database reads ahead while this part is taken in.
      next = measuresAfter(db, shop, last.customer_id, among);
      next.catch(() => undefined);
    }
    const keys = await keysOf(db, shop, [...byCustomer.keys()]);
    yield [...byCustomer].map(([customer, rows]) => ({
      customer,
      keys: keys.get(customer) ?? new Uint8Array(0),
      measures: rows.map((row) => toStanding(row, shapes)),
    }));
    if (byCustomer.size < PART) return;
  }
}

async function measuresAfter(
  db: Kysely<Database>,
  shop: ShopId,
  after: string,
  among: RawBuilder<unknown>,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with part as materialized (
      select distinct customer_id from measure
       where shop_id = ${shop} and state = 'active' and customer_id > ${after}::uuid ${among}
       order by customer_id limit ${PART}
    )
    select m.customer_id, m.id, concat_ws('|', m.type, array_to_string(m.obligations, ','), array_to_string(m.surfaces, ','),
             array_to_string(m.rules, ','), m.policy_version) as shape,
           floor(extract(epoch from m.started_at) * 1000)::bigint as started,
           floor(extract(epoch from m.until_at) * 1000)::bigint as until
      from part join measure m on m.shop_id = ${shop} and m.customer_id = part.customer_id
     where m.state = 'active'
     order by m.customer_id, m.started_at, m.id`.execute(db);
  return rows;
}

/** See `EnforcementStore.keysOf`. */
export async function keysOf(
  db: Kysely<Database>,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, Uint8Array>> {
  const { rows } = await sql<{ customer_id: CustomerId; keys: Buffer }>`
    select customer_id, string_agg(hash, ''::bytea) as keys from customer_identifier
     where shop_id = ${shop} and customer_id = any(${packed('uuid', customers)}) group by customer_id`.execute(db);
  return new Map(rows.map((row) => [row.customer_id, row.keys]));
}

type Shape = Pick<StandingMeasure, 'type' | 'obligations' | 'surfaces' | 'rules' | 'policyVersion'>;

function toStanding({ id, shape, started, until }: Row, shapes: Map<string, Shape>): StandingMeasure {
  let what = shapes.get(shape);
  if (what === undefined) {
    what = readShape(shape);
    shapes.set(shape, what);
  }
  const { type, obligations, surfaces, rules, policyVersion } = what;
  return { id, type, state: 'active', obligations, surfaces, rules, policyVersion, startedAt: started, until };
}

/** The names in it are of the catalogue, or have passed the schema of names: none holds a comma or a bar. */
function readShape(text: string): Shape {
  const [type = '', obligations = '', surfaces = '', rules = '', version] = text.split('|');
  return {
    type: type as Shape['type'],
    obligations: listed(obligations) as Shape['obligations'],
    surfaces: listed(surfaces) as Shape['surfaces'],
    rules: listed(rules),
    policyVersion: version === undefined ? null : Number(version),
  };
}

const listed = (text: string): readonly string[] => (text === '' ? [] : text.split(','));
