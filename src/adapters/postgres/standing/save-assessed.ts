import { type Kysely, sql } from 'kysely';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import type { AssessedCustomer } from '../../../ports/standing.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';

/** See `StandingStore.save`: three statements, however many customers. */
export async function saveAssessed(
  db: Kysely<Database>,
  shop: ShopId,
  assessed: readonly AssessedCustomer[],
  now: Instant,
): Promise<void> {
  if (assessed.length === 0) return;
  await saveStandings(db, shop, assessed, now);
  await withdrawOthers(db, shop, assessed, now);
  await openProposals(db, shop, assessed, now);
}

const orNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));
const list = (values: readonly string[]): string => JSON.stringify(values);

async function saveStandings(
  db: Kysely<Database>,
  shop: ShopId,
  assessed: readonly AssessedCustomer[],
  now: Instant,
): Promise<void> {
  await sql`
    update customer c set standing = f.standing, standing_since = f.since, standing_until = f.until,
      because = array(select jsonb_array_elements_text(f.because)), assessed_at = ${formatInstant(now)}, next_at = f.next_at
    from unnest(
      ${packed(
        'uuid',
        assessed.map((one) => one.customer),
      )},
      ${packed(
        'text',
        assessed.map((one) => one.standing),
      )},
      ${packed(
        'timestamptz',
        assessed.map((one) => orNull(one.since)),
      )},
      ${packed(
        'timestamptz',
        assessed.map((one) => orNull(one.until)),
      )},
      ${packed(
        'jsonb',
        assessed.map((one) => list(one.because)),
      )},
      ${packed(
        'timestamptz',
        assessed.map((one) => orNull(one.nextAt)),
      )}
    ) as f (id, standing, since, until, because, next_at)
    where c.shop_id = ${shop} and c.id = f.id`.execute(db);
}

async function withdrawOthers(
  db: Kysely<Database>,
  shop: ShopId,
  assessed: readonly AssessedCustomer[],
  now: Instant,
): Promise<void> {
  const open = assessed.flatMap((one) => one.proposals.map((proposal) => proposal.id));
  await sql`
    update proposal set status = 'withdrawn', decided_at = ${formatInstant(now)}, updated_at = ${formatInstant(now)}
    where shop_id = ${shop} and customer_id = any(${assessed.map((one) => one.customer)}::uuid[]) and status = 'open'
      and id <> all(${open}::uuid[])`.execute(db);
}

/**
 * An answered proposal is left alone; a withdrawn one that is proposed again opens again. A first approval stands only as long as
 * what it approved: whoever agreed to one effect has not agreed to another.
 */
async function openProposals(
  db: Kysely<Database>,
  shop: ShopId,
  assessed: readonly AssessedCustomer[],
  now: Instant,
): Promise<void> {
  const all = assessed.flatMap((one) => one.proposals);
  if (all.length === 0) return;
  await sql`
    insert into proposal as p (shop_id, id, customer_id, key, status, type, ladder, step, rules, gravity, obligations, surfaces,
      until_at, skipped, trace, evidence, policy_version, opened_at, updated_at)
    select ${shop}::uuid, id, customer_id, key, 'open', type, ladder, step, array(select jsonb_array_elements_text(rules)),
      gravity, array(select jsonb_array_elements_text(obligations)), array(select jsonb_array_elements_text(surfaces)),
      until_at, skipped, trace, array(select jsonb_array_elements_text(evidence)::uuid), policy_version,
      ${formatInstant(now)}, ${formatInstant(now)}
    from unnest(
      ${packed(
        'uuid',
        all.map((one) => one.id),
      )},
      ${packed(
        'uuid',
        all.map((one) => one.customer),
      )},
      ${packed(
        'text',
        all.map((one) => one.key),
      )},
      ${packed(
        'text',
        all.map((one) => one.type),
      )},
      ${packed(
        'text',
        all.map((one) => one.ladder),
      )},
      ${packed(
        'integer',
        all.map((one) => one.step),
      )},
      ${packed(
        'jsonb',
        all.map((one) => list(one.rules)),
      )},
      ${packed(
        'text',
        all.map((one) => one.gravity),
      )},
      ${packed(
        'jsonb',
        all.map((one) => list(one.obligations)),
      )},
      ${packed(
        'jsonb',
        all.map((one) => list(one.surfaces)),
      )},
      ${packed(
        'timestamptz',
        all.map((one) => formatInstant(one.until)),
      )},
      ${packed(
        'text',
        all.map((one) => one.skipped),
      )},
      ${packed(
        'jsonb',
        all.map((one) => JSON.stringify(one.trace)),
      )},
      ${packed(
        'jsonb',
        all.map((one) => list(one.evidence)),
      )},
      ${packed(
        'integer',
        all.map((one) => one.policyVersion),
      )}
    ) as f (id, customer_id, key, type, ladder, step, rules, gravity, obligations, surfaces, until_at, skipped, trace, evidence,
            policy_version)
    on conflict (shop_id, customer_id, key) do update set
      status = 'open', decided_at = null, type = excluded.type, step = excluded.step, rules = excluded.rules,
      gravity = excluded.gravity, obligations = excluded.obligations, surfaces = excluded.surfaces,
      until_at = excluded.until_at, skipped = excluded.skipped, trace = excluded.trace, evidence = excluded.evidence,
      policy_version = excluded.policy_version,
      first_approver = case when p.status = 'open' and p.type = excluded.type
        and p.obligations @> excluded.obligations and p.obligations <@ excluded.obligations
        and p.surfaces @> excluded.surfaces and p.surfaces <@ excluded.surfaces then p.first_approver end,
      colleague = case when p.status = 'open' then p.colleague end,
      opened_at = case when p.status = 'open' then p.opened_at else excluded.opened_at end,
      updated_at = case when p.status = 'open' and p.evidence = excluded.evidence then p.updated_at else excluded.updated_at end
    where p.status in ('open', 'withdrawn')`.execute(db);
}
