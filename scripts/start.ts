import { buildWeb } from './web-build.ts';

await buildWeb();
await import('../src/main.ts');
