import { readLaws } from '../../src/adapters/jurisdictions.ts';

/** The law that comes with Evenhand, read once for all tests of a file. */
export const laws = readLaws();
