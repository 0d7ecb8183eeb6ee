import { buildOrExplain } from './web-build.ts';

if (await buildOrExplain()) await import('../src/main.ts');
