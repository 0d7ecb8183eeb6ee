import type { ReportedEventKind } from '../../src/core/events/event.ts';
import type { IncomingEnvelope } from '../../src/core/events/incoming.ts';
import type { PostalAddress } from '../../src/core/events/person.ts';
import type { PlatformRecord } from '../../src/ports/platforms.ts';

/*
 * One story, told by every platform in its own payloads. Ada Story (ada.story@example.com, +31 6 1234 5678) opens an account and buys a coat
 * and two scarves (order 1001). She gets them, asks to send one scarf back because she changed her mind, and is refunded for it. Then she
 * buys a hat (order 1002), has it sent elsewhere the same evening, and her bank takes the money back.
 */

/** Steps of the story, in order. A platform tells each by one or more records (a snapshot may come again with every step). */
export const STEPS = [
  'account opened',
  'coat and scarves ordered',
  'coat and scarves paid',
  'coat and scarves delivered',
  'scarf announced to come back',
  'scarf came back and refunded',
  'hat ordered',
  'hat paid',
  'hat sent elsewhere',
  'hat disputed',
  'dispute lost',
] as const;
export type Step = (typeof STEPS)[number];

/** How a platform tells the story. */
export interface PlatformStory {
  /** Ada's id there, without a prefix. */
  readonly customer: string;
  /** Where Ada lives, by her bills; null: the platform does not say. The hat goes elsewhere, and that is not where she lives. */
  readonly home: PostalAddress | null;
  readonly told: readonly { readonly step: Step; readonly records: readonly PlatformRecord[] }[];
  /** What the platform has no word for, with the reason: its page in docs/shops says the same. */
  readonly cannotTell: Readonly<Partial<Record<ReportedEventKind, string>>>;
}

const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** What must be in the ledger, whoever told it. Names in capitals stand for references that each platform makes itself. */
export const EXPECTED: readonly Pick<IncomingEnvelope, 'kind' | 'occurredAt' | 'body'>[] = [
  { kind: 'account.created', occurredAt: '2026-03-01T09:00:00.000Z', body: {} },
  {
    kind: 'order.placed',
    occurredAt: '2026-03-02T10:00:00.000Z',
    body: {
      order: '1001',
      total: euros(120_00),
      payment: 'card',
      lines: [
        { article: 'A1', variant: 'V1', title: 'Coat', quantity: 1, unitPrice: '80.00' },
        { article: 'A2', variant: 'V2', title: 'Scarf', quantity: 2, unitPrice: '20.00' },
      ],
    },
  },
  { kind: 'payment.captured', occurredAt: '2026-03-02T10:00:05.000Z', body: { order: '1001', amount: euros(120_00) } },
  { kind: 'order.delivered', occurredAt: '2026-03-05T12:00:00.000Z', body: { order: '1001' } },
  {
    kind: 'return.requested',
    occurredAt: '2026-03-07T09:00:00.000Z',
    body: {
      return: 'R1',
      order: '1001',
      reason: 'changed_mind',
      value: euros(20_00),
      lines: [{ article: 'A2', variant: 'V2', title: 'Scarf', quantity: 1, unitPrice: '20.00' }],
    },
  },
  {
    kind: 'return.received',
    occurredAt: '2026-03-10T15:00:00.000Z',
    body: {
      return: 'R1',
      order: '1001',
      reason: 'changed_mind',
      value: euros(20_00),
      lines: [{ article: 'A2', variant: 'V2', title: 'Scarf', quantity: 1, unitPrice: '20.00' }],
    },
  },
  {
    kind: 'refund.issued',
    occurredAt: '2026-03-10T15:00:00.000Z',
    body: { refund: 'F1', order: '1001', return: 'R1', amount: euros(20_00), goodsBack: true, reason: 'changed_mind' },
  },
  {
    kind: 'order.placed',
    occurredAt: '2026-03-12T11:00:00.000Z',
    body: {
      order: '1002',
      total: euros(50_00),
      payment: 'card',
      lines: [{ article: 'A3', variant: 'V3', title: 'Hat', quantity: 1, unitPrice: '50.00' }],
    },
  },
  { kind: 'payment.captured', occurredAt: '2026-03-12T11:00:05.000Z', body: { order: '1002', amount: euros(50_00) } },
  {
    kind: 'order.address_changed',
    occurredAt: '2026-03-12T18:00:00.000Z',
    body: { order: '1002', stage: 'before_dispatch' },
  },
  {
    kind: 'payment.disputed',
    occurredAt: '2026-03-20T08:00:00.000Z',
    body: { dispute: 'D1', order: '1002', amount: euros(50_00), reason: 'fraudulent' },
  },
  { kind: 'payment.dispute_lost', occurredAt: '2026-04-02T08:00:00.000Z', body: { dispute: 'D1' } },
];

const NAMED = { return: 'R', refund: 'F', dispute: 'D', article: 'A', variant: 'V' } as const;

/**
 * Events with each platform's own references put as R1, F1, A1 …, by first mention, in the order in which they happened. `by` of a
 * return is left out: some platforms know the parcel, some only the credit note.
 */
export function normalised(events: readonly IncomingEnvelope[]): readonly object[] {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const nameOf = (kind: keyof typeof NAMED, reference: string): string => {
    const key = `${kind} ${reference}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    names.set(key, `${NAMED[kind]}${count}`);
    return `${NAMED[kind]}${count}`;
  };
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, each]) => each !== undefined && key !== 'by')
        .map(([key, each]) => [
          key,
          Object.hasOwn(NAMED, key) && typeof each === 'string' ? nameOf(key as keyof typeof NAMED, each) : plain(each),
        ]),
    );
  };
  return events
    .toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || rank(a.kind) - rank(b.kind))
    .map(({ kind, occurredAt, body }) => ({
      kind,
      occurredAt: new Date(occurredAt).toISOString(),
      body: kind === 'account.created' ? {} : plain(body),
    }));
}

const ORDER: readonly string[] = EXPECTED.map(({ kind }) => kind);
const rank = (kind: string): number => ORDER.indexOf(kind);
