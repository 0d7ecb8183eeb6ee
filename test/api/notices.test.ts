import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerDetail } from '../../src/contracts/customers.ts';
import type { IssuedNoticeView, NoticePreview, NoticeView } from '../../src/contracts/notices.ts';
import type { ProposalDetail, ProposalRow } from '../../src/contracts/review.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { type SampleDesk, startSampleDesk } from '../support/sample-desk.ts';

const S = '/api/shops/tulip';

let desk: SampleDesk;
let proposal: ProposalDetail;
beforeAll(async () => {
  desk = await startSampleDesk();
  const rows = await desk.everyPage<ProposalRow>(`${S}/review`);
  const restriction = rows.find(({ type }) => type === 'restriction') ?? rows[0];
  proposal = await desk.get<ProposalDetail>(`${S}/review/${restriction?.id}`);
}, 120_000);
afterAll(() => desk.api.close());

/** Puts into words all that is due, as the service does. */
async function word(): Promise<void> {
  const { deps } = desk.api;
  const shop = await deps.shops.bySlug('tulip');
  if (shop === null) throw new Error('No shop');
  for (let more = true; more; )
    more = await deps.store.transaction(async (store) => {
      await store.ledger.lock(shop.id);
      const [row] = await store.outbox.claim(shop.id, 'due', deps.clock.now(), 1);
      if (row === undefined) return false;
      await wordMessage({ ...deps, store }, shop, row);
      return true;
    });
}

const wordsOf = (document: NoticeView): string => JSON.stringify(document.sections);

it('tells nobody about a past that was loaded', async () => {
  expect(await desk.get(`${S}/outbox`)).toMatchObject({ items: [], counts: { due: 0, waiting: 0, cancelled: 0 } });
});

describe('a preview', () => {
  const ask = async (body: object): Promise<NoticePreview> => {
    const response = await desk.owner.post(`${S}/review/${proposal.id}/notice`, body);
    expect(response.statusCode, response.payload).toBe(200);
    return response.json();
  };

  it('is in every language, and measured where there is a formula', async () => {
    for (const language of ['en', 'nl', 'pl', 'zh', 'he']) {
      const { document, readability } = await ask({ language });
      expect(document).toMatchObject({ language, dir: language === 'he' ? 'rtl' : 'ltr' });
      expect(readability === null).toBe(language === 'zh' || language === 'he');
    }
    expect((await ask({})).document.language).toBe((await ask({})).theirs);
  });

  it('of something milder says what that would ask', async () => {
    const until = new Date(desk.api.time.now + 30 * 86_400_000).toISOString();
    const { document } = await ask({
      language: 'en',
      effect: { type: 'restriction', obligations: ['prepayment_only'], until },
    });
    expect(wordsOf(document)).toContain('You pay before we send.');
    expect(wordsOf(document)).toContain('We chose something milder.');
  });

  it('of something milder names the step that would really be next', async () => {
    const until = new Date(desk.api.time.now + 30 * 86_400_000).toISOString();
    const { document } = await ask({ language: 'en', effect: { type: 'warning', until } });
    const next = document.sections.find(({ id }) => id === 'next');
    const proposed = (await ask({ language: 'en' })).document.sections.find(({ id }) => id === 'next');
    expect(next).toBeDefined();
    expect(JSON.stringify(next)).not.toBe(JSON.stringify(proposed));
  });

  it('looks through what is written, in the language of whoever writes it', async () => {
    const { findings, document } = await ask({ language: 'nl', personal: 'U bent een leugenaar. Schaam u!' });
    expect(findings.map(({ quote, kind, must }) => ({ quote, kind, must }))).toEqual([
      { quote: 'leugenaar', kind: 'insult', must: true },
      { quote: 'Schaam u', kind: 'shame', must: false },
    ]);
    expect(findings[0]?.why).toContain('This insults.');
    expect(wordsOf(document)).toContain('leugenaar');
  });

  it('names the field of what cannot be, and is not for other shops', async () => {
    const post = (url: string, body: object) => desk.owner.post(url, body);
    const until = new Date(desk.api.time.now + 30 * 86_400_000).toISOString();
    const wrong = await post(`${S}/review/${proposal.id}/notice`, {
      effect: { type: 'restriction', obligations: ['dance'], until },
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.json().errors[0].field).toBe('obligations');
    expect((await post(`${S}/customers/${proposal.customer.id}/notice`, {})).json().errors[0].field).toBe('effect');
    const stranger = await post(`${S}/review/00000000-0000-4000-8000-000000000000/notice`, {});
    expect(stranger.statusCode).toBe(404);
  });

  it('of what staff would decide by themselves holds their reason', async () => {
    const until = new Date(desk.api.time.now + 30 * 86_400_000).toISOString();
    const response = await desk.owner.post(`${S}/customers/${proposal.customer.id}/notice`, {
      language: 'en',
      reason: 'Two parcels came back empty.',
      effect: { type: 'warning', until },
    });
    expect(wordsOf((response.json() as NoticePreview).document)).toContain('Two parcels came back empty.');
  });
});

describe('a notice', () => {
  it('can be read and printed as it was sent, and only by those who work for the shop', async () => {
    const { seen } = proposal;
    const personal = 'Call <b>us</b>: we talk it over.';
    const insulting = await desk.owner.post(`${S}/review/${proposal.id}/approve`, { seen, personal: 'You liar!' });
    expect(insulting.statusCode).toBe(422);
    expect(insulting.json().errors[0]).toMatchObject({
      field: 'personal',
      message: expect.stringContaining('liar'),
    });
    const approved = await desk.owner.post(`${S}/review/${proposal.id}/approve`, { seen, personal });
    expect(approved.statusCode, approved.payload).toBe(200);
    await word();
    const { items } = await desk.get<{ items: { id: string; state: string; subject: string }[] }>(
      `${S}/customers/${proposal.customer.id}/notices`,
    );
    expect(items).toEqual([expect.objectContaining({ kind: 'measure.started', state: 'waiting' })]);
    const address = `${S}/notices/${items[0]?.id}`;
    const notice = await desk.get<IssuedNoticeView>(address);
    expect(notice.text).toContain(personal);
    expect(notice.document.subject).toBe(items[0]?.subject);
    expect(notice.outbox).toMatchObject({ kind: 'measure.started', notice: items[0]?.id });

    const printed = await desk.owner.get(`${address}/print`);
    expect(printed.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(printed.headers['content-security-policy']).toMatch(/^default-src 'none'; .*script-src 'sha256-/);
    expect(printed.headers['cache-control']).toBe('no-store');
    expect(printed.payload).toContain('Call &lt;b&gt;us&lt;/b&gt;');
    expect(printed.payload).not.toContain('/open/');
    expect((await desk.api.visitor().get(`${address}/print`)).statusCode).toBe(401);
    expect((await desk.owner.get(`${S}/notices/not-an-id/print`)).statusCode).toBe(404);
    expect((await desk.owner.get(`${S}/notices/00000000-0000-4000-8000-000000000000`)).statusCode).toBe(404);
  });

  it('names nobody who works for the shop, and nobody else', async () => {
    const customer = await desk.get<CustomerDetail>(`${S}/customers/${proposal.customer.id}`);
    const { items } = await desk.get<{ items: { id: string }[] }>(`${S}/customers/${proposal.customer.id}/notices`);
    const { text } = await desk.get<IssuedNoticeView>(`${S}/notices/${items[0]?.id}`);
    const { items: staff } = await desk.get<{ items: { name: string }[] }>(`${S}/staff`);
    for (const { name } of staff) expect(text).not.toContain(name);
    const { items: others } = await desk.search({ limit: 200 });
    expect(others.length).toBeGreaterThan(50);
    for (const { name } of others) if (name !== null && name !== customer.name) expect(text).not.toContain(name);
  });
});
