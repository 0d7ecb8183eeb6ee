import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../src/core/shared/result.ts';
import type { OutboxRow } from '../../src/ports/hearing.ts';
import type { Shop } from '../../src/ports.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { retryMessage } from '../../src/workflows/mail/on-their-way.ts';
import { liftMeasure } from '../../src/workflows/measures/lift-measure.ts';
import { takeMeasure } from '../../src/workflows/measures/take-measure.ts';
import { hashOf, wordMessage } from '../../src/workflows/notices/word-message.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { undo } from '../../src/workflows/review/undo.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { at } from '../support/events.ts';
import { blockingPolicy, type ReviewDesk, type ReviewScene, reviewDesk } from '../support/review-desk.ts';

describeOnEveryDatabase('what customers are told', (makeDatabase) => {
  let database: TestDatabase;
  let desk: ReviewDesk;
  beforeAll(async () => {
    database = await makeDatabase();
    desk = reviewDesk(database);
  });
  afterAll(() => database.drop());

  /** Puts into words all that is due, as the service does. */
  async function word(shop: Shop): Promise<void> {
    const { deps, clock } = desk;
    for (let more = true; more; )
      more = await deps.store.transaction(async (store) => {
        await store.ledger.lock(shop.id);
        const [row] = await store.outbox.claim(shop.id, 'due', clock.now(), 1);
        if (row === undefined) return false;
        await wordMessage({ ...deps, store }, shop, row);
        return true;
      });
  }

  const rows = (shop: Shop): Promise<readonly OutboxRow[]> =>
    desk.deps.store.outbox.list(shop.id, { states: [], after: null, limit: 50 });

  const rowAbout = async (shop: Shop, kind: string): Promise<OutboxRow> => {
    const found = (await rows(shop)).find(({ cause }) => cause.kind === kind);
    if (found === undefined) throw new Error(`Nothing is told about ${kind}`);
    return found;
  };

  async function approved(scene: ReviewScene, words: { note?: string; personal?: string } = {}) {
    const { proposal, shop, mia } = scene;
    const answered = unwrap(await approve(desk.deps, shop, mia, proposal.id, seenOf(proposal), words));
    if (answered.measure === null) throw new Error('No measure began');
    return answered.measure;
  }

  describe('a measure that is approved', () => {
    it('is told at once, kept word for word, and its hash stands in the ledger', async () => {
      const scene = await desk.scene();
      const { shop, proposal } = scene;
      const measure = await approved(scene, {
        note: 'Only for us: loud caller.',
        personal: 'Call us, we talk it over.',
      });
      await word(shop);
      const [notice] = await desk.deps.store.notices.ofMeasure(shop.id, measure);
      if (notice === undefined) throw new Error('No notice was kept');
      expect(notice).toMatchObject({ kind: 'measure.started', customer: proposal.customer, language: 'en' });
      const [own] = await desk.deps.store.ledger.eventsOf(shop.id, [proposal.customer]);
      const issued = own?.events.find((event) => event.kind === 'notice.issued');
      expect(issued?.body).toEqual({
        notice: notice.id,
        kind: 'measure.started',
        measure,
        appeal: null,
        language: 'en',
        hash: hashOf(notice.text),
      });
      expect(notice.text).toContain('Call us, we talk it over.');
      expect(notice.text).toContain('You threatened somebody who works for us.');
      expect(notice.text).not.toContain('Only for us');
      expect(notice.text).not.toContain('Mia');
    });

    it('goes to the customer’s address with a link that is kept nowhere', async () => {
      const scene = await desk.scene();
      await approved(scene);
      await word(scene.shop);
      const row = await rowAbout(scene.shop, 'measure.started');
      expect(row).toMatchObject({ state: 'waiting', audience: 'customer' });
      const envelope = await desk.deps.store.outbox.envelope(scene.shop.id, row.id);
      if (envelope === null || row.notice === null) throw new Error('The message has no words');
      expect(envelope.to).toEqual(['who@example.org']);
      const [, key] = /\/open\/(\S+)/.exec(envelope.text) ?? [];
      expect(key).toMatch(/^[A-Za-z0-9_-]{60,}$/);
      expect(envelope.html).toContain(`/open/${key}`);
      const kept = await desk.deps.store.notices.one(scene.shop.id, row.notice);
      expect(kept?.text).not.toContain('/open/');
      expect(kept?.html).not.toContain('/open/');
      expect(kept?.text.replace(/http\S+/g, '')).toBe(envelope.text.replace(/http\S+/g, ''));
    });

    it('is refused with an insulting paragraph, which is named', async () => {
      const scene = await desk.scene();
      const { shop, mia, proposal } = scene;
      const refused = await approve(desk.deps, shop, mia, proposal.id, seenOf(proposal), { personal: 'You idiot.' });
      expect(refused).toMatchObject({
        ok: false,
        error: { kind: 'invalid', field: 'personal', message: expect.stringContaining('“idiot”'), why: 'wording' },
      });
      expect(await rows(shop)).toEqual([]);
    });

    it('is told in the language the shop says the customer reads', async () => {
      const scene = await desk.scene();
      await recordEvents(desk.deps, scene.shop, [
        {
          kind: 'account.created',
          id: 'a1',
          occurredAt: '2026-05-01T10:00:00Z',
          customer: { externalId: '17', language: 'nl' },
        },
      ]);
      await approved({ ...scene, proposal: await scene.now() });
      await word(scene.shop);
      const row = await rowAbout(scene.shop, 'measure.started');
      const notice = row.notice === null ? null : await desk.deps.store.notices.one(scene.shop.id, row.notice);
      expect(notice?.language).toBe('nl');
      expect(notice?.html).toContain('<html lang="nl"');
    });
  });

  describe('a block', () => {
    it('is told to the team too: what to do if the customer calls', async () => {
      const scene = await desk.scene(blockingPolicy);
      await approved(scene);
      await word(scene.shop);
      const row = await rowAbout(scene.shop, 'team.blocked');
      const envelope = await desk.deps.store.outbox.envelope(scene.shop.id, row.id);
      expect(row).toMatchObject({ state: 'waiting', audience: 'team', notice: null });
      const here = await desk.staff.colleagues(scene.shop.id);
      const deciding = here.filter(({ role }) => role === 'owner' || role === 'manager').map(({ email }) => email);
      expect(deciding.length).toBeGreaterThan(1);
      expect(deciding.length).toBeLessThan(here.length);
      expect([...(envelope?.to ?? [])].sort()).toEqual(deciding.sort());
      expect(envelope?.text).toContain('If the customer calls');
      expect(envelope?.text).toContain(`/customers/${scene.proposal.customer}`);
    });
  });

  it('takes no paragraph from the first of two who approve, as nothing is told before the second', async () => {
    const scene = await desk.scene(blockingPolicy, { secondApprovalForBlocks: true });
    const { shop, mia, noor, proposal } = scene;
    const seen = seenOf(proposal);
    const lost = await approve(desk.deps, shop, mia, proposal.id, seen, { personal: 'Call us.' });
    expect(lost).toMatchObject({ ok: false, error: { kind: 'conflict', why: 'approve-first' } });
    unwrap(await approve(desk.deps, shop, mia, proposal.id, seen));
    expect(await rows(shop)).toEqual([]);
    const { measure } = unwrap(await approve(desk.deps, shop, noor, proposal.id, seen, { personal: 'Call us.' }));
    await word(shop);
    const [notice] = measure === null ? [] : await desk.deps.store.notices.ofMeasure(shop.id, measure);
    expect(notice?.text).toContain('Call us.');
  });

  describe('what is taken back', () => {
    it('is not told at all when nothing had left', async () => {
      const scene = await desk.scene();
      await approved(scene);
      unwrap(await undo(desk.deps, scene.shop, scene.mia, scene.proposal.id));
      await word(scene.shop);
      expect((await rows(scene.shop)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    });

    it('stops what waits for a mail server', async () => {
      const scene = await desk.scene();
      await approved(scene);
      await word(scene.shop);
      unwrap(await undo(desk.deps, scene.shop, scene.mia, scene.proposal.id));
      await word(scene.shop);
      expect((await rows(scene.shop)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    });

    it('cannot be sent again by hand where the first message got stuck', async () => {
      const scene = await desk.scene();
      await approved(scene);
      await word(scene.shop);
      const { id } = await rowAbout(scene.shop, 'measure.started');
      const at = desk.clock.now();
      await desk.deps.store.outbox.move(scene.shop.id, id, { state: 'failed', at, trouble: 'refused' });
      unwrap(await undo(desk.deps, scene.shop, scene.mia, scene.proposal.id));
      expect((await rowAbout(scene.shop, 'measure.started')).state).toBe('cancelled');
      expect((await retryMessage(desk.deps, scene.shop, id)).ok).toBe(false);
    });

    it('is told as a mistake when the first message had left', async () => {
      const scene = await desk.scene();
      await approved(scene);
      await word(scene.shop);
      const row = await rowAbout(scene.shop, 'measure.started');
      const now = desk.clock.now();
      await desk.deps.store.outbox.move(scene.shop.id, row.id, { state: 'sent', at: now, sentAt: now });
      unwrap(await undo(desk.deps, scene.shop, scene.mia, scene.proposal.id));
      await word(scene.shop);
      const told = await rowAbout(scene.shop, 'measure.lifted');
      expect(told.state).toBe('waiting');
      const envelope = await desk.deps.store.outbox.envelope(scene.shop.id, told.id);
      expect(envelope?.subject).toContain('please ignore our last message');
    });
  });

  describe('an end', () => {
    it('by staff is told, with no word of who did it or why', async () => {
      const scene = await desk.scene();
      const measure = await approved(scene);
      await word(scene.shop);
      unwrap(await liftMeasure(desk.deps, scene.shop, scene.mia, measure, 'Spoke with them; internal matter.'));
      await word(scene.shop);
      const told = await rowAbout(scene.shop, 'measure.lifted');
      const envelope = await desk.deps.store.outbox.envelope(scene.shop.id, told.id);
      expect(envelope?.text).toContain('ended early');
      expect(envelope?.text).not.toMatch(/internal matter|Mia/);
    });

    it('by time is told to those who were told of the beginning, and to nobody else', async () => {
      const scene = await desk.scene();
      await approved(scene);
      await word(scene.shop);
      const silent = await desk.scene();
      await approved(silent);
      const before = desk.clock.now();
      desk.clock.later('2 years');
      await assessAllDue(desk.deps, scene.shop);
      await assessAllDue(desk.deps, silent.shop);
      await word(scene.shop);
      expect(await rowAbout(scene.shop, 'measure.expired')).toMatchObject({ state: 'waiting' });
      expect((await rows(silent.shop)).map(({ cause }) => cause.kind)).toEqual(['measure.started']);
      desk.clock.set(before);
    });
  });

  it('tells what staff decided by themselves, with their reason, and refuses one that insults', async () => {
    const scene = await desk.scene();
    const { shop, mia, proposal } = scene;
    const wish = {
      type: 'restriction' as const,
      obligations: ['returns_need_approval'],
      surfaces: [],
      until: at('2026-08-01T00:00:00Z'),
      evidence: [],
    };
    const bad = await takeMeasure(desk.deps, shop, mia, proposal.customer, { ...wish, reason: 'He is a liar.' });
    expect(bad).toMatchObject({ ok: false, error: { kind: 'invalid', field: 'reason' } });
    const good = 'Two parcels came back with stones in them.';
    const measure = unwrap(await takeMeasure(desk.deps, shop, mia, proposal.customer, { ...wish, reason: good }));
    await word(shop);
    const [notice] = await desk.deps.store.notices.ofMeasure(shop.id, measure);
    expect(notice?.text).toContain(`> ${good}`);
    expect(notice?.text).toContain('No rule of our policy led to this.');
  });
});
