import { setTimeout as pause } from 'node:timers/promises';
import type { Mailbox } from '../../test/support/smtp.ts';
import { type Figure, median } from '../harness.ts';
import type { BenchShop } from './shop.ts';

const DAY = 86_400_000;
const shop = 'bench';
const ROUNDS = 9;

/** How long it takes from a person's approval until a mail server on this machine has the whole notice. */
export async function benchMail(bench: BenchShop, mailbox: Mailbox): Promise<readonly Figure[]> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const email = `told-${round}@example.org`;
    const proposal = await proposalAbout(bench, round, email);
    const begin = Date.now();
    await bench.call('POST /api/shops/:shop/review/:id/approve', {
      params: { shop, id: proposal.id },
      body: { seen: proposal.seen },
    });
    const mail = await mailbox.waitFor(({ to }) => to.includes(email), 30_000);
    took.push(mail.at - begin);
  }
  const group = 'Approval to notice at the mail server';
  return [
    { group, name: 'median', value: median(took), unit: 'ms', goal: { atMost: 2_000 } },
    { group, name: `slowest of ${ROUNDS}`, value: Math.max(...took), unit: 'ms', goal: { atMost: 2_000 } },
  ];
}

async function proposalAbout(bench: BenchShop, round: number, email: string) {
  const externalId = `told-${round}`;
  await bench.send([
    {
      kind: 'message.received',
      id: `told-${round}`,
      occurredAt: new Date(Date.now() - 3 * DAY).toISOString(),
      customer: { externalId, email, name: `Somebody ${round}` },
      body: { message: `T${round}`, channel: 'email', labels: ['threat_of_violence'] },
    },
  ]);
  for (const begin = performance.now(); performance.now() - begin < 30_000; await pause(20)) {
    const { items } = await bench.call('GET /api/shops/:shop/review', { params: { shop }, query: { limit: '200' } });
    const row = items.find(({ customer }) => customer.externalId === externalId);
    if (row !== undefined) return bench.call('GET /api/shops/:shop/review/:id', { params: { shop, id: row.id } });
  }
  throw new Error('No proposal within 30 s');
}
