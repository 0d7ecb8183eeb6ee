import { describe, expect, test } from 'vitest';
import type { Terminal } from './frame.ts';
import { duration, startProgress } from './progress.ts';

function watch(isScreen: boolean) {
  const written: string[] = [];
  const terminal: Terminal = {
    out: () => undefined,
    err: (line) => written.push(line),
    raw: (text) => written.push(text),
    isScreen,
    columns: 90,
  };
  const clock = { now: 0 };
  return { written, terminal, clock };
}

describe('a progress', () => {
  test('redraws one line on a screen, with share, rate and time left', () => {
    const { written, terminal, clock } = watch(true);
    const progress = startProgress(terminal, { label: 'Importing', unit: 'rows', total: 4_000 }, () => clock.now);
    clock.now = 1_000;
    progress.update(1_000);
    clock.now = 1_050;
    progress.update(1_050);
    clock.now = 2_000;
    progress.finish();
    expect(written).toEqual([
      `\r\u001b[2KImporting  ${'█'.repeat(6)}${'░'.repeat(18)}  25 %  1,000 rows/s  3.0 s left`,
      '\r\u001b[2KImporting: 1,050 rows in 2.0 s, 525 rows/s\n',
    ]);
  });

  test('writes a plain line every five seconds elsewhere', () => {
    const { written, terminal, clock } = watch(false);
    const progress = startProgress(terminal, { label: 'Reading', unit: 'bytes' }, () => clock.now);
    for (let second = 1; second <= 11; second += 1) {
      clock.now = second * 1_000;
      progress.update(second * 2_000_000);
    }
    progress.finish();
    progress.finish();
    expect(written).toEqual([
      'Reading  10.0 MB  2.0 MB/s',
      'Reading  20.0 MB  2.0 MB/s',
      'Reading: 22.0 MB in 11 s, 2.0 MB/s',
    ]);
  });

  test('never draws wider than the screen, nor over 100 %', () => {
    const { written, terminal, clock } = watch(true);
    const progress = startProgress(
      { ...terminal, columns: 30 },
      { label: 'A very long label indeed, it is', unit: 'rows', total: 10 },
      () => clock.now,
    );
    clock.now = 500;
    progress.update(20);
    expect(written[0]?.replace('\r\u001b[2K', '').length).toBe(29);
  });

  test.each([
    [400, '0.4 s'],
    [12_300, '12 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('%d ms read %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
