import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeHome, type Service, startService, stopService } from '../../../../test/support/service-process.ts';
import { openMailbox, type Received } from '../../../../test/support/smtp.ts';
import { freePort } from './vendure.ts';

/* A real Evenhand, as its own process with its own database, and the two people who run the shop there. */

const PASSWORD = 'correct horse battery';
const OLGA = { name: 'Olga Owner', email: 'olga@tulip.example', password: PASSWORD };
const SAM = { name: 'Sam Visser', email: 'sam@tulip.example', password: PASSWORD };
const NOOR = { name: 'Noor Jansen', email: 'noor@tulip.example', password: PASSWORD };
export const SLUG = 'tulip';

export interface Made {
  readonly connection: string;
  readonly hookUrl: string;
  readonly hookSecret: string;
  readonly apiKey: string;
}

export type Who = 'olga' | 'noor' | 'sam';
export type Ask = <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;

export interface Evenhand {
  readonly url: string;
  readonly olga: Ask;
  /** Signs in anew: sessions do not outlast weeks. */
  readonly staff: (who: Who) => Promise<Ask>;
  /** Where it stands by how much the clock is ahead, for others to share it. */
  readonly aheadFile: string;
  readonly later: (days: number) => void;
  readonly connect: (address: string) => Promise<Made>;
  /** The message to a customer that leads to this, once it is there. */
  readonly mail: (to: string, link: RegExp) => Promise<Received>;
  /** Stops the service; nothing answers any more. */
  readonly down: () => Promise<void>;
  /** Starts it again where it was. */
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startEvenhand(policy: string): Promise<Evenhand> {
  const aheadFile = join(mkdtempSync(join(tmpdir(), 'evenhand-ahead-')), 'ahead');
  writeFileSync(aheadFile, '0');
  let ahead = 0;
  const [home, mailbox, port] = [makeHome(), await openMailbox(), await freePort()];
  const start = (): Promise<Service> =>
    startService(
      {
        dataFolder: home.dataFolder,
        environment: {
          TEST_AHEAD_FILE: aheadFile,
          TEST_WEB_FOLDER: tmpdir(),
          PORT: String(port),
          EVENHAND_PRIVATE_ADDRESSES: '1',
          EVENHAND_SMTP_URL: mailbox.url,
          EVENHAND_MAIL_FROM: 'care@shop.example',
        },
      },
      'test/support/service-ahead.ts',
    );
  let service = await start();
  const { url } = service;
  const olga = await sessionOf(url, OLGA, {
    ...{ name: 'Tulip & Thread', slug: SLUG, currency: 'EUR', timeZone: 'Europe/Amsterdam' },
    ...{ jurisdictions: ['NL'], languages: ['en', 'he'] },
  });
  await olga('PATCH', `/shops/${SLUG}/settings`, {
    publicUrl: url,
    supportEmail: 'help@tulip.example',
    secondApprovalForBlocks: true,
  });
  for (const each of [NOOR, SAM]) await olga('POST', `/shops/${SLUG}/staff`, { ...each, role: 'manager' });
  await olga('POST', `/shops/${SLUG}/policy/publish`, { source: policy, note: 'For all of us', expectedVersion: 1 });
  return {
    url,
    aheadFile,
    olga,
    staff: (who) => sessionOf(url, { olga: OLGA, noor: NOOR, sam: SAM }[who]),
    later(days) {
      ahead += days * 86_400_000;
      writeFileSync(aheadFile, String(ahead));
    },
    connect: (address) =>
      olga<Made>('POST', `/shops/${SLUG}/connections`, { platform: 'vendure', address, credentials: {} }),
    mail: (to, link) => mailbox.waitFor((each) => each.to.includes(to) && link.test(each.subject), 30_000),
    async down() {
      await stopService(service);
    },
    async up() {
      service = await start();
    },
    async close() {
      await stopService(service);
      await mailbox.close();
      await home.remove();
      rmSync(dirname(aheadFile), { recursive: true });
      if (service.err() !== '') throw new Error(`The service complained: ${service.err()}`);
    },
  };
}

async function sessionOf(url: string, who: typeof OLGA, shop?: object): Promise<Ask> {
  let [cookie, csrf] = ['', ''];
  const ask: Ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { cookie, 'x-evenhand-csrf': csrf, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    cookie = /^evenhand_session=[^;]+/.exec(answer.headers.getSetCookie().join('\n'))?.[0] ?? cookie;
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    const said = (await answer.json()) as T;
    if (typeof said === 'object' && said !== null && 'csrf' in said) csrf = String(said.csrf);
    return said;
  };
  if (shop !== undefined) await ask('POST', '/setup', { owner: who, shop });
  else await ask('POST', '/session', { email: who.email, password: who.password });
  return ask;
}

export const fixture = (name: string): string => join(import.meta.dirname, name);
