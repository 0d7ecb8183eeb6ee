import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerDetail } from '../../src/contracts/customers.ts';
import type { Home } from '../../src/contracts/review.ts';
import { type SampleDesk, startSampleDesk } from '../support/sample-desk.ts';

const S = '/api/shops/tulip';

let desk: SampleDesk;
beforeAll(async () => {
  desk = await startSampleDesk();
}, 120_000);
afterAll(() => desk.api.close());

describe('home', () => {
  it('says what waits, what changed and how everybody stands', async () => {
    const home = await desk.get<Home>(`${S}/home`);
    expect(home.customers).toBe(2_000);
    expect(Object.values(home.standings).reduce((sum, each) => sum + (each ?? 0), 0)).toBe(2_000);
    expect(home.open).toBeGreaterThan(3);
    expect(home.proposals).toHaveLength(5);
    expect(home.changes.length).toBeGreaterThan(3);
    expect(home.changes.map((change) => change.at)).toEqual(
      home.changes
        .map((change) => change.at)
        .sort()
        .reverse(),
    );
    expect(home.trend.length).toBeGreaterThan(20);
    expect(home.trend.length).toBeLessThanOrEqual(26);
    expect(home.trend.every((week) => /^\d{4}-\d\d-\d\d$/.test(week.week) && week.ordered >= week.returned)).toBe(true);
    expect([home.assessing, home.importRunning]).toEqual([0, null]);
  });
});

describe('customers', () => {
  it.each(['recent', 'value', 'returned'] as const)('are paged by %s without gaps or repeats', async (sort) => {
    const some = await desk.everyCustomer({ standing: ['watched', 'warned', 'restricted'], sort });
    expect(some.length).toBeGreaterThan(10);
    expect(new Set(some.map((row) => row.id)).size).toBe(some.length);
    expect(new Set(some.map((row) => row.standing))).not.toContain('good');
    const values = some.map((row) =>
      sort === 'recent' ? Date.parse(row.lastAt) : sort === 'value' ? row.orderedValue : row.returnedValue,
    );
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const { counts } = await desk.search({ limit: 1 });
    expect(some.length).toBe((counts.watched ?? 0) + (counts.warned ?? 0) + (counts.restricted ?? 0));
  });

  it('are found by the beginning of a name, and by number, address, phone and order exactly', async () => {
    const [first] = (await desk.search({ limit: 1, sort: 'value' })).items;
    const detail = await desk.get<CustomerDetail>(`${S}/customers/${first?.id}`);
    const { items } = await desk.get<{ items: { kind: string; body: { order?: string } }[] }>(
      `${S}/customers/${first?.id}/timeline?family=orders&limit=1000`,
    );
    const order = items.find((event) => event.kind === 'order.placed')?.body.order;
    const [given = ''] = (detail.name ?? '').split(' ');
    const typed = [
      given.slice(0, 3).toUpperCase(),
      detail.name,
      detail.externalId,
      ` ${detail.email?.toUpperCase()} `,
      order,
    ];
    for (const q of typed) {
      const found = await desk.everyCustomer({ q });
      expect(
        found.map((row) => row.id),
        `searching for ${q}`,
      ).toContain(first?.id);
      expect(found.length).toBeLessThan(200);
    }
    expect(await desk.everyCustomer({ q: `${detail.externalId}9` })).toEqual([]);
    const logged = desk.api.log.join('').toLowerCase();
    for (const q of typed.slice(1)) expect(logged).not.toContain(q?.trim().toLowerCase());
  });

  it('are searched in the body only, and a filter that is not known is named', async () => {
    expect((await desk.owner.get(`${S}/customers?q=ma`)).statusCode).toBe(404);
    expect((await desk.owner.get(`${S}/customers.csv?q=ma`)).statusCode).toBe(404);
    const wrong = await desk.owner.post(`${S}/customers/search`, { name: 'ma' });
    expect([wrong.statusCode, wrong.json().errors]).toEqual([400, [{ field: 'name', message: 'is not known here' }]]);
    expect((await desk.agent.post(`${S}/customers/search`, { q: 'ma' })).statusCode).toBe(200);
  });

  it('refuse a cursor of another making', async () => {
    for (const cursor of [
      'x',
      Buffer.from('[1,"1; drop"]').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ]) {
      const response = await desk.owner.post(`${S}/customers/search`, { cursor });
      expect([response.statusCode, response.json().errors[0].field]).toEqual([400, 'cursor']);
    }
    const ofCustomers = (await desk.search({ limit: 1 })).next;
    const ofTheQueue = (await desk.get<{ next: string }>(`${S}/review?limit=1`)).next;
    expect((await desk.owner.get(`${S}/review?cursor=${ofCustomers}`)).statusCode).toBe(400);
    expect((await desk.owner.post(`${S}/customers/search`, { cursor: ofTheQueue })).statusCode).toBe(400);
  });

  it('have a page with every figure beside its limit, the past year of it and its evidence', async () => {
    const [row] = await desk.everyCustomer({ standing: ['warned'] });
    const detail = await desk.get<CustomerDetail>(`${S}/customers/${row?.id}`);
    expect(detail.readings).toHaveLength(detail.traces.reduce((sum, trace) => sum + trace.conditions.length, 0));
    expect(detail.readings.every((reading) => reading.sparkline.length === 25)).toBe(true);
    for (const { condition, sparkline } of detail.readings) expect(sparkline.at(-1)).toBe(condition.value);
    expect(detail.because[0]?.title).not.toBe(detail.because[0]?.id);
    expect(detail.measures.some((measure) => measure.state === 'active' && measure.type === 'warning')).toBe(true);
    expect(Object.values(detail.kindCounts).reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(
      detail.eventCount,
    );
    expect((await desk.owner.get(`${S}/customers/0199c0de-0000-7000-8000-00000000000a`)).statusCode).toBe(404);
    expect((await desk.owner.get(`${S}/customers/no-id`)).statusCode).toBe(404);
  });

  it('have a timeline in pages, by family, and around an event', async () => {
    const [row] = await desk.everyCustomer({ standing: ['warned'] });
    const url = `${S}/customers/${row?.id}/timeline`;
    const all = await desk.everyPage<{ id: string; kind: string; occurredAt: string; seq: number }>(url);
    const whole = await desk.get<{ items: { id: string }[]; next: null }>(`${url}?limit=1000`);
    expect(all.map((event) => event.id)).toEqual(whole.items.map((event) => event.id));
    expect(all.map((event) => event.occurredAt)).toEqual(
      all
        .map((event) => event.occurredAt)
        .sort()
        .reverse(),
    );
    const orders = await desk.everyPage<{ id: string; kind: string }>(`${url}?family=orders&family=returns`);
    expect(orders.length).toBeGreaterThan(0);
    expect(orders).toEqual(all.filter((event) => /^(order|return)\./.test(event.kind)));
    const oldest = all.at(-3);
    const around = await desk.get<{ items: { id: string }[] }>(`${url}?limit=50&around=${oldest?.id}`);
    expect(around.items.map((event) => event.id)).toEqual(
      all.slice(Math.max(0, all.length - 22)).map((event) => event.id),
    );
    expect((await desk.owner.get(`${url}?family=secrets`)).json().errors[0].field).toBe('family');
  });

  it('go into a spreadsheet as they are filtered, and no name becomes a formula', async () => {
    const warned = await desk.everyCustomer({ standing: ['warned'] });
    const wanted = { q: warned[0]?.name, standing: ['warned'], sort: 'value' };
    const response = await desk.owner.post(`${S}/customers.csv`, wanted);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = response.payload.trimEnd().split('\r\n');
    const shown = await desk.everyCustomer(wanted);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(warned.length);
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(shown.map((row) => row.id));
    expect(lines[1]).toContain(`,${((shown[0]?.orderedValue ?? 0) / 100).toFixed(2)},`);
  });
});
