import { type Selectable, sql, type Transaction } from 'kysely';
import { foldProposals, isProposalEvent, type Proposal, type ProposalEvent } from '../../../core/measures/proposals.ts';
import type { ShopId } from '../../../core/shared/brand.ts';
import { formatInstant, type Instant } from '../../../core/shared/time.ts';
import { packed } from '../packed.ts';
import type { Database } from '../schema.ts';
import { toProposal } from '../standing/proposal-row.ts';
import type { Projected } from './project.ts';

/**
 * The proposals that these rows speak of, folded on from what the rows before them gave: a row of the table holds the whole of
 * the fold, so a long history need not be read again for every event.
 */
export async function projectProposals(
  tx: Transaction<Database>,
  shop: ShopId,
  rows: readonly Projected[],
): Promise<void> {
  const events = rows.flatMap(({ event }) => (isProposalEvent(event) ? [event] : []));
  if (events.length === 0) return;
  await save(tx, shop, [...foldProposals(events, await known(tx, shop, events)).values()]);
}

async function known(
  tx: Transaction<Database>,
  shop: ShopId,
  events: readonly ProposalEvent[],
): Promise<readonly Proposal[]> {
  const customers = new Set(events.flatMap((event) => event.customer ?? []));
  const named = new Set<string>();
  const lifted = new Set<string>();
  for (const event of events)
    if (event.kind === 'measure.lifted') lifted.add(event.body.measure);
    else if (event.body.proposal !== null) named.add(event.body.proposal);
  const { rows } = await sql<Selectable<Database['proposal']>>`
    select * from proposal where shop_id = ${shop} and customer_id = any(${[...customers]}::uuid[])
      and (id = any(${[...named]}::uuid[]) or measure_id = any(${[...lifted]}::uuid[]))`.execute(tx);
  return rows.map(toProposal);
}

const orNull = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));

async function save(tx: Transaction<Database>, shop: ShopId, proposals: readonly Proposal[]): Promise<void> {
  if (proposals.length === 0) return;
  type Column = Parameters<typeof packed>[0];
  const column = (type: Column, value: (proposal: Proposal) => string | number | null) =>
    packed(type, proposals.map(value));
  const list = (value: (proposal: Proposal) => readonly unknown[]) =>
    column('jsonb', (proposal) => JSON.stringify(value(proposal)));
  await sql`
    insert into proposal (shop_id, id, customer_id, key, status, type, ladder, step, rules, gravity, obligations, surfaces,
      until_at, skipped, trace, evidence, policy_version, opened_at, updated_at, decided_at, decided_by, measure_id,
      first_approver, colleague, seq)
    select ${shop}::uuid, id, customer_id, key, status, type, ladder, step, array(select jsonb_array_elements_text(rules)),
      gravity, array(select jsonb_array_elements_text(obligations)), array(select jsonb_array_elements_text(surfaces)),
      until_at, skipped, trace, array(select jsonb_array_elements_text(evidence)::uuid), policy_version, opened_at, updated_at,
      decided_at, decided_by, measure_id, first_approver, colleague, seq
    from unnest(
      ${column('uuid', (one) => one.id)},
      ${column('uuid', (one) => one.customer)},
      ${column('text', (one) => one.key)},
      ${column('text', (one) => one.status)},
      ${column('text', (one) => one.type)},
      ${column('text', (one) => one.ladder)},
      ${column('integer', (one) => one.step)},
      ${list((one) => one.rules)},
      ${column('text', (one) => one.gravity)},
      ${list((one) => one.obligations)},
      ${list((one) => one.surfaces)},
      ${column('timestamptz', (one) => formatInstant(one.until))},
      ${column('text', (one) => one.skipped)},
      ${list((one) => one.trace)},
      ${list((one) => one.evidence)},
      ${column('integer', (one) => one.policyVersion)},
      ${column('timestamptz', (one) => formatInstant(one.openedAt))},
      ${column('timestamptz', (one) => formatInstant(one.updatedAt))},
      ${column('timestamptz', (one) => orNull(one.decidedAt))},
      ${column('uuid', (one) => one.decidedBy)},
      ${column('uuid', (one) => one.measure)},
      ${column('uuid', (one) => one.firstApprover)},
      ${column('uuid', (one) => one.colleague)},
      ${column('bigint', (one) => one.seq)}
    ) as f (id, customer_id, key, status, type, ladder, step, rules, gravity, obligations, surfaces, until_at, skipped, trace,
            evidence, policy_version, opened_at, updated_at, decided_at, decided_by, measure_id, first_approver, colleague, seq)
    on conflict (shop_id, id) do update set
      status = excluded.status, type = excluded.type, step = excluded.step, rules = excluded.rules,
      gravity = excluded.gravity, obligations = excluded.obligations, surfaces = excluded.surfaces,
      until_at = excluded.until_at, skipped = excluded.skipped, trace = excluded.trace, evidence = excluded.evidence,
      policy_version = excluded.policy_version, opened_at = excluded.opened_at, updated_at = excluded.updated_at,
      decided_at = excluded.decided_at, decided_by = excluded.decided_by, measure_id = excluded.measure_id,
      first_approver = excluded.first_approver, colleague = excluded.colleague, seq = excluded.seq`.execute(tx);
}
