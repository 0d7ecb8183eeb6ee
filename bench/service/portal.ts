import type { Mailbox } from '../../test/support/smtp.ts';
import { type Figure, median } from '../harness.ts';
import type { BenchShop } from './shop.ts';

const DAY = 86_400_000;
const ROUNDS = 15;
const HOME = '/c/bench';

/**
 * The customer's own pages, entered as a customer enters: by order number, address and the code that arrives by mail. For somebody
 * who has been buying for years, and for the one with 10,000 events that `benchConsole` makes.
 */
export async function benchPortal(bench: BenchShop, mailbox: Mailbox): Promise<readonly Figure[]> {
  await bench.send(yearsOfBuying());
  const usual = await enter(bench, mailbox, 'S1', 'steady@example.org');
  const big = await enter(bench, mailbox, 'O1', 'big@example.org');
  const group = 'Portal';
  const within = { atMost: 100 };
  return [
    { group, name: 'my standing, 300 events', value: await usual('standing'), unit: 'ms', goal: within },
    { group, name: 'my data, 300 events', value: await usual('data'), unit: 'ms', goal: within },
    { group, name: 'the policy', value: await usual('policy'), unit: 'ms', goal: within },
    { group, name: 'my standing, 10,000 events', value: await big('standing'), unit: 'ms' },
  ];
}

function yearsOfBuying(): readonly unknown[] {
  const customer = { externalId: 'steady', email: 'steady@example.org', name: 'Steady Customer' };
  const total = { amount: 6_000, currency: 'EUR' };
  const at = (day: number) => new Date(Date.now() - 720 * DAY + day * DAY).toISOString();
  return Array.from({ length: 100 }, (_, n) => [
    { kind: 'order.placed', id: `so${n}`, occurredAt: at(n * 7), customer, body: { order: `S${n}`, total } },
    { kind: 'order.delivered', id: `sd${n}`, occurredAt: at(n * 7 + 2), customer, body: { order: `S${n}` } },
    {
      kind: 'return.received',
      id: `sr${n}`,
      occurredAt: at(n * 7 + 9),
      customer,
      body: { return: `SR${n}`, order: `S${n}`, value: total, reason: n % 3 === 0 ? 'defect' : 'did_not_fit' },
    },
  ]).flat();
}

/** Lets a customer in; gives how long a page of theirs takes, in milliseconds, the median of many times. */
async function enter(bench: BenchShop, mailbox: Mailbox, order: string, email: string) {
  const cookies = new Map<string, string>();
  const ask = async (path: string, form?: Readonly<Record<string, string>>) => {
    const response = await fetch(`${bench.url}${path}`, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';', 1)[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    return { status: response.status, to: response.headers.get('location') ?? '', html: await response.text() };
  };
  const tokenIn = (html: string) => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const door = await ask(HOME);
  const asked = await ask(HOME, { csrf: tokenIn(door.html), order, email });
  const mail = await mailbox.waitFor(({ to, codes }) => to.includes(email) && codes.length > 0, 30_000);
  const entry = await ask(asked.to);
  await ask(asked.to, { csrf: tokenIn(entry.html), code: mail.codes[0] ?? '' });
  return async (page: string): Promise<number> => {
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begin = performance.now();
      const { status } = await ask(`${HOME}/${page}`);
      took.push(performance.now() - begin);
      if (status !== 200) throw new Error(`The portal answered ${status} to ${page}`);
    }
    return median(took);
  };
}
