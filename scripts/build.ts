import { buildWeb, hasWeb } from './web-build.ts';

if (hasWeb()) await buildWeb({ always: true });
else console.log('There are no pages to build.');
