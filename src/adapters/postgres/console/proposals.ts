import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { ProposalId, ShopId, StaffId } from '../../../core/shared/brand.ts';
import { formatInstant, instant } from '../../../core/shared/time.ts';
import type { Standing } from '../../../core/standing/types.ts';
import type { NamedStaff, ProposalListing, ProposalsWanted } from '../../../ports/console.ts';
import type { Vault } from '../../../ports.ts';
import type { Database } from '../schema.ts';
import { staffName } from '../staff/sealed-person.ts';
import { toProposal } from '../standing/proposal-row.ts';
import { faceOf } from './faces.ts';
import { askedOf, waitsForSecond } from './waiting.ts';

interface Row extends Selectable<Database['proposal']> {
  readonly sealed: Buffer | null;
  readonly wrapped: Buffer | null;
  readonly standing: Standing;
  readonly decided_by_sealed: Buffer | null;
  readonly first_approver_sealed: Buffer | null;
  readonly colleague_sealed: Buffer | null;
}

/** The traces without the ids of their evidence, which lists do not show and which may be thousands. */
const withoutEvidence = sql`(
  select jsonb_agg(rule || jsonb_build_object('conditions', (
           select coalesce(jsonb_agg(line || '{"evidence": [], "excluded": []}'::jsonb), '[]'::jsonb)
             from jsonb_array_elements(rule -> 'conditions') line)))
    from jsonb_array_elements(p.trace) rule)`;

const columns = (trace: RawBuilder<unknown>, evidence: RawBuilder<unknown>) => sql`
  select p.shop_id, p.id, p.customer_id, p.key, p.status, p.type, p.ladder, p.step, p.rules, p.gravity, p.obligations,
         p.surfaces, p.until_at, p.skipped, ${trace} as trace, ${evidence} as evidence, p.policy_version, p.opened_at,
         p.updated_at, p.decided_at, p.decided_by, p.measure_id, p.first_approver, p.colleague, p.seq,
         c.sealed, c.standing, k.wrapped,
         d.sealed as decided_by_sealed, f.sealed as first_approver_sealed, a.sealed as colleague_sealed
    from proposal p
    join customer c on c.shop_id = p.shop_id and c.id = p.customer_id
    left join customer_key k on k.shop_id = p.shop_id and k.customer_id = p.customer_id
    left join staff d on d.id = p.decided_by
    left join staff f on f.id = p.first_approver
    left join staff a on a.id = p.colleague`;

/** The place of a gravity in the queue. Said as the index says it, so that a page is read from the index. */
const weight = (gravity: RawBuilder<unknown>) => sql`array_position(array['grave', 'serious', 'minor'], ${gravity})`;

/** A page of what waits, the gravest first and of those the one that waits longest; or of what was answered, the last first. */
export async function proposals(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  wanted: ProposalsWanted,
): Promise<readonly ProposalListing[]> {
  const open = wanted.status === 'open';
  const ownWeight = weight(sql.ref('p.gravity'));
  const conditions = [sql`p.shop_id = ${shop} and p.status = ${wanted.status}`];
  if (wanted.gravity !== null) conditions.push(sql`${ownWeight} = ${weight(sql`${wanted.gravity}`)}`);
  if (wanted.waitingFor !== null)
    conditions.push(wanted.waitingFor === 'second' ? waitsForSecond : askedOf(wanted.waitingFor.colleague));
  if (wanted.customer !== null) conditions.push(sql`p.customer_id = ${wanted.customer}::uuid`);
  if (wanted.after !== null) {
    const at = sql`${formatInstant(instant(wanted.after.value))}::timestamptz`;
    const { id, gravity } = wanted.after;
    conditions.push(
      open
        ? sql`(${ownWeight}, p.opened_at, p.id) > (${weight(sql`${gravity}`)}, ${at}, ${id}::uuid)`
        : sql`(p.decided_at, p.id) < (${at}, ${id}::uuid)`,
    );
  }
  const order = open ? sql`${ownWeight}, p.opened_at, p.id` : sql`p.decided_at desc, p.id desc`;
  const { rows } = await sql<Row>`
    ${columns(withoutEvidence, sql`'{}'::uuid[]`)} where ${sql.join(conditions, sql` and `)}
    order by ${order} limit ${wanted.limit}`.execute(db);
  return rows.map((row) => toListing(vault, row));
}

/** One proposal, with its whole trace. */
export async function proposal(
  db: Kysely<Database>,
  vault: Vault,
  shop: ShopId,
  id: ProposalId,
): Promise<ProposalListing | null> {
  const { rows } = await sql<Row>`
    ${columns(sql`p.trace`, sql`p.evidence`)} where p.shop_id = ${shop} and p.id = ${id}::uuid`.execute(db);
  return rows[0] === undefined ? null : toListing(vault, rows[0]);
}

function toListing(vault: Vault, row: Row): ProposalListing {
  const { decidedBy, firstApprover, colleague, ...record } = toProposal(row);
  return {
    ...record,
    face: { ...faceOf(vault, row), standing: row.standing },
    decidedBy: named(vault, decidedBy, row.decided_by_sealed),
    firstApprover: named(vault, firstApprover, row.first_approver_sealed),
    colleague: named(vault, colleague, row.colleague_sealed),
  };
}

function named(vault: Vault, id: StaffId | null, sealed: Buffer | null): NamedStaff | null {
  const name = staffName(vault, id, sealed);
  return id === null || name === null ? null : { id, name };
}
