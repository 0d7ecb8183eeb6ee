import { describe, expect, it } from 'vitest';
import { at, uuid } from '../../../test/support/events.ts';
import { liveRequest, liveRule, policyWithLive, testLiveRules } from '../../../test/support/live.ts';
import { compiled } from '../../../test/support/policy.ts';
import { testClock } from '../../../test/support/shop.ts';
import { id, type ShopId } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { OfferedEvent } from '../../ports/ledger.ts';
import type { Happened } from '../../ports/live.ts';
import type { Shop } from '../../ports.ts';
import type { LiveRequest } from './types.ts';

const shop = { id: id<ShopId>(uuid(1)), currency: 'EUR' } as Shop;
const other = { id: id<ShopId>(uuid(2)) } as Shop;
const NOW = at('2026-06-01T12:00:00Z');
const clock = testClock(NOW);
const counted = (fact: string, per: string, limit = 3): string =>
  policyWithLive(liveRule('often', `{fact: ${fact}, per: ${per}, within: 1 hour, at_least: ${limit}}`));

function asking(text: string, known: Parameters<typeof testLiveRules>[2] = {}) {
  const rules = testLiveRules(text, clock, known);
  const policy = compiled(text);
  return {
    rules,
    fires: (given: Partial<LiveRequest>, { later = 0, where = shop } = {}): boolean =>
      rules.judge(where, policy, liveRequest(given), (NOW + later) as Instant).length > 0,
  };
}

const event = (kind: 'payment.failed' | 'account.created', occurredAt: Instant, email?: string): OfferedEvent =>
  ({
    kind,
    body: {},
    subject: { identifiers: email === undefined ? [] : [{ type: 'email', value: email }], shown: {} },
    occurredAt,
    source: 'api',
    sourceId: 'x',
  }) as unknown as OfferedEvent;
const happened = (one: OfferedEvent, seen: Happened['seen'] = {}): Happened => ({ event: one, seen });

describe('attempts', () => {
  it.each([
    ['email', { email: 'ann@example.com' }, { email: 'bob@example.com' }],
    ['phone', { phone: '+31612345678' }, { phone: '+31612345679' }],
    ['ip', { ip: '203.0.113.7' }, { ip: '203.0.113.8' }],
    ['ip', { ip: '2001:db8::1' }, { ip: '2001:db8:0:1::1' }],
    ['device', { device: 'device-1' }, { device: 'device-2' }],
    ['card', { card: 'card_1' }, { card: 'card_2' }],
    [
      'address',
      { address: { street: 'Lange Voorhout 12', postcode: '2514 ED' } },
      { address: { street: 'Lange Voorhout 14', postcode: '2514 ED' } },
    ],
  ] satisfies [string, Partial<LiveRequest>, Partial<LiveRequest>][])('are counted by %s', (per, one, another) => {
    const { fires } = asking(counted('attempts', per));
    expect([fires(one), fires(one), fires(another), fires(one), fires(another)]).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(fires({})).toBe(false);
    expect(fires(one, { where: other })).toBe(false);
    expect(fires(one, { later: 3_600_000 + 1 })).toBe(false);
  });

  it('of one order are one, however often the checkout asks', () => {
    const { fires } = asking(counted('attempts', 'email'));
    const ask = (reference: string) => fires({ email: 'ann@example.com', order: { reference } });
    expect(['A', 'A', 'A', 'A', 'B'].map(ask)).toEqual([false, false, false, false, false]);
    expect(['C', 'C', 'A'].map(ask)).toEqual([true, true, true]);
  });

  it('at one surface are none at another', () => {
    const text = policyWithLive(
      liveRule(
        'often',
        '{fact: attempts, per: email, within: 1 hour, at_least: 3}',
        'surfaces: [login, contact]\n    answer: review',
      ),
    );
    const { fires } = asking(text);
    const at = (surface: LiveRequest['surface']) => fires({ surface, email: 'ann@example.com' });
    expect([at('login'), at('login'), at('contact'), at('purchase'), at('login')]).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('from a network that the shop stands up for are not counted against it', () => {
    const { fires } = asking(counted('attempts', 'ip'));
    const ask = (trustedNetwork: boolean) => fires({ ip: '203.0.113.7', trustedNetwork });
    expect([ask(true), ask(true), ask(true), ask(true), ask(false)]).toEqual([false, false, false, false, true]);
  });
});

describe('failed payments and new accounts', () => {
  it('are counted by whom they are about and from where they were seen, when they happened', async () => {
    for (const [kind, fact] of [
      ['payment.failed', 'failed_payments'],
      ['account.created', 'new_accounts'],
    ] as const) {
      const { rules, fires } = asking(counted(fact, 'email'));
      await rules.happened(
        shop,
        [1, 2, 3].map((minutes) => happened(event(kind, (NOW - minutes * 60_000) as Instant, 'ann@example.com'))),
      );
      expect(fires({ email: 'ann@example.com' })).toBe(true);
      expect(fires({ email: 'bob@example.com' })).toBe(false);
      expect(fires({ email: 'ann@example.com' }, { later: 3_500_000 })).toBe(false);
      const seen = asking(counted(fact, 'card'));
      await seen.rules.happened(
        shop,
        [1, 2, 3].map(() => happened(event(kind, NOW), { card: 'card_1' })),
      );
      expect([seen.fires({ card: 'card_1' }), seen.fires({ card: 'card_2' })]).toEqual([true, false]);
    }
  });

  it('of the past are not counted, nor where no rule asks for them', async () => {
    const { rules, fires } = asking(counted('failed_payments', 'email'));
    const old = event('payment.failed', (NOW - 8 * 86_400_000) as Instant, 'ann@example.com');
    await rules.happened(
      shop,
      [old, old, old].map((one) => happened(one)),
    );
    expect(fires({ email: 'ann@example.com' })).toBe(false);
    const faults: unknown[] = [];
    const idle = asking(counted('attempts', 'email'), { faults });
    await idle.rules.happened(shop, [happened(event('payment.failed', NOW, 'ann@example.com'))]);
    expect(faults).toEqual([]);
  });

  it('that cannot be counted trouble nobody but the log', async () => {
    const faults: unknown[] = [];
    const { rules } = asking(counted('failed_payments', 'email'), {
      faults,
      policies: { inForce: () => Promise.reject(new Error('The database is away')) },
    });
    await rules.happened(shop, [happened(event('payment.failed', NOW, 'ann@example.com'))]);
    expect(faults).toHaveLength(1);
  });
});

describe('what is known of the moment', () => {
  it('comes from the request, the list of domains and the networks', () => {
    const asked: string[] = [];
    const known = {
      disposable: {
        has: (domain: string) => {
          asked.push(domain);
          return domain === 'mailinator.com';
        },
      },
      networks: { hosting: (ip: string) => (ip === '192.0.2.1' ? null : ip === '198.51.100.1') },
    };
    const fires = (fact: string, given: Partial<LiveRequest>): boolean =>
      asking(policyWithLive(liveRule('once', `{fact: ${fact}}`)), known).fires(given);
    const bin = { email: 'x@mailinator.com' };
    expect([fires('disposable_email', bin), fires('disposable_email', { email: 'ann@example.com' })]).toEqual([
      true,
      false,
    ]);
    expect(fires('disposable_email', { ...bin, trustedDomain: true })).toBe(false);
    expect(new Set(asked)).toEqual(new Set(['mailinator.com', 'example.com']));
    const cloud = { ip: '198.51.100.1' };
    expect([fires('hosting_network', cloud), fires('hosting_network', { ip: '203.0.113.7' })]).toEqual([true, false]);
    expect(fires('hosting_network', { ...cloud, trustedNetwork: true })).toBe(false);
    expect(fires('hosting_network', { ip: '192.0.2.1' })).toBe(false);
    expect([fires('first_order', { order: { first: true } }), fires('first_order', { order: {} })]).toEqual([
      true,
      false,
    ]);
    const countries = (billingCountry: string, deliveryCountry?: string) =>
      fires('countries_differ', { order: { billingCountry, deliveryCountry } });
    expect([countries('NL', 'BE'), countries('NL', 'NL'), countries('NL')]).toEqual([true, false, false]);
    const value = 'order_value, at_least: "500.00"';
    const worth = (total: number, currency?: string) => fires(value, { order: { total, currency } });
    expect([worth(50_000, 'EUR'), worth(49_999, 'EUR'), worth(50_000, 'USD'), worth(50_000)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
