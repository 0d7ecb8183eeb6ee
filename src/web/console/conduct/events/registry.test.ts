import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import events from '../../../../../languages/en/console/events.json' with { type: 'json' };
import { tell } from '../../../../../test/support/events.ts';
import { eventBodies } from '../../../../core/events/event.ts';
import { createFormats } from '../../../ui/format.ts';
import type { Tools } from './presenter.ts';
import { families, familyOf, presentEvent, presenters } from './registry.ts';

let tools: Tools;
beforeAll(async () => {
  const words = i18next.createInstance();
  await words.init({ lng: 'en', resources: { en: { events } }, interpolation: { escapeValue: false } });
  tools = {
    t: words.getFixedT('en', 'events') as TFunction<'events'>,
    formats: createFormats('en', 'Europe/Amsterdam', 'EUR'),
  };
});

const measure = '00000000-0000-4000-8000-000000000001';
const staff = '00000000-0000-4000-8200-000000000001';
const proposal = { proposal: measure, ladder: 'returns', step: 2, rules: ['sends-most-back'], by: staff };

const entry = {
  entry: measure,
  list: 'deny',
  type: 'email',
  answer: 'deny',
  until: '2026-06-01T00:00:00.000Z',
  by: staff,
};

/** One of each kind that the story below does not tell. */
const others = {
  'payment.captured': { order: 'O1', amount: { amount: 100, currency: 'EUR' } },
  'payment.failed': { reason: 'declined' },
  'payment.disputed': { dispute: 'D1', amount: { amount: 100, currency: 'EUR' }, reason: 'fraudulent' },
  'account.created': { channel: 'web' },
  'account.closed': { by: 'customer' },
  'account.identified': { identifiers: [{ type: 'email', hash: 'a'.repeat(43) }] },
  'account.erased': {},
  'note.added': { pinned: true },
  'measure.started': {
    measure,
    proposal: null,
    type: 'block',
    obligations: [],
    surfaces: ['purchase', 'login'],
    ladder: null,
    step: null,
    rules: [],
    policyVersion: 3,
    evidence: [],
    until: '2026-06-01T00:00:00.000Z',
    skipped: 'fraud',
    proposedBy: 'staff',
    approvedBy: [staff],
    softened: false,
  },
  'measure.changed': {
    measure,
    type: 'restriction',
    obligations: ['no_free_returns'],
    surfaces: [],
    until: '2026-06-01T00:00:00.000Z',
    by: staff,
  },
  'measure.lifted': { measure, because: 'earned', by: null },
  'measure.expired': { measure },
  'measure.voided': { measure, by: staff },
  'appeal.filed': {
    appeal: measure,
    measure,
    type: 'appeal',
    ground: 'shop_fault',
    disputed: [],
    attachments: [],
    round: 1,
    language: 'en',
    dueAt: '2026-06-01T00:00:00.000Z',
  },
  'appeal.taken': { appeal: measure, by: staff },
  'appeal.information_asked': { appeal: measure, by: staff, until: '2026-06-01T00:00:00.000Z' },
  'appeal.information_given': { appeal: measure, attachments: [] },
  'appeal.decided': {
    appeal: measure,
    outcome: 'upheld',
    by: staff,
    alone: false,
    corrections: [],
    measures: [{ measure, result: 'voided' }],
  },
  'appeal.withdrawn': { appeal: measure },
  'notice.issued': {
    notice: measure,
    kind: 'measure.started',
    measure,
    appeal: null,
    language: 'en',
    hash: 'a'.repeat(64),
  },
  'proposal.made': {
    proposal: measure,
    key: 'returns:2:1',
    type: 'restriction',
    ladder: 'returns',
    step: 2,
    rules: ['sends-most-back'],
    gravity: 'minor',
    obligations: ['no_free_returns'],
    surfaces: [],
    until: '2026-06-01T00:00:00.000Z',
    skipped: null,
    policyVersion: 3,
    opens: true,
  },
  'proposal.withdrawn': proposal,
  'proposal.declined': { ...proposal, evidence: [] },
  'proposal.first_approval': proposal,
  'proposal.colleague_asked': { ...proposal, colleague: staff },
  'proposal.reopened': proposal,
  'decision.made': {
    decision: measure,
    surface: 'purchase',
    outcome: 'deny',
    obligations: ['prepayment_only'],
    measures: [measure],
    policyVersion: 1,
    allowListed: false,
  },
  'decisions.allowed': {
    first: measure,
    last: measure,
    from: '2026-06-01T00:00:00.000Z',
    to: '2026-06-01T00:00:00.250Z',
    surfaces: { purchase: 12, login: 3 },
  },
  'event.corrected': { event: measure, as: 'shop_fault', by: staff },
  'entry.added': entry,
  'entry.changed': { ...entry, list: 'allow', answer: null },
  'entry.extended': entry,
  'entry.removed': entry,
  'link.found': { other: measure, class: 'probably_same', millibits: 12_300, fields: [], model: 0 },
  'link.confirmed': { other: measure, by: staff },
  'link.split': { other: measure, by: staff },
  'link.reopened': { other: measure, by: staff },
  'evasion.found': { of: measure, measure, by: staff, fields: [] },
  'objection.filed': {
    objection: measure,
    other: measure,
    round: 2,
    language: 'en',
    dueAt: '2026-06-01T00:00:00.000Z',
  },
  'objection.decided': { objection: measure, outcome: 'upheld', by: staff, alone: true },
  'objection.withdrawn': { objection: measure },
} as const;

const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '');

describe('every kind of event', () => {
  const kinds = Object.keys(eventBodies) as (keyof typeof eventBodies)[];
  test('has a presenter and a family that can be chosen', () => {
    expect(Object.keys(presenters).sort()).toEqual([...kinds].sort());
    expect([...new Set(kinds.map(familyOf))].sort()).toEqual([...families].sort());
  });
  test.each(Object.entries(others))('%s reads in words', (kind, body) => {
    const { title, details } = presentEvent({ kind, body }, tools);
    for (const text of [title, ...details]) expect(text).not.toMatch(/\{\{|_|^$|^[a-z]+\.[a-z]/);
  });
});

describe('what the timeline says', () => {
  const said = (event: { kind: string; body: object }) => {
    const { title, details, amount } = presentEvent({ kind: event.kind, body: { ...event.body } }, tools);
    return [plain(title), ...details.map(plain), amount?.amount ?? null];
  };
  test('an order and its return', () => {
    const story = tell();
    const order = story.order({ order: 'A-17', total: 80_00 });
    const back = story.returned({ order, return: 'R-3', value: 40_00, reason: 'did_not_fit' });
    expect(said(order)).toEqual(['Ordered: A-17', 80_00]);
    expect(said(back)).toEqual(['Return from order A-17 arrived', 'did not fit', 'by parcel', 'Return R-3', 40_00]);
  });
  test('a block says where and until when, and why milder steps were passed over', () => {
    expect(said({ kind: 'measure.started', body: others['measure.started'] })).toEqual([
      'Blocked',
      'until Jun 1, 2026',
      'buying and signing in',
      'without a proposal of the policy',
      'milder steps passed over because of fraud',
      null,
    ]);
  });
  test('a proposal says what the policy would do, without what it rests on', () => {
    expect(said({ kind: 'proposal.made', body: others['proposal.made'] })).toEqual([
      'The policy proposed a restriction',
      'Step 2',
      'Return postage is paid by the customer, unless the fault was the shop’s',
      null,
    ]);
    expect(said({ kind: 'proposal.withdrawn', body: proposal })[0]).toBe('The policy took its proposal back');
  });
  test('a suggestion of software is called one', () => {
    const body = { message: 'M1', channel: 'email', labels: ['insult'], labelledBy: 'machine' };
    expect(said({ kind: 'message.received', body })).toEqual([
      'Wrote an e-mail',
      'insult',
      'suggested by software, not confirmed by a person',
      null,
    ]);
  });
  test('a kind from a newer server is shown by its name', () => {
    expect(said({ kind: 'gift.sent', body: {} })).toEqual(['Something this version does not know (gift.sent)', null]);
    expect(familyOf('gift.sent')).toBeNull();
  });
});
