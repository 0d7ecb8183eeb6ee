import { makeHome, startService, stopService } from '../../test/support/service-process.ts';
import { openMailbox } from '../../test/support/smtp.ts';
import type { Figure } from '../harness.ts';
import { benchConsole } from './console.ts';
import { benchMail } from './mail.ts';
import { benchPortal } from './portal.ts';
import { openShop } from './shop.ts';

/** Figures of the service as it runs: started as a process of its own on a new data folder, durable, spoken to over HTTP. */
export async function benchService(): Promise<readonly Figure[]> {
  const home = makeHome();
  const mailbox = await openMailbox();
  const environment = { EVENHAND_SMTP_URL: mailbox.url, EVENHAND_MAIL_FROM: 'notices@bench.example' };
  const service = await startService({ dataFolder: home.dataFolder, environment });
  try {
    const shop = await openShop(service.url);
    return [...(await benchConsole(shop)), ...(await benchMail(shop, mailbox)), ...(await benchPortal(shop, mailbox))];
  } finally {
    await stopService(service);
    await Promise.all([mailbox.close(), home.remove()]);
  }
}
