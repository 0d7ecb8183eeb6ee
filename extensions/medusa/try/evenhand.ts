import { tmpdir } from 'node:os';
import { makeHome, type Service, startService, stopService } from '../../../test/support/service-process.ts';
import { freePort, type PluginOptions } from './medusa.ts';

const SLUG = 'tulip';
const OWNER = { name: 'Olga Owner', email: 'olga@tulip.example', password: 'correct horse battery' };
const SHOP = {
  name: 'Tulip & Thread',
  slug: SLUG,
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  jurisdictions: ['NL'],
  languages: ['en'],
};

/** A real Evenhand as a process of its own, with its owner signed in. */
export interface Evenhand {
  readonly connect: (address: string, secretKey: string) => Promise<PluginOptions & { readonly connection: string }>;
  readonly ask: Ask;
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  readonly close: () => Promise<void>;
}
/** Asks a route of the shop's: the path goes on from "/api/shops/<shop>". */
export type Ask = <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;

export async function startEvenhand(): Promise<Evenhand> {
  const [home, port] = [makeHome(), await freePort()];
  const environment = {
    PORT: String(port),
    EVENHAND_PRIVATE_ADDRESSES: '1',
    EVENHAND_PUBLIC_URL: `http://127.0.0.1:${port}`,
    TEST_WEB_FOLDER: tmpdir(),
  };
  const start = (): Promise<Service> => startService({ dataFolder: home.dataFolder, environment });
  let service = await start();
  let [cookie, csrf] = ['', ''];
  const send: Ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${service.url}/api${path}`, {
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
  await send('POST', '/setup', { owner: OWNER, shop: SHOP });
  await send('POST', '/session', { email: OWNER.email, password: OWNER.password });
  const ask: Ask = (method, path, body) => send(method, `/shops/${SLUG}${path}`, body);
  return {
    ask,
    async connect(address, secretKey) {
      const made = await ask<{ connection: string; hookUrl: string; hookSecret: string; apiKey: string }>(
        'POST',
        '/connections',
        { platform: 'medusa', address, credentials: { secretKey } },
      );
      const { connection, hookUrl, hookSecret, apiKey } = made;
      return { connection, EVENHAND_HOOK_URL: hookUrl, EVENHAND_HOOK_SECRET: hookSecret, EVENHAND_API_KEY: apiKey };
    },
    async down() {
      await stopService(service);
    },
    async up() {
      service = await start();
    },
    async close() {
      await stopService(service);
      await home.remove();
    },
  };
}
