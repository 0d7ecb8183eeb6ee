import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppealId, CustomerId, ProposalId } from '../../src/core/shared/brand.ts';
import { formatInstant, type Instant, instant } from '../../src/core/shared/time.ts';
import type { Shop } from '../../src/ports.ts';
import { assessAllDue } from '../../src/workflows/assess/assess-due.ts';
import { recordEvents } from '../../src/workflows/intake/record-events.ts';
import { publishPolicy } from '../../src/workflows/policy/publish.ts';
import { rebuildLedger } from '../../src/workflows/rebuild-ledger.ts';
import { approve } from '../../src/workflows/review/approve.ts';
import { askColleague } from '../../src/workflows/review/ask.ts';
import { decline } from '../../src/workflows/review/decline.ts';
import { seenOf } from '../../src/workflows/review/seen.ts';
import { soften } from '../../src/workflows/review/soften.ts';
import type { Reviewer } from '../../src/workflows/review/types.ts';
import { undo } from '../../src/workflows/review/undo.ts';
import { stableId } from '../../src/workflows/stable-id.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { uuid } from '../support/events.ts';
import { added, append, known, order, sentBack } from '../support/offers.ts';
import { blockingPolicy, type ReviewDesk, reviewDesk } from '../support/review-desk.ts';
import { makeTestShop } from '../support/shop.ts';
import { hire } from '../support/staff.ts';

const deed = fc.record({
  who: fc.integer({ min: 1, max: 4 }),
  what: fc.constantFrom(
    'order' as const,
    'return' as const,
    'back' as const,
    'threat' as const,
    'measure' as const,
    'void' as const,
    'erase' as const,
    'name' as const,
    'approve' as const,
    'approve' as const,
    'soften' as const,
    'decline' as const,
    'ask' as const,
    'undo' as const,
    'undo' as const,
    'publish' as const,
    'hear' as const,
    'hear' as const,
    'wait' as const,
  ),
  number: fc.integer({ min: 1, max: 12 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** Something that is recorded about an appeal against a measure, allowed or not: what the tables do not allow changes nothing. */
function hearing(measure: string, number: number, now: Instant): { readonly kind: string; readonly body: object } {
  const appeal = stableId<AppealId>(measure, String(number % 2));
  const by = uuid(1, 2);
  const soon = formatInstant(instant(now + 86_400_000));
  const filed = {
    kind: 'appeal.filed',
    body: {
      appeal,
      measure,
      type: 'appeal',
      ground: 'other',
      disputed: [],
      attachments: [],
      round: 1,
      language: 'en',
      dueAt: soon,
    },
  };
  const decided = (outcome: string) => ({
    kind: 'appeal.decided',
    body: { appeal, outcome, by, alone: false, corrections: [], measures: [] },
  });
  const steps = [
    filed,
    filed,
    { kind: 'appeal.taken', body: { appeal, by } },
    { kind: 'appeal.taken', body: { appeal, by } },
    { kind: 'appeal.information_asked', body: { appeal, by, until: soon, dueAt: soon } },
    { kind: 'appeal.information_given', body: { appeal, attachments: [], dueAt: soon } },
    { kind: 'measure.suspended', body: { measure, appeal } },
    { kind: 'measure.resumed', body: { measure, appeal, until: soon } },
    decided('upheld'),
    decided('rejected'),
    { kind: 'appeal.withdrawn', body: { appeal } },
    { kind: 'measure.voided', body: { measure, by } },
  ];
  return steps[number - 1] ?? filed;
}

/** What people did about one person's proposals, in an order in which each is possible. */
const answering = (who: number): Deed[] =>
  (
    [
      ['threat', 1],
      ['ask', 1],
      ['approve', 1],
      ['publish', 1],
      ['approve', 2],
      ['undo', 2],
      ['soften', 1],
      ['back', 1],
      ['decline', 2],
      ['undo', 2],
      ['wait', 1],
      ['decline', 1],
    ] as const
  ).map(([what, number]) => ({ who, what, number }));

describeOnEveryDatabase('a rebuild', (makeDatabase) => {
  let database: TestDatabase;
  let desk: ReviewDesk;
  beforeAll(async () => {
    database = await makeDatabase();
    desk = reviewDesk(database);
  });
  afterAll(() => database.drop());

  /** Every row that is computed from the ledger, as text, in a fixed order. */
  const projectionsOf = async (shop: Shop): Promise<Record<string, string[]>> => {
    const tables: Record<string, string[]> = {};
    for (const table of ['customer', 'customer_identifier', 'customer_search', 'measure', 'proposal', 'appeal']) {
      const { rows } = await sql<{ row: string }>`
        select t::text as row from ${sql.table(table)} t where shop_id = ${shop.id} order by 1`.execute(database.db);
      tables[table] = rows.map(({ row }) => row);
    }
    return tables;
  };

  /** Once more everybody, so that nobody's row says that they were judged at another time than the rest. */
  const assessEverybody = async (shop: Shop): Promise<void> => {
    await sql`update customer set next_at = ${formatInstant(desk.clock.now())} where shop_id = ${shop.id}`.execute(
      database.db,
    );
    await assessAllDue(desk.deps, shop);
  };

  interface Played {
    readonly shop: Shop;
    readonly people: readonly Reviewer[];
    readonly done: Map<Deed['what'], number>;
  }

  const begin = async (): Promise<Played> => {
    const shop = await makeTestShop(database, desk.clock, {
      policy: blockingPolicy,
      settings: { secondApprovalForBlocks: true },
    });
    const people = [
      await hire(desk.staff, desk.clock, shop, 'Mia', 'manager'),
      await hire(desk.staff, desk.clock, shop, 'Noor', 'owner'),
    ];
    return { shop, people, done: new Map() };
  };

  /** One deed by the real workflows; what is refused did not happen. */
  async function play({ shop, people, done }: Played, { who, what, number }: Deed, index: number): Promise<void> {
    const { deps, clock } = desk;
    const person = known({
      externalId: `P${who}`,
      email: `p${who}@example.org`,
      name: `Name ${what === 'name' ? index : who}`,
    });
    const [met] = await append(deps, shop, [
      { ...order(number + 100 * who, person), sourceId: `meet:${who}:${index}` },
    ]);
    const customer = added(met).customer as CustomerId;
    const own = {
      subject: { id: customer, identifiers: [], shown: {} },
      occurredAt: clock.now(),
      source: 'test',
      sourceId: `${index}`,
    };
    const report = (kind: string, body: object) =>
      recordEvents(deps, shop, [
        {
          kind,
          id: `${index}`,
          occurredAt: '2026-05-01T10:00:00Z',
          customer: { externalId: `P${who}` },
          body,
        },
      ]);
    const answer = () => answerOne({ shop, people, done }, customer, what, number);
    switch (what) {
      case 'order':
      case 'name':
        return;
      case 'return':
        await append(deps, shop, [{ ...sentBack(number + 100 * who, person), sourceId: `${index}` }]);
        return;
      case 'back':
        for (const part of [1, 2, 3, 4])
          await append(deps, shop, [
            { ...order(100_000 + 10 * index + part, person), sourceId: `${index}:order:${part}` },
            { ...sentBack(100_000 + 10 * index + part, person), sourceId: `${index}:${part}` },
          ]);
        return;
      case 'threat':
        await report('message.received', { message: `M${index}`, channel: 'email', labels: ['threat_of_violence'] });
        return;
      case 'measure': {
        const measure = deps.ids.next<string>();
        await append(deps, shop, [
          {
            ...own,
            kind: 'measure.started',
            body: {
              measure,
              proposal: null,
              type: 'warning',
              obligations: [],
              surfaces: [],
              ladder: 'returns',
              step: (number % 3) + 1,
              rules: ['sends-most-back'],
              policyVersion: 1,
              evidence: [],
              until: formatInstant(instant(clock.now() + (number < 4 ? 1_000 : 100 * 86_400_000))),
              skipped: null,
              proposedBy: 'policy',
              approvedBy: [uuid(1, 2)],
              softened: false,
            },
          },
        ]);
        return;
      }
      case 'hear': {
        const { rows } = await sql<{ id: string }>`
          select id from measure where shop_id = ${shop.id} and customer_id = ${customer} order by id desc limit 1`.execute(
          database.db,
        );
        const measure = rows[0]?.id;
        if (measure === undefined) return;
        const told = hearing(measure, number, clock.now());
        await append(deps, shop, [{ ...own, ...told } as Parameters<typeof append>[2][number]]);
        done.set('hear', (done.get('hear') ?? 0) + 1);
        return;
      }
      case 'void':
        await append(deps, shop, [
          { ...own, kind: 'event.corrected', body: { event: added(met).id, as: 'void', by: uuid(1, 2) } },
        ]);
        return;
      case 'erase':
        await append(deps, shop, [{ ...own, kind: 'account.erased', body: {} }]);
        return;
      case 'wait':
        clock.later(number % 2 === 0 ? '40 days' : '1 day');
        await assessAllDue(deps, shop);
        return;
      case 'publish': {
        const { version } = (await deps.policies.inForce(shop.id)).version;
        const source = `${blockingPolicy}# version ${version + 1}\n`;
        const wish = { source, note: 'Again', expectedVersion: version };
        expect(await publishPolicy(deps, shop, { id: null, name: 'Noor' }, wish)).toMatchObject({ ok: true });
        return;
      }
      default:
        await assessAllDue(deps, shop);
        await answer();
    }
  }

  async function answerOne(
    { shop, people, done }: Played,
    customer: CustomerId,
    what: Deed['what'],
    number: number,
  ): Promise<void> {
    const { deps, clock } = desk;
    const { rows } = await sql<{ id: ProposalId }>`
      select id from proposal where shop_id = ${shop.id} and customer_id = ${customer}
      order by seq desc`.execute(database.db);
    const id = rows[Math.floor(number / 4) % Math.max(1, rows.length)]?.id;
    const proposal = id === undefined ? null : await deps.store.standing.proposal(shop.id, id);
    const [by, other] = number % 2 === 1 ? people : people.toReversed();
    if (proposal === null || by === undefined || other === undefined) return;
    const seen = seenOf(proposal);
    const until = instant(clock.now() + 86_400_000);
    const milder = { type: 'warning', obligations: [], surfaces: [], until, reason: 'First time.' } as const;
    const answers: Partial<Record<Deed['what'], () => Promise<{ readonly ok: boolean }>>> = {
      approve: () => approve(deps, shop, by, proposal.id, seen),
      soften: () => soften(deps, shop, by, proposal.id, seen, milder),
      decline: () => decline(deps, shop, by, proposal.id, 'A quotation.'),
      ask: () => askColleague(deps, shop, by, proposal.id, { colleague: other.id, question: 'You?' }),
      undo: () => undo(deps, shop, by, proposal.id),
    };
    if ((await answers[what]?.())?.ok === true) done.set(what, (done.get(what) ?? 0) + 1);
  }

  it('gives the same after everything computed was dropped and computed again', async () => {
    const { deps, clock } = desk;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 40 }), async (deeds) => {
        clock.set('2026-07-01T12:00:00Z');
        const played = await begin();
        const { shop } = played;
        const other = await begin();
        for (const [index, one] of answering(1).slice(0, 4).entries()) await play(other, one, index);
        await assessAllDue(deps, other.shop);
        const untouched = await projectionsOf(other.shop);
        for (const [index, one] of deeds.entries()) {
          await play(played, one, index);
          if (index % 9 === 8) await assessAllDue(deps, shop);
        }
        await assessAllDue(deps, shop);
        await assessEverybody(shop);
        const before = await projectionsOf(shop);
        await rebuildLedger(deps, shop);
        expect(await projectionsOf(shop)).toEqual(before);
        await sql`delete from customer_search where shop_id = ${shop.id}`.execute(database.db);
        await sql`update customer set orders = 0, standing = 'blocked' where shop_id = ${shop.id}`.execute(database.db);
        await sql`update proposal set status = 'declined', trace = '[]', until_at = now(), opened_at = now()
                  where shop_id = ${shop.id}`.execute(database.db);
        await rebuildLedger(deps, shop);
        expect(await projectionsOf(shop)).toEqual(before);
        expect(await projectionsOf(other.shop)).toEqual(untouched);
      }),
      {
        numRuns: 12,
        examples: [
          // Somebody erased who came back while a measure was in force: the key they have now must outlive a rebuild.
          [
            [
              { who: 2, what: 'measure', number: 5 },
              { who: 2, what: 'erase', number: 1 },
              { who: 2, what: 'order', number: 1 },
            ],
          ],
          [[...answering(1), ...answering(2).slice(0, 8), ...answering(3).slice(0, 3)]],
        ],
      },
    );
  }, 180_000);

  it('gives proposals of every kind again, answered and not, with all that people did about them', async () => {
    desk.clock.set('2026-07-01T12:00:00Z');
    const played = await begin();
    const { shop, done } = played;
    const deeds: Deed[] = [
      ...answering(1),
      ...answering(2).slice(0, 5),
      ...answering(3).slice(0, 3),
      { who: 4, what: 'back', number: 1 },
      { who: 4, what: 'wait', number: 1 },
      { who: 4, what: 'erase', number: 1 },
    ];
    for (const [index, one] of deeds.entries()) await play(played, one, index);
    await voidReturns(shop);
    await assessAllDue(desk.deps, shop);
    await assessEverybody(shop);
    expect(Object.fromEntries(done)).toEqual({ ask: 3, approve: 5, soften: 1, decline: 2, undo: 2 });
    const rows = () =>
      database.db.selectFrom('proposal').selectAll().where('shop_id', '=', shop.id).orderBy('id').execute();
    const before = await rows();
    expect(new Set(before.map(({ status }) => status))).toEqual(new Set(['open', 'approved', 'declined', 'withdrawn']));
    expect(before.some((row) => row.status === 'open' && row.first_approver !== null && row.colleague !== null)).toBe(
      true,
    );
    const [wrecked] = before;
    await sql`
      update proposal set status = 'open', type = 'block', rules = '{}', trace = '[{"id": "forged"}]', evidence = '{}',
        gravity = 'grave', until_at = '2099-01-01', policy_version = 99, decided_by = null, first_approver = null, colleague = null,
        seq = 0, key = key || ':wrecked'
      where shop_id = ${shop.id} and id = ${wrecked?.id}`.execute(database.db);
    await sql`delete from proposal where shop_id = ${shop.id} and id = ${before.at(-1)?.id}`.execute(database.db);
    await rebuildLedger(desk.deps, shop);
    expect(await rows()).toEqual(before);
  }, 60_000);

  /** Whoever sent everything back did not: what was proposed for it is taken back. */
  async function voidReturns(shop: Shop): Promise<void> {
    const { rows } = await sql<{ id: string; customer: CustomerId }>`
      select id, customer_id as customer from ledger_event
       where shop_id = ${shop.id} and kind = 'return.received'`.execute(database.db);
    await append(
      desk.deps,
      shop,
      rows.map(({ id, customer }) => ({
        kind: 'event.corrected' as const,
        body: { event: id, as: 'void' as const, by: uuid(1, 2) },
        subject: { id: customer, identifiers: [], shown: {} },
        occurredAt: desk.clock.now(),
        source: 'test',
        sourceId: `void:${id}`,
      })),
    );
  }
});
