import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyWebhook } from '../../sdk/src/index.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { createHookWire } from '../../src/adapters/net/hook-wire.ts';
import type { CustomerId } from '../../src/core/shared/brand.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { HookTopic } from '../../src/ports/announcing.ts';
import type { OfferedEvent } from '../../src/ports/ledger.ts';
import type { Clock } from '../../src/ports.ts';
import { announceDue } from '../../src/workflows/announce/announce-due.ts';
import type { AnnounceDeps } from '../../src/workflows/announce/deps.ts';
import {
  addEndpoint,
  changeEndpoint,
  rotateSecret,
  sendAgain,
  sendTest,
} from '../../src/workflows/announce/endpoints.ts';
import { forgetSent } from '../../src/workflows/announce/forget-sent.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { uuid } from '../support/events.ts';
import { type HookReceiver, hookReceiver, readBySpecification } from '../support/hook-receiver.ts';
import { added, append, known, order } from '../support/offers.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';
import { hire, testStaff } from '../support/staff.ts';

const EVERYTHING: readonly HookTopic[] = [
  'measure.started',
  'measure.changed',
  'measure.lifted',
  'measure.expired',
  'measure.voided',
  'measure.suspended',
  'measure.resumed',
  'appeal.filed',
  'appeal.decided',
  'appeal.withdrawn',
  'decision.denied',
  'customer.erased',
];

describeOnEveryDatabase('webhooks to other systems', (makeDatabase) => {
  let database: TestDatabase;
  const open: HookReceiver[] = [];
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());
  afterEach(async () => {
    for (const receiver of open.splice(0)) await receiver.close();
  });

  /** A shop with Ada, and another system that is told of some topics. */
  async function scene<C extends Clock = TestClock>({
    topics = EVERYTHING,
    clock = testClock('2026-06-01T12:00:00Z') as Clock as C,
    rules = { allowPrivate: true, answerMs: 400 },
    url,
  }: {
    topics?: readonly HookTopic[];
    clock?: C;
    rules?: Parameters<typeof createHookWire>[1];
    url?: string;
  } = {}) {
    const shop = await makeTestShop(database, clock);
    const receiver = await hookReceiver();
    open.push(receiver);
    const base = testDeps(database, clock);
    const faults: unknown[] = [];
    const deps: AnnounceDeps = {
      ...base,
      hookWire: createHookWire(base.vault, rules),
      onFault: (error) => void faults.push(error),
    };
    const olga = await hire(testStaff(database, base.vault), testClock(), shop, 'Olga', 'owner');
    const ada = known({ externalId: 'A-1', email: 'ada@example.org', name: 'Ada', phone: '+31612345678' });
    const [outcome] = await append(base, shop, [order(1, ada)]);
    const customer = added(outcome).customer as CustomerId;
    const made = unwrap(
      await addEndpoint({ ...deps, hookWire: createHookWire(base.vault, { allowPrivate: true }) }, shop, olga, {
        url: url ?? receiver.url,
        topics,
        note: 'Help desk',
      }),
    );
    const endpoint = made.endpoint.id;
    const tell = async (kind: string, body: object, sourceId: string, who: CustomerId | null = customer) => {
      const subject = who === null ? null : { id: who, identifiers: [], shown: {} };
      const offered = { kind, body, subject, occurredAt: clock.now(), source: 'test', sourceId };
      const [told] = await append(base, shop, [offered as unknown as OfferedEvent]);
      return added(told).id;
    };
    return {
      shop,
      clock,
      deps,
      faults,
      receiver,
      customer,
      endpoint,
      secret: made.secret,
      olga,
      tell,
      announce: () => announceDue(deps, shop),
      expire: (number: number) => tell('measure.expired', { measure: uuid(number, 3) }, `expired:${number}`),
      sent: () => deps.store.announcing.listSent(shop.id, endpoint, { state: null, after: null, limit: 100 }),
      now: async () => {
        const found = await deps.store.announcing.one(shop.id, endpoint);
        if (found === null) throw new Error('The endpoint is gone');
        return found;
      },
    };
  }

  const started = (number: number) => ({
    measure: uuid(number, 3),
    proposal: null,
    type: 'block',
    obligations: [],
    surfaces: ['purchase'],
    ladder: null,
    step: null,
    rules: [],
    policyVersion: null,
    evidence: [],
    until: '2026-09-01T00:00:00Z',
    skipped: null,
    proposedBy: 'staff',
    approvedBy: [uuid(1, 2)],
    softened: false,
  });
  const decided = (outcome: 'deny' | 'allow', number: number) => ({
    decision: uuid(number, 9),
    surface: 'purchase',
    outcome,
    obligations: [],
    measures: [uuid(1, 3)],
    policyVersion: null,
    allowListed: false,
  });

  it('tell what happened by ids and the customer’s own number, signed so that the specification’s library and the SDK believe it', async () => {
    const { tell, announce, receiver, secret, customer, faults } = await scene({
      clock: systemClock,
    });
    const begun = await tell('measure.started', started(1), 'm1');
    const refused = await tell('decision.made', decided('deny', 1), 'd1');
    await tell('decision.made', decided('allow', 2), 'd2');
    await tell('decision.made', decided('deny', 3), 'd3', null);
    await announce();
    expect(faults).toEqual([]);
    const ada = { id: customer, externalId: 'A-1' };
    const data = receiver.got.map(({ payload }) => [payload.type, payload.data]);
    expect(data).toHaveLength(3);
    expect(data).toEqual(
      expect.arrayContaining([
        ['measure.started', { event: begun, customer: ada, measure: uuid(1, 3) }],
        ['decision.denied', { event: refused, customer: ada, decision: uuid(1, 9) }],
        ['decision.denied', { event: expect.any(String), customer: null, decision: uuid(3, 9) }],
      ]),
    );
    for (const got of receiver.got) {
      expect(got.body).not.toMatch(/ada@|Ada|316/);
      expect(got.headers['content-type']).toBe('application/json');
      expect(readBySpecification(secret, got)).toEqual(got.payload);
      const read = await verifyWebhook({ secret, headers: got.headers, body: got.body });
      expect(read).toEqual({ ok: true, value: { id: got.id, ...got.payload } });
      expect((await verifyWebhook({ secret, headers: got.headers, body: `${got.body} ` })).ok).toBe(false);
    }
  });

  it('tell of what they were made for only, and of nothing from before', async () => {
    const { tell, expire, announce, receiver, shop, deps, olga } = await scene({ topics: ['measure.expired'] });
    await tell('measure.started', started(1), 'm1');
    await expire(1);
    const late = await hookReceiver();
    open.push(late);
    unwrap(await addEndpoint(deps, shop, olga, { url: late.url, topics: EVERYTHING, note: '' }));
    await expire(2);
    await announce();
    const told = receiver.got.map(({ payload }) => `${payload.type} ${payload.data.measure}`);
    expect(told.toSorted()).toEqual([`measure.expired ${uuid(1, 3)}`, `measure.expired ${uuid(2, 3)}`]);
    expect(late.got.map(({ payload }) => payload.data.measure)).toEqual([uuid(2, 3)]);
  });

  it('tell each thing once, however many tell at the same time', async () => {
    const { expire, announce, receiver, sent } = await scene();
    for (let number = 1; number <= 40; number += 1) await expire(number);
    for (let turn = 0; turn < 4; turn += 1) await Promise.all([announce(), announce(), announce()]);
    expect(receiver.got).toHaveLength(40);
    expect(new Set(receiver.got.map(({ payload }) => payload.data.measure)).size).toBe(40);
    expect((await sent()).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true);
  });

  it('come again under the same id until they were taken', async () => {
    const { expire, announce, receiver, clock, sent, now } = await scene();
    receiver.answer = { status: 503 };
    await expire(1);
    await announce();
    expect((await sent())[0]).toMatchObject({ state: 'waiting', attempts: 1, status: 503, fault: 'status' });
    expect((await now()).failingSince).toBe(clock.now());
    await announce();
    expect(receiver.got).toHaveLength(1);
    clock.set(instant(clock.now() + 10_000));
    receiver.answer = { status: 200 };
    await announce();
    expect(receiver.got.map(({ id }) => id)).toEqual([receiver.got[0]?.id, receiver.got[0]?.id]);
    expect(receiver.got[1]?.headers['webhook-timestamp']).not.toBe(receiver.got[0]?.headers['webhook-timestamp']);
    expect((await sent())[0]).toMatchObject({ state: 'sent', attempts: 2, status: 200, fault: null });
    expect(await now()).toMatchObject({ failingSince: null, lastSentAt: clock.now() });
  });

  it('wait as long as the receiver asks', async () => {
    const { expire, announce, receiver, clock, sent } = await scene();
    receiver.answer = { status: 429, headers: { 'retry-after': '3600' } };
    await expire(1);
    await announce();
    expect((await sent())[0]?.nextAt).toBe(clock.now() + 3_600_000);
  });

  it('say why: silence, a redirect, a connection that is refused', async () => {
    const { expire, announce, receiver, sent, clock } = await scene();
    receiver.answer = 'nothing';
    await expire(1);
    await announce();
    expect((await sent())[0]).toMatchObject({ state: 'waiting', fault: 'silent', status: null });
    receiver.answer = { status: 302, headers: { location: 'http://elsewhere.example/' } };
    clock.set(instant(clock.now() + 10_000));
    await announce();
    expect((await sent())[0]).toMatchObject({ state: 'waiting', fault: 'moved', status: 302 });
    await receiver.close();
    clock.later('1 day');
    await announce();
    expect((await sent())[0]).toMatchObject({ state: 'waiting', fault: 'refused', status: null });
  });

  it('are switched off after three days, with notice to the team, and go on from then when switched on', async () => {
    const { expire, announce, receiver, clock, sent, now, deps, shop, endpoint, olga } = await scene();
    receiver.answer = { status: 500 };
    await expire(1);
    const began = clock.now();
    await announce();
    for (let step = 0; step < 20 && (await now()).state === 'active'; step += 1) {
      const [first] = (await sent()).toSorted((a, b) => a.nextAt - b.nextAt);
      clock.set(first?.nextAt ?? clock.now());
      if (step === 5) await expire(2);
      await announce();
    }
    expect(await now()).toMatchObject({ state: 'disabled', disabledBecause: 'failing', waiting: 0, failed: 1 });
    expect(clock.now() - began).toBeGreaterThan(72 * 3_600_000);
    expect(clock.now() - began).toBeLessThan(90 * 3_600_000);
    expect((await sent()).map(({ state }) => state).toSorted()).toEqual(['cancelled', 'failed']);

    const [notice] = await deps.store.outbox.list(shop.id, { states: [], after: null, limit: 10 });
    expect(notice).toMatchObject({ cause: { kind: 'team.webhook_off' }, audience: 'team', state: 'waiting' });
    const envelope = await deps.store.outbox.envelope(shop.id, notice?.id ?? '');
    expect(envelope?.to).toContain(`${olga.id}@staff.example`);
    expect(envelope?.subject).toMatch(/^http:\/\/127\.0\.0\.1:\d+ is no longer told what happens$/);
    expect(envelope?.text).toContain('For three days');
    expect(envelope?.text).not.toContain('of-the-receiver');

    await expire(3);
    const before = receiver.got.length;
    await announce();
    expect(receiver.got).toHaveLength(before);
    receiver.answer = { status: 200 };
    unwrap(await changeEndpoint(deps, shop, endpoint, { state: 'active' }));
    await expire(4);
    await announce();
    expect(receiver.got.slice(before).map(({ payload }) => payload.data.measure)).toEqual([uuid(4, 3)]);
    const given = (await sent()).find(({ state }) => state === 'failed');
    unwrap(await sendAgain(deps, shop, endpoint, given?.id ?? ''));
    await announce();
    expect(receiver.got.at(-1)?.id).toBe(given?.id);
    expect(await now()).toMatchObject({ failed: 0, failingSince: null });
  });

  it('are switched off at once where the receiver says that it is gone', async () => {
    const { expire, announce, receiver, now, deps, shop } = await scene();
    receiver.answer = { status: 410 };
    await expire(1);
    await expire(2);
    await announce();
    expect(await now()).toMatchObject({ state: 'disabled', disabledBecause: 'gone' });
    const notices = await deps.store.outbox.list(shop.id, { states: [], after: null, limit: 10 });
    expect(notices).toHaveLength(1);
  });

  it('are signed with both secrets for a day after a new one was made', async () => {
    const clock = { from: systemClock.now(), past: 0, now: () => instant(clock.from + clock.past) };
    const { expire, announce, receiver, secret, deps, shop, endpoint } = await scene({ clock });
    const { secret: next } = unwrap(await rotateSecret(deps, shop, endpoint));
    await expire(1);
    await announce();
    const [both] = receiver.got;
    if (both === undefined) throw new Error('Nothing came');
    expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(2);
    for (const each of [secret, next]) expect(readBySpecification(each, both)).toEqual(both.payload);
    clock.past = 24 * 3_600_000 + 1;
    await expire(2);
    await announce();
    const last = receiver.got[1];
    if (last === undefined) throw new Error('Nothing came');
    expect(String(last.headers['webhook-signature']).split(' ')).toHaveLength(1);
    const at = { headers: last.headers, body: last.body, now: clock.now() };
    expect((await verifyWebhook({ ...at, secret: next })).ok).toBe(true);
    expect((await verifyWebhook({ ...at, secret })).ok).toBe(false);
  });

  it('never go to a private address, whatever the name meant when it was entered', async () => {
    let looked = 0;
    const lookup = async () => {
      looked += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const { expire, announce, receiver, sent } = await scene({ rules: { lookup } });
    await expire(1);
    await announce();
    expect((await sent())[0]).toMatchObject({ state: 'waiting', fault: 'private', status: null });
    const { port } = new URL(receiver.url);
    const named = await scene({ rules: { lookup }, url: `http://localhost:${port}/` });
    await named.expire(1);
    await named.announce();
    expect((await named.sent())[0]).toMatchObject({ fault: 'private' });
    expect([receiver.got.length, looked]).toEqual([0, 1]);
  });

  it('no longer tell the number of a customer who was erased meanwhile', async () => {
    const { expire, announce, receiver, clock, tell, customer } = await scene();
    receiver.answer = { status: 500 };
    await expire(1);
    await announce();
    await tell('account.erased', {}, 'erased');
    receiver.answer = { status: 200 };
    clock.later('1 day');
    await announce();
    const told = receiver.got.map(({ payload }) => [payload.type, payload.data.customer]);
    expect(told[0]).toEqual(['measure.expired', { id: customer, externalId: 'A-1' }]);
    expect(told.slice(1)).toHaveLength(2);
    expect(told.slice(1)).toEqual(
      expect.arrayContaining([
        ['measure.expired', { id: customer, externalId: null }],
        ['customer.erased', { id: customer, externalId: null }],
      ]),
    );
  });

  it('can be tried out, once and without counting as a failure', async () => {
    const { deps, shop, endpoint, receiver, now } = await scene();
    expect(unwrap(await sendTest(deps, shop, endpoint))).toMatchObject({ topic: 'test', state: 'sent', status: 204 });
    expect(receiver.got[0]?.payload).toEqual({ type: 'test', timestamp: '2026-06-01T12:00:00.000Z', data: {} });
    receiver.answer = { status: 404 };
    expect(unwrap(await sendTest(deps, shop, endpoint))).toMatchObject({ state: 'failed', status: 404 });
    expect((await now()).failingSince).toBeNull();
  });

  it('are forgotten after a month', async () => {
    const { expire, announce, clock, sent, deps } = await scene();
    await expire(1);
    await announce();
    clock.later('29 days');
    await forgetSent(deps);
    expect(await sent()).toHaveLength(1);
    clock.later('2 days');
    await forgetSent(deps);
    expect(await sent()).toEqual([]);
  });

  describe('when the process is killed', () => {
    it('after a message arrived and before that was written: it comes again, under the same id', async () => {
      const { expire, receiver, shop, deps, sent } = await scene({ clock: systemClock });
      for (const number of [1, 2, 3]) await expire(number);
      receiver.answer = 'nothing';
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, '..', 'support', 'announcing-process.ts'), database.serviceUrl, shop.slug],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      const ended = new Promise((resolve) => child.once('exit', resolve));
      receiver.onGot = () => {
        if (receiver.got.length === 3) child.kill('SIGKILL');
      };
      await ended;
      expect(receiver.got).toHaveLength(3);
      expect((await sent()).every(({ state }) => state === 'waiting')).toBe(true);
      receiver.onGot = () => undefined;
      receiver.answer = { status: 200 };
      // Nothing is sent twice while the other one may still live.
      await announceDue(deps, shop);
      expect(receiver.got).toHaveLength(3);
      const later: AnnounceDeps = { ...deps, clock: { now: () => instant(systemClock.now() + 61_000) } };
      await announceDue(later, shop);
      const ids = receiver.got.map(({ id }) => id);
      expect(ids.slice(3).toSorted()).toEqual(ids.slice(0, 3).toSorted());
      expect(new Set(ids).size).toBe(3);
      expect((await sent()).every(({ state, attempts }) => state === 'sent' && attempts === 2)).toBe(true);
    });
  });
});
