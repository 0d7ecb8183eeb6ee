import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CustomerReference } from '../../src/core/events/incoming.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import type { Shop } from '../../src/ports.ts';
import { PolicyShelf } from '../../src/workflows/console/policy-shelf.ts';
import { Decisions } from '../../src/workflows/decide/decisions.ts';
import type { DecisionWish } from '../../src/workflows/decide/types.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { confirmLink, reopenLink, splitLink } from '../../src/workflows/likeness/answer.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { makeTestShop, testClock, testDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

const home = { street: 'Lange Voorhout 12', postcode: '2514 EA', city: 'Den Haag', country: 'NL' };
const daan = {
  externalId: 'D1',
  name: 'Daan Vermeulen',
  email: 'daan.vermeulen@example.org',
  phone: '+31612345678',
  address: home,
};
const back = { email: 'dv90@mail.example', name: 'Daan Vermeulen', phone: '06 12345678', address: home };
const sister = { email: 'sanne@example.org', name: 'Sanne Vermeulen', phone: '06 12345678', address: home };
const stranger = { email: 'piet@example.org', name: 'Piet Jansen', phone: '06 87654321', address: home };

describe('at the checkout', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function scene() {
    const clock = testClock();
    const base = testDeps(database, clock);
    const deps = { ...base, policies: new PolicyShelf(base.store.policies) };
    const shop = await makeTestShop(database, clock);
    const mia = await hire(testStaff(database, base.vault), clock, shop, 'Mia', 'manager');
    const known = async (customer: CustomerReference): Promise<CustomerId> => {
      const { results } = await recordEvents(deps, shop, [
        { kind: 'account.created', id: `a:${customer.email}`, occurredAt: '2026-05-01T10:00:00Z', customer },
      ]);
      return results[0]?.customer as CustomerId;
    };
    const bound = await known(daan);
    const taken = await takeMeasure(deps, shop, mia, bound, {
      type: 'block',
      obligations: [],
      surfaces: ['purchase'],
      until: addPeriod(clock.now(), months(3)),
      reason: 'Parcels were emptied and sent back.',
      evidence: [],
    });
    expect(taken.ok).toBe(true);
    const faults: unknown[] = [];
    const decisions = new Decisions(deps, {
      pollMs: 3_600_000,
      flushMs: 3_600_000,
      onFault: (error) => faults.push(error),
    });
    const ask = async (customer: DecisionWish['customer'], surface: DecisionWish['surface'] = 'purchase') => {
      const made = await decisions.decide(shop, { surface, customer });
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      return made.value;
    };
    /** What is compared with comes into memory after the first question; changes when they are looked for. */
    const outcome = async (customer: DecisionWish['customer']) => {
      await decisions.settle();
      return (await ask(customer)).outcome;
    };
    await ask(stranger);
    const alike = async () => (await ask(back)).reasons.some(({ kind }) => kind === 'likeness');
    await vi.waitFor(async () => expect(await alike()).toBe(true), { timeout: 20_000 });
    return {
      deps,
      shop: shop as Shop,
      mia,
      bound,
      known,
      ask,
      outcome,
      decisions,
      close: () => decisions.close(),
      faults,
    };
  }

  it('puts the blocked person under another e-mail address to staff and denies nothing; housemates pass', async () => {
    const { ask, close, faults } = await scene();
    const made = await ask(back);
    expect(made.outcome).toBe('review');
    // The shared phone alone makes a person look as well.
    expect(made.reasons.map(({ kind }) => kind)).toEqual(['measure', 'likeness']);
    expect(JSON.stringify(made.message)).not.toMatch(/Daan|resembl|like/i);
    expect((await ask(daan)).outcome).toBe('deny');
    for (const customer of [sister, stranger]) {
      expect((await ask(customer)).outcome).toBe('allow');
      expect((await ask(customer)).reasons).toEqual([]);
    }
    // The measure closes purchases only, and so does the likeness.
    expect((await ask(back, 'contact')).outcome).toBe('allow');
    await close();
    expect(faults).toEqual([]);
  });

  it('follows the word of staff: confirmed the measure binds, split nothing does, taken back it is a question', async () => {
    const { deps, shop, mia, bound, known, outcome, decisions, close, faults } = await scene();
    const pair = { one: bound, other: await known(back) };
    expect((await confirmLink(deps, shop, mia, pair)).ok).toBe(true);
    expect(await outcome(back)).toBe('deny');
    await decisions.settle();
    const history = await deps.store.ledger.eventsOf(shop.id, [bound]);
    expect(history[0]?.events.map(({ kind }) => kind)).not.toContain('decision.made');
    expect((await reopenLink(deps, shop, mia, pair)).ok).toBe(true);
    expect(await outcome(back)).toBe('review');
    expect((await splitLink(deps, shop, mia, pair)).ok).toBe(true);
    expect(await outcome({ email: back.email, name: back.name, address: home })).toBe('allow');
    await close();
    expect(faults).toEqual([]);
  });

  it('binds by nothing of somebody told apart, though whom both are linked to has a measure of their own', async () => {
    const { deps, shop, mia, bound, known, ask, outcome, decisions, close, faults } = await scene();
    const far = { email: 'dv3@mail.example', name: back.name, address: home };
    const [middle, end] = [await known(back), await known({ ...far, phone: back.phone })];
    const own = await takeMeasure(deps, shop, mia, middle, {
      type: 'restriction',
      obligations: ['prepayment_only'],
      surfaces: [],
      until: addPeriod(testClock().now(), months(3)),
      reason: 'Most invoices were paid late.',
      evidence: [],
    });
    expect(own).toMatchObject({ ok: true });
    const pairs = [
      { one: bound, other: middle },
      { one: middle, other: end },
    ];
    for (const pair of pairs) expect((await confirmLink(deps, shop, mia, pair)).ok).toBe(true);
    expect(await outcome(far)).toBe('deny');
    expect((await splitLink(deps, shop, mia, { one: bound, other: end })).ok).toBe(true);
    await decisions.settle();
    const made = await ask(far);
    expect(made.outcome).not.toBe('deny');
    expect(made.reasons.map((reason) => reason.kind === 'measure' && reason.measure)).toEqual([own.ok && own.value]);
    await close();
    expect(faults).toEqual([]);
  });
});
