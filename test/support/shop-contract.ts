import { expect, it } from 'vitest';
import { reportedEvents } from '../../src/core/events/event.ts';
import { type IncomingEnvelope, incomingEnvelope } from '../../src/core/events/incoming.ts';
import type { AddressSeen, PlatformRecord, ReadingContext, ShopPlatform } from '../../src/ports/platforms.ts';
import { EXPECTED, normalised, type PlatformStory, STEPS } from './shop-story.ts';

/** What every platform's `read` must do with the story. Call it inside a `describe` of the platform's own test. */
export function tellsTheStory(platform: ShopPlatform, story: PlatformStory): void {
  const records = story.told.flatMap((step) => step.records);
  const expected = EXPECTED.filter(({ kind }) => !Object.hasOwn(story.cannotTell, kind));

  it('tells the story as every platform does', () => {
    expect(story.told.map(({ step }) => step)).toEqual(
      STEPS.filter((step) => story.told.some((one) => one.step === step)),
    );
    const { events, addresses } = readAll(platform, records);
    expect(normalised(events)).toEqual(expected.filter(({ kind }) => !isCompared(kind, events)));
    if (!events.some(({ kind }) => kind === 'order.address_changed')) expectAddressChange(addresses);
  });

  it('tells it of Ada, under her number and her address', () => {
    for (const { customer, kind } of readAll(platform, records).events) {
      expect(customer.externalId, kind).toBe(`p-${story.customer}`);
      expect(customer.email ?? 'ada.story@example.com', kind).toBe('ada.story@example.com');
    }
  });

  it('tells where she lives by her bills, wherever a parcel goes', () => {
    const { events } = readAll(platform, records);
    for (const { customer, kind } of events)
      if (kind === 'order.placed') expect(customer.address ?? null).toEqual(story.home);
      else expect([story.home, null], kind).toContainEqual(customer.address ?? null);
  });

  it('makes events that the ledger takes', () => {
    for (const event of readAll(platform, records).events) {
      const { kind, body, id } = event;
      expect(incomingEnvelope.safeParse(event).error, `${kind} ${id}`).toBeUndefined();
      expect(reportedEvents[kind].safeParse(body).error, `${kind} ${id}`).toBeUndefined();
      expect(id.length, id).toBeLessThanOrEqual(200);
    }
  });

  it('tells the same however often and in whatever order it is told', () => {
    const inOrder = readAll(platform, records).events;
    for (const others of [records.toReversed(), [...records, ...records], shuffled(records)])
      expect(byId(readAll(platform, others).events)).toEqual(byId(inOrder));
  });

  it('keeps to itself what it does not know', () => {
    const more = records.map(({ topic, payload }) => ({
      topic,
      payload: { ...(payload as object), evenhand_never_heard_of_it: { a: [1] } },
    }));
    expect(byId(readAll(platform, more).events)).toEqual(byId(readAll(platform, records).events));
  });

  it('names the path of what is missing', () => {
    for (const { topic, payload } of records) {
      const read = platform.read({ topic, payload: {} }, contextOf(new Map()));
      if (read.ok) expect(read.value.events, topic).toEqual([]);
      else if (read.error.kind === 'drift') expect(read.error.path, topic).not.toBe('');
      expect(Object.keys(payload as object).length).toBeGreaterThan(0);
    }
    expect(
      records.some(({ topic }) => {
        const read = platform.read({ topic, payload: {} }, contextOf(new Map()));
        return !read.ok && read.error.kind === 'drift';
      }),
    ).toBe(true);
  });
}

/** Reads records as intake does: names of orders are remembered, and what needs one that was not seen yet is read later. */
function readAll(
  platform: ShopPlatform,
  records: readonly PlatformRecord[],
): { events: readonly IncomingEnvelope[]; addresses: readonly AddressSeen[] } {
  const names = new Map<string, string>();
  const events = new Map<string, IncomingEnvelope>();
  const addresses: AddressSeen[] = [];
  let left = [...records];
  while (left.length > 0) {
    const later: PlatformRecord[] = [];
    for (const record of left) {
      const read = platform.read(record, contextOf(names));
      if (!read.ok) {
        if (read.error.kind !== 'needs') throw new Error(`${record.topic}: ${JSON.stringify(read.error)}`);
        later.push(record);
        continue;
      }
      for (const { id, name } of read.value.names) names.set(id, name);
      for (const event of read.value.events) if (!events.has(event.id)) events.set(event.id, event);
      addresses.push(...read.value.addresses);
    }
    if (later.length === left.length) throw new Error('Records need an order that nobody told of');
    left = later;
  }
  return { events: [...events.values()], addresses };
}

const contextOf = (names: ReadonlyMap<string, string>): ReadingContext => ({
  source: 'story',
  customerNumber: (id) => `p-${id}`,
  orderName: (id) => names.get(id) ?? null,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
});

/** An address change that is found by comparing is not among the events of reading. */
const isCompared = (kind: string, events: readonly IncomingEnvelope[]): boolean =>
  kind === 'order.address_changed' && !events.some((event) => event.kind === 'order.address_changed');

function expectAddressChange(addresses: readonly AddressSeen[]): void {
  const hat = addresses.filter(({ order }) => order === '1002').toSorted((a, b) => a.version - b.version);
  const first = hat.find(({ address }) => address !== hat[0]?.address);
  expect(new Date(first?.version ?? 0).toISOString()).toBe('2026-03-12T18:00:00.000Z');
  expect(first?.stage).toBe('before_dispatch');
  expect(new Set(hat.map(({ address }) => address)).size).toBe(2);
  expect(new Set(addresses.filter(({ order }) => order === '1001').map(({ address }) => address)).size).toBe(1);
}

const byId = (events: readonly IncomingEnvelope[]): readonly IncomingEnvelope[] =>
  events.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** The same disorder at every run. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  const mixed = [...items];
  let state = 7;
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}
