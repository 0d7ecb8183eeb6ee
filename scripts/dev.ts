import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'vite';
import { stopSignal } from '../src/cli/signals.ts';
import { hasWeb, ROOT } from './web-build.ts';

// The service restarts when its code changes; the pages come from Vite, which swaps changed modules in the open browser and
// passes everything else on to the service.
const origin = `http://127.0.0.1:${process.env.PORT ?? '4040'}`;
process.env.EVENHAND_ORIGIN = origin;
const signal = stopSignal();
const service = spawn(process.execPath, ['--watch', '--watch-preserve-output', join(ROOT, 'src', 'main.ts')], {
  cwd: ROOT,
  stdio: 'inherit',
});
const pages = hasWeb() ? await createServer({ configFile: join(ROOT, 'vite.config.ts') }) : null;
await pages?.listen();
pages?.printUrls();

const ended = new Promise<void>((resolve) => service.on('exit', () => resolve()));
signal.addEventListener('abort', () => service.kill('SIGTERM'));
await ended;
await pages?.close();
process.exit();
