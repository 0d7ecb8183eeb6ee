import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADA, COAT_ORDER, putAda } from '../../../../test/support/shopify-server/ada.ts';
import { reachTo } from '../../../../test/support/shopify-server/reach.ts';
import { publishedSchema, WITHOUT_SCHEMA } from '../../../../test/support/shopify-server/schema.ts';
import { ShopifyServer } from '../../../../test/support/shopify-server/server.ts';
import type { CustomerMarks } from '../../../core/enforcement/types.ts';
import { instant } from '../../../core/shared/time.ts';
import type { Reach } from '../../../ports/platforms.ts';
import { shopify } from './platform.ts';
import { SCOPES } from './scopes.ts';

const published = publishedSchema();
const ada = { externalId: '7012345678901', email: 'ada.story@example.com' };

describe.skipIf(published === null)(
  `What is done at Shopify${published === null ? ` (${WITHOUT_SCHEMA})` : ''}`,
  () => {
    let server: ShopifyServer;
    let reach: Reach;
    beforeEach(async () => {
      if (published === null) return;
      server = await new ShopifyServer({ published, scopes: SCOPES.map(({ name }) => name) }).start();
      putAda(server.shop);
      reach = reachTo(server);
    });
    afterEach(() => server.stop());

    describe('marks', () => {
      const blocked: CustomerMarks = {
        as: 'blocked',
        refused: ['purchase'],
        obligations: ['manual_review'],
        until: instant(Date.parse('2026-06-01T10:00:00Z')),
        sentences: [{ surface: 'purchase', language: 'en', text: 'We cannot take this order.' }],
      };
      const none: CustomerMarks = { as: null, refused: [], obligations: [], until: null, sentences: [] };

      it('are put beside what the shop wrote, and leave it as it was', async () => {
        expect(await shopify.mark?.(reach, ada, blocked)).toEqual({ ok: true, value: null });
        const there = server.shop.customers.get(ADA);
        expect(there?.tags).toEqual(['vip', 'evenhand:blocked', 'evenhand:manual_review']);
        expect(there?.note).toMatch(/^Likes blue\.\n\[Evenhand\] Blocked until 2026-06-01\./);
        const read = JSON.parse(server.shop.metafields.get(`${ADA} $app:evenhand checkout`) ?? '') as object;
        expect(read).toEqual({ v: 1, until: '2026-05-31', messages: { en: 'We cannot take this order.' } });

        const asked = server.asked.length;
        await shopify.mark?.(reach, ada, blocked);
        expect(server.asked.length - asked).toBe(1);

        await shopify.mark?.(reach, ada, none);
        expect(server.shop.customers.get(ADA)).toMatchObject({ tags: ['vip'], note: 'Likes blue.' });
        expect(server.shop.metafields.size).toBe(0);
      });

      it('find guests by their address, and say who is gone', async () => {
        expect(await shopify.mark?.(reach, { externalId: null, email: ada.email }, blocked)).toEqual({
          ok: true,
          value: null,
        });
        expect(server.shop.customers.get(ADA)?.tags).toContain('evenhand:blocked');
        expect(await shopify.mark?.(reach, { externalId: null, email: 'nobody@example.com' }, blocked)).toEqual({
          ok: true,
          value: null,
        });
        expect(await shopify.mark?.(reach, { externalId: '12', email: null }, blocked)).toEqual({
          ok: false,
          error: { kind: 'gone' },
        });
      });

      it('hand the list for guests over, within what a function may read', async () => {
        const guests = Array.from({ length: 1_000 }, (_, index) => ({
          email: `guest-${index}@example.com`,
          phone: null,
          marks: blocked,
        }));
        expect(await shopify.listGuests?.(reach, guests, blocked.sentences)).toEqual({
          ok: true,
          value: { fitted: 934 },
        });
        const list = server.shop.metafields.get('gid://shopify/Shop/1 $app:evenhand guests') ?? '';
        expect(list.length).toBeLessThanOrEqual(10_000);
        await shopify.listGuests?.(reach, guests, blocked.sentences);
        expect(server.shop.metafields.get('gid://shopify/Shop/1 $app:evenhand guests')).toBe(list);
      });
    });

    describe('acts', () => {
      const coat = COAT_ORDER.split('/').at(-1) ?? '';
      const held = COAT_ORDER.replace('/Order/', '/FulfillmentOrder/');
      const twice = async (act: Parameters<typeof shopify.act>[1]) => {
        const first = await shopify.act(reach, act, ada, 'act-1');
        expect(await shopify.act(reach, act, ada, 'act-1')).toEqual(first);
        return first;
      };

      it('hold an order once and release only our own hold', async () => {
        expect(await twice({ kind: 'hold_order', order: coat })).toMatchObject({ ok: true });
        server.shop.holds.get(held)?.push({ id: 'gid://shopify/FulfillmentHold/other', handle: 'stock' });
        expect(server.shop.holds.get(held)).toHaveLength(2);
        await twice({ kind: 'release_order', order: coat });
        expect(server.shop.holds.get(held)?.map(({ handle }) => handle)).toEqual(['stock']);
      });

      it('cannot hold what was sent', async () => {
        server.shop.change(COAT_ORDER, { allSent: true });
        expect(await shopify.act(reach, { kind: 'hold_order', order: coat }, ada, 'k')).toMatchObject({
          ok: false,
          error: { kind: 'refused' },
        });
      });

      it('cancel an order with refund and restock, once', async () => {
        await shopify.act(
          reach,
          { kind: 'cancel_order', order: coat, refund: true, restock: true, words: 'Sorry.' },
          ada,
          'k',
        );
        await shopify.act(
          reach,
          { kind: 'cancel_order', order: coat, refund: true, restock: true, words: 'Sorry.' },
          ada,
          'k',
        );
        expect(server.shop.cancelled).toMatchObject([
          {
            restock: true,
            refundMethod: { originalPaymentMethodsRefund: true },
            notifyCustomer: true,
            staffNote: 'Sorry.',
          },
        ]);
      });

      it('assess an order', async () => {
        await shopify.act(
          reach,
          { kind: 'assess_order', order: coat, risk: 'high', facts: ['Blocked by a person'] },
          ada,
          'k',
        );
        expect(server.shop.assessed).toMatchObject([
          { riskLevel: 'HIGH', facts: [{ description: 'Blocked by a person', sentiment: 'NEGATIVE' }] },
        ]);
      });

      it('decline a return with the shop’s words, cut to what fits', async () => {
        server.shop.setReturn('gid://shopify/Return/3201', { status: 'REQUESTED' });
        await twice({ kind: 'decline_return', return: '3201', words: 'word '.repeat(200) });
        expect(server.shop.declined).toHaveLength(1);
        expect(server.shop.returnOf('gid://shopify/Return/3201')?.it.status).toBe('DECLINED');
      });

      it('approve a return', async () => {
        server.shop.setReturn('gid://shopify/Return/3201', { status: 'REQUESTED' });
        await twice({ kind: 'approve_return', return: '3201' });
        expect(server.shop.returnOf('gid://shopify/Return/3201')?.it.status).toBe('OPEN');
      });

      it('give store credit, a gift card and a discount once each', async () => {
        const now = { ...reach, now: instant(Date.now()) };
        const credit = { kind: 'give_store_credit', amount: { amount: 1_250, currency: 'EUR' }, until: null } as const;
        const first = await shopify.act(now, credit, ada, 'k');
        expect(await shopify.act(now, credit, ada, 'k')).toEqual(first);
        const renewed = { ...now, credentials: { accessToken: server.token, clientSecret: 'renewed meanwhile' } };
        expect(await shopify.act(renewed, credit, ada, 'k'), 'with other credentials').toEqual(first);
        expect(server.shop.credits.map(({ amount }) => amount)).toEqual(['12.50']);
        await shopify.act(now, credit, ada, 'another');
        await twice({ kind: 'give_gift_card', amount: { amount: 1_000, currency: 'EUR' }, words: 'Thank you' });
        expect(server.shop.giftCards.size).toBe(1);
        const discount = await twice({ kind: 'give_discount', off: { percent: 10 }, until: null });
        expect([...server.shop.discounts.keys()]).toEqual([discount.ok ? discount.value.reference : '']);
      });
    });
  },
);
