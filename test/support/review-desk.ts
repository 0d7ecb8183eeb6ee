import { expect } from 'vitest';
import type { EventKind } from '../../src/core/events/event.ts';
import type { StaffStore } from '../../src/ports/staff.ts';
import type { ProposalRecord } from '../../src/ports/standing.ts';
import type { Shop, ShopSettings } from '../../src/ports.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import type { ReviewDeps, Reviewer } from '../../src/workflows/review/types.ts';
import type { TestDatabase } from './database.ts';
import { changed, smallPolicy } from './policy.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from './shop.ts';
import { hire, testStaff } from './staff.ts';

/** Whoever threatens is proposed a block from shopping at once. */
export const blockingPolicy = changed(smallPolicy, ['grave_starts_at: {step: 2', 'grave_starts_at: {step: 3']);

/** A shop in which somebody threatened, with the proposal that follows and three people who may answer. */
export interface ReviewScene {
  readonly shop: Shop;
  readonly proposal: ProposalRecord;
  readonly mia: Reviewer;
  readonly noor: Reviewer;
  readonly agent: Reviewer;
  /** The proposal now, after everybody due was assessed. */
  readonly now: () => Promise<ProposalRecord>;
  /** The kinds of what happened to the customer since, in order. */
  readonly since: () => Promise<readonly EventKind[]>;
  readonly standing: () => Promise<string>;
}

/** What answering proposals takes, on a test database. */
export interface ReviewDesk {
  readonly clock: TestClock;
  readonly deps: ReviewDeps;
  readonly staff: StaffStore;
  /** A new shop each time. */
  readonly scene: (policy?: string, settings?: Partial<ShopSettings>) => Promise<ReviewScene>;
}

/** `more`: how what is written asks for jobs, where some run. */
export function reviewDesk(database: TestDatabase, more: Parameters<typeof testJudgingDeps>[2] = {}): ReviewDesk {
  const clock = testClock();
  const base = testJudgingDeps(database, clock, more);
  const staff = testStaff(database, base.vault);
  const deps: ReviewDeps = { ...base, staff };

  async function scene(policy: string = smallPolicy, settings: Partial<ShopSettings> = {}): Promise<ReviewScene> {
    const shop = await makeTestShop(database, clock, { policy, settings });
    const [mia, noor] = [
      await hire(staff, clock, shop, 'Mia', 'manager'),
      await hire(staff, clock, shop, 'Noor', 'owner'),
    ];
    const agent = await hire(staff, clock, shop, 'Ada', 'agent');
    const recorded = await recordEvents(deps, shop, [
      {
        kind: 'message.received',
        id: 'm1',
        occurredAt: '2026-05-20T10:00:00Z',
        customer: { externalId: '17', email: 'who@example.org' },
        body: { message: 'M1', channel: 'email', labels: ['threat_of_violence'] },
      },
    ]);
    expect(recorded.added).toBe(1);
    await assessAllDue(deps, shop);
    const row = await database.db
      .selectFrom('proposal')
      .select(['id', 'customer_id'])
      .where('shop_id', '=', shop.id)
      .executeTakeFirstOrThrow();
    const proposal = await deps.store.standing.proposal(shop.id, row.id);
    if (proposal === null) throw new Error('Nothing was proposed');
    const events = async () => (await deps.store.ledger.eventsOf(shop.id, [row.customer_id]))[0]?.events ?? [];
    const before = (await events()).length;
    return {
      shop,
      proposal,
      mia,
      noor,
      agent,
      now: async () => {
        await assessAllDue(deps, shop);
        const now = await deps.store.standing.proposal(shop.id, row.id);
        if (now === null) throw new Error('The proposal is gone');
        return now;
      },
      since: async () => (await events()).slice(before).map((event) => event.kind),
      standing: async () => {
        await assessAllDue(deps, shop);
        const customer = await database.db
          .selectFrom('customer')
          .select('standing')
          .where('shop_id', '=', shop.id)
          .where('id', '=', row.customer_id)
          .executeTakeFirstOrThrow();
        return customer.standing;
      },
    };
  }

  return { clock, deps, staff, scene };
}
