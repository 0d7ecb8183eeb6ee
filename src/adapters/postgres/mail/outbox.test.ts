import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEveryDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { at, staffId, uuid } from '../../../../test/support/events.ts';
import { added, append, known, order } from '../../../../test/support/offers.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../../../../test/support/shop.ts';
import type { Cause, IssuedNotice } from '../../../core/notices/types.ts';
import { type AppealId, type CustomerId, id, type MeasureId, type NoticeId } from '../../../core/shared/brand.ts';
import type { Envelope, MailServer } from '../../../ports/hearing.ts';
import type { Deps } from '../../../ports/store.ts';
import type { Shop } from '../../../ports.ts';

const measure = id<MeasureId>(uuid(1, 3));
const started: Cause = { kind: 'measure.started', measure };
const envelope: Envelope = {
  to: ['ada@example.org'],
  subject: 'About your returns',
  text: 'Dear Ada',
  html: '<p>Dear Ada</p>',
};

function noticeTo(customer: CustomerId, number: number): IssuedNotice {
  return {
    id: id<NoticeId>(uuid(number, 5)),
    customer,
    kind: 'measure.started',
    measure,
    appeal: null,
    language: 'en',
    issuedAt: at('2026-06-01T12:00:00Z'),
    document: { kind: 'measure.started', language: 'en', dir: 'ltr', subject: 'S', lead: 'L', sections: [] },
    text: 'Dear Ada, word for word',
    html: '<p>Dear Ada, word for word</p>',
  };
}

describeOnEveryDatabase('the outbox', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  let shop: Shop;
  let ada: CustomerId;
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
  });
  afterAll(() => database.drop());

  const made = async (): Promise<void> => {
    shop = await makeTestShop(database, clock);
    const [outcome] = await append(deps, shop, [order(1, known({ externalId: 'A', email: 'ada@example.org' }))]);
    ada = added(outcome).customer as CustomerId;
  };
  const told = (more: { personal?: string; envelope?: Envelope; cause?: Cause } = {}): Promise<string> =>
    deps.store.transaction((store) =>
      store.outbox.tell(shop.id, { cause: started, audience: 'customer', customer: ada, at: clock.now(), ...more }),
    );
  const row = async (message: string) => {
    const found = await deps.store.outbox.one(shop.id, message);
    if (found === null) throw new Error('There is no such message');
    return found;
  };
  const wordedAs = (message: string, notice: IssuedNotice | null, messageId = `<${message}@shop.example>`) =>
    deps.store.outbox.worded(shop.id, message, { envelope, messageId, notice, at: clock.now() });
  const erase = () =>
    append(deps, shop, [
      {
        kind: 'account.erased',
        body: {},
        subject: known({ externalId: 'A' }),
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'erase',
      },
    ]);

  it('is written in the transaction of what it tells about, or not at all', async () => {
    await made();
    await expect(
      deps.store.transaction(async (store) => {
        await store.outbox.tell(shop.id, { cause: started, audience: 'customer', customer: ada, at: clock.now() });
        throw new Error('The measure failed');
      }),
    ).rejects.toThrow('The measure failed');
    expect(await deps.store.outbox.list(shop.id, { states: [], after: null, limit: 10 })).toEqual([]);
    await expect(async () =>
      deps.store.outbox.tell(shop.id, { cause: started, audience: 'customer', customer: ada, at: clock.now() }),
    ).rejects.toThrow('in the transaction');
  });

  it('writes what is still to be put into words once, and keeps the newer personal paragraph', async () => {
    await made();
    const first = await told({ personal: 'You were always kind on the phone.' });
    expect(await told()).toBe(first);
    expect(await deps.store.outbox.personal(shop.id, first)).toBe('You were always kind on the phone.');
    expect(await told({ personal: 'Call us.' })).toBe(first);
    expect(await deps.store.outbox.personal(shop.id, first)).toBe('Call us.');
    const other = await told({ cause: { kind: 'appeal.decided', appeal: id<AppealId>(uuid(1, 6)) } });
    expect(other).not.toBe(first);
    await wordedAs(first, noticeTo(ada, 1));
    expect(await told()).not.toBe(first);
    expect(await row(first)).toMatchObject({ state: 'waiting', messageId: `<${first}@shop.example>`, attempts: 0 });
  });

  it('keeps notices and words sealed, and gives them back word for word', async () => {
    await made();
    const message = await told({ personal: 'Call us.' });
    const notice = noticeTo(ada, 2);
    await wordedAs(message, notice);
    expect(await deps.store.notices.one(shop.id, notice.id)).toEqual(notice);
    expect(await deps.store.notices.of(shop.id, ada, 10)).toEqual([notice]);
    expect(await deps.store.notices.ofMeasure(shop.id, measure)).toEqual([notice]);
    expect(await deps.store.outbox.ofNotices(shop.id, [notice.id])).toMatchObject([{ id: message, notice: notice.id }]);
    expect(await deps.store.outbox.envelope(shop.id, message)).toEqual(envelope);
    expect(await deps.store.outbox.subjects(shop.id, [message])).toEqual(new Map([[message, 'About your returns']]));
    expect(await deps.store.outbox.byMessageId(shop.id, `<${message}@shop.example>`)).toMatchObject({ id: message });
    const { rows } = await sql<{ all: string }>`
      select n::text || o::text as all from notice n join outbox o using (shop_id) where shop_id = ${shop.id}`.execute(
      database.db,
    );
    expect(rows).toHaveLength(1);
    for (const plain of ['Dear', 'ada@', 'returns', 'Call us'])
      expect(rows[0]?.all).not.toContain(Buffer.from(plain).toString('hex'));
  });

  it('cannot be read any more once its customer was erased, and tells them nothing more', async () => {
    await made();
    const kept = await told();
    await wordedAs(kept, noticeTo(ada, 3));
    const due = await told();
    await erase();
    expect(await deps.store.notices.of(shop.id, ada, 10)).toEqual([]);
    expect(await deps.store.outbox.envelope(shop.id, kept)).toBeNull();
    expect(await deps.store.outbox.subjects(shop.id, [kept])).toEqual(new Map());
    await wordedAs(due, noticeTo(ada, 4));
    expect(await row(due)).toMatchObject({ state: 'cancelled', messageId: null });
    expect(await row(await told())).toMatchObject({ state: 'cancelled' });
  });

  it('locks what it claims, and leaves it to whoever has it', async () => {
    await made();
    const messages = [await told(), await told({ cause: { kind: 'measure.expired', measure } })];
    await deps.store.transaction(async (store) => {
      const mine = await store.outbox.claim(shop.id, 'due', clock.now(), 1);
      const theirs = await deps.store.transaction((other) => other.outbox.claim(shop.id, 'due', clock.now(), 5));
      expect([...mine, ...theirs].map(({ id }) => id)).toEqual(messages);
    });
    expect(await deps.store.outbox.shopsWithMail(clock.now())).toContain(shop.id);
    const before = at('2026-05-01T00:00:00Z');
    expect(await deps.store.outbox.shopsWithMail(before)).not.toContain(shop.id);
    expect(await deps.store.transaction((store) => store.outbox.claim(shop.id, 'due', before, 5))).toEqual([]);
  });

  it('moves along the table of states only, and forgets a secret that is over', async () => {
    await made();
    const code = await told({ cause: { kind: 'portal.code' }, envelope });
    await deps.store.outbox.identify(shop.id, code, '<code@shop.example>');
    await deps.store.outbox.identify(shop.id, code, '<another@shop.example>');
    expect(await row(code)).toMatchObject({ state: 'waiting', messageId: '<code@shop.example>' });
    expect(await deps.store.outbox.envelope(shop.id, code)).toEqual(envelope);
    const to = { at: clock.now(), sentAt: clock.now() };
    expect(await deps.store.outbox.move(shop.id, code, { state: 'sent', ...to })).toBe(true);
    expect(await deps.store.outbox.envelope(shop.id, code)).toBeNull();
    expect(await deps.store.outbox.move(shop.id, code, { state: 'waiting', ...to })).toBe(false);
    expect(await row(code)).toMatchObject({ state: 'sent', sentAt: clock.now() });
    expect(await deps.store.outbox.move(shop.id, code, { state: 'bounced', trouble: 'returned', ...to })).toBe(true);
    expect(await deps.store.outbox.move(shop.id, code, { state: 'sent', ...to })).toBe(false);
    expect(await deps.store.outbox.counts(shop.id)).toMatchObject({ bounced: 1, sent: 0, due: 0 });
  });

  it('lists the newest first, page by page, in the states asked for', async () => {
    await made();
    const messages: string[] = [];
    for (const kind of ['measure.started', 'measure.changed', 'measure.expired', 'measure.voided'] as const) {
      messages.push(await told({ cause: { kind, measure } }));
      // Two at the same instant, so that the page ends between them.
      if (kind !== 'measure.changed') clock.later('1 day');
    }
    const [oldest, second, third, newest] = messages as [string, string, string, string];
    const expected = [newest, second, third, oldest];
    await wordedAs(third, null);
    const page = async (states: ('due' | 'waiting')[], after: { at: ReturnType<typeof at>; id: string } | null) =>
      (await deps.store.outbox.list(shop.id, { states, after, limit: 2 })).map(({ id }) => id);
    const first = await page([], null);
    expect(first).toEqual(expected.slice(0, 2));
    const last = await row(first[1] as string);
    const rest = await page([], { at: last.createdAt, id: last.id });
    expect([...first, ...rest]).toEqual(expected);
    expect(await page(['waiting'], null)).toEqual([third]);
  });

  it('keeps how a shop sends mail sealed; setting it lets go what waits, and what failed because of the server', async () => {
    await made();
    const server: MailServer = {
      host: 'mail.shop.example',
      port: 587,
      security: 'starttls',
      user: 'shop',
      password: 'hunter2-but-long',
      from: 'care@shop.example',
      fromName: 'Tulip & Thread',
      dkim: null,
    };
    const ids: string[] = [];
    for (const kind of ['measure.started', 'measure.changed', 'measure.expired'] as const) {
      const message = await told({ cause: { kind, measure } });
      await wordedAs(message, null);
      ids.push(message);
    }
    const [inTrouble, failed, onItsWay] = ids as [string, string, string];
    const later = at('2027-01-01T00:00:00Z');
    const to = { at: clock.now(), nextAt: later, attempts: 3 };
    await deps.store.outbox.move(shop.id, inTrouble, { ...to, state: 'waiting', trouble: 'busy' });
    await deps.store.outbox.move(shop.id, failed, { ...to, state: 'failed', trouble: 'sign_in' });
    await deps.store.outbox.move(shop.id, onItsWay, { ...to, state: 'waiting', trouble: null });
    expect(await deps.store.mailServers.of(shop.id)).toBeNull();
    await deps.store.mailServers.set(shop.id, server, staffId(1), clock.now());
    expect(await deps.store.mailServers.of(shop.id)).toEqual(server);
    for (const message of [inTrouble, failed])
      expect(await row(message)).toMatchObject({ state: 'waiting', attempts: 0, nextAt: clock.now() });
    expect(await row(onItsWay)).toMatchObject({ attempts: 3, nextAt: later });
    const { rows } = await sql<{ all: string }>`select m::text as all from mail_server m`.execute(database.db);
    expect(rows[0]?.all).not.toContain(Buffer.from('hunter2').toString('hex'));
    await deps.store.mailServers.set(shop.id, null, staffId(1), clock.now());
    expect(await deps.store.mailServers.of(shop.id)).toBeNull();
  });
});
