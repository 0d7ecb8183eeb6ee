import { describe, expect, it } from 'vitest';
import { afterFault, BACK_OFF_MS, MOST_TRIES, markAgainMs } from './back-off.ts';

describe('afterFault', () => {
  it.each(['unavailable', 'drift', 'fault'] as const)(
    'tries what was %s again, ever later, and then gives up',
    (kind) => {
      const waits = Array.from({ length: MOST_TRIES }, (_, index) => afterFault({ kind }, index + 1));
      expect(waits.slice(0, -1)).toEqual(BACK_OFF_MS.map((waitMs) => ({ next: 'again', waitMs, spent: true })));
      expect(waits.at(-1)).toEqual({ next: 'end', move: 'given_up', spent: true });
      expect([...BACK_OFF_MS]).toEqual([...BACK_OFF_MS].sort((a, b) => a - b));
    },
  );

  it('waits for a limit as long as it is told, within bounds, and uses no try up', () => {
    const wait = (retryAfterMs: number) => afterFault({ kind: 'limited', retryAfterMs }, 99);
    expect(wait(2_500.4)).toEqual({ next: 'wait', waitMs: 2_501, spent: false });
    expect(wait(0)).toMatchObject({ waitMs: 1_000 });
    expect(wait(10 * 86_400_000)).toMatchObject({ waitMs: 3_600_000 });
  });

  it('asks for the connection to be made again, and uses no try up', () => {
    expect(afterFault({ kind: 'unauthorised' }, 1)).toEqual({ next: 'reconnect', spent: false });
  });

  it.each([
    ['refused', 'given_up'],
    ['forbidden', 'given_up'],
    ['gone', 'cannot'],
    ['cannot', 'cannot'],
  ] as const)('ends at once what is %s', (kind, move) => {
    expect(afterFault({ kind }, 1)).toEqual({ next: 'end', move, spent: true });
  });
});

it('never gives marks up, unless telling them is of no use', () => {
  expect(markAgainMs('unavailable', 1)).toBe(BACK_OFF_MS[0]);
  expect(markAgainMs('unavailable', 500)).toBe(86_400_000);
  expect(markAgainMs('forbidden', 1)).toBe(3_600_000);
  expect(markAgainMs('gone', 1)).toBeNull();
  expect(markAgainMs('cannot', 1)).toBeNull();
});
