import type { CustomerId, MeasureId } from '../../src/core/shared/brand.ts';
import { addPeriod, months } from '../../src/core/shared/period.ts';
import { formatInstant, type Instant } from '../../src/core/shared/time.ts';
import type { ObjectionRecord } from '../../src/ports/objections.ts';
import { confirmLink } from '../../src/workflows/likeness/answer.ts';
import { linkDue } from '../../src/workflows/likeness/link-due.ts';
import { wordMessage } from '../../src/workflows/notices/word-message.ts';
import { decideObjection } from '../../src/workflows/objections/decide-objection.ts';
import { fileObjection } from '../../src/workflows/objections/file-objection.ts';
import { boundHere } from '../../src/workflows/portal/bound-here.ts';
import { buyer } from './buying.ts';
import type { TestDatabase } from './database.ts';
import { staffId, uuid } from './events.ts';
import { append } from './offers.ts';
import { makeTestShop, testClock, testJudgingDeps } from './shop.ts';
import { hire, testStaff } from './staff.ts';

const home = { street: 'Lange Voorhout 12', postcode: '2514 EA', city: 'Den Haag', country: 'NL' };
export const daan = {
  externalId: 'D1',
  name: 'Daan Vermeulen',
  email: 'daan.vermeulen@example.org',
  phone: '+31612345678',
  address: home,
};
export const namesake = { email: 'dv90@mail.example', name: 'Daan Vermeulen', phone: '06 12345678', address: home };
export const BLOCK = uuid(1, 3) as MeasureId;
export const WORDS = 'I am the nephew of the man you mean, and share his name and his phone.';

/** Daan is blocked; his namesake was confirmed to be him by Mia, a manager. */
export async function objectionScene(database: TestDatabase, { alone = false } = {}) {
  const clock = testClock('2026-06-01T12:00:00Z');
  const shop = await makeTestShop(database, clock);
  const deps = { ...testJudgingDeps(database, clock), blobs: { remove: async () => undefined } };
  const staff = testStaff(database, deps.vault);
  const others = await staff.colleagues(shop.id);
  const mia = await hire(staff, clock, shop, 'Mia', alone ? 'owner' : 'manager');
  const noor = await hire(staff, clock, shop, 'Noor', alone ? 'agent' : 'manager');
  for (const { id } of others) await staff.changeColleague(shop.id, id, { disabled: true }, clock.now());
  const buys = buyer(deps, shop, clock);
  const event = (kind: 'measure.started' | 'measure.lifted', customer: CustomerId, body: object) =>
    append(deps, shop, [
      {
        kind,
        body,
        subject: { id: customer, identifiers: [], shown: {} },
        occurredAt: clock.now(),
        source: 'test',
        sourceId: `${kind}:${JSON.stringify(body)}`,
      } as unknown as Parameters<typeof append>[2][number],
    ]);
  const bound = await buys(daan);
  const blocks = (customer: CustomerId, measure: MeasureId) =>
    event('measure.started', customer, {
      measure,
      proposal: null,
      type: 'block',
      obligations: [],
      surfaces: ['purchase'],
      ladder: null,
      step: null,
      rules: [],
      policyVersion: null,
      evidence: [],
      until: formatInstant(addPeriod(clock.now(), months(6))),
      skipped: null,
      proposedBy: 'staff',
      approvedBy: [staffId(1)],
      softened: false,
    });
  await blocks(bound, BLOCK);
  clock.later('7 days');
  const second = await buys(namesake);
  while (await linkDue(deps, shop));
  const pair = { one: second, other: bound };
  const confirms = () => confirmLink(deps, shop, mia, pair);
  const objects = (text = WORDS) => fileObjection(deps, shop, second, { measure: BLOCK, text, language: 'en' });
  const answers = (by: typeof mia, { id }: Pick<ObjectionRecord, 'id'>, outcome: 'upheld' | 'rejected' = 'upheld') =>
    decideObjection(deps, shop, by, id, { outcome, reason: 'We looked at the two accounts again.' });
  const here = () => boundHere(deps, shop, second, clock.now());
  const messages = async () =>
    (await deps.store.outbox.list(shop.id, { states: [], after: null, limit: 100 }))
      .filter(({ cause }) => /^(link|objection|team\.objection)/.test(cause.kind))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const causes = async (state?: string) =>
    (await messages())
      .filter((row) => state === undefined || row.state === state)
      .map(({ cause, customer }) => [cause.kind, customer === second ? 'second' : 'bound']);
  /** Puts what waits into words, and gives what second was told last. */
  const worded = async (): Promise<string> => {
    for (const row of await messages())
      if (row.state === 'due') {
        clock.set((clock.now() + 1_000) as Instant);
        await deps.store.transaction(async (store) => {
          await store.ledger.lock(shop.id);
          await wordMessage({ ...deps, store }, shop, row);
        });
      }
    const [newest] = await deps.store.notices.of(shop.id, second, 10);
    return newest?.text ?? '';
  };
  const kindsOf = async (customer: CustomerId) =>
    ((await deps.store.ledger.eventsOf(shop.id, [customer]))[0]?.events ?? []).map(({ kind }) => kind);
  const open = async () => {
    const [objection] = await deps.store.objections.open(shop.id, 10);
    if (objection === undefined) throw new Error('Nobody objects');
    return objection;
  };
  /** A manager says that a third account is the second one's person as well. */
  const alsoConfirmed = (third: CustomerId) =>
    append(deps, shop, [
      {
        kind: 'link.confirmed',
        body: { other: second, by: mia.id },
        subject: { id: third, identifiers: [], shown: {} },
        occurredAt: clock.now(),
        source: 'test',
        sourceId: 'link:third',
      },
    ]);
  return {
    ...{ clock, shop, deps, mia, noor, bound, second, pair, event, blocks, buys, alsoConfirmed },
    ...{ confirms, objects, answers, here, causes, messages, worded, kindsOf, open },
  };
}
