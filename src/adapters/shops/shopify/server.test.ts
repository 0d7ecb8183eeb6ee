import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COAT_ORDER, HAT_ORDER, putAda } from '../../../../test/support/shopify-server/ada.ts';
import { reachTo } from '../../../../test/support/shopify-server/reach.ts';
import { publishedSchema, WITHOUT_SCHEMA } from '../../../../test/support/shopify-server/schema.ts';
import { ShopifyServer } from '../../../../test/support/shopify-server/server.ts';
import type { IncomingEnvelope } from '../../../core/events/incoming.ts';
import { type Instant, instant } from '../../../core/shared/time.ts';
import type { Json, PlatformRecord, Reach, ReadingContext } from '../../../ports/platforms.ts';
import { story } from './fixtures/story.ts';
import { shopify } from './platform.ts';
import { SCOPES } from './scopes.ts';
import { hookTopics } from './topics.ts';

const published = publishedSchema();
const ALL = SCOPES.map(({ name }) => name);
const ada = { externalId: '7012345678901', email: 'ada.story@example.com' };

const context = (names: ReadonlyMap<string, string> = new Map()): ReadingContext => ({
  source: 'shopify',
  customerNumber: (id) => id,
  orderName: (id) => names.get(id) ?? null,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
});

function eventsOf(records: readonly PlatformRecord[]): Map<string, IncomingEnvelope> {
  const events = new Map<string, IncomingEnvelope>();
  for (const record of records) {
    const read = shopify.read(record, context());
    if (!read.ok) {
      if (read.error.kind === 'drift') throw new Error(JSON.stringify(read.error));
      continue;
    }
    for (const event of read.value.events) events.set(event.id, event);
  }
  return events;
}

const sorted = (events: ReadonlyMap<string, IncomingEnvelope>) =>
  [...events.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));

async function wholeHistory(reach: Reach, since: Instant | null = null, from: Json | null = null) {
  if (shopify.history === null) throw new Error('Shopify has a history');
  const records: PlatformRecord[] = [];
  let cursor = from;
  for (let turn = 0; turn < 100; turn += 1) {
    const page = await shopify.history(reach, cursor, since);
    if (!page.ok) throw new Error(JSON.stringify(page.error));
    records.push(...page.value.records);
    // As a database keeps it.
    cursor = JSON.parse(JSON.stringify(page.value.next)) as Json;
    if (cursor === null) return records;
  }
  throw new Error('History does not end');
}

describe.skipIf(published === null)(
  `Shopify, by its published schema${published === null ? ` (${WITHOUT_SCHEMA})` : ''}`,
  () => {
    let server: ShopifyServer;
    let reach: Reach;
    beforeEach(async () => {
      if (published === null) return;
      server = await new ShopifyServer({ published, scopes: ALL }).start();
      putAda(server.shop);
      reach = reachTo(server);
    });
    afterEach(() => server.stop());

    describe('its history', () => {
      it('tells exactly what its webhooks told', async () => {
        const told = eventsOf(story.told.flatMap(({ records }) => records));
        expect(sorted(eventsOf(await wholeHistory(reach)))).toEqual(sorted(told));
      });

      it('asks for no more tokens than it needs', async () => {
        await wholeHistory(reach);
        expect(server.tokensGiven).toBeLessThanOrEqual(1);
      });

      it('tells only what changed since', async () => {
        const records = await wholeHistory(reach, instant(Date.parse('2026-03-11T00:00:00Z')));
        expect(
          records
            .filter(({ topic }) => topic === 'graphql/order')
            .map(({ payload }) => (payload as { name: string }).name),
        ).toEqual(['#1002', '#1002']);
      });

      it('goes on from any of its pages, and starts again what Shopify lost', async () => {
        const all = sorted(eventsOf(await wholeHistory(reach)));
        if (shopify.history === null) throw new Error('Shopify has a history');
        const seen: PlatformRecord[] = [];
        let cursor: Json | null = null;
        do {
          const page = await shopify.history(reach, cursor, null);
          if (!page.ok) throw new Error(JSON.stringify(page.error));
          seen.push(...page.value.records);
          cursor = page.value.next;
          // Whoever began is gone; another takes what was kept, in another process.
          expect(
            sorted(eventsOf([...seen, ...(cursor === null ? [] : await wholeHistory(reach, null, cursor))])),
          ).toEqual(all);
        } while (cursor !== null);

        const begun = await shopify.history(reach, null, null);
        if (!begun.ok) throw new Error('Not begun');
        for (const operation of server.bulk.all.values()) operation.status = 'EXPIRED';
        expect(sorted(eventsOf(await wholeHistory(reach, null, begun.value.next)))).toEqual(all);
      });

      it('waits as long as Shopify’s limit asks for, and tells all of it', async () => {
        const all = sorted(eventsOf(await wholeHistory(reach)));
        await server.stop();
        if (published === null || shopify.history === null) return;
        let clock = Date.parse('2026-04-10T10:00:00Z');
        const bucket = { maximum: 1_000, restoreRate: 100 };
        server = await new ShopifyServer({ published, scopes: ALL, bucket, now: () => clock }).start();
        putAda(server.shop);
        const seen: PlatformRecord[] = [];
        const waits: number[] = [];
        let cursor: Json | null = null;
        do {
          // Something else spends what there is for a while.
          if (waits.length < 8) server.throttle.take(server.throttle.status().currentlyAvailable);
          const page = await shopify.history(reachTo(server, { now: instant(clock) }), cursor, null);
          if (!page.ok && page.error.kind !== 'limited') throw new Error(JSON.stringify(page.error));
          const wait = page.ok ? page.value.waitMs : page.error.kind === 'limited' ? page.error.retryAfterMs : 0;
          waits.push(wait);
          clock += wait;
          if (!page.ok) continue;
          seen.push(...page.value.records);
          cursor = page.value.next;
        } while ((cursor !== null || seen.length === 0) && waits.length < 60);
        expect(sorted(eventsOf(seen))).toEqual(all);
        expect(Math.max(...waits)).toBeGreaterThan(400);
      });
    });

    describe('what a webhook rings for', () => {
      it.each([
        [`${COAT_ORDER.split('/').at(-1)}/refund/9501/made`, ['refund:9501:issued', 'refund:9501:received']],
        [`${COAT_ORDER.split('/').at(-1)}/return/3201/requested`, ['return:3201:requested']],
        [`${COAT_ORDER.split('/').at(-1)}/transaction/6001/success`, ['transaction:6001:captured']],
        [`${COAT_ORDER.split('/').at(-1)}/fulfillment/4701/delivered`, ['fulfillment:4701:delivered']],
        [`${HAT_ORDER.split('/').at(-1)}/dispute/9301/lost`, ['dispute:9301:lost', 'dispute:9301:opened']],
        [
          String(COAT_ORDER.split('/').at(-1)),
          [
            'fulfillment:4701:delivered',
            'order:5501000000001:placed',
            'refund:9501:issued',
            'refund:9501:received',
            'transaction:6001:captured',
          ],
        ],
      ])('is fetched: %s', async (name, ids) => {
        const found = await shopify.order?.(reach, name);
        if (found?.ok !== true) throw new Error(JSON.stringify(found));
        expect(sorted(eventsOf(found.value)).map(({ id }) => id)).toEqual(ids);
        const [record] = found.value;
        const read = record === undefined ? null : shopify.read(record, context());
        expect(read?.ok === true ? read.value.names.map(({ id }) => id) : []).toContain(name);
      });

      it('is gone where Shopify no longer has it', async () => {
        expect(await shopify.order?.(reach, '1/refund/2/made')).toEqual({ ok: false, error: { kind: 'gone' } });
      });
    });

    describe('a test of the connection', () => {
      it('says what the shop is and that every right is there', async () => {
        const found = await shopify.check(reach);
        expect(found).toMatchObject({
          fault: null,
          shopName: 'Ada Test',
          currency: 'EUR',
          timeZone: 'Europe/Amsterdam',
          version: '2026-10',
        });
        expect(found.scopes.every(({ granted }) => granted)).toBe(true);
        expect(found.notes).toContain('checkout_needs_plus');
      });

      it('names what is missing, right by right', async () => {
        server.setScopes(ALL.filter((name) => name !== 'write_returns' && name !== 'read_all_orders'));
        const found = await shopify.check(reach);
        expect(found.scopes.filter(({ granted }) => !granted).map(({ name }) => name)).toEqual([
          'read_all_orders',
          'write_returns',
        ]);
        expect(found.notes).toContain('sixty_days');
      });

      it('says that Shopify does not take the secret', async () => {
        const found = await shopify.check({ ...reach, credentials: { clientId: 'client', clientSecret: 'wrong' } });
        expect(found.fault).toEqual({ kind: 'unauthorised' });
      });
    });

    describe('connecting', () => {
      it('subscribes to every topic once, however often it is done', async () => {
        const first = await shopify.connect(reach);
        expect(await shopify.connect(reach)).toEqual(first);
        expect(server.shop.hooks.map(({ topic }) => topic).toSorted()).toEqual(hookTopics.toSorted());
        expect(first).toMatchObject({
          ok: true,
          value: { shop: 'gid://shopify/Shop/1', plus: false, topicsDenied: [] },
        });
      });

      it('moves its webhooks with the installation, and takes them away at the end', async () => {
        await shopify.connect(reach);
        const moved = { ...reach, hookUrl: reach.hookUrl.replace('fair', 'moved') };
        await shopify.connect(moved);
        expect(new Set(server.shop.hooks.map(({ uri }) => uri))).toEqual(new Set([moved.hookUrl]));
        expect(await shopify.disconnect(moved)).toEqual({ ok: true, value: null });
        expect([server.shop.hooks, server.shop.definitions.size]).toEqual([[], 0]);
      });
    });

    describe('when things go wrong', () => {
      const asking = () => shopify.check({ ...reach, credentials: { accessToken: server.token, clientSecret: 'x' } });

      it.each([
        ['an expired token', { status: 401 }, { kind: 'unauthorised' }],
        ['a locked shop', { status: 423 }, { kind: 'unavailable' }],
        [
          'too many requests',
          { status: 429, headers: { 'retry-after': '4' } },
          { kind: 'limited', retryAfterMs: 4_000 },
        ],
        ['a broken server', { status: 500 }, { kind: 'unavailable' }],
        [
          'a page instead of an answer',
          { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' },
          { kind: 'drift' },
        ],
        ['half an answer', { status: 200, body: '{"data":{"shop":{}}}' }, { kind: 'drift', path: 'shop.id' }],
        ['silence', { drop: true }, { kind: 'unavailable' }],
      ])('%s is said', async (_, trouble, fault) => {
        server.troubles.push({ path: /graphql/, ...trouble });
        expect((await asking()).fault).toMatchObject(fault);
      });

      it('a token of a day that was taken back is fetched again', async () => {
        await shopify.check(reach);
        server.token = 'shpat_another';
        expect((await shopify.check(reach)).fault).toBeNull();
      });

      it('a missing right is named', async () => {
        server.setScopes(ALL.filter((name) => !name.endsWith('_returns')));
        expect(await shopify.act(reach, { kind: 'approve_return', return: '3201' }, ada, 'k')).toEqual({
          ok: false,
          error: { kind: 'forbidden', scope: 'read_returns' },
        });
      });

      it('a file that breaks off is read again from where it was', async () => {
        if (shopify.history === null) return;
        const begun = await shopify.history(reach, null, null);
        if (!begun.ok) throw new Error('Not begun');
        server.troubles.push({ path: /^\/bulk/, drop: true });
        expect(await shopify.history(reach, begun.value.next, null)).toMatchObject({
          ok: false,
          error: { kind: 'unavailable' },
        });
        expect((await wholeHistory(reach, null, begun.value.next)).length).toBe(4);
      });
    });

    it('was uninstalled: says so', () => {
      const read = shopify.read(
        { topic: 'app/uninstalled', payload: { id: 548_380_009, domain: 'ada.myshopify.com' } },
        context(),
      );
      expect(read).toMatchObject({ ok: true, value: { effects: [{ kind: 'uninstalled' }] } });
    });

    it('signs its webhooks as we read them', async () => {
      const hook = server.hook('orders/create', { id: 1 });
      const now = instant(Date.now());
      expect(shopify.verify(hook, [], reach.connection, reach.credentials, now)).toMatchObject({ ok: true });
    });
  },
);
