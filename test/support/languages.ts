import { readLanguages } from '../../src/adapters/languages.ts';

/** Every language of the project, read once for all tests of a file. */
export const languages = readLanguages();

export const { english } = languages;
