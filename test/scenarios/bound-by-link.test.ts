import { afterAll, beforeAll, expect, it } from 'vitest';
import { reopenLink } from '../../src/workflows/likeness/answer.ts';
import { tellAllBindings } from '../../src/workflows/objections/tell-bindings.ts';
import { describeOnEveryDatabase, type TestDatabase } from '../support/database.ts';
import { staffId } from '../support/events.ts';
import { BLOCK, objectionScene } from '../support/objecting.ts';

describeOnEveryDatabase('whom a confirmed link binds', (makeDatabase) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });
  afterAll(() => database.drop());

  it('shows the second account what holds there, and nothing about whose it is', async () => {
    const { here, confirms, bound } = await objectionScene(database);
    expect(await here()).toEqual([]);
    expect(await confirms()).toMatchObject({ ok: true });
    const [shown, ...more] = await here();
    expect(more).toEqual([]);
    expect(shown).toMatchObject({
      measure: { id: BLOCK, type: 'block', surfaces: ['purchase'] },
      mayObject: true,
      objection: null,
    });
    const { policy: _, ...rest } = shown ?? {};
    expect(JSON.stringify(rest)).not.toMatch(new RegExp(`${bound}|Vermeulen|daan|Voorhout|evidence|approvedBy`));
  });

  it('tells the owner of the second account once that it holds there, with the way to say that it is not them', async () => {
    const { confirms, causes, worded, deps, shop } = await objectionScene(database);
    await confirms();
    expect(await causes()).toEqual([['link.bound', 'second']]);
    expect(await tellAllBindings(deps, shop)).toBe(0);
    const told = await worded();
    expect(told).toContain('because of a decision about another account');
    expect(told).toContain('This finding can be wrong');
    expect(told).toMatch(/If the other account is not yours, tell us/);
    expect(told).toContain('/c/');
    expect(told).not.toMatch(/Daan|Vermeulen|daan\.|Voorhout|D1\b/);
    expect(await tellAllBindings(deps, shop)).toBe(0);
  });

  it('tells them when staff take the link back, and not of what never left', async () => {
    const read = await objectionScene(database);
    await read.confirms();
    await read.worded();
    await read.deps.store.outbox.move(read.shop.id, (await read.messages())[0]?.id ?? '', {
      state: 'sent',
      at: read.clock.now(),
      sentAt: read.clock.now(),
    });
    await reopenLink(read.deps, read.shop, read.mia, read.pair);
    expect(await read.causes('due')).toEqual([['link.freed', 'second']]);
    expect(await read.worded()).toContain('we do not take the two for the same person');

    const unread = await objectionScene(database);
    await unread.confirms();
    await reopenLink(unread.deps, unread.shop, unread.mia, unread.pair);
    expect(await unread.causes()).toEqual([['link.bound', 'second']]);
    expect(await unread.causes('cancelled')).toHaveLength(1);
  });

  it('tells them when the measure ends, whoever ends it, and when another begins', async () => {
    const { confirms, worded, messages, deps, shop, clock, event, bound, causes, here } =
      await objectionScene(database);
    await confirms();
    await worded();
    await deps.store.outbox.move(shop.id, (await messages())[0]?.id ?? '', {
      state: 'sent',
      at: clock.now(),
      sentAt: clock.now(),
    });
    clock.later('1 day');
    await event('measure.lifted', bound, { measure: BLOCK, because: 'staff', by: staffId(1) });
    expect(await here()).toEqual([]);
    expect(await deps.store.objections.shopsWithBindings()).toContain(shop.id);
    expect(await tellAllBindings(deps, shop)).toBe(1);
    expect(await causes('due')).toEqual([['link.freed', 'second']]);
    expect(await worded()).toContain('no longer holds');
  });
});
