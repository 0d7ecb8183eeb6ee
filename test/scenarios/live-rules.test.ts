import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NETWORK_FILES } from '../../src/adapters/network/hosting.ts';
import { instant } from '../../src/core/shared/time.ts';
import { startApi, type TestApi, type Visitor } from '../support/api.ts';
import { liveRule, policyWithLive } from '../support/live.ts';

const POLICY = `${policyWithLive(
  [
    liveRule(
      'dear-order',
      '{fact: order_value, at_least: "500.00"}',
      'answer: challenge\n    obligations: [signature_on_delivery]',
    ),
    liveRule('many-articles', '{fact: order_items, at_least: 50}', 'answer: review'),
    liveRule(
      'first-and-thrown-away',
      '{all: [{fact: first_order}, {fact: disposable_email}]}',
      'answer: challenge\n    obligations: [prepayment_only]',
    ),
    liveRule('from-a-data-centre', '{fact: hosting_network}'),
    liveRule('other-country', '{fact: countries_differ}'),
    liveRule('card-tried-often', '{fact: attempts, per: card, within: 1 hour, at_least: 3}', 'answer: review'),
    liveRule('payments-fail', '{fact: failed_payments, per: device, within: 1 hour, at_least: 3}'),
    liveRule('accounts-opened', '{fact: new_accounts, per: ip, within: 24 hours, at_least: 5}', 'answer: review'),
    liveRule(
      'signs-in-often',
      '{fact: attempts, per: email, within: 10 minutes, at_least: 4}',
      'surfaces: [login]\n    answer: review',
    ),
  ].join(''),
)}translations:
  nl:
    live:
      many-articles: {title: Veel artikelen, because: U bestelt veel tegelijk; daarom kijkt er iemand naar.}
`;

let api: TestApi;
let owner: Visitor;
let key: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenhand-networks-'));
  await writeFile(join(folder, NETWORK_FILES[0]), '3325256704,3325256959,14061,"DigitalOcean, LLC"\n');
  await writeFile(join(folder, NETWORK_FILES[1]), '2001:db8:9::,2001:db8:9::ffff,14061,"DigitalOcean, LLC"\n');
  api = await startApi({}, { networksFolder: folder });
  api.time.now = instant(Date.now());
  owner = await api.owner({ languages: ['en', 'nl'] });
  const made = await owner.post('/api/shops/tulip/keys', { name: 'k', scopes: ['events:write', 'decisions:write'] });
  key = made.json().key;
  await publish(POLICY, 1);
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

async function publish(source: string, expectedVersion: number): Promise<void> {
  const published = await owner.post('/api/shops/tulip/policy/publish', {
    source,
    note: 'Live rules',
    expectedVersion,
  });
  expect(published.statusCode, published.payload).toBe(200);
}

const call = async (url: string, payload: object) => {
  const headers = { authorization: `Bearer ${key}` };
  const response = await api.app.inject({ method: 'POST', url, headers, payload });
  expect(response.statusCode, response.payload).toBe(200);
  return response.json();
};

let number = 0;
/** Somebody new each time, so that nothing is counted but what a test counts. */
const decide = (given: object = {}, customer: object = {}) => {
  number += 1;
  const email = `new-${number}@example.com`;
  return call('/v1/decisions', { surface: 'purchase', customer: { email, ...customer }, ...given });
};

/** What is loaded or told in the background arrives a little later. */
async function until<T>(ask: () => Promise<T>, right: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await ask();
    if (right(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return ask();
}

interface Answer {
  readonly outcome: string;
  readonly reasons: readonly { readonly rule: string | null }[];
}
const rulesOf = ({ reasons }: Answer) => reasons.map(({ rule }) => rule);

describe('live rules at the checkout', () => {
  it('ask for something or let a person look, say why, and end with the moment', async () => {
    const dear = await until(
      () => decide({ order: { total: 50_000, currency: 'EUR' } }),
      ({ outcome }) => outcome !== 'allow',
    );
    expect(dear).toMatchObject({
      outcome: 'challenge',
      obligations: [{ name: 'signature_on_delivery', words: 'Somebody signs for each parcel.' }],
      reasons: [
        {
          kind: 'live',
          rule: 'dear-order',
          title: 'The rule dear-order',
          detail: 'Value of the order: €500.00 (€500.00 or more)',
          measure: null,
          policyVersion: null,
          until: null,
        },
      ],
      message: { language: 'en' },
    });
    expect(dear.message.text).toContain('Something was so, and therefore we ask.');
    expect(dear.message.text).toContain('Somebody signs for each parcel.');
    expect((await decide({ order: { total: 49_999, currency: 'EUR' } })).outcome).toBe('allow');
    expect((await decide({ order: { total: 90_000, currency: 'USD' } })).outcome).toBe('allow');
  });

  it('speak the customer’s language in the shop’s own words', async () => {
    const many = await decide({ order: { items: 60 }, language: 'nl-BE' });
    expect(many).toMatchObject({ outcome: 'review', obligations: [], reasons: [{ title: 'Veel artikelen' }] });
    expect(many.message).toEqual({
      language: 'nl',
      text: expect.stringContaining('U bestelt veel tegelijk; daarom kijkt er iemand naar.'),
    });
  });

  it('know throw-away addresses and hosting networks without asking anybody', async () => {
    const order = { order: { first: true } };
    const thrown = () => decide(order, { email: `somebody@mailinator.com` });
    expect(rulesOf(await until(thrown, ({ outcome }) => outcome !== 'allow'))).toEqual(['first-and-thrown-away']);
    expect((await decide(order)).outcome).toBe('allow');
    expect((await decide({ order: { first: false } }, { email: 'x@mailinator.com' })).outcome).toBe('allow');
    const hosted = () => decide({ ip: '198.51.100.7' });
    const answer = await until(hosted, ({ outcome }) => outcome !== 'allow');
    expect(answer).toMatchObject({ outcome: 'challenge', obligations: [] });
    expect(rulesOf(answer)).toEqual(['from-a-data-centre']);
    expect(rulesOf(await decide({ ip: '2001:db8:9::7' }))).toEqual(['from-a-data-centre']);
    expect((await decide({ ip: '198.51.101.7' })).outcome).toBe('allow');
  });

  it('take another country for a reason to ask, and the same one for none', async () => {
    const countries = (billingCountry: string, deliveryCountry?: string) =>
      decide({ order: { billingCountry, deliveryCountry } });
    expect(await countries('NL', 'BE')).toMatchObject({ outcome: 'challenge', reasons: [{ rule: 'other-country' }] });
    expect((await countries('NL', 'NL')).outcome).toBe('allow');
    expect((await countries('NL')).outcome).toBe('allow');
  });

  it('count attempts with a card, each order once', async () => {
    const attempt = (reference: string) => decide({ order: { reference } }, { card: 'card_tried' });
    const answers = [
      await attempt('A'),
      await attempt('A'),
      await attempt('B'),
      await attempt('C'),
      await attempt('C'),
    ];
    expect(answers.map(({ outcome }) => outcome)).toEqual(['allow', 'allow', 'allow', 'review', 'review']);
    expect((await decide({}, { card: 'card_other' })).outcome).toBe('allow');
    api.time.now = instant(api.time.now + 3_600_001);
    expect((await attempt('D')).outcome).toBe('allow');
  });

  it('count failed payments and new accounts as they are reported', async () => {
    const event = (kind: string, id: string, seen: object, body: object = {}) => ({
      kind,
      id,
      occurredAt: new Date(api.time.now - 60_000).toISOString(),
      customer: { email: `${id}@example.com` },
      seen,
      body,
    });
    const failed = [1, 2, 3].map((nth) =>
      event('payment.failed', `f-${nth}`, { device: 'device-9' }, { reason: 'declined' }),
    );
    expect(await call('/v1/events', { events: failed })).toMatchObject({ added: 3, refused: 0 });
    expect(await decide({}, { device: 'device-9' })).toMatchObject({
      reasons: [
        { rule: 'payments-fail', detail: 'Failed payments from the same device within 1 hour: 3 (at least 3)' },
      ],
    });
    expect((await decide({}, { device: 'device-8' })).outcome).toBe('allow');
    const opened = [1, 2, 3, 4].map((nth) => event('account.created', `a-${nth}`, { ip: '2001:db8:1:2::1' }));
    await call('/v1/events', { events: opened });
    // Reported twice is counted once.
    await call('/v1/events', { events: opened });
    expect((await decide({ ip: '2001:db8:1:2:9::9' })).outcome).toBe('allow');
    await call('/v1/events', { events: [event('account.created', 'a-5', { ip: '2001:db8:1:2:3::1' })] });
    expect(await decide({ ip: '2001:db8:1:2:9::9' })).toMatchObject({
      outcome: 'review',
      reasons: [{ rule: 'accounts-opened' }],
    });
  });

  it('say what is wrong with what was seen, and keep nothing of it', async () => {
    const wrong = {
      kind: 'payment.failed',
      id: 'w-1',
      occurredAt: new Date(api.time.now).toISOString(),
      customer: { email: 'w@example.com' },
      seen: { ip: '300.1.1.1' },
      body: { reason: 'declined' },
    };
    const { results } = await call('/v1/events', { events: [wrong] });
    expect(results).toMatchObject([{ status: 'refused', error: { field: expect.stringMatching(/^seen/) } }]);
    const { rows } = await sql<{ body: string }>`select body::text as body from ledger_event`.execute(api.database.db);
    expect(rows.map(({ body }) => body).join('\n')).not.toMatch(/device-9|2001:db8/);
  });

  it('are judged at other surfaces where a rule names them, and never deny anywhere', async () => {
    const signIn = () => decide({ surface: 'login' }, { email: 'signs@example.com' });
    const outcomes = [await signIn(), await signIn(), await signIn(), await signIn()].map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['allow', 'allow', 'allow', 'review']);
    const everything = await decide(
      {
        ip: '198.51.100.7',
        order: {
          total: 900_000,
          currency: 'EUR',
          items: 100,
          first: true,
          billingCountry: 'NL',
          deliveryCountry: 'BE',
        },
      },
      { email: 'all@mailinator.com', card: 'card_tried', device: 'device-9' },
    );
    expect(everything.outcome).toBe('review');
    expect(rulesOf(everything)).toEqual(
      expect.arrayContaining([
        'dear-order',
        'many-articles',
        'first-and-thrown-away',
        'from-a-data-centre',
        'other-country',
      ]),
    );
  });

  it('are recorded by their names', async () => {
    const { decision } = await decide({ order: { total: 60_000, currency: 'EUR', items: 60 } });
    const { rows } = await sql<{ body: { live?: readonly string[] } }>`
      select body from ledger_event where kind = 'decision.made' and body->>'decision' = ${decision}`.execute(
      api.database.db,
    );
    expect(rows[0]?.body.live).toEqual(['dear-order', 'many-articles']);
  });
});
