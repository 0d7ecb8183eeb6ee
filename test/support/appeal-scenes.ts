import { afterAll, beforeAll } from 'vitest';
import type { AppealId } from '../../src/core/shared/brand.ts';
import { type DecisionWish, decideAppeal } from '../../src/workflows/appeals/decide-appeal.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { caseOf } from '../../src/workflows/appeals/hearing.ts';
import { seenOf } from '../../src/workflows/appeals/seen.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type HearingDesk, type HearingScene, hearingDesk, wish } from './hearing-desk.ts';

export const REASON = 'We looked at every parcel again, and you are right about the zips.';

/** A hearing desk on a database of its own for the tests of a file, and the scenes that appeals begin with. */
export function appealScenes() {
  let database: TestDatabase;
  let desk: HearingDesk;

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await hearingDesk(database);
  });
  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  async function warned(options: Parameters<HearingDesk['scene']>[0] = {}) {
    const scene = await desk.scene(options);
    const returns = [await scene.sendsBack(), await scene.sendsBack(), await scene.sendsBack()];
    desk.clock.later('40 days');
    const warning = await scene.approves(scene.mia);
    return { scene, returns, warning };
  }

  async function restricted(options: Parameters<HearingDesk['scene']>[0] = {}) {
    const before = await warned(options);
    desk.clock.later('1 day');
    const more = [await before.scene.sendsBack(), await before.scene.sendsBack()];
    desk.clock.later('40 days');
    const restriction = await before.scene.approves(before.scene.mia);
    return { ...before, more, restriction };
  }

  async function file(scene: HearingScene, ...[measure, over]: Parameters<typeof wish>): Promise<AppealId> {
    const filed = await fileAppeal(desk.deps, scene.shop, await scene.customer(), wish(measure, over));
    if (!filed.ok) throw new Error(`Not filed: ${filed.error.why}`);
    return filed.value.appeal;
  }

  async function decide(
    scene: HearingScene,
    appeal: AppealId,
    over: Partial<DecisionWish> & Pick<DecisionWish, 'outcome'>,
    by = scene.noor,
  ) {
    const now = desk.clock.now();
    const found = await caseOf(desk.deps.store, scene.shop, appeal, now);
    if (found === null) throw new Error('No such appeal');
    return decideAppeal(desk.deps, scene.shop, by, appeal, {
      corrections: [],
      lift: false,
      reason: REASON,
      seen: seenOf(found, now),
      ...over,
    });
  }

  const told = async (scene: HearingScene) => {
    const rows = await database.db
      .selectFrom('outbox')
      .select(['cause', 'audience'])
      .where('shop_id', '=', scene.shop.id)
      .orderBy('created_at')
      .execute();
    return rows.map(({ cause, audience }) => `${(cause as { kind: string }).kind} to ${audience}`);
  };

  return {
    get desk() {
      return desk;
    },
    get database() {
      return database;
    },
    warned,
    restricted,
    file,
    decide,
    told,
  };
}
