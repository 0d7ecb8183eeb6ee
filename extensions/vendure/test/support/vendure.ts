import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EvenhandOptions } from '../../src/options.ts';

/* A real Vendure, filled as its dashboard would: by the Admin API. */

/** What there is to buy. */
export interface Goods {
  readonly hat: string;
  readonly scarf: string;
  readonly shipping: string;
}

export interface VendureServer {
  readonly url: string;
  readonly goods: Goods;
  readonly admin: Client;
  /** Somebody new, who is not signed in. */
  readonly visitor: (language?: string, from?: string) => Client;
  readonly errors: () => string;
  readonly stop: () => Promise<void>;
}

export interface Client {
  readonly ask: <T = Record<string, unknown>>(query: string, variables?: object) => Promise<T>;
}

const PATIENCE_MS = 180_000;

/** A port below those that the system hands out, so that nobody is given it before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer().once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

/** Starts a server with the plug-in (null: without it), and fills it. */
export async function startVendure(
  options: EvenhandOptions | null,
  { port, aheadFile }: { readonly port?: number; readonly aheadFile?: string } = {},
): Promise<VendureServer> {
  const at = port ?? (await freePort());
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'clock.mts'), join(import.meta.dirname, 'server.mts')],
    {
      env: {
        ...process.env,
        PORT: String(at),
        NODE_ENV: 'production',
        VENDURE_DISABLE_TELEMETRY: 'true',
        ...(aheadFile === undefined ? {} : { TEST_AHEAD_FILE: aheadFile }),
        ...(options === null ? {} : { TEST_EVENHAND: JSON.stringify(options) }),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const begin = Date.now();
  while (!out.includes('Vendure is ready')) {
    if (child.exitCode !== null || Date.now() - begin > PATIENCE_MS) {
      child.kill('SIGKILL');
      throw new Error(`Vendure did not become ready:\n${out}${err}`);
    }
    await pause(50);
  }
  const url = `http://127.0.0.1:${at}`;
  const admin = client(`${url}/admin-api`);
  await admin.ask('mutation { login(username: "tulip", password: "and thread") { __typename } }');
  const goods = await fill(admin);
  return {
    url,
    goods,
    admin,
    visitor: (language = 'en', from) => client(`${url}/shop-api?languageCode=${language}`, from),
    errors: () =>
      `${out}${err}`
        .split('\n')
        .filter((line) => /^error/.test(line))
        .join('\n'),
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}

/** A session of its own, from an address on the internet as a proxy tells it. Throws with the server's words when it gives errors. */
export function client(address: string, from?: string): Client {
  let token: string | null = null;
  return {
    async ask<T>(query: string, variables: object = {}): Promise<T> {
      const answer = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(from === undefined ? {} : { 'x-forwarded-for': from }),
        },
        body: JSON.stringify({ query, variables }),
      });
      token = answer.headers.get('vendure-auth-token') ?? token;
      const { data, errors } = (await answer.json()) as { data: T; errors?: object };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
  };
}

async function fill({ ask }: Client): Promise<Goods> {
  const id = async (query: string, variables: object = {}): Promise<string> => {
    const [made] = Object.values(await ask<Record<string, { id: string }>>(query, variables));
    if (made?.id === undefined) throw new Error(`Nothing was made by ${query}: ${JSON.stringify(made)}`);
    return made.id;
  };
  await ask('mutation { updateGlobalSettings(input: { availableLanguages: [en, he, nl] }) { __typename } }');
  const zone = await id('mutation { createZone(input: { name: "Europe" }) { id } }');
  await id(
    'mutation ($zone: ID!) { createCountry(input: { code: "NL", enabled: true, translations: [{ languageCode: en, name: "Netherlands" }] }) { id } }'.replace(
      '($zone: ID!) ',
      '',
    ),
  ).then((country) => ask(`mutation { addMembersToZone(zoneId: "${zone}", memberIds: ["${country}"]) { id } }`));
  const tax = await id('mutation { createTaxCategory(input: { name: "Standard", isDefault: true }) { id } }');
  await id(
    `mutation { createTaxRate(input: { name: "None", enabled: true, value: 0, categoryId: "${tax}", zoneId: "${zone}" }) { id } }`,
  );
  await ask(`mutation { updateChannel(input: {
    id: "1", defaultTaxZoneId: "${zone}", defaultShippingZoneId: "${zone}", pricesIncludeTax: true,
    defaultCurrencyCode: EUR, availableCurrencyCodes: [EUR], availableLanguageCodes: [en, he, nl]
  }) { __typename } }`);
  const shipping = await id(`mutation { createShippingMethod(input: {
    code: "post", fulfillmentHandler: "manual-fulfillment", translations: [{ languageCode: en, name: "Post", description: "" }],
    checker: { code: "default-shipping-eligibility-checker", arguments: [{ name: "orderMinimum", value: "0" }] },
    calculator: { code: "default-shipping-calculator", arguments: [
      { name: "rate", value: "0" }, { name: "includesTax", value: "include" }, { name: "taxRate", value: "0" }
    ] }
  }) { id } }`);
  await id(`mutation { createPaymentMethod(input: {
    code: "card", enabled: true, translations: [{ languageCode: en, name: "Card" }], handler: { code: "test-card", arguments: [] }
  }) { id } }`);
  const sell = async (name: string, hebrew: string, price: number): Promise<string> => {
    const product = await id(`mutation { createProduct(input: { enabled: true, translations: [
      { languageCode: en, name: "${name}", slug: "${name.toLowerCase()}", description: "" },
      { languageCode: he, name: "${hebrew}", slug: "${name.toLowerCase()}-he", description: "" } ] }) { id } }`);
    const { variants } = await ask<{ variants: { id: string }[] }>(`mutation { variants: createProductVariants(input: [{
      productId: "${product}", sku: "${name.toUpperCase()}", price: ${price}, trackInventory: FALSE, taxCategoryId: "${tax}",
      translations: [{ languageCode: en, name: "${name}" }, { languageCode: he, name: "${hebrew}" }]
    }]) { id } }`);
    return variants[0]?.id ?? '';
  };
  return { hat: await sell('Hat', 'כובע', 50_00), scarf: await sell('Scarf', 'צעיף', 20_00), shipping };
}
