import { describe, expect, it } from 'vitest';
import {
  aboutOf,
  actMoves,
  actTransitions,
  checkActTransitions,
  moveAct,
  stateAfter,
  statesBefore,
  undoes,
} from './acts.ts';
import { shopActKinds, shopActStates } from './types.ts';

describe('the life of an act', () => {
  it('is a table without a slip', () => {
    expect(() => checkActTransitions()).not.toThrow();
  });

  it.each([
    ['a row twice', [...actTransitions, actTransitions[0]], 'stands in the table twice'],
    ['what is done undone', [...actTransitions, { from: 'done', on: 'retry', to: 'waiting', by: ['staff'] }], 'final'],
    [
      'a retry by the platform',
      [...actTransitions.slice(1), { from: 'waiting', on: 'retry', to: 'done', by: ['platform'] }],
      'only a person',
    ],
    ['nobody', [...actTransitions, { from: 'cancelled', on: 'later', to: 'waiting', by: [] }], 'nobody may do'],
    [
      'a staff member who says it is done',
      [...actTransitions, { from: 'failed', on: 'done', to: 'done', by: ['staff'] }],
      'only the platform',
    ],
    [
      'two ends of one move',
      [...actTransitions, { from: 'failed', on: 'cannot', to: 'failed', by: ['platform'] }],
      'more than one state',
    ],
    ['no way out', actTransitions.filter(({ to }) => to !== 'cancelled'), 'could not be called off'],
  ] as const)('is not started with %s', (_, table, message) => {
    expect(() => checkActTransitions(table as typeof actTransitions)).toThrow(message);
  });

  it('ends with what the world has', () => {
    for (const on of actMoves) {
      expect(moveAct('done', on).ok).toBe(false);
      expect(moveAct('impossible', on).ok).toBe(false);
    }
    expect(moveAct('done', 'cancel')).toEqual({
      ok: false,
      error: 'This is done already, so it cannot be called off.',
    });
    expect(moveAct('failed', 'retry')).toEqual({ ok: true, value: 'waiting' });
  });

  it('gives for each move where it comes from and leads to, as the table says', () => {
    for (const on of actMoves)
      for (const from of shopActStates) {
        const moved = moveAct(from, on);
        expect(statesBefore(on).includes(from)).toBe(moved.ok);
        if (moved.ok) expect(stateAfter(on)).toBe(moved.value);
      }
  });
});

it('undoes only holds and releases, each by the other', () => {
  expect(shopActKinds.filter((kind) => undoes(kind) !== null)).toEqual(['hold_order', 'release_order']);
  expect(undoes('hold_order')).toBe('release_order');
});

it('knows what an act is about', () => {
  expect(aboutOf({ kind: 'hold_order', order: 'o1' })).toBe('o1');
  expect(aboutOf({ kind: 'decline_return', return: 'r1', words: 'no' })).toBe('r1');
  expect(aboutOf({ kind: 'give_discount', off: { percent: 5 }, until: null })).toBeNull();
});
