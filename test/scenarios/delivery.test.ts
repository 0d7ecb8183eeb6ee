import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { createMailer } from '../../src/adapters/mail/mailer.ts';
import { connect } from '../../src/adapters/postgres/connect.ts';
import { MOST_TRIES } from '../../src/core/notices/outbox.ts';
import type { Deps } from '../../src/ports/store.ts';
import { setMailServer } from '../../src/workflows/mail/settings.ts';
import { deliver } from '../../src/workflows/notices/deliver.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { staffId } from '../support/events.ts';
import { append, known } from '../support/offers.ts';
import { deliveryDeps, testOutbox } from '../support/outbox.ts';
import { makeTestShop, type TestClock, testClock, testDeps } from '../support/shop.ts';
import { type Mailbox, type MailboxOptions, openMailbox } from '../support/smtp.ts';

describeOnEveryDatabase('sending', (makeDatabase) => {
  let database: TestDatabase;
  let clock: TestClock;
  let deps: Deps;
  const mailboxes: Mailbox[] = [];
  beforeAll(async () => {
    database = await makeDatabase();
    clock = testClock();
    deps = testDeps(database, clock);
  });
  afterAll(() => database.drop());
  afterEach(() => Promise.all(mailboxes.splice(0).map((each) => each.close())));

  const mailboxWith = async (options: MailboxOptions = {}): Promise<Mailbox> => {
    const made = await openMailbox(options);
    mailboxes.push(made);
    return made;
  };
  const scene = async (options: MailboxOptions = {}) => {
    const [mailbox, shop] = await Promise.all([mailboxWith(options), makeTestShop(database, clock)]);
    return { mailbox, shop, ...(await testOutbox(deps, shop)) };
  };
  /** Goes on until nothing is left to do at once. */
  const deliverAll = async (...args: Parameters<typeof deliver>): Promise<void> => {
    while (await deliver(...args));
  };

  it('puts into words what is due, and hands it over', async () => {
    const { mailbox, shop, tell, row } = await scene();
    const message = await tell();
    await deliverAll(deliveryDeps(deps, mailbox.server), shop);
    expect(await row(message)).toMatchObject({ state: 'sent', attempts: 1, sentAt: clock.now(), trouble: null });
    expect(mailbox.inbox).toMatchObject([{ subject: message, messageId: (await row(message)).messageId }]);
    expect(mailbox.inbox[0]?.mail.from).toMatchObject({ name: shop.name });
    await deliverAll(deliveryDeps(deps, mailbox.server), shop);
    expect(mailbox.inbox).toHaveLength(1);
  });

  it('lets messages wait while there is no mail server, and lets them go when one is set', async () => {
    const { mailbox, shop, tell, row } = await scene();
    const messages = [await tell(), await tell()];
    await deliverAll(deliveryDeps(deps, null), shop);
    clock.later('3 days');
    await deliverAll(deliveryDeps(deps, null), shop);
    for (const message of messages)
      expect(await row(message)).toMatchObject({ state: 'waiting', attempts: 0, error: null });
    const set = await setMailServer(
      deps,
      shop,
      { id: staffId(1), name: 'Olga', email: 'o@shop.example' },
      mailbox.server,
    );
    expect(set.ok).toBe(true);
    await deliverAll(deliveryDeps(deps, null), shop);
    expect(mailbox.inbox.map(({ subject }) => subject).sort()).toEqual([...messages].sort());
  });

  it('tries again later with the same Message-ID where the server asks to', async () => {
    const { mailbox, shop, tell, row } = await scene({
      rcpt: (_, tries) => (tries < 3 ? '451 4.7.1 Greylisted' : null),
    });
    const message = await tell();
    const sending = deliveryDeps(deps, mailbox.server);
    await deliverAll(sending, shop);
    expect(await row(message)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      trouble: 'busy',
      nextAt: clock.now() + 60_000,
    });
    await deliverAll(sending, shop);
    expect((await row(message)).attempts).toBe(1);
    clock.set((clock.now() + 60_000) as ReturnType<typeof clock.now>);
    await deliverAll(sending, shop);
    expect(await row(message)).toMatchObject({ attempts: 2, nextAt: clock.now() + 300_000 });
    clock.set((clock.now() + 300_000) as ReturnType<typeof clock.now>);
    await deliverAll(sending, shop);
    expect(await row(message)).toMatchObject({ state: 'sent', attempts: 3 });
    expect(mailbox.inbox.map(({ messageId }) => messageId)).toEqual([(await row(message)).messageId]);
  });

  it('gives up after the last try, and says so', async () => {
    const { mailbox, shop, tell, row } = await scene({ rcpt: () => '450 4.2.1 Busy' });
    const message = await tell();
    for (let day = 0; day < MOST_TRIES + 2; day += 1) {
      await deliverAll(deliveryDeps(deps, mailbox.server), shop);
      clock.later('1 day');
    }
    expect(await row(message)).toMatchObject({
      state: 'failed',
      attempts: MOST_TRIES,
      trouble: 'busy',
      error: '450 4.2.1 Busy',
    });
  });

  it('sends again with the same Message-ID after a crash between the server’s answer and our writing it down', async () => {
    const { mailbox, shop, tell, row } = await scene();
    const message = await tell();
    const real = createMailer();
    const dying = deliveryDeps(deps, mailbox.server, {
      mailer: {
        async send(...args) {
          await real.send(...args);
          throw new Error('The process ends here');
        },
      },
    });
    await deliverAll(dying, shop);
    expect(dying.faults).toHaveLength(1);
    expect(await row(message)).toMatchObject({ state: 'waiting', attempts: 1 });
    const alive = deliveryDeps(deps, mailbox.server);
    await deliverAll(alive, shop);
    expect(mailbox.inbox).toHaveLength(1);
    clock.set((clock.now() + 60_000) as ReturnType<typeof clock.now>);
    await deliverAll(alive, shop);
    expect(await row(message)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(mailbox.inbox).toHaveLength(2);
    expect(new Set(mailbox.inbox.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('loses nothing and repeats recognisably when the process is killed while the server takes the message', async () => {
    let child: ChildProcess | undefined;
    const { mailbox, shop, tell, row } = await scene({
      data: () => {
        child?.kill('SIGKILL');
        return null;
      },
    });
    const message = await tell({ at: systemClock.now() });
    const program = join(import.meta.dirname, '../support/sending-process.ts');
    child = spawn(process.execPath, [program, database.serviceUrl, shop.slug, String(mailbox.server.port)]);
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const left = await row(message);
    expect(left).toMatchObject({ state: 'waiting', attempts: 1 });
    child = undefined;
    const next = testDeps(database, testClock(left.nextAt));
    await deliverAll(deliveryDeps(next, mailbox.server), shop);
    expect((await row(message)).state).toBe('sent');
    expect(mailbox.inbox.map(({ messageId }) => messageId)).toEqual([left.messageId, left.messageId]);
  }, 30_000);

  it('never has two processes send the same message', async () => {
    const { mailbox, shop, tell } = await scene({ data: () => new Promise((resolve) => setTimeout(resolve, 5, null)) });
    for (let count = 0; count < 24; count += 1) await tell();
    const another = connect(database.serviceUrl, 3);
    try {
      const theirs = testDeps({ db: another.db }, clock);
      await Promise.all([
        deliverAll(deliveryDeps(deps, mailbox.server), shop),
        deliverAll(deliveryDeps(theirs, mailbox.server), shop),
        deliverAll(deliveryDeps(theirs, mailbox.server), shop),
      ]);
      // One may have stopped because the others had all the rest.
      await deliverAll(deliveryDeps(deps, mailbox.server), shop);
    } finally {
      await another.close();
    }
    const ids = mailbox.inbox.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(24);
    expect(new Set(ids).size).toBe(24);
    expect(await deps.store.outbox.counts(shop.id)).toMatchObject({ sent: 24, waiting: 0, due: 0 });
  });

  it('marks at once what came back from the address, and what has none', async () => {
    const { mailbox, shop, tell, row } = await scene({ rcpt: () => '550 5.1.1 <ada@example.org> unknown' });
    const unknown = await tell();
    await deliverAll(deliveryDeps(deps, mailbox.server), shop);
    expect(await row(unknown)).toMatchObject({
      state: 'bounced',
      trouble: 'unknown_address',
      error: '550 5.1.1 … unknown',
    });
    const nobody = await tell();
    const withoutAddress = deliveryDeps(deps, mailbox.server, {
      word: (store, { id }, each) =>
        store.outbox.worded(id, each.id, {
          envelope: { to: [], subject: 'S', text: 'T', html: 'H' },
          messageId: `<${each.id}@shop.example>`,
          notice: null,
          at: clock.now(),
        }),
    });
    await deliverAll(withoutAddress, shop);
    expect(await row(nobody)).toMatchObject({ state: 'failed', trouble: 'no_address', attempts: 0 });
  });

  it('stops asking a server that refuses the password, and goes on when the settings are right', async () => {
    const { mailbox, shop, tell, row } = await scene({ user: { name: 'shop', password: 'right' } });
    const olga = { id: staffId(1), name: 'Olga', email: 'o@shop.example' };
    await setMailServer(deps, shop, olga, { ...mailbox.server, password: 'wrong' });
    const messages: string[] = [];
    for (let count = 0; count < 6; count += 1) messages.push(await tell());
    const sending = deliveryDeps(deps, null);
    await deliverAll(sending, shop);
    const states = async () => Promise.all(messages.map(async (message) => (await row(message)).state));
    const tried = (await states()).filter((state) => state === 'failed').length;
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThan(6);
    clock.set((clock.now() + 60_000) as ReturnType<typeof clock.now>);
    await deliverAll(sending, shop);
    expect((await states()).filter((state) => state === 'failed')).toHaveLength(tried);
    await setMailServer(deps, shop, olga, mailbox.server);
    await deliverAll(sending, shop);
    expect(new Set(await states())).toEqual(new Set(['sent']));
    expect(mailbox.inbox).toHaveLength(6);
  });

  it('tells an erased customer nothing, and sends no code that no longer works', async () => {
    const { mailbox, shop, tell, row } = await scene();
    const code = { to: ['ada@example.org'], subject: 'Your code', text: '123456', html: '123456' };
    const old = await tell({ cause: { kind: 'portal.code' }, envelope: code });
    const link = await tell({ cause: { kind: 'portal.link' }, envelope: { ...code, subject: 'Your link' } });
    clock.set((clock.now() + 20 * 60_000) as ReturnType<typeof clock.now>);
    const fresh = await tell({ cause: { kind: 'portal.code' }, envelope: code });
    await deliverAll(deliveryDeps(deps, mailbox.server), shop);
    expect(mailbox.inbox.map(({ subject }) => subject).sort()).toEqual(['Your code', 'Your link']);
    expect((await row(old)).state).toBe('cancelled');
    for (const sent of [link, fresh]) {
      expect((await row(sent)).state).toBe('sent');
      expect(await deps.store.outbox.envelope(shop.id, sent)).toBeNull();
    }
    const worded = await tell();
    await deliverAll(deliveryDeps(deps, null), shop);
    await append(deps, shop, [
      {
        kind: 'account.erased',
        body: {},
        subject: known({ externalId: 'A' }),
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'erase',
      },
    ]);
    await deliverAll(deliveryDeps(deps, mailbox.server), shop);
    expect((await row(worded)).state).toBe('cancelled');
    expect(mailbox.inbox).toHaveLength(2);
  });

  it('lets one that cannot be put into words keep no other from it', async () => {
    const { mailbox, shop, tell, row } = await scene();
    const [broken, fine] = [await tell(), await tell()];
    const ordinary = deliveryDeps(deps, mailbox.server);
    const sending = deliveryDeps(deps, mailbox.server, {
      word: async (store, at, each) => {
        if (each.id === broken) throw new Error('There are no words for this');
        await ordinary.word(store, at, each);
      },
    });
    await deliverAll(sending, shop);
    expect((await row(fine)).state).toBe('sent');
    expect(await row(broken)).toMatchObject({
      state: 'due',
      attempts: 1,
      trouble: 'fault',
      nextAt: clock.now() + 60_000,
    });
    expect(sending.faults).toMatchObject([{ message: 'There are no words for this' }]);
    clock.set((clock.now() + 60_000) as ReturnType<typeof clock.now>);
    await deliverAll(ordinary, shop);
    expect((await row(broken)).state).toBe('sent');
  });

  it('asks again while a server is away', async () => {
    const { mailbox, shop, tell, row } = await scene();
    await mailbox.close();
    mailboxes.length = 0;
    const messages = [await tell(), await tell()];
    await deliverAll(deliveryDeps(deps, mailbox.server), shop);
    for (const message of messages)
      expect(await row(message)).toMatchObject({ state: 'waiting', trouble: 'unreachable' });
    expect(await deps.store.outbox.shopsWithMail(clock.now())).not.toContain(shop.id);
    clock.set((clock.now() + 60_000) as ReturnType<typeof clock.now>);
    expect(await deps.store.outbox.shopsWithMail(clock.now())).toContain(shop.id);
  });
});
