import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportedEvents } from '../core/events/event.ts';
import { incomingEnvelope } from '../core/events/incoming.ts';
import { SHOP_FAULT_REASONS } from '../core/events/values.ts';
import { type Instant, parseInstant } from '../core/shared/time.ts';
import { calendarUntil, DAY } from './calendar.ts';
import { type Profile, profiles } from './cast.ts';
import { catalogue, isFashion } from './catalogue.ts';
import { faultsOf, within } from './faults.ts';
import { pastAnswers } from './past-answers.ts';
import { asIncoming, makeSampleShop, readSourceId, SAMPLE_EDITION, type SampleShop } from './sample-shop.ts';
import { allPhrases } from './texts/say.ts';

const now = parseInstant('2026-06-15T09:00:00Z') as Instant;
const shop = makeSampleShop(calendarUntil(now));
const storied = new Set(shop.played.map(({ person }) => person.number));
const fashionCodes = new Set(catalogue.filter(isFashion).map((article) => article.code));

function fingerprint(of: SampleShop): string {
  return createHash('sha256')
    .update(JSON.stringify([of.people, of.events, pastAnswers]))
    .digest('hex');
}

const byPerson = new Map<number, SampleShop['events'][number][]>();
for (const event of shop.events) byPerson.set(event.person, [...(byPerson.get(event.person) ?? []), event]);

describe('the sample shop', () => {
  it('is the same shop every time it is made, and another for another seed', () => {
    expect(fingerprint(makeSampleShop(calendarUntil(now)))).toBe(fingerprint(shop));
    expect(fingerprint(makeSampleShop(calendarUntil(now), 'EUR', 'another'))).not.toBe(fingerprint(shop));
  });

  it('belongs to the edition it says: another shop needs another number', () => {
    expect([SAMPLE_EDITION, fingerprint(shop).slice(0, 16)]).toEqual([3, 'dc00ff8c88eecda3']);
  });

  it('counts in any currency', () => {
    for (const [currency, price] of [
      ['JPY', /^\d+$/],
      ['KWD', /^\d+\.\d{3}$/],
      ['GBP', /^\d+\.\d{2}$/],
    ] as const) {
      const other = makeSampleShop(shop.calendar, currency);
      const orders = other.events.filter((event) => event.kind === 'order.placed');
      const foreign = orders.filter(({ body }) => body.total.currency !== currency);
      expect(foreign.length / orders.length).toBeLessThan(0.1);
      for (const { body } of foreign) expect(body.total.rate).toBeDefined();
      const own = orders.filter(({ body }) => body.total.currency === currency);
      for (const { body } of own) for (const line of body.lines ?? []) expect(line.unitPrice).toMatch(price);
    }
  });

  it('is described as it is: the names and numbers in its page are right', () => {
    const page = readFileSync(new URL('../../docs/sample-shop.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| (.+?) \| (LL-\d+) \|/gm)].map((row) => [row[1], row[2]] as const);
    expect(rows.length).toBeGreaterThan(25);
    for (const [name, number] of rows)
      expect(shop.people.find((person) => person.externalId === number)?.name, number).toBe(name);
    for (const [, number = ''] of page.matchAll(/(LL-\d+)/g))
      expect(shop.played.map(({ person }) => person.externalId)).toContain(number);
  });

  it('is the same all day long, and ends yesterday', () => {
    expect(fingerprint(makeSampleShop(calendarUntil((now + 8 * 3_600_000) as Instant)))).toBe(fingerprint(shop));
    const last = shop.events.at(-1)?.at ?? 0;
    expect(last).toBeLessThan(shop.calendar.end);
    expect(last).toBeGreaterThan(shop.calendar.end - 2 * DAY);
    expect(shop.events[0]?.at).toBeGreaterThanOrEqual(shop.calendar.from);
  });

  it('tells only events that intake accepts, in order, each under an id of its own', () => {
    const ids = new Set<string>();
    let before = 0;
    for (const event of shop.events) {
      const envelope = incomingEnvelope.safeParse(asIncoming(event, shop.people));
      expect(envelope.error).toBeUndefined();
      expect(reportedEvents[event.kind].safeParse(event.body).error).toBeUndefined();
      expect(event.at).toBeGreaterThanOrEqual(before);
      before = event.at;
      ids.add(event.id);
    }
    expect(ids.size).toBe(shop.events.length);
    expect(readSourceId(shop.events[0]?.id ?? '')).toEqual({ edition: SAMPLE_EDITION, day: '2026-06-14' });
    expect(readSourceId('something else')).toBeNull();
  });

  it('tells of nothing before the order it concerns', () => {
    const placed = new Map<string, number>();
    for (const event of shop.events) {
      const order = 'order' in event.body ? event.body.order : undefined;
      if (order === undefined) continue;
      if (event.kind === 'order.placed') placed.set(order, event.person);
      expect(placed.get(order)).toBe(event.person);
    }
  });

  it('has the size it says', () => {
    expect(shop.people).toHaveLength(2_000);
    expect(byPerson.size).toBe(2_000);
    expect(shop.events.length).toBeGreaterThan(12_000);
    expect(shop.events.length).toBeLessThan(19_000);
    const kinds = new Set(shop.events.map((event) => event.kind));
    for (const kind of Object.keys(reportedEvents)) if (!UNTOLD.has(kind)) expect(kinds).toContain(kind);
  });

  it('sends back what ordinary fashion shops see: a fifth to a third by value, mostly because it did not fit', () => {
    const value = { ordered: 0, returned: 0 };
    const reasons = new Map<string, number>();
    for (const event of shop.events) {
      if (storied.has(event.person)) continue;
      if (event.kind !== 'order.placed' && event.kind !== 'return.received') continue;
      for (const line of event.body.lines ?? []) {
        if (!fashionCodes.has(line.article)) continue;
        const worth = Number(line.unitPrice) * line.quantity;
        if (event.kind === 'order.placed') value.ordered += worth;
        else {
          value.returned += worth;
          reasons.set(event.body.reason ?? '', (reasons.get(event.body.reason ?? '') ?? 0) + 1);
        }
      }
    }
    expect(value.returned / value.ordered).toBeGreaterThan(0.2);
    expect(value.returned / value.ordered).toBeLessThan(0.35);
    const total = [...reasons.values()].reduce((sum, count) => sum + count, 0);
    expect((reasons.get('did_not_fit') ?? 0) / total).toBeGreaterThan(0.5);
  });

  it('sells at believable prices and more before Christmas than in February', () => {
    const totals = shop.events.flatMap((event) => (event.kind === 'order.placed' ? [event.body.total.amount] : []));
    const middle = totals.sort((a, b) => a - b)[Math.floor(totals.length / 2)] ?? 0;
    expect(middle).toBeGreaterThan(40_00);
    expect(middle).toBeLessThan(140_00);
    const inMonth = (month: string) =>
      shop.events.filter((event) => event.kind === 'order.placed' && new Date(event.at).toISOString().startsWith(month))
        .length;
    expect(inMonth('2025-11')).toBeGreaterThan(1.3 * inMonth('2026-02'));
  });
});

/** Kinds ordinary shops report and this one has no occasion for. */
const UNTOLD = new Set(['account.closed', 'message.labelled']);

describe('the cast', () => {
  it('plays every profile with two to eight people, some over the line and some close but fine', () => {
    for (const profile of profiles) {
      const members = shop.played.filter(({ member }) => member.profile === profile);
      expect(members.length, profile).toBeGreaterThanOrEqual(2);
      expect(members.length, profile).toBeLessThanOrEqual(8);
      const degrees = new Set(members.map(({ member }) => member.degree));
      if (profile === 'shop-fault') expect([...degrees]).toEqual(['fine']);
      else {
        expect(degrees, profile).toContain('over');
        expect(degrees, profile).toContain('just_below');
      }
    }
    expect(shop.played.some(({ member }) => member.degree === 'changed')).toBe(true);
    expect(new Set(shop.played.map(({ member }) => member.key)).size).toBe(shop.played.length);
  });

  const signs: Record<Exclude<Profile, 'shop-fault'>, (event: SampleShop['events'][number]) => boolean> = {
    'impossible-expectations': (e) =>
      e.kind === 'message.received' && (e.body.labels ?? []).includes('impossible_demand'),
    'refund-claimant': (e) => e.kind === 'refund.issued' && !e.body.goodsBack,
    wardrober: (e) => e.kind === 'return.inspected' && (e.body.grade === 'worn' || e.body.grade === 'damaged'),
    'compulsive-returner': (e) => e.kind === 'return.received' && e.body.reason !== undefined,
    bracketer: (e) => e.kind === 'order.placed' && manyVariants(e.body.lines ?? []),
    'wrong-address-or-duplicate': (e) =>
      e.kind === 'claim.opened' && (e.body.type === 'wrong_address' || e.body.type === 'duplicate_order'),
    'legal-or-publicity-threats': (e) =>
      e.kind === 'message.received' &&
      (e.body.labels ?? []).some((label) => label === 'threat_of_publicity' || label === 'threat_of_legal_action'),
    'abusive-language': (e) =>
      e.kind === 'message.received' &&
      (e.body.labels ?? []).some(
        (label) => label === 'insult' || label === 'harassment' || label === 'threat_of_violence',
      ),
    'malicious-cancellation': (e) => e.kind === 'order.cancelled' && e.body.stage === 'after_dispatch',
    'false-complaint': (e) => e.kind === 'complaint.resolved' && e.body.outcome === 'unfounded',
    'unfair-review': (e) => e.kind === 'review.assessed' && e.body.outcome === 'unfair',
    'chargeback-abuse': (e) => e.kind === 'payment.disputed',
  };

  it.each(Object.entries(signs))('shows %s in the events themselves', (profile, sign) => {
    for (const { member, person } of shop.played) {
      if (member.profile !== profile) continue;
      const incidents = (byPerson.get(person.number) ?? []).filter(sign).length;
      const told = member.phases.reduce((sum, phase) => sum + phase.incidents, 0);
      expect(incidents, member.key).toBeGreaterThanOrEqual(told);
    }
  });
});

function manyVariants(lines: readonly { readonly article: string }[]): boolean {
  const counts = new Map<string, number>();
  for (const { article } of lines) counts.set(article, (counts.get(article) ?? 0) + 1);
  return [...counts.values()].some((count) => count >= 4);
}

describe('origin and conduct', () => {
  it('gives the cast the same mixture of origins as everybody else', () => {
    const origins = new Set(shop.people.map((person) => person.origin));
    for (const origin of origins) {
      const share = (group: readonly { origin: string }[]) =>
        group.filter((person) => person.origin === origin).length / group.length;
      const cast = shop.people.filter((person) => storied.has(person.number));
      const others = shop.people.filter((person) => !storied.has(person.number));
      expect(Math.abs(share(cast) - share(others)) * cast.length, origin).toBeLessThanOrEqual(1);
    }
  });

  it('spreads every profile over several origins', () => {
    for (const profile of profiles) {
      const played = shop.played.filter(({ member }) => member.profile === profile);
      const commonest = Math.max(
        ...[...new Set(played.map(({ person }) => person.origin))].map(
          (origin) => played.filter(({ person }) => person.origin === origin).length,
        ),
      );
      expect(commonest / played.length, profile).toBeLessThanOrEqual(0.67);
    }
  });

  it('has ordinary people of all origins send back alike', () => {
    const byOrigin = new Map<string, { orders: number; returns: number }>();
    for (const event of shop.events) {
      const person = shop.people[event.person];
      if (person === undefined || storied.has(event.person)) continue;
      const sums = byOrigin.get(person.origin) ?? { orders: 0, returns: 0 };
      if (event.kind === 'order.placed') sums.orders++;
      if (event.kind === 'return.received') sums.returns++;
      byOrigin.set(person.origin, sums);
    }
    const all = [...byOrigin.values()].reduce((a, b) => ({
      orders: a.orders + b.orders,
      returns: a.returns + b.returns,
    }));
    for (const [origin, { orders, returns }] of byOrigin) {
      const expected = (orders * all.returns) / all.orders;
      // Baskets come in ones and twos, so returns scatter about twice as widely as single draws would: four deviations.
      expect(Math.abs(returns - expected), origin).toBeLessThan(4 * Math.sqrt(2 * expected));
    }
  });
});

describe('the shop’s own faults', () => {
  const faults = faultsOf(shop.calendar);
  const placed = new Map(shop.events.flatMap((e) => (e.kind === 'order.placed' ? [[e.body.order, e] as const] : [])));

  it('sold a batch of lamps that mostly came back defective', () => {
    const code = faults.defectiveBatch.article.code;
    const sold = [...placed.values()].filter(
      (e) => within(e.at, faults.defectiveBatch) && (e.body.lines ?? []).some((line) => line.article === code),
    );
    const back = shop.events.filter(
      (e) =>
        e.kind === 'return.received' &&
        e.body.reason === 'defect' &&
        (e.body.lines ?? []).some((line) => line.article === code),
    );
    expect(sold.length).toBeGreaterThan(10);
    expect(back.length / sold.length).toBeGreaterThan(0.5);
  });

  it('lost a week to a strike: late parcels, and claims that were found founded', () => {
    const late = shop.events.filter(
      (e) =>
        e.kind === 'order.delayed' &&
        within(placed.get(e.body.order)?.at ?? (0 as Instant), {
          from: (faults.carrierStrike.from - 3 * DAY) as Instant,
          to: faults.carrierStrike.to,
        }),
    );
    expect(late.length).toBeGreaterThan(15);
  });

  it('has somebody who sent back four fifths, nearly all of it the shop’s fault', () => {
    const unlucky = shop.played.find(({ member }) => member.key === 'fault-eighty-percent');
    const own = byPerson.get(unlucky?.person.number ?? -1) ?? [];
    const returns = own.flatMap((e) => (e.kind === 'return.received' ? [e.body] : []));
    const orders = own.filter((e) => e.kind === 'order.placed').length;
    expect(returns.length / orders).toBeGreaterThanOrEqual(0.75);
    const faulty = returns.filter((body) => SHOP_FAULT_REASONS.has(body.reason ?? 'unspecified')).length;
    expect(faulty / returns.length).toBeGreaterThan(0.85);
  });
});

describe('people and words', () => {
  it('reaches nobody: reserved domains and numbers set aside for drama', () => {
    for (const { email, phone } of shop.people) {
      expect(email).toMatch(/^[a-z0-9.]+@(example\.(org|com|net)|(mail|post)\.test)$/);
      if (phone !== undefined) expect(phone).toMatch(/^\+447700900\d{3}$/);
    }
    for (const field of ['email', 'phone', 'externalId'] as const) {
      const given = shop.people.flatMap((person) => person[field] ?? []);
      // A family has one phone between them.
      const together = field === 'phone' ? shop.home.housemates.length + 1 : 0;
      expect(new Set(given).size, field).toBe(given.length - together);
    }
  });

  it('has names in Latin, Han and Hebrew letters', () => {
    const names = shop.people.map((person) => person.name);
    expect(names.filter((name) => /\p{Script=Han}/u.test(name)).length).toBeGreaterThan(100);
    expect(names.filter((name) => /\p{Script=Hebrew}/u.test(name)).length).toBeGreaterThan(80);
    expect(new Set(names).size / names.length).toBeGreaterThan(0.93);
  });

  it('writes every topic in every language and its own letters', () => {
    for (const [topic, phrases] of Object.entries(allPhrases)) {
      for (const [language, texts] of Object.entries(phrases)) {
        expect(texts.length, `${topic} in ${language}`).toBeGreaterThan(0);
        for (const text of texts) {
          expect(/\p{Script=Han}/u.test(text), text).toBe(language === 'zh');
          expect(/\p{Script=Hebrew}/u.test(text), text).toBe(language === 'he');
        }
      }
    }
  });
});
