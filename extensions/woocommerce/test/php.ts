import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadPHPRuntime, PHP } from '@php-wasm/universal';

const PLUGIN = join(import.meta.dirname, '../evenhand-for-woocommerce');
const EDGE = readFileSync(join(import.meta.dirname, 'wordpress-edge.php'), 'utf8');

/** Versions of PHP that tests run on: the oldest the plug-in promises, and a new one. */
export const VERSIONS = ['7.4', '8.4'] as const;
export type Version = (typeof VERSIONS)[number];

/**
 * How much longer than asked for requests of a test may take: PHP and the server share one busy thread here, and a slow machine is not a
 * silent Evenhand. 1 where silence itself is tried. `asked` is the last time-out the plug-in gave, in seconds.
 */
export const patience = { times: 30, asked: 0 };

/** Every PHP file of the plug-in, by its path in it. */
export const pluginFiles = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(PLUGIN, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.php'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(PLUGIN, file), readFileSync(file, 'utf8')]),
  );

/** Real PHP, with the plug-in's files in it. */
export async function startPhp(version: Version): Promise<PHP> {
  const { getPHPLoaderModule } = await (version === '7.4'
    ? import('@php-wasm/node-7-4')
    : import('@php-wasm/node-8-4'));
  const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule(), {}));
  php.mkdir('/plugin/includes');
  for (const [path, text] of pluginFiles()) php.writeFile(`/plugin/${path}`, text);
  php.writeFile('/edge.php', EDGE);
  php.onMessage(answerOver);
  return php;
}

/**
 * Runs PHP with the plug-in started in a shop whose options these are. The script gives back what it `return`s; what WordPress was made to
 * do is beside it. Requests really go over HTTP.
 */
export async function inShop<T>(php: PHP, options: Readonly<Record<string, string>>, script: string): Promise<T> {
  const run = await php.run({
    code: `<?php
      require '/edge.php';
      $GLOBALS['options'] = array( 'evenhand_options' => json_decode( ${quoted(JSON.stringify(options))}, true ) );
      require '/plugin/evenhand-for-woocommerce.php';
      do_action( 'before_woocommerce_init' );
      do_action( 'plugins_loaded' );
      $given = ( static function () { ${script} } )();
      echo "\\n" . json_encode( array( 'given' => $given ) );`,
  });
  if (run.exitCode !== 0 || run.errors !== '') throw new Error(`${run.errors}\n${run.text}`);
  return (JSON.parse(run.text.slice(run.text.lastIndexOf('\n') + 1)) as { given: T }).given;
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The one edge that is not PHP: `wp_remote_post` hands its request over, and gets what came back. */
async function answerOver(message: string): Promise<string> {
  const { url, headers, body, timeout } = JSON.parse(message) as {
    url: string;
    headers: Record<string, string>;
    body: string;
    timeout: number;
  };
  patience.asked = timeout;
  try {
    const signal = AbortSignal.timeout(timeout * 1000 * patience.times);
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    return JSON.stringify({ status: answer.status, body: await answer.text() });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : 'failed' });
  }
}
