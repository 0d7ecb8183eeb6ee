import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { unwrap } from '../../src/core/shared/result.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { Shop } from '../../src/ports.ts';
import { calendarUntil } from '../../src/sample/calendar.ts';
import { makeSampleShop, type SampleShop } from '../../src/sample/sample-shop.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import { linkDue } from '../../src/workflows/likeness/link-due.ts';
import { linkQuestions } from '../../src/workflows/likeness/questions.ts';
import { loadSample } from '../../src/workflows/load-sample.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { staffId } from '../support/events.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';

const fairPlay = readFileSync(new URL('../../policies/fair-play.yaml', import.meta.url), 'utf8');

describe('a family of the sample shop, one of whom is blocked and has come back', () => {
  let database: TestDatabase;
  let shop: Shop;
  let sample: SampleShop;
  let deps: ReturnType<typeof testDeps>;
  beforeAll(async () => {
    database = await createTestDatabase();
    const clock = testClock();
    deps = testDeps(database, clock);
    shop = await makeTestShop(database, clock, { policy: fairPlay });
    unwrap(await loadSample(deps, shop, { startedBy: staffId(7) }));
    sample = makeSampleShop(calendarUntil(instant(clock.now())));
    while (await linkDue(deps, shop));
  });
  afterAll(() => database.drop());

  const person = (number: number) => {
    const found = sample.people[number];
    if (found === undefined) throw new Error(`The sample has no person ${number}`);
    return found;
  };

  it('puts whoever came back to staff, and nobody who lives there', async () => {
    const questions = await linkQuestions(deps, shop, { after: null, limit: 50 });
    const { blocked, housemates, cameBack } = sample.home;
    expect(questions.map(({ one, other }) => [one.shown.externalId, other.shown.externalId])).toEqual([
      [person(cameBack).externalId, person(blocked).externalId],
    ]);
    expect(questions[0]?.other.bound).toBe(true);
    expect(housemates).toHaveLength(2);
  });

  it('holds nobody of the house, refuses the blocked one, and lets a person look at who came back', async () => {
    const decisions = new Decisions(
      { ...deps, policies: new PolicyShelf(deps.store.policies) },
      { pollMs: 3_600_000, flushMs: 3_600_000, onFault: (error) => expect.fail(String(error)) },
    );
    const ask = async (number: number, over: object = {}) => {
      const { externalId, email, name, phone, address } = person(number);
      const made = await decisions.decide(shop, {
        surface: 'purchase',
        customer: { externalId, email, name, phone, address, ...over },
      });
      return unwrap(made);
    };
    const { blocked, housemates, cameBack } = sample.home;
    await ask(blocked);
    await vi.waitFor(async () => expect((await ask(cameBack)).reasons.map(({ kind }) => kind)).toContain('likeness'), {
      timeout: 30_000,
    });
    expect((await ask(blocked)).outcome).toBe('deny');
    expect((await ask(cameBack)).outcome).toBe('review');
    for (const housemate of housemates) {
      expect(await ask(housemate)).toMatchObject({ outcome: 'allow', reasons: [] });
      // As a guest too, with an address nobody has seen.
      expect(await ask(housemate, { externalId: undefined, email: 'new@example.org' })).toMatchObject({
        outcome: 'allow',
        reasons: [],
      });
    }
    await decisions.close();
  });
});
