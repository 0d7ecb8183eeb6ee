import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Allowed, type Desk, leave, type Press, press } from './desk.ts';

const desk = (over: Partial<Desk> = {}): Desk => ({
  ids: ['one', 'two', 'three'],
  current: 'one',
  pane: 'list',
  asking: null,
  ...over,
});
const all: Allowed = { approve: true, soften: true, decline: true, ask: true, isBlock: false };
const deskAfter = (from: Desk, key: Press, allowed: Allowed | null = all) => press(from, key, allowed).desk;

describe('moving through the cases', () => {
  test('next and previous stop at the ends', () => {
    expect(deskAfter(desk(), 'next').current).toBe('two');
    expect(deskAfter(desk({ current: 'three' }), 'next').current).toBe('three');
    expect(deskAfter(desk(), 'previous').current).toBe('one');
  });
  test('with nothing open, the first case opens', () => {
    expect(deskAfter(desk({ current: null }), 'next').current).toBe('one');
  });
  test('Enter brings the case forward, Esc goes back to the list', () => {
    const open = deskAfter(desk(), 'open');
    expect(open.pane).toBe('case');
    expect(deskAfter(open, 'back').pane).toBe('list');
  });
  test('while something is being asked, nothing moves, and Esc only puts the question away', () => {
    const asking = desk({ asking: 'decline', pane: 'case' });
    expect(deskAfter(asking, 'next')).toEqual(asking);
    expect(deskAfter(asking, 'open')).toEqual(asking);
    expect(deskAfter(asking, 'back')).toEqual(desk({ pane: 'case' }));
  });
});

describe('answering', () => {
  test('a warning is approved by one press, a block by two', () => {
    expect(press(desk(), 'approve', all).send).toBe('approve');
    const block = { ...all, isBlock: true };
    const first = press(desk(), 'approve', block);
    expect(first.send).toBeNull();
    expect(first.desk.asking).toBe('block');
    expect(press(first.desk, 'approve', block).send).toBe('approve');
  });
  test('what the case does not allow does nothing', () => {
    const none: Allowed = { approve: false, soften: false, decline: false, ask: false, isBlock: false };
    for (const key of ['approve', 'soften', 'decline', 'ask'] as const) {
      expect(press(desk(), key, none)).toEqual({ desk: desk(), send: null });
      expect(press(desk(), key, null)).toEqual({ desk: desk(), send: null });
    }
  });
  test('soften, decline and ask open their question on the case', () => {
    for (const key of ['soften', 'decline', 'ask'] as const)
      expect(deskAfter(desk(), key)).toEqual(desk({ asking: key, pane: 'case' }));
  });
  test('an open question is not approved past', () => {
    expect(press(desk({ asking: 'soften' }), 'approve', all).send).toBeNull();
  });
});

describe('an answered case', () => {
  test('leaves the list and the next one opens', () => {
    expect(leave(desk({ current: 'two', asking: 'decline', pane: 'case' }), 'two')).toEqual({
      ids: ['one', 'three'],
      current: 'three',
      pane: 'case',
      asking: null,
    });
  });
  test('the last one gives way to the one before it, and the very last to an empty desk', () => {
    expect(leave(desk({ current: 'three' }), 'three').current).toBe('two');
    expect(leave(desk({ ids: ['one'], pane: 'case' }), 'one')).toEqual(desk({ ids: [], current: null }));
  });
  test('answered elsewhere: the open case stays open', () => {
    expect(leave(desk(), 'three')).toEqual(desk({ ids: ['one', 'two'] }));
  });
});

test('whatever is pressed, the open case is one of the list', () => {
  const keys = fc.constantFrom<Press | 'leave'>('next', 'previous', 'open', 'back', 'approve', 'soften', 'leave');
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 6 }), fc.array(keys), (ids, presses) => {
      let now: Desk = { ids, current: ids[0] ?? null, pane: 'list', asking: null };
      for (const key of presses)
        now = key === 'leave' ? (now.current === null ? now : leave(now, now.current)) : press(now, key, all).desk;
      expect(now.current === null ? now.ids.length === 0 : now.ids.includes(now.current)).toBe(true);
    }),
  );
});
