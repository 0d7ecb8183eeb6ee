import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlobs } from '../../src/adapters/blobs/blobs.ts';
import { createPictures } from '../../src/adapters/pictures/pictures.ts';
import { foldMeasures } from '../../src/core/measures/fold.ts';
import type { Measure } from '../../src/core/measures/types.ts';
import { type CustomerId, type EventId, id, type MeasureId } from '../../src/core/shared/brand.ts';
import { formatInstant } from '../../src/core/shared/time.ts';
import type { StaffStore } from '../../src/ports/staff.ts';
import type { Shop, ShopSettings } from '../../src/ports.ts';
import type { AppealDeps, AppealWish, Hearer } from '../../src/workflows/appeals/types.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import type { TestDatabase } from './database.ts';
import { smallPolicy } from './policy.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from './shop.ts';
import { hire, testStaff } from './staff.ts';

/** A shop with somebody who buys there, whom the test makes do things. */
export interface HearingScene {
  readonly shop: Shop;
  readonly mia: Hearer;
  readonly noor: Hearer;
  readonly agent: Hearer;
  readonly customer: () => Promise<CustomerId>;
  /** Anything that intake takes, now; the event's id. */
  readonly tells: (kind: string, body: object) => Promise<EventId>;
  /** An order and what came back of it, now; the id of the return. */
  readonly sendsBack: (reason?: string, value?: number) => Promise<EventId>;
  readonly buys: () => Promise<void>;
  readonly threatens: () => Promise<EventId>;
  /** Approves what the policy proposes now. */
  readonly approves: (by: Hearer) => Promise<MeasureId>;
  readonly measures: () => Promise<readonly Measure[]>;
  readonly standing: () => Promise<string>;
  readonly kinds: () => Promise<readonly string[]>;
}

export interface HearingDesk {
  readonly clock: TestClock;
  readonly deps: AppealDeps;
  readonly staff: StaffStore;
  readonly folder: string;
  readonly scene: (options?: {
    readonly policy?: string;
    readonly settings?: Partial<ShopSettings>;
    readonly alone?: boolean;
    /** What the shop speaks; its customers are written to in the first. */
    readonly languages?: readonly string[];
  }) => Promise<HearingScene>;
  readonly close: () => Promise<void>;
}

export async function hearingDesk(database: TestDatabase): Promise<HearingDesk> {
  const clock = testClock();
  const base = testJudgingDeps(database, clock);
  const staff = testStaff(database, base.vault);
  const folder = await mkdtemp(join(tmpdir(), 'evenhand-hearing-'));
  const blobs = createBlobs(database.db, base.vault, folder);
  const deps: AppealDeps = { ...base, staff, blobs, pictures: createPictures() };

  async function scene({
    policy = smallPolicy,
    settings = {},
    alone = false,
    languages = ['en'],
  }: Parameters<HearingDesk['scene']>[0] = {}): Promise<HearingScene> {
    const shop = await makeTestShop(database, clock, { policy, settings, languages });
    const earlier = await staff.colleagues(shop.id);
    const mia = await hire(staff, clock, shop, 'Mia', alone ? 'owner' : 'manager');
    const noor = await hire(staff, clock, shop, 'Noor', alone ? 'agent' : 'owner');
    const agent = await hire(staff, clock, shop, 'Ada', 'agent');
    // Owners of other shops of the database own this one too.
    if (alone)
      for (const { id: other } of earlier) await staff.changeColleague(shop.id, other, { disabled: true }, clock.now());
    let number = 0;
    const told = async (kind: string, body: object): Promise<EventId> => {
      number += 1;
      const source = `${kind}-${number}`;
      const recorded = await recordEvents(deps, shop, [
        {
          kind,
          id: source,
          occurredAt: formatInstant(clock.now()),
          customer: { externalId: '17', email: 'who@example.org', name: 'Ines Test' },
          body,
        },
      ]);
      if (recorded.added !== 1) throw new Error(`The test's ${kind} was not taken: ${JSON.stringify(recorded)}`);
      const row = await database.db
        .selectFrom('ledger_event')
        .select('id')
        .where('shop_id', '=', shop.id)
        .where('source_id', '=', source)
        .executeTakeFirstOrThrow();
      return row.id;
    };
    const money = (amount: number) => ({ amount, currency: 'EUR' });
    const customer = async (): Promise<CustomerId> => {
      const row = await database.db
        .selectFrom('customer')
        .select('id')
        .where('shop_id', '=', shop.id)
        .executeTakeFirstOrThrow();
      return row.id;
    };
    const events = async () => (await deps.store.ledger.eventsOf(shop.id, [await customer()]))[0]?.events ?? [];
    const orders = () => `O${number}`;
    return {
      shop,
      mia,
      noor,
      agent,
      customer,
      tells: told,
      async sendsBack(reason = 'changed_mind', value = 90_00) {
        await told('order.placed', { order: `O${number + 1}`, total: money(100_00), lines: [] });
        const order = orders();
        return told('return.received', {
          return: `R${number}`,
          order,
          lines: [],
          value: money(value),
          reason,
          by: 'parcel',
        });
      },
      async buys() {
        await told('order.placed', { order: `O${number + 1}`, total: money(100_00), lines: [] });
      },
      threatens: () =>
        told('message.received', { message: `M${number}`, channel: 'email', labels: ['threat_of_violence'] }),
      async approves(by) {
        await assessAllDue(deps, shop);
        const row = await database.db
          .selectFrom('proposal')
          .select('id')
          .where('shop_id', '=', shop.id)
          .where('status', '=', 'open')
          .executeTakeFirstOrThrow();
        const proposal = await deps.store.standing.proposal(shop.id, row.id);
        if (proposal === null) throw new Error('Nothing is proposed');
        const answer = await approve({ ...deps, staff }, shop, by, proposal.id, seenOf(proposal));
        if (!answer.ok || answer.value.measure === null) throw new Error(`Not approved: ${JSON.stringify(answer)}`);
        return answer.value.measure;
      },
      measures: async () => foldMeasures(await events(), clock.now()),
      async standing() {
        await assessAllDue(deps, shop);
        const row = await database.db
          .selectFrom('customer')
          .select('standing')
          .where('shop_id', '=', shop.id)
          .executeTakeFirstOrThrow();
        return row.standing;
      },
      kinds: async () => (await events()).map((event) => event.kind),
    };
  }

  return { clock, deps, staff, folder, scene, close: () => rm(folder, { recursive: true, force: true }) };
}

/** An appeal as somebody files it. */
export function wish(measure: MeasureId, over: Partial<AppealWish> = {}): AppealWish {
  return {
    measure,
    type: 'appeal',
    ground: 'shop_fault',
    text: 'The zips were broken, all three of them.',
    disputed: [],
    files: [],
    language: 'en',
    ...over,
  };
}

export const anyMeasure = id<MeasureId>('00000000-0000-4000-8000-0000000000ff');
