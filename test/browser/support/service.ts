import { instant } from '../../../src/core/shared/time.ts';
import { buildServer } from '../../../src/http/server.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { builtConsole } from './built.ts';
import type { Site } from './static-site.ts';

/** The real service with the built console, on a database of its own and by today's clock: a browser drops cookies that expired in March. */
export async function startService(): Promise<Site & { readonly api: TestApi }> {
  const [api, webFolder] = await Promise.all([startApi(), builtConsole()]);
  api.time.now = instant(Date.now());
  const app = await buildServer({ ...api.deps, webFolder });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    api,
    origin,
    async close() {
      await app.close();
      await api.close();
    },
  };
}
