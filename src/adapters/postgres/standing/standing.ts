import { type Kysely, sql } from 'kysely';
import type { Obligation, Surface } from '../../../core/events/measures.ts';
import type { Measure } from '../../../core/measures/types.ts';
import type { CustomerId, ShopId } from '../../../core/shared/brand.ts';
import { formatInstant } from '../../../core/shared/time.ts';
import type { MeasureRecord, StandingStore } from '../../../ports/standing.ts';
import type { Database } from '../schema.ts';
import { toProposal } from './proposal-row.ts';
import { saveAssessed } from './save-assessed.ts';

export function createStandingStore(db: Kysely<Database>): StandingStore {
  return {
    async claimDue(shop, now, most) {
      const { rows } = await sql<{ id: CustomerId }>`
        select id from customer where shop_id = ${shop} and next_at <= ${formatInstant(now)}
        order by next_at, id limit ${most} for update skip locked`.execute(db);
      return rows.map((row) => row.id);
    },
    async claim(shop, customer) {
      const { rows } =
        await sql`select 1 from customer where shop_id = ${shop} and id = ${customer} for update`.execute(db);
      return rows.length > 0;
    },
    save: (shop, assessed, now) => saveAssessed(db, shop, assessed, now),
    async countDue(shop, now) {
      const { rows } = await sql<{ due: number }>`
        select count(*) as due from customer where shop_id = ${shop} and next_at <= ${formatInstant(now)}`.execute(db);
      return rows[0]?.due ?? 0;
    },
    async shopsWithDue(now) {
      const { rows } = await sql<{ id: ShopId }>`
        select id from shop s where exists (
          select 1 from customer c where c.shop_id = s.id and c.next_at <= ${formatInstant(now)})`.execute(db);
      return rows.map((row) => row.id);
    },
    async proposal(shop, id) {
      const row = await db
        .selectFrom('proposal')
        .selectAll()
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : toProposal(row);
    },
    async answer(shop, id, to) {
      await db
        .updateTable('proposal')
        .set({
          status: to.status,
          decided_at: to.decidedAt === null ? null : formatInstant(to.decidedAt),
          decided_by: to.decidedBy,
          measure_id: to.measure,
          first_approver: to.firstApprover,
          colleague: to.colleague,
          updated_at: formatInstant(to.updatedAt),
        })
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .execute();
    },
    async measure(shop, id) {
      const row = await db
        .selectFrom('measure')
        .selectAll()
        .where('shop_id', '=', shop)
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        id: row.id,
        customer: row.customer_id,
        type: row.type,
        state: row.state,
        obligations: row.obligations as Obligation[],
        surfaces: row.surfaces as Surface[],
        ladder: row.ladder,
        step: row.step,
        rules: row.rules,
        policyVersion: row.policy_version,
        startedAt: row.started_at,
        until: row.until_at,
        endedAt: row.ended_at,
        endedBecause: row.ended_because as Measure['endedBecause'],
      } satisfies MeasureRecord;
    },
  };
}
