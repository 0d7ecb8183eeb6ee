/*
 * Tries the plug-in on a real WordPress with a real WooCommerce, on this machine.
 *
 *   WORDPRESS_DIR           a folder with WordPress, and WooCommerce in its wp-content/plugins; its wp-config.php is written over
 *   WORDPRESS_DB            "user:password@127.0.0.1:3306/database": an EMPTY database of MariaDB or MySQL
 *   WORDPRESS_PHP           the php to use ("php"), with mysqli, curl, xml and mbstring
 *
 * `startShop` gives a shop that runs. By itself (`node try/start.ts`, with EVENHAND_URL and EVENHAND_KEY) it stays up for looking at.
 */
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;

/** Why there is no WordPress to try on, in words; null: there is one. */
export function whyNoWordPress(env: NodeJS.ProcessEnv = process.env): string | null {
  const { WORDPRESS_DIR: dir, WORDPRESS_DB: database } = env;
  if (!dir || !database) return 'set WORDPRESS_DIR and WORDPRESS_DB: see extensions/woocommerce/README.md';
  if (!existsSync(join(dir, 'wp-settings.php'))) return `there is no WordPress in ${dir}`;
  if (!existsSync(join(dir, 'wp-content/plugins/woocommerce/woocommerce.php')))
    return `there is no WooCommerce in ${dir}`;
  return null;
}

export interface TriedShop {
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** Ids of the one product and the one customer. */
  readonly product: number;
  readonly customer: number;
  readonly wordpress: string;
  readonly woocommerce: string;
  /** Changes settings of the plug-in. */
  readonly set: (options: Readonly<Record<string, string>>) => Promise<unknown>;
  /** Sends the webhooks that wait, as a cron job would. */
  readonly deliver: () => Promise<unknown>;
  readonly stop: () => void;
}

/** Sets up a shop in an empty database and serves it. */
export async function startShop({
  evenhandUrl,
  evenhandKey,
  env = process.env,
}: {
  readonly evenhandUrl: string;
  readonly evenhandKey: string;
  readonly env?: NodeJS.ProcessEnv;
}): Promise<TriedShop> {
  const dir = env.WORDPRESS_DIR ?? '';
  const php = env.WORDPRESS_PHP ?? 'php';
  const [, user, password, host, database] = /^([^:]+):([^@]*)@([^/]+)\/(\w+)$/.exec(env.WORDPRESS_DB ?? '') ?? [];
  if (database === undefined) throw new Error('WORDPRESS_DB is not like "user:password@127.0.0.1:3306/database"');
  copyFileSync(join(here, 'wp-config.php'), join(dir, 'wp-config.php'));
  mkdirSync(join(dir, 'wp-content/mu-plugins'), { recursive: true });
  copyFileSync(join(here, 'allow-local.php'), join(dir, 'wp-content/mu-plugins/allow-local.php'));
  const plugin = join(dir, 'wp-content/plugins/evenhand-for-woocommerce');
  rmSync(plugin, { recursive: true, force: true });
  symlinkSync(join(here, '../evenhand-for-woocommerce'), plugin);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...env,
    WORDPRESS_URL: url,
    WORDPRESS_DB: database,
    WORDPRESS_DB_USER: user,
    WORDPRESS_DB_PASSWORD: password,
    WORDPRESS_DB_HOST: host,
    EVENHAND_URL: evenhandUrl,
    EVENHAND_KEY: evenhandKey,
    PHP_CLI_SERVER_WORKERS: '4',
  };
  const script = (step: string, more: NodeJS.ProcessEnv = {}) =>
    run(php, ['-d', 'memory_limit=512M', join(here, 'set-up.php'), step], {
      env: { ...settings, ...more },
      maxBuffer: 16_777_216,
    });
  await script('install');
  await script('activate');
  const { stdout } = await script('fill');
  const shop = JSON.parse(stdout.slice(stdout.lastIndexOf('{"consumerKey"'))) as Omit<
    TriedShop,
    'url' | 'set' | 'deliver' | 'stop'
  >;
  const server = spawn(
    php,
    [
      '-d',
      'memory_limit=512M',
      '-d',
      'display_errors=0',
      '-S',
      `127.0.0.1:${port}`,
      '-t',
      dir,
      join(here, 'router.php'),
    ],
    { env: settings, stdio: ['ignore', 'ignore', env.WORDPRESS_LOG ? 'inherit' : 'ignore'], detached: true },
  );
  await untilUp(url);
  return {
    ...shop,
    url,
    set: (options) => script('options', { EVENHAND_OPTIONS: JSON.stringify(options) }),
    deliver: () => script('deliver'),
    stop: () => void (server.pid === undefined || process.kill(-server.pid)),
  };
}

async function untilUp(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${url}/wp-json/`).catch(() => null);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error('WordPress did not come up');
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

if (import.meta.main) {
  const none = whyNoWordPress();
  if (none !== null) throw new Error(none);
  const { EVENHAND_URL: evenhandUrl = '', EVENHAND_KEY: evenhandKey = '' } = process.env;
  const { stop: _, deliver: __, set: ___, ...shop } = await startShop({ evenhandUrl, evenhandKey });
  console.log(shop);
}
