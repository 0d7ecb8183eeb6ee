import { makeHome, startService, stopService } from '../../test/support/service-process.ts';
import type { Figure } from '../harness.ts';
import { benchConsole } from './console.ts';
import { benchDecisions } from './decisions.ts';
import { openShop } from './shop.ts';

/** Figures of the service as it runs: started as a process of its own on a new data folder, durable, spoken to over HTTP. */
export async function benchService(): Promise<readonly Figure[]> {
  const home = makeHome();
  const service = await startService({ dataFolder: home.dataFolder });
  try {
    const shop = await openShop(service.url);
    return [...(await benchDecisions(shop)), ...(await benchConsole(shop))];
  } finally {
    await stopService(service);
    await home.remove();
  }
}
