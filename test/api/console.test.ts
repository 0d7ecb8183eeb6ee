import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerDetail, CustomerRow, MeasureView } from '../../src/contracts/customers.ts';
import type { Home, ProposalDetail, ProposalRow } from '../../src/contracts/review.ts';
import type { ResponseOf } from '../../src/contracts/routes.ts';
import { instant } from '../../src/core/shared/time.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { PASSWORD, startApi, type TestApi, type Visitor } from '../support/api.ts';

const S = '/api/shops/tulip';

let api: TestApi;
let owner: Visitor;
let agent: Visitor;
beforeAll(async () => {
  api = await startApi();
  api.time.now = instant(Date.now());
  owner = await api.owner();
  await owner.post(`${S}/staff`, {
    name: 'Adam Agent',
    email: 'adam@tulip.example',
    role: 'agent',
    password: PASSWORD,
  });
  agent = api.visitor();
  await agent.signIn('adam@tulip.example');
  const { import: run } = (await owner.send('POST', `${S}/sample`)).json();
  await finished(run);
  await assess();
}, 120_000);
afterAll(() => api.close());

async function finished(run: string) {
  for (;;) {
    const { status, error } = (await owner.get(`${S}/imports/${run}`)).json();
    if (status !== 'running') return expect([status, error]).toEqual(['done', null]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function assess() {
  const shop = await api.deps.shops.bySlug('tulip');
  if (shop === null) throw new Error('No shop');
  await assessAllDue(api.deps, shop);
}

const get = async <T>(url: string): Promise<T> => {
  const response = await owner.get(url);
  expect(response.statusCode, response.payload).toBe(200);
  return response.json() as T;
};

/** All rows of a search for customers, page by page. */
async function everyCustomer(wanted: object): Promise<CustomerRow[]> {
  const all: CustomerRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await search({ ...wanted, limit: 7, ...(cursor && { cursor }) });
    all.push(...page.items);
    if (page.next === null) return all;
    cursor = page.next;
  }
}

async function search(wanted: object): Promise<ResponseOf<'POST /api/shops/:shop/customers/search'>> {
  const response = await owner.post(`${S}/customers/search`, wanted);
  expect(response.statusCode, response.payload).toBe(200);
  return response.json();
}

async function everyPage<T extends { id: string }>(url: string): Promise<T[]> {
  const all: T[] = [];
  for (let cursor = ''; ; ) {
    const page = await get<{ items: T[]; next: string | null }>(
      `${url}${url.includes('?') ? '&' : '?'}limit=7${cursor}`,
    );
    all.push(...page.items);
    if (page.next === null) return all;
    cursor = `&cursor=${page.next}`;
  }
}

describe('home', () => {
  it('says what waits, what changed and how everybody stands', async () => {
    const home = await get<Home>(`${S}/home`);
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
    const some = await everyCustomer({ standing: ['watched', 'warned', 'restricted'], sort });
    expect(some.length).toBeGreaterThan(10);
    expect(new Set(some.map((row) => row.id)).size).toBe(some.length);
    expect(new Set(some.map((row) => row.standing))).not.toContain('good');
    const values = some.map((row) =>
      sort === 'recent' ? Date.parse(row.lastAt) : sort === 'value' ? row.orderedValue : row.returnedValue,
    );
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const { counts } = await search({ limit: 1 });
    expect(some.length).toBe((counts.watched ?? 0) + (counts.warned ?? 0) + (counts.restricted ?? 0));
  });

  it('are found by the beginning of a name, and by number, address, phone and order exactly', async () => {
    const [first] = (await search({ limit: 1, sort: 'value' })).items;
    const detail = await get<CustomerDetail>(`${S}/customers/${first?.id}`);
    const { items } = await get<{ items: { kind: string; body: { order?: string } }[] }>(
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
      const found = await everyCustomer({ q });
      expect(
        found.map((row) => row.id),
        `searching for ${q}`,
      ).toContain(first?.id);
      expect(found.length).toBeLessThan(200);
    }
    expect(await everyCustomer({ q: `${detail.externalId}9` })).toEqual([]);
    const logged = api.log.join('').toLowerCase();
    for (const q of typed.slice(1)) expect(logged).not.toContain(q?.trim().toLowerCase());
  });

  it('are searched in the body only, and a filter that is not known is named', async () => {
    expect((await owner.get(`${S}/customers?q=ma`)).statusCode).toBe(404);
    expect((await owner.get(`${S}/customers.csv?q=ma`)).statusCode).toBe(404);
    const wrong = await owner.post(`${S}/customers/search`, { name: 'ma' });
    expect([wrong.statusCode, wrong.json().errors]).toEqual([400, [{ field: 'name', message: 'is not known here' }]]);
    expect((await agent.post(`${S}/customers/search`, { q: 'ma' })).statusCode).toBe(200);
  });

  it('refuse a cursor of another making', async () => {
    for (const cursor of [
      'x',
      Buffer.from('[1,"1; drop"]').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ]) {
      const response = await owner.post(`${S}/customers/search`, { cursor });
      expect([response.statusCode, response.json().errors[0].field]).toEqual([400, 'cursor']);
    }
    const ofCustomers = (await search({ limit: 1 })).next;
    const ofTheQueue = (await get<{ next: string }>(`${S}/review?limit=1`)).next;
    expect((await owner.get(`${S}/review?cursor=${ofCustomers}`)).statusCode).toBe(400);
    expect((await owner.post(`${S}/customers/search`, { cursor: ofTheQueue })).statusCode).toBe(400);
  });

  it('have a page with every figure beside its limit, the past year of it and its evidence', async () => {
    const [row] = await everyCustomer({ standing: ['warned'] });
    const detail = await get<CustomerDetail>(`${S}/customers/${row?.id}`);
    expect(detail.readings).toHaveLength(detail.traces.reduce((sum, trace) => sum + trace.conditions.length, 0));
    expect(detail.readings.every((reading) => reading.sparkline.length === 25)).toBe(true);
    for (const { condition, sparkline } of detail.readings) expect(sparkline.at(-1)).toBe(condition.value);
    expect(detail.because[0]?.title).not.toBe(detail.because[0]?.id);
    expect(detail.measures.some((measure) => measure.state === 'active' && measure.type === 'warning')).toBe(true);
    expect(Object.values(detail.kindCounts).reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(
      detail.eventCount,
    );
    expect((await owner.get(`${S}/customers/0199c0de-0000-7000-8000-00000000000a`)).statusCode).toBe(404);
    expect((await owner.get(`${S}/customers/no-id`)).statusCode).toBe(404);
  });

  it('have a timeline in pages, by family, and around an event', async () => {
    const [row] = await everyCustomer({ standing: ['warned'] });
    const url = `${S}/customers/${row?.id}/timeline`;
    const all = await everyPage<{ id: string; kind: string; occurredAt: string; seq: number }>(url);
    const whole = await get<{ items: { id: string }[]; next: null }>(`${url}?limit=1000`);
    expect(all.map((event) => event.id)).toEqual(whole.items.map((event) => event.id));
    expect(all.map((event) => event.occurredAt)).toEqual(
      all
        .map((event) => event.occurredAt)
        .sort()
        .reverse(),
    );
    const orders = await everyPage<{ id: string; kind: string }>(`${url}?family=orders&family=returns`);
    expect(orders.length).toBeGreaterThan(0);
    expect(orders).toEqual(all.filter((event) => /^(order|return)\./.test(event.kind)));
    const oldest = all.at(-3);
    const around = await get<{ items: { id: string }[] }>(`${url}?limit=50&around=${oldest?.id}`);
    expect(around.items.map((event) => event.id)).toEqual(
      all.slice(Math.max(0, all.length - 22)).map((event) => event.id),
    );
    expect((await owner.get(`${url}?family=secrets`)).json().errors[0].field).toBe('family');
  });

  it('go into a spreadsheet as they are filtered, and no name becomes a formula', async () => {
    const warned = await everyCustomer({ standing: ['warned'] });
    const wanted = { q: warned[0]?.name, standing: ['warned'], sort: 'value' };
    const response = await owner.post(`${S}/customers.csv`, wanted);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = response.payload.trimEnd().split('\r\n');
    const shown = await everyCustomer(wanted);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(warned.length);
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(shown.map((row) => row.id));
    expect(lines[1]).toContain(`,${((shown[0]?.orderedValue ?? 0) / 100).toFixed(2)},`);
  });
});

describe('the queue', () => {
  it('shows what burns first and then what waits longest, with the figure that says most', async () => {
    // The sample's proposals are all of one assessment; here they have come over a week.
    await api.database.pool.query(`update proposal set opened_at = opened_at - interval '1 day' * (ascii(right(id::text, 1)) % 7)
                                    where status = 'open'`);
    const open = await everyPage<ProposalRow>(`${S}/review`);
    const place = (row: ProposalRow) =>
      `${['grave', 'serious', 'minor'].indexOf(row.gravity)} ${row.openedAt} ${row.id}`;
    expect(open.map(place)).toEqual(open.map(place).sort());
    expect(new Set(open.map((row) => row.id)).size).toBe(open.length);
    expect(new Set(open.map((row) => row.gravity))).toEqual(new Set(['grave', 'serious', 'minor']));
    const opened = open.map((row) => row.openedAt);
    expect(opened).not.toEqual([...opened].sort());
    expect((await get<Home>(`${S}/home`)).proposals.map((row) => row.id)).toEqual(
      open.slice(0, 5).map((row) => row.id),
    );
    const { open: count } = await get<{ open: number }>(`${S}/review`);
    expect(open).toHaveLength(count);
    expect(open.every((row) => row.status === 'open' && row.customer.name !== null && row.headline !== null)).toBe(
      true,
    );
    const grave = await everyPage<ProposalRow>(`${S}/review?gravity=grave`);
    expect(grave.map((row) => row.id)).toEqual(open.filter((row) => row.gravity === 'grave').map((row) => row.id));
  });

  it('tells everything needed to answer, and what one may answer', async () => {
    const [row] = await everyPage<ProposalRow>(`${S}/review`);
    const detail = await get<ProposalDetail>(`${S}/review/${row?.id}`);
    const named = new Set(detail.traces.flatMap((trace) => trace.conditions.flatMap((line) => line.evidence)));
    expect(named.size).toBeGreaterThan(0);
    const shown = new Set(detail.events.map((event) => event.id));
    expect([...named].slice(0, 100).every((id) => shown.has(id) || detail.events.length === 200)).toBe(true);
    expect(detail.message).toContain(detail.traces[0]?.because);
    expect(detail.may).toEqual({ approve: true, soften: true, decline: true, ask: true, why: null });
    const asAgent = (await agent.get(`${S}/review/${row?.id}`)).json() as ProposalDetail;
    expect(asAgent.may).toMatchObject({ approve: false, decline: false, ask: true, why: expect.any(String) });
  });

  it('is answered, undone and answered again, and the change is on everybody’s page', async () => {
    const [row] = await everyPage<ProposalRow>(`${S}/review`);
    const customer = `${S}/customers/${row?.customer.id}`;
    const declined = await owner.post(`${S}/review/${row?.id}/decline`, { reason: 'Her mother was ill that year.' });
    expect(declined.json()).toMatchObject({ status: 'declined', measure: null, undoUntil: expect.any(String) });
    const again = await owner.post(`${S}/review/${row?.id}/approve`, {});
    expect([again.statusCode, again.json().detail]).toEqual([409, expect.stringContaining('Olga Owner')]);
    const home = await get<Home>(`${S}/home`);
    expect(home.changes[0]).toMatchObject({ kind: 'declined', by: 'Olga Owner', customer: { id: row?.customer.id } });
    const timeline = await get<{ items: { kind: string; by: string | null; text: string | null }[] }>(
      `${customer}/timeline?family=measures&limit=1`,
    );
    expect(timeline.items[0]).toMatchObject({
      kind: 'proposal.declined',
      by: 'Olga Owner',
      text: 'Her mother was ill that year.',
    });
    expect((await owner.send('POST', `${S}/review/${row?.id}/undo`)).json()).toMatchObject({ status: 'open' });
    const approved = (await owner.post(`${S}/review/${row?.id}/approve`, { note: 'Agreed.' })).json();
    expect(approved).toMatchObject({ status: 'approved', measure: expect.any(String) });
    await assess();
    const detail = await get<CustomerDetail>(customer);
    expect(detail.measures.find((measure) => measure.id === approved.measure)?.state).toBe('active');
    const lifted = await owner.post(`${S}/measures/${approved.measure}/lift`, { reason: 'She called and explained.' });
    expect(lifted.json()).toEqual({ ok: true });
    const { items } = await get<{ items: { id: string; endedBecause: string }[] }>(`${S}/measures?state=lifted`);
    expect(items.find((measure) => measure.id === approved.measure)?.endedBecause).toBe('staff');
  });
});

describe('acting', () => {
  it('writes a note, sealed, and a correction that shows on the event', async () => {
    const [row] = await everyCustomer({ standing: ['watched'] });
    const url = `${S}/customers/${row?.id}`;
    expect((await agent.post(`${url}/notes`, { text: 'Called: very friendly.' })).json()).toEqual({ ok: true });
    const { items } = await get<{
      items: { id: string; kind: string; text: string | null; by: string | null; corrected: string | null }[];
    }>(`${url}/timeline`);
    expect(items[0]).toMatchObject({ kind: 'note.added', text: 'Called: very friendly.', by: 'Adam Agent' });
    const { rows } = await api.database.pool.query(
      `select count(*) as found from ledger_event where body::text like '%friendly%'`,
    );
    expect(rows).toEqual([{ found: 0 }]);
    const event = items.find((each) => each.kind === 'order.placed')?.id;
    expect(
      (await agent.post(`${url}/corrections`, { event, as: 'void', reason: 'A test order of ours.' })).json(),
    ).toEqual({ ok: true });
    const after = await get<{ items: { id: string; corrected: string | null }[] }>(`${url}/timeline?around=${event}`);
    expect(after.items.find((each) => each.id === event)?.corrected).toBe('void');
  });

  it('takes a measure with a reason, and names what is wrong with one', async () => {
    const [row] = await everyCustomer({ standing: ['good'], q: 'ma' });
    const url = `${S}/customers/${row?.id}/measures`;
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const wrong = await owner.post(url, {
      type: 'restriction',
      obligations: ['prepayment_onli'],
      until,
      reason: 'Because.',
    });
    expect(wrong.json().errors[0]).toMatchObject({
      field: 'obligations',
      message: expect.stringContaining('prepayment_only'),
    });
    const impossible = await owner.post(url, { type: 'warning', until: '2999-01-01T00:00:00Z', reason: 'Because.' });
    expect(impossible.json().errors[0].field).toBe('until');
    const taken = await owner.post(url, {
      type: 'restriction',
      obligations: ['prepayment_only'],
      until,
      reason: 'Agreed by phone.',
    });
    expect(taken.json()).toEqual({ measure: expect.any(String) });
    await assess();
    expect((await get<CustomerDetail>(`${S}/customers/${row?.id}`)).standing).toBe('restricted');
  });
});

describe('what Home counts', () => {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();

  it('is what the list behind the figure shows: measures that end within a week, the soonest first', async () => {
    const before = await everyPage<MeasureView>(`${S}/measures?ending=week`);
    const people = await everyCustomer({ standing: ['good'], q: 'jo' });
    expect(people.length).toBeGreaterThan(9);
    const taken = await Promise.all(
      people.slice(0, 10).map(async ({ id }, index) => {
        const wish = { type: 'warning', until: days(index === 9 ? 8 : 6 - index / 2), reason: 'Agreed by phone.' };
        return (await owner.post(`${S}/customers/${id}/measures`, wish)).json().measure as string;
      }),
    );
    const ending = await everyPage<MeasureView>(`${S}/measures?ending=week`);
    expect(ending).toHaveLength(before.length + 9);
    expect(ending.map((each) => each.id)).not.toContain(taken[9]);
    expect(ending.every((each) => each.state === 'active' && each.until <= days(7))).toBe(true);
    expect(ending.map((each) => each.until)).toEqual(ending.map((each) => each.until).sort());
    expect((await get<Home>(`${S}/home`)).endingSoon).toBe(ending.length);
    expect(await everyPage(`${S}/measures?ending=week&state=lifted`)).toEqual([]);
  });

  it('is what the list behind the figure shows: proposals that wait for me, or for a second person', async () => {
    const { id: adam } = (await agent.get('/api/session')).json().staff;
    const [asked] = await everyPage<ProposalRow>(`${S}/review`);
    await owner.post(`${S}/review/${asked?.id}/ask`, { colleague: adam, question: 'Do you know her?' });
    expect((await get<{ items: [] }>(`${S}/review?waitingFor=me`)).items).toEqual([]);
    const his = (await agent.get(`${S}/review?waitingFor=me`)).json();
    expect(his.items.map((each: ProposalRow) => each.id)).toEqual([asked?.id]);
    expect((await agent.get(`${S}/home`)).json().askedOfYou).toBe(1);

    await owner.send('PATCH', `${S}/settings`, { secondApprovalForBlocks: true });
    const block = (await everyPage<ProposalRow>(`${S}/review`)).find((row) => row.type === 'block');
    expect((await owner.post(`${S}/review/${block?.id}/approve`)).json()).toMatchObject({ waitingForSecond: true });
    const second = await everyPage<ProposalRow>(`${S}/review?waitingFor=second`);
    expect(second.map((row) => [row.id, row.firstApprover?.name])).toEqual([[block?.id, 'Olga Owner']]);
    expect((await get<Home>(`${S}/home`)).waitingForSecond).toBe(1);
    expect(await everyPage(`${S}/review?waitingFor=second&status=approved`)).toEqual([]);
    expect((await owner.get(`${S}/review?waitingFor=nobody`)).statusCode).toBe(400);
  });
});

describe('queries', () => {
  const counted = async (url: string) => {
    const before = api.queries();
    expect((await owner.get(url)).statusCode).toBe(200);
    return api.queries() - before;
  };

  it.each([
    `${S}/review?`,
    `${S}/review?status=declined&`,
    `${S}/review?waitingFor=me&`,
    `${S}/measures?`,
    `${S}/measures?ending=week&`,
  ])('of %s are as many for one row as for a hundred', async (url) => {
    const one = await counted(`${url}limit=1`);
    expect(await counted(`${url}limit=100`)).toBe(one);
    expect(one).toBeLessThanOrEqual(5);
  });

  it.each([{}, { q: 'ma' }, { standing: ['warned'], sort: 'value' }])(
    'of customers %j are as many for one row as for a hundred',
    async (wanted) => {
      const counted = async (limit: number) => {
        const before = api.queries();
        await search({ ...wanted, limit });
        return api.queries() - before;
      };
      const one = await counted(1);
      expect(await counted(100)).toBe(one);
      expect(one).toBeLessThanOrEqual(5);
    },
  );

  it('of pages have a bound', async () => {
    const [customer] = await everyCustomer({ standing: ['warned'] });
    const [proposal] = await everyPage<ProposalRow>(`${S}/review`);
    expect(await counted(`${S}/home`)).toBeLessThanOrEqual(8);
    expect(await counted(`${S}/customers/${customer?.id}`)).toBeLessThanOrEqual(7);
    expect(await counted(`${S}/customers/${customer?.id}/timeline?limit=1000`)).toBeLessThanOrEqual(4);
    expect(await counted(`${S}/review/${proposal?.id}`)).toBeLessThanOrEqual(11);
    expect(await counted(`${S}/policy`)).toBeLessThanOrEqual(5);
  });
});
