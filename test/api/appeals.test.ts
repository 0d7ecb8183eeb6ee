import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppealDetail, AppealPreview, AppealRow } from '../../src/contracts/appeals.ts';
import type { MeasureView } from '../../src/contracts/customers.ts';
import type { Home } from '../../src/contracts/review.ts';
import type { AppealId, CustomerId, EventId, MeasureId } from '../../src/core/shared/brand.ts';
import { instant } from '../../src/core/shared/time.ts';
import type { Shop } from '../../src/ports.ts';
import { fileAppeal } from '../../src/workflows/appeals/file-appeal.ts';
import { sweepFiles } from '../../src/workflows/appeals/files/sweep.ts';
import type { Hearer } from '../../src/workflows/appeals/types.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { startApi, type TestApi, type Visitor } from '../support/api.ts';
import { pdf, photo } from '../support/files.ts';
import { hire } from '../support/staff.ts';

const S = '/api/shops/tulip';
const DAY = 86_400_000;

let api: TestApi;
let owner: Visitor;
let shop: Shop;
let mia: Hearer;

beforeAll(async () => {
  api = await startApi();
  owner = await api.owner();
  const found = await api.deps.shops.bySlug('tulip');
  if (found === null) throw new Error('There is no shop');
  shop = found;
  mia = await hire(api.deps.staff, api.deps.clock, shop, 'Mia', 'manager');
});
afterAll(() => api.close());

let customers = 0;

/** Somebody whose returns Mia answered with a restriction. */
async function restricted(): Promise<{ customer: CustomerId; events: EventId[]; measure: MeasureId }> {
  customers += 1;
  const name = `C${customers}`;
  const told = ['order.placed', 'return.received', 'return.received'].map((kind, index) => ({
    kind,
    id: `${name}-${index}`,
    occurredAt: '2026-02-01T10:00:00Z',
    customer: { externalId: name, email: `${name}@example.org`, name: `Ines ${name}` },
    body:
      kind === 'order.placed'
        ? { order: `${name}O`, total: { amount: 90_00, currency: 'EUR' }, lines: [] }
        : {
            return: `${name}R${index}`,
            order: `${name}O`,
            value: { amount: 40_00, currency: 'EUR' },
            lines: [],
            reason: 'changed_mind',
            by: 'parcel',
          },
  }));
  await recordEvents(api.deps, shop, told);
  const rows = await api.database.db
    .selectFrom('ledger_event')
    .select(['id', 'customer_id'])
    .where('shop_id', '=', shop.id)
    .where(
      'source_id',
      'in',
      told.slice(1).map((each) => each.id),
    )
    .orderBy('seq')
    .execute();
  const customer = rows[0]?.customer_id;
  if (customer == null) throw new Error('Nobody was told of');
  const events = rows.map((row) => row.id);
  const taken = await takeMeasure(api.deps, shop, mia, customer, {
    type: 'restriction',
    obligations: ['returns_need_photos'],
    surfaces: [],
    until: instant(api.time.now + 200 * DAY),
    reason: 'Two parcels came back empty',
    evidence: events,
  });
  if (!taken.ok) throw new Error(taken.error.message);
  return { customer, events, measure: taken.value };
}

async function filed(files: readonly { name: string; bytes: Uint8Array }[] = []) {
  const about = await restricted();
  const answer = await fileAppeal(api.deps, shop, about.customer, {
    measure: about.measure,
    type: 'appeal',
    ground: 'wrong_facts',
    text: 'The parcels were not empty <b>at all</b>.',
    disputed: about.events,
    files,
    language: 'en',
  });
  if (!answer.ok) throw new Error(answer.error.why);
  return { ...about, appeal: answer.value.appeal };
}

const get = async <T>(url: string): Promise<T> => {
  const response = await owner.get(url);
  expect(response.statusCode, `${url}: ${response.body.slice(0, 300)}`).toBe(200);
  return response.json<T>();
};
const detailOf = (appeal: AppealId) => get<AppealDetail>(`${S}/appeals/${appeal}`);

describe('appeals in the console', () => {
  it('are listed by their deadline, shown beside what they are about, previewed and decided', async () => {
    const { appeal, events, measure } = await filed();
    const list = await get<{ items: AppealRow[]; open: number; overdue: number }>(`${S}/appeals`);
    expect(list).toMatchObject({ open: 1, overdue: 0 });
    expect(list.items[0]).toMatchObject({
      id: appeal,
      state: 'filed',
      overdue: false,
      measure: { type: 'restriction' },
    });
    expect(list.items[0]?.workingDays).toBeGreaterThan(5);
    const home = await get<Home>(`${S}/home`);
    expect(home.appealsOpen).toBe(1);
    expect(home.appeals.map((each) => each.id)).toEqual([appeal]);

    const before = await detailOf(appeal);
    expect(before).toMatchObject({
      may: { take: true, ask: false, decide: false, why: null },
      approvedBy: [{ name: 'Mia' }],
      reason: 'Two parcels came back empty',
      disputed: events,
    });
    expect(before.exchange).toMatchObject([{ from: 'customer', text: 'The parcels were not empty <b>at all</b>.' }]);
    expect(before.events.map((each) => each.id).sort()).toEqual([...events].sort());
    expect((await owner.post(`${S}/appeals/${appeal}/take`)).statusCode).toBe(200);
    const again = await owner.post(`${S}/appeals/${appeal}/take`);
    expect([again.statusCode, again.json().why]).toEqual([409, 'already-taken']);

    const corrections = events.map((event) => ({ event, as: 'void' as const }));
    const preview = await owner.post(`${S}/appeals/${appeal}/preview`, { corrections });
    expect(preview.json<AppealPreview>()).toMatchObject({
      standingNow: 'restricted',
      standingThen: 'good',
      suggests: 'upheld',
      consequences: [{ result: 'voided', why: 'Nothing of what it rests on is left.', measure: { id: measure } }],
    });
    const { seen } = await detailOf(appeal);
    const decision = {
      outcome: 'upheld',
      corrections,
      reason: 'The parcels were weighed wrongly. We are sorry.',
      seen,
    };
    const stale = await owner.post(`${S}/appeals/${appeal}/decide`, { ...decision, seen: before.seen });
    expect([stale.statusCode, stale.json().why]).toEqual([409, 'changed-meanwhile']);
    expect((await owner.post(`${S}/appeals/${appeal}/decide`, decision)).statusCode).toBe(200);
    const late = await owner.post(`${S}/appeals/${appeal}/decide`, decision);
    expect([late.statusCode, late.json().detail]).toEqual([409, 'Olga Owner has decided this appeal already.']);

    const closed = await get<{ items: AppealRow[]; open: number }>(`${S}/appeals?show=closed`);
    expect(closed.items).toMatchObject([{ id: appeal, state: 'upheld', decidedBy: { name: 'Olga Owner' } }]);
    expect(await detailOf(appeal)).toMatchObject({
      may: { take: false, decide: false, why: 'This appeal has been decided.' },
    });
    const measures = await get<{ items: MeasureView[] }>(`${S}/measures?state=voided`);
    expect(measures.items.map((each) => each.id)).toContain(measure);
  });

  it('that do not exist, or are another’s to mark, are refused plainly', async () => {
    const { appeal } = await filed();
    const other = await restricted();
    const none = `${S}/appeals/00000000-0000-4000-8000-0000000000aa`;
    expect((await owner.get(none)).statusCode).toBe(404);
    expect((await owner.post(`${none}/take`)).statusCode).toBe(404);
    expect((await owner.post(`${none}/preview`, { corrections: [] })).statusCode).toBe(404);
    const foreign = { corrections: [{ event: other.events[0], as: 'void' }] };
    expect((await owner.post(`${S}/appeals/${appeal}/preview`, foreign)).statusCode).toBe(422);
    const stranger = api.visitor('192.0.2.9');
    for (const path of ['', `/${appeal}`]) expect((await stranger.get(`${S}/appeals${path}`)).statusCode).toBe(401);
  });

  it('cost no more queries the more there are', async () => {
    const count = async () => {
      const before = api.queries();
      await get(`${S}/appeals`);
      return api.queries() - before;
    };
    const few = await count();
    for (let more = 0; more < 4; more += 1) await filed();
    expect(await count()).toBe(few);
  });
});

describe('a file that came with an appeal', () => {
  it('is shown to staff alone, as what it is, in a sandbox, and lies sealed', async () => {
    const { appeal, customer } = await filed([
      { name: '../photo.jpg', bytes: await photo() },
      { name: 'letter.pdf', bytes: pdf() },
    ]);
    const detail = await detailOf(appeal);
    const [picture, letter] = detail.exchange[0]?.attachments ?? [];
    expect([picture?.name, letter?.name]).toEqual(['photo.jpg', 'letter.pdf']);
    const at = (file: string) => `${S}/appeals/${appeal}/attachments/${file}`;
    const shown = await owner.get(at(picture?.id ?? ''));
    expect(shown.statusCode).toBe(200);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="${picture?.id}.jpg"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await sharp(shown.rawPayload).metadata()).exif).toBeUndefined();
    const saved = await owner.get(at(letter?.id ?? ''));
    expect(saved.headers['content-disposition']).toBe(`attachment; filename="${letter?.id}.pdf"`);
    expect(saved.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');

    const { appeal: other } = await filed();
    expect((await owner.get(`${S}/appeals/${other}/attachments/${picture?.id}`)).statusCode).toBe(404);
    expect((await api.visitor('192.0.2.8').get(at(picture?.id ?? ''))).statusCode).toBe(401);
    expect((await owner.get(`${S}/appeals/${appeal}/attachments/..%2f..%2fsecret`)).statusCode).toBe(404);

    const folder = join(api.deps.uploadsFolder, '..', 'attachments', shop.id);
    expect((await readdir(folder)).sort()).toEqual([picture?.id, letter?.id].sort());
    expect((await readFile(join(folder, letter?.id ?? ''))).includes('%PDF')).toBe(false);

    await api.deps.store.transaction((store) =>
      store.ledger.append(shop, [
        {
          kind: 'account.erased',
          body: {},
          subject: { id: customer, identifiers: [], shown: {} },
          occurredAt: api.time.now,
          source: 'test',
          sourceId: `erased:${customer}`,
        },
      ]),
    );
    expect((await owner.get(at(picture?.id ?? ''))).statusCode).toBe(404);
    expect((await detailOf(appeal)).exchange).toMatchObject([{ text: null, attachments: [] }]);
    const later = { now: () => instant(Date.now() + DAY) };
    expect(await sweepFiles({ ...api.deps, clock: later })).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves nothing behind when the appeal is refused', async () => {
    const about = await restricted();
    const wish = {
      measure: about.measure,
      type: 'application' as const,
      ground: 'other' as const,
      text: 'I would like to have it ended.',
      disputed: [],
      language: 'en',
      files: [{ name: 'a.jpg', bytes: await photo() }],
    };
    const refused = await fileAppeal(api.deps, shop, about.customer, wish);
    expect(refused).toMatchObject({ error: { why: 'too-early' } });
    expect(await readdir(join(api.deps.uploadsFolder, '..', 'attachments', shop.id))).toEqual([]);
  });
});
