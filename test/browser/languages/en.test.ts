import { speaksEverywhere } from '../support/languages-walk.ts';

speaksEverywhere('en');
