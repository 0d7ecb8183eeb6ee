import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { selfSigned } from '../../../test/support/certificate.ts';
import { makeHome, startService, stopService } from '../../../test/support/service-process.ts';
import type { TriedShop } from '../try/start.ts';
import type { Told } from './visitor.ts';

const OLGA = { name: 'Olga Owner', email: 'olga@mugs.example', password: 'correct horse battery' };
export const SLUG = 'mugs';

export type Ask = (method: string, path: string, body?: unknown) => Promise<Told>;

/** A real Evenhand as a process of its own, and the shop of one owner in it. */
export async function startRealEvenhand(trusted: string) {
  const home = makeHome();
  const ca = join(mkdtempSync(join(tmpdir(), 'evenhand-ca-')), 'ca.pem');
  writeFileSync(ca, trusted);
  const service = await startService({
    dataFolder: home.dataFolder,
    environment: {
      PORT: String(await freePort()),
      EVENHAND_PRIVATE_ADDRESSES: '1',
      NODE_EXTRA_CA_CERTS: ca,
    },
  });
  let [cookie, csrf] = ['', ''];
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${service.url}/api${path}`, {
      method,
      headers: { cookie, 'x-evenhand-csrf': csrf, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    cookie = /^evenhand_session=[^;]+/.exec(answer.headers.getSetCookie().join('\n'))?.[0] ?? cookie;
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    const said = (await answer.json()) as Told;
    if ('csrf' in said) csrf = String(said.csrf);
    return said;
  };
  await ask('POST', '/setup', {
    owner: OLGA,
    shop: {
      ...{ name: 'The Mug Shop', slug: SLUG, currency: 'EUR', timeZone: 'Europe/Amsterdam' },
      ...{ jurisdictions: ['NL'], languages: ['en'] },
    },
  });
  await ask('PATCH', `/shops/${SLUG}/settings`, { publicUrl: service.url, supportEmail: 'help@mugs.example' });
  return {
    url: service.url,
    ask,
    async close() {
      await stopService(service);
      await home.remove();
    },
  };
}

/** Speaks https for a shop that speaks http, as a proxy before it does. */
export async function startProxy(to: () => string) {
  const { certificate, key } = selfSigned();
  const server = createServer({ cert: certificate, key }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization, 'content-type': type } = request.headers;
    const answer = await fetch(`${to()}${request.url}`, {
      method: request.method ?? 'GET',
      redirect: 'manual',
      headers: {
        'x-forwarded-proto': 'https',
        ...(authorization === undefined ? {} : { authorization }),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const total = answer.headers.get('x-wp-total');
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      ...(total === null ? {} : { 'x-wp-total': total }),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Connects a shop, and gives its plug-in what Evenhand shows then. Gives the connection's id. */
export async function connect(
  { ask, url }: { readonly ask: Ask; readonly url: string },
  shop: TriedShop,
  address: string,
): Promise<string> {
  const { consumerKey, consumerSecret } = shop;
  const wish = { platform: 'woocommerce', address, credentials: { consumerKey, consumerSecret } };
  const made = await ask('POST', `/shops/${SLUG}/connections`, wish);
  await shop.set({ key: String(made.apiKey), portal: `${url}/c/${SLUG}` });
  return String(made.connection);
}

/** The customer of an address, once the shop's webhooks told of them. */
export async function knownCustomer(ask: Ask, shop: TriedShop, email: string): Promise<Told> {
  for (let tries = 0; tries < 40; tries += 1) {
    await shop.deliver();
    const { items } = await ask('POST', `/shops/${SLUG}/customers/search`, { q: email });
    const [found] = items as readonly Told[];
    if (found !== undefined) return found;
    await wait(500);
  }
  throw new Error('Evenhand never heard of them');
}

/** Blocks a customer for a month. Gives the measure's id. */
export async function block(ask: Ask, customer: Told): Promise<string> {
  const { measure } = await ask('POST', `/shops/${SLUG}/customers/${customer.id}/measures`, {
    type: 'block',
    surfaces: ['purchase'],
    until: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    reason: 'Parcels that were not fetched.',
  });
  return String(measure);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createPlain().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
