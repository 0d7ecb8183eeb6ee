import { buildOrExplain, hasWeb } from './web-build.ts';

if (hasWeb()) await buildOrExplain({ always: true });
else console.log('There are no pages to build.');
