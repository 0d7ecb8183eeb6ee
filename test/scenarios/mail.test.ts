import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Jobs, startJobs } from '../../src/adapters/jobs/jobs.ts';
import { createMailer } from '../../src/adapters/mail/mailer.ts';
import { findShop } from '../../src/adapters/postgres/shops/find-shop.ts';
import { deliveryOf, JobBell } from '../../src/compose-jobs.ts';
import { unwrap } from '../../src/core/shared/result.ts';
import { setMailServer } from '../../src/workflows/mail/settings.ts';
import { deliver } from '../../src/workflows/notices/deliver.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { type Mailbox, openMailbox } from '../support/smtp.ts';

/* From approving a measure to the notice at the mail server, with the jobs as the service runs them. */

let database: TestDatabase;
let mailbox: Mailbox;
let desk: ReviewDesk;
let jobs: Jobs;
const faults: unknown[] = [];

beforeAll(async () => {
  [database, mailbox] = await Promise.all([createTestDatabase(), openMailbox()]);
  const bell = new JobBell();
  // The scene assesses its customer by itself, so only the messages have a job.
  desk = reviewDesk(database, { soon: bell.soon });
  const { deps } = desk;
  const onFault = (error: unknown): void => void faults.push(error);
  const sending = { ...deliveryOf({ ...deps, mailer: createMailer(), mailServer: null }), onFault };
  jobs = await startJobs(database.serviceUrl, {
    deliver: {
      some: async (id) => {
        const shop = await findShop(database.db, id);
        return shop !== null && deliver(sending, shop);
      },
      shopsWithDue: () => deps.store.outbox.shopsWithMail(deps.clock.now()),
    },
    onError: onFault,
  });
  bell.connect(jobs);
});
afterAll(async () => {
  await jobs.stop();
  await Promise.all([mailbox.close(), database.drop()]);
});

const olga = (id: Parameters<typeof approve>[2]['id']) => ({ id, name: 'Olga', email: 'olga@shop.example' });

it('has the notice at the mail server within two seconds of the approval', async () => {
  const { deps } = desk;
  const took: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    mailbox.clear();
    const { shop, proposal, mia } = await desk.scene();
    unwrap(await setMailServer(deps, shop, olga(mia.id), mailbox.server));
    const begin = Date.now();
    unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
    const mail = await mailbox.waitFor(({ to }) => to.includes('who@example.org'));
    took.push(mail.at - begin);
    const [notice] = await deps.store.notices.of(shop.id, proposal.customer, 5);
    expect(mail.subject).toBe(notice?.document.subject.replace(/[\u2066-\u2069]/g, ''));
    expect(mail.header('auto-submitted')).toBe('auto-generated');
    expect(mail.raw.toLowerCase()).not.toContain('list-unsubscribe');
    await expect
      .poll(async () => (await deps.store.outbox.ofNotices(shop.id, notice === undefined ? [] : [notice.id]))[0]?.state)
      .toBe('sent');
  }
  console.log(`From approving to the mail server, in milliseconds: ${took.join(', ')}`);
  expect(Math.min(...took)).toBeLessThan(2_000);
  expect(faults).toEqual([]);
}, 60_000);

it('keeps the notice waiting without a mail server, and sends it as soon as one is set', async () => {
  const { deps } = desk;
  mailbox.clear();
  const { shop, proposal, mia } = await desk.scene();
  unwrap(await approve(deps, shop, mia, proposal.id, seenOf(proposal)));
  await expect.poll(() => deps.store.outbox.counts(shop.id)).toMatchObject({ due: 0, waiting: 1, sent: 0 });
  expect(await deps.store.notices.of(shop.id, proposal.customer, 5)).toHaveLength(1);
  unwrap(await setMailServer(deps, shop, olga(mia.id), mailbox.server));
  await mailbox.waitFor(({ to }) => to.includes('who@example.org'));
  await expect.poll(() => deps.store.outbox.counts(shop.id)).toMatchObject({ waiting: 0, sent: 1 });
  expect(faults).toEqual([]);
}, 60_000);
