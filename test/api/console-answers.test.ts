import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerDetail, MeasureView } from '../../src/contracts/customers.ts';
import type { NoticePreview } from '../../src/contracts/notices.ts';
import type { Home, ProposalDetail, ProposalRow } from '../../src/contracts/review.ts';
import { type SampleDesk, startSampleDesk } from '../support/sample-desk.ts';

const S = '/api/shops/tulip';

let desk: SampleDesk;
beforeAll(async () => {
  desk = await startSampleDesk();
}, 120_000);
afterAll(() => desk.api.close());

describe('the queue', () => {
  it('shows what burns first and then what waits longest, with the figure that says most', async () => {
    // The sample's proposals are all of one assessment; here they have come over a week.
    await desk.api.database.pool.query(`update proposal set opened_at = opened_at - interval '1 day' * (ascii(right(id::text, 1)) % 7)
                                    where status = 'open'`);
    const open = await desk.everyPage<ProposalRow>(`${S}/review`);
    const place = (row: ProposalRow) =>
      `${['grave', 'serious', 'minor'].indexOf(row.gravity)} ${row.openedAt} ${row.id}`;
    expect(open.map(place)).toEqual(open.map(place).sort());
    expect(new Set(open.map((row) => row.id)).size).toBe(open.length);
    expect(new Set(open.map((row) => row.gravity))).toEqual(new Set(['grave', 'serious', 'minor']));
    const opened = open.map((row) => row.openedAt);
    expect(opened).not.toEqual([...opened].sort());
    expect((await desk.get<Home>(`${S}/home`)).proposals.map((row) => row.id)).toEqual(
      open.slice(0, 5).map((row) => row.id),
    );
    const { open: count } = await desk.get<{ open: number }>(`${S}/review`);
    expect(open).toHaveLength(count);
    expect(open.every((row) => row.status === 'open' && row.customer.name !== null && row.headline !== null)).toBe(
      true,
    );
    const grave = await desk.everyPage<ProposalRow>(`${S}/review?gravity=grave`);
    expect(grave.map((row) => row.id)).toEqual(open.filter((row) => row.gravity === 'grave').map((row) => row.id));
  });

  it('tells everything needed to answer, and what one may answer', async () => {
    const [row] = await desk.everyPage<ProposalRow>(`${S}/review`);
    const detail = await desk.get<ProposalDetail>(`${S}/review/${row?.id}`);
    const named = new Set(detail.traces.flatMap((trace) => trace.conditions.flatMap((line) => line.evidence)));
    expect(named.size).toBeGreaterThan(0);
    const shown = new Set(detail.events.map((event) => event.id));
    expect([...named].slice(0, 100).every((id) => shown.has(id) || detail.events.length === 200)).toBe(true);
    const { document, languages, readability } = (
      await desk.owner.post(`${S}/review/${row?.id}/notice`, { language: 'en' })
    ).json() as NoticePreview;
    expect(JSON.stringify(document)).toContain(detail.traces[0]?.because);
    expect(languages.map(({ code }) => code)).toEqual(['en', 'he', 'nl', 'pl', 'zh']);
    expect(readability).toMatchObject({ formula: 'Flesch–Kincaid', easy: true });
    expect(detail.may).toEqual({ approve: true, soften: true, decline: true, ask: true, why: null });
    const asAgent = (await desk.agent.get(`${S}/review/${row?.id}`)).json() as ProposalDetail;
    expect(asAgent.may).toMatchObject({ approve: false, decline: false, ask: true, why: expect.any(String) });
  });

  it('shows evidence with what was found out about it, figures that add up, and what else waits', async () => {
    const open = await desk.everyPage<ProposalRow>(`${S}/review`);
    const cases = await Promise.all(open.map((row) => desk.get<ProposalDetail>(`${S}/review/${row.id}`)));
    const evidence = cases.flatMap((each) => each.events);
    const refuted = evidence.find(
      (event) => event.kind === 'return.received' && event.outcomes.some(({ body }) => body.reasonFound === 'refuted'),
    );
    expect(refuted?.outcomes[0]).toMatchObject({ kind: 'return.inspected', body: { return: refuted?.body.return } });
    const kinds = new Set(evidence.flatMap((event) => event.outcomes.map((outcome) => outcome.kind)));
    expect([...kinds]).toEqual(expect.arrayContaining(['claim.resolved', 'review.assessed']));
    for (const { customerFacts: facts, ...each } of cases) {
      const taken = facts.cancelledValue + facts.returnedValue + facts.refundedValue + facts.disputedValue;
      expect(facts.orderedValue - taken).toBe(facts.lifetimeValue);
      const { lifetimeValue } = await desk.get<CustomerDetail>(`${S}/customers/${each.customer.id}`);
      expect(facts.lifetimeValue).toBe(lifetimeValue);
      const others = open.filter((row) => row.customer.id === each.customer.id && row.id !== each.id);
      expect(each.alsoOpen.map((other) => [other.id, other.title])).toEqual(others.map((row) => [row.id, row.title]));
    }
    expect(cases.some((each) => each.alsoOpen.length > 0)).toBe(true);
  });

  it('is answered, undone and answered again, and the change is on everybody’s page', async () => {
    const [row] = await desk.everyPage<ProposalRow>(`${S}/review`);
    const customer = `${S}/customers/${row?.customer.id}`;
    const declined = await desk.owner.post(`${S}/review/${row?.id}/decline`, {
      reason: 'Her mother was ill that year.',
    });
    expect(declined.json()).toMatchObject({ status: 'declined', measure: null, undoUntil: expect.any(String) });
    const { seen } = await desk.get<ProposalDetail>(`${S}/review/${row?.id}`);
    const again = await desk.owner.post(`${S}/review/${row?.id}/approve`, { seen });
    expect([again.statusCode, again.json().why]).toEqual([409, 'already-answered']);
    expect(again.json().detail).toContain('Olga Owner');
    const home = await desk.get<Home>(`${S}/home`);
    expect(home.changes[0]).toMatchObject({ kind: 'declined', by: 'Olga Owner', customer: { id: row?.customer.id } });
    const timeline = await desk.get<{ items: { kind: string; by: string | null; text: string | null }[] }>(
      `${customer}/timeline?family=measures&limit=1`,
    );
    expect(timeline.items[0]).toMatchObject({
      kind: 'proposal.declined',
      by: 'Olga Owner',
      text: 'Her mother was ill that year.',
    });
    expect((await desk.owner.send('POST', `${S}/review/${row?.id}/undo`)).json()).toMatchObject({ status: 'open' });
    const approved = (await desk.owner.post(`${S}/review/${row?.id}/approve`, { seen, note: 'Agreed.' })).json();
    expect(approved).toMatchObject({ status: 'approved', measure: expect.any(String) });
    await desk.assess();
    const detail = await desk.get<CustomerDetail>(customer);
    expect(detail.measures.find((measure) => measure.id === approved.measure)).toMatchObject({
      state: 'active',
    });
    const lifted = await desk.owner.post(`${S}/measures/${approved.measure}/lift`, {
      reason: 'She called and explained.',
    });
    expect(lifted.json()).toEqual({ ok: true });
    const { items } = await desk.get<{ items: { id: string; endedBecause: string }[] }>(`${S}/measures?state=lifted`);
    expect(items.find((measure) => measure.id === approved.measure)?.endedBecause).toBe('staff');
  });
});

describe('an answer to something else than is proposed now', () => {
  it('is refused, says why in a word for programs, and changes nothing', async () => {
    const [row] = await desk.everyPage<ProposalRow>(`${S}/review`);
    const url = `${S}/review/${row?.id}`;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const milder = { type: 'warning', until, reason: 'The first time.' };
    for (const [path, body] of [
      ['approve', {}],
      ['soften', milder],
    ] as const) {
      const unseen = await desk.owner.post(`${url}/${path}`, body);
      expect([unseen.statusCode, unseen.json().errors[0].field]).toEqual([400, 'seen']);
      const other = await desk.owner.post(`${url}/${path}`, { ...body, seen: 'something-else' });
      expect(other.headers['content-type']).toContain('application/problem+json');
      expect(other.json()).toMatchObject({ status: 409, why: 'changed-meanwhile', detail: expect.any(String) });
    }
    expect(await desk.get<ProposalDetail>(url)).toMatchObject({ status: 'open', firstApprover: row?.firstApprover });
  });
});

describe('acting', () => {
  it('writes a note, sealed, and a correction that shows on the event', async () => {
    const [row] = await desk.everyCustomer({ standing: ['watched'] });
    const url = `${S}/customers/${row?.id}`;
    expect((await desk.agent.post(`${url}/notes`, { text: 'Called: very friendly.' })).json()).toEqual({ ok: true });
    const { items } = await desk.get<{
      items: { id: string; kind: string; text: string | null; by: string | null; corrected: string | null }[];
    }>(`${url}/timeline`);
    expect(items[0]).toMatchObject({ kind: 'note.added', text: 'Called: very friendly.', by: 'Adam Agent' });
    const { rows } = await desk.api.database.pool.query(
      `select count(*) as found from ledger_event where body::text like '%friendly%'`,
    );
    expect(rows).toEqual([{ found: 0 }]);
    const event = items.find((each) => each.kind === 'order.placed')?.id;
    expect(
      (await desk.agent.post(`${url}/corrections`, { event, as: 'void', reason: 'A test order of ours.' })).json(),
    ).toEqual({ ok: true });
    const after = await desk.get<{ items: { id: string; corrected: string | null }[] }>(
      `${url}/timeline?around=${event}`,
    );
    expect(after.items.find((each) => each.id === event)?.corrected).toBe('void');
  });

  it('takes a measure with a reason, and names what is wrong with one', async () => {
    const [row] = await desk.everyCustomer({ standing: ['good'], q: 'ma' });
    const url = `${S}/customers/${row?.id}/measures`;
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const wrong = await desk.owner.post(url, {
      type: 'restriction',
      obligations: ['prepayment_onli'],
      until,
      reason: 'Because.',
    });
    expect(wrong.json().errors[0]).toMatchObject({
      field: 'obligations',
      message: expect.stringContaining('prepayment_only'),
    });
    const impossible = await desk.owner.post(url, {
      type: 'warning',
      until: '2999-01-01T00:00:00Z',
      reason: 'Because.',
    });
    expect(impossible.json().errors[0].field).toBe('until');
    const taken = await desk.owner.post(url, {
      type: 'restriction',
      obligations: ['prepayment_only'],
      until,
      reason: 'Agreed by phone.',
    });
    expect(taken.json()).toEqual({ measure: expect.any(String) });
    await desk.assess();
    const restricted = await desk.get<CustomerDetail>(`${S}/customers/${row?.id}`);
    expect(restricted.standing).toBe('restricted');
    await desk.owner.post(`${S}/measures/${taken.json().measure}/lift`, { reason: 'A misunderstanding.' });
    expect((await desk.get<CustomerDetail>(`${S}/customers/${row?.id}`)).measures[0]?.state).toBe('lifted');
  });
});

describe('what Home counts', () => {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();

  it('is what the list behind the figure shows: measures that end within a week, the soonest first', async () => {
    const before = await desk.everyPage<MeasureView>(`${S}/measures?ending=week`);
    const people = await desk.everyCustomer({ standing: ['good'], q: 'jo' });
    expect(people.length).toBeGreaterThan(9);
    const taken = await Promise.all(
      people.slice(0, 10).map(async ({ id }, index) => {
        const wish = { type: 'warning', until: days(index === 9 ? 8 : 6 - index / 2), reason: 'Agreed by phone.' };
        return (await desk.owner.post(`${S}/customers/${id}/measures`, wish)).json().measure as string;
      }),
    );
    const ending = await desk.everyPage<MeasureView>(`${S}/measures?ending=week`);
    expect(ending).toHaveLength(before.length + 9);
    expect(ending.map((each) => each.id)).not.toContain(taken[9]);
    expect(ending.every((each) => each.state === 'active' && each.until <= days(7))).toBe(true);
    expect(ending.map((each) => each.until)).toEqual(ending.map((each) => each.until).sort());
    expect((await desk.get<Home>(`${S}/home`)).endingSoon).toBe(ending.length);
    expect(await desk.everyPage(`${S}/measures?ending=week&state=lifted`)).toEqual([]);
  });

  it('is what the list behind the figure shows: proposals that wait for me, or for a second person', async () => {
    const { id: adam } = (await desk.agent.get('/api/session')).json().staff;
    const [asked] = await desk.everyPage<ProposalRow>(`${S}/review`);
    await desk.owner.post(`${S}/review/${asked?.id}/ask`, { colleague: adam, question: 'Do you know her?' });
    expect((await desk.get<{ items: [] }>(`${S}/review?waitingFor=me`)).items).toEqual([]);
    const his = (await desk.agent.get(`${S}/review?waitingFor=me`)).json();
    expect(his.items.map((each: ProposalRow) => each.id)).toEqual([asked?.id]);
    expect((await desk.agent.get(`${S}/home`)).json().askedOfYou).toBe(1);

    await desk.owner.send('PATCH', `${S}/settings`, { secondApprovalForBlocks: true });
    const block = (await desk.everyPage<ProposalRow>(`${S}/review`)).find((row) => row.type === 'block');
    const { seen } = await desk.get<ProposalDetail>(`${S}/review/${block?.id}`);
    expect((await desk.owner.post(`${S}/review/${block?.id}/approve`, { seen })).json()).toMatchObject({
      waitingForSecond: true,
    });
    const second = await desk.everyPage<ProposalRow>(`${S}/review?waitingFor=second`);
    expect(second.map((row) => [row.id, row.firstApprover?.name])).toEqual([[block?.id, 'Olga Owner']]);
    expect((await desk.get<Home>(`${S}/home`)).waitingForSecond).toBe(1);
    expect(await desk.everyPage(`${S}/review?waitingFor=second&status=approved`)).toEqual([]);
    expect((await desk.owner.get(`${S}/review?waitingFor=nobody`)).statusCode).toBe(400);
  });
});

describe('queries', () => {
  const counted = async (url: string) => {
    const before = desk.api.queries();
    expect((await desk.owner.get(url)).statusCode).toBe(200);
    return desk.api.queries() - before;
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
        const before = desk.api.queries();
        await desk.search({ ...wanted, limit });
        return desk.api.queries() - before;
      };
      const one = await counted(1);
      expect(await counted(100)).toBe(one);
      expect(one).toBeLessThanOrEqual(5);
    },
  );

  it('of pages have a bound', async () => {
    const [customer] = await desk.everyCustomer({ standing: ['warned'] });
    const [proposal] = await desk.everyPage<ProposalRow>(`${S}/review`);
    expect(await counted(`${S}/home`)).toBeLessThanOrEqual(9);
    expect(await counted(`${S}/customers/${customer?.id}`)).toBeLessThanOrEqual(7);
    expect(await counted(`${S}/customers/${customer?.id}/timeline?limit=1000`)).toBeLessThanOrEqual(4);
    expect(await counted(`${S}/review/${proposal?.id}`)).toBeLessThanOrEqual(11);
    expect(await counted(`${S}/policy`)).toBeLessThanOrEqual(5);
  });
});
