import { readFileSync } from 'node:fs';

/* Loaded first: puts this process's clock ahead by the milliseconds in the file TEST_AHEAD_FILE, as it stands now and later. */

const { TEST_AHEAD_FILE: file } = process.env;
if (file !== undefined) {
  const Real = Date;
  const read = (): number => Number(readFileSync(file, 'utf8'));
  let ahead = read();
  setInterval(() => {
    ahead = read();
  }, 50).unref();
  class Ahead extends Real {
    constructor(...given: [] | [number | string | Date]) {
      if (given.length === 0) super(Real.now() + ahead);
      else super(...(given as [number]));
    }
    static override now(): number {
      return Real.now() + ahead;
    }
  }
  globalThis.Date = Ahead as DateConstructor;
}
