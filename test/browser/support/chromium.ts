import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** No sandbox: tests run as root in containers, and only ever open our own pages. */
const FLAGS = ['--no-sandbox', '--font-render-hinting=none', '--hide-scrollbars', '--disable-lcd-text'];

export interface TestBrowser {
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** Starts the machine's own Chromium if it has one (or CHROMIUM_PATH), and otherwise the one that comes as an npm package. */
export async function launchBrowser(): Promise<TestBrowser> {
  const temporary = await mkdtemp(join(tmpdir(), 'evenhand-browser-'));
  const own = [process.env.CHROMIUM_PATH ?? '', ...SYSTEM, MAC].find((path) => path !== '' && existsSync(path));
  const { executablePath, env } = own ? { executablePath: own, env: {} } : await packagedChromium();
  const browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    env: { ...definedEnvironment(), ...env, TMPDIR: temporary },
  });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(temporary, { recursive: true, force: true });
    },
  };
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

interface Packaged {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

/**
 * The package's Chromium with the libraries it was built for, unpacked once per version into a folder of this user's. It is unpacked
 * beside and renamed, so that tests started together never see half of it.
 */
async function packagedChromium(): Promise<Packaged> {
  const require = createRequire(import.meta.url);
  const home = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const { version } = require(join(home, 'package.json')) as { version: string };
  const folder = join(tmpdir(), `evenhand-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (!existsSync(folder)) {
    const building = await mkdtemp(`${folder}-`);
    await unpack(join(home, 'bin'), building);
    await writeFile(join(building, 'fonts', 'fonts.conf'), fontsConfiguration(folder));
    await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }));
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}

/** Its own settings look for fonts under /tmp; without any font at all Chromium draws no web font either. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

async function unpack(packed: string, into: string): Promise<void> {
  const { createReadStream, createWriteStream } = await import('node:fs');
  const { pipeline } = await import('node:stream/promises');
  const { createBrotliDecompress } = await import('node:zlib');
  await pipeline(
    createReadStream(join(packed, 'chromium.br')),
    createBrotliDecompress(),
    createWriteStream(join(into, 'chromium'), { mode: 0o700 }),
  );
  const run = promisify((await import('node:child_process')).execFile);
  for (const [name, target] of [
    ['al2023.tar.br', 'al2023'],
    ['fonts.tar.br', 'fonts'],
    ['swiftshader.tar.br', '.'],
  ] as const) {
    const tar = join(into, name.replace('.br', ''));
    await pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), createWriteStream(tar));
    await mkdir(join(into, target), { recursive: true });
    await run('tar', ['-xf', tar, '-C', join(into, target)]);
    await rm(tar);
  }
}
