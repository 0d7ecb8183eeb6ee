import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { JobBell, runJobs } from '../../src/compose-jobs.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { formatInstant, type Instant } from '../../src/core/shared/time.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Shop } from '../../src/ports.ts';
import { type AssessDeps, assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { changed, smallPolicy } from '../support/policy.ts';
import { makeTestShop, type TestClock, testClock, testJudgingDeps } from '../support/shop.ts';

const author = { id: null, name: 'Mia' };
const stricter = changed(smallPolicy, ['title: Threatens our staff', 'title: Threatens people here']);

describeOnEveryDatabase('publishing a policy', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: AssessDeps;
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testJudgingDeps(database, clock);
  });
  afterAll(() => database.drop());

  it('adds a version with its author and note, and makes everybody due', async () => {
    const shop = await makeTestShop(database, clock);
    const other = await makeTestShop(database, clock);
    for (const each of [shop, other]) {
      await recordEvents(deps, each, [
        { kind: 'account.created', id: 'a', occurredAt: '2026-05-01T10:00:00Z', customer: { externalId: '1' } },
      ]);
      await assessAllDue(deps, each);
    }
    const published = unwrap(
      await publishPolicy(deps, shop, author, { source: stricter, note: 'Couriers too.', expectedVersion: 1 }),
    );
    expect(published).toMatchObject({ version: 2, authorName: 'Mia', note: 'Couriers too.' });
    expect((await deps.policies.inForce(shop.id)).compiled).toMatchObject({
      version: 2,
      policy: { rules: [{}, { title: 'Threatens people here' }] },
    });
    expect((await deps.policies.version(shop.id, 1))?.version.source).toBe(smallPolicy);
    expect(await deps.store.standing.countDue(shop.id, clock.now())).toBe(1);
    expect(await deps.store.standing.countDue(other.id, clock.now())).toBe(0);
    expect((await deps.policies.inForce(other.id)).version.version).toBe(1);
  });

  it('tells the second of two authors who was first', async () => {
    const shop = await makeTestShop(database, clock);
    const publish = (name: string) =>
      publishPolicy(deps, shop, { id: null, name }, { source: stricter, note: 'Mine.', expectedVersion: 1 });
    const answers = await Promise.all([publish('Mia'), publish('Noor')]);
    const winner = answers[0].ok ? 'Mia' : 'Noor';
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({
      error: {
        kind: 'conflict',
        message: expect.stringContaining(`${winner} published version 2 meanwhile`),
        findings: [],
      },
    });
    expect(
      await publishPolicy(deps, shop, author, { source: stricter, note: 'Mine.', expectedVersion: 7 }),
    ).toMatchObject({
      error: { kind: 'conflict', message: 'There is no version 7 of the policy to build on.' },
    });
    expect(await deps.store.policies.list(shop.id)).toHaveLength(2);
  });

  it('refuses a policy that is unfair, unreadable or counts in other money', async () => {
    const shop = await makeTestShop(database, clock);
    const publish = (source: string) => publishPolicy(deps, shop, author, { source, note: 'Try.', expectedVersion: 1 });
    const without = changed(smallPolicy, ['        - {metric: returns, over: 12 months, at_least: 3}\n', '']);
    expect(await publish(without)).toMatchObject({
      error: {
        kind: 'invalid',
        field: 'source',
        findings: expect.arrayContaining([expect.objectContaining({ about: '1' })]),
      },
    });
    expect(await publish('rules: [')).toMatchObject({ error: { kind: 'invalid', field: 'source' } });
    const dollars = changed(stricter, ['introduction:', 'currency: USD\nintroduction:']);
    expect(await publish(dollars)).toMatchObject({
      error: { kind: 'invalid', message: expect.stringContaining('counts in USD and the shop in EUR') },
    });
    expect(await deps.store.policies.list(shop.id)).toHaveLength(1);
  });

  const lenient = changed(smallPolicy, [
    'threats_of_violence, over: 12 months, at_least: 1',
    'threats_of_violence, over: 12 months, at_least: 2',
  ]);
  const threaten = (occurredAt: string) => ({
    kind: 'message.received',
    id: 'm',
    occurredAt,
    customer: { externalId: '17' },
    body: { message: 'M', channel: 'email', labels: ['threat_of_violence'] },
  });

  it('judges nobody by the policy before, when it is published while somebody is about to be assessed', async () => {
    const shop = await makeTestShop(database, clock, { policy: lenient });
    await recordEvents(deps, shop, [threaten('2026-05-01T10:00:00Z')]);
    const late = happensFirst(deps, () =>
      publishPolicy(deps, shop, author, { source: smallPolicy, note: 'Once is enough.', expectedVersion: 1 }),
    );
    await assessAllDue(late, shop);
    expect(await proposed(shop)).toEqual([{ status: 'open', policy_version: 2 }]);
  });

  it('is followed by its proposals within a second, from the console and from the command line', async () => {
    const bell = new JobBell();
    const fromConsole = testJudgingDeps(database, systemClock, bell);
    const fromCommandLine = testJudgingDeps(database, systemClock);
    const errors: unknown[] = [];
    const stop = await runJobs(database, fromConsole, bell, (error) => errors.push(error));
    try {
      for (const publisher of [fromConsole, fromCommandLine]) {
        const shop = await makeTestShop(database, systemClock, { policy: lenient });
        const lately = (systemClock.now() - 3 * 86_400_000) as Instant;
        await recordEvents(fromConsole, shop, [threaten(formatInstant(lately))]);
        await expect.poll(() => fromConsole.store.standing.countDue(shop.id, systemClock.now())).toBe(0);
        expect(await proposed(shop)).toEqual([]);
        unwrap(
          await publishPolicy(publisher, shop, author, { source: smallPolicy, note: 'Once.', expectedVersion: 1 }),
        );
        await expect
          .poll(() => proposed(shop), { timeout: 1_000, interval: 20 })
          .toEqual([{ status: 'open', policy_version: 2 }]);
      }
    } finally {
      await stop();
    }
    expect(errors).toEqual([]);
  });

  const proposed = (shop: Shop) =>
    database.db.selectFrom('proposal').select(['status', 'policy_version']).where('shop_id', '=', shop.id).execute();
});

/** The same, but something else happens just before the first transaction begins. */
function happensFirst(deps: AssessDeps, happen: () => Promise<unknown>): AssessDeps {
  let happened = false;
  const store: Store = {
    ...deps.store,
    transaction: async (work) => {
      if (!happened) await happen();
      happened = true;
      return deps.store.transaction(work);
    },
  };
  return { ...deps, store };
}
