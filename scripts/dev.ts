import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'vite';
import { stopSignal } from '../src/cli/signals.ts';
import { startDevMail } from './dev-mail.ts';
import { hasWeb, ROOT } from './web-build.ts';

// The service restarts when its code changes; the pages come from Vite, which swaps changed modules in the open browser and
// passes everything else on to the service. Mail goes to a server that keeps it for reading, unless one of one's own is named.
const port = Number(process.env.PORT ?? '4040');
const origin = `http://127.0.0.1:${port}`;
process.env.EVENHAND_ORIGIN = origin;
const signal = stopSignal();
const mail = process.env.EVENHAND_SMTP_URL === undefined ? await startDevMail(port + 1) : null;
const mailSettings =
  mail === null ? {} : { EVENHAND_SMTP_URL: mail.smtpUrl, EVENHAND_MAIL_FROM: 'notices@shop.localhost' };
const service = spawn(process.execPath, ['--watch', '--watch-preserve-output', join(ROOT, 'src', 'main.ts')], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, ...mailSettings },
});
const pages = hasWeb() ? await createServer({ configFile: join(ROOT, 'vite.config.ts') }) : null;
await pages?.listen();
pages?.printUrls();
if (mail !== null) console.log(`  ➜  Sent mail: ${mail.pageUrl}`);

const ended = new Promise<void>((resolve) => service.on('exit', () => resolve()));
signal.addEventListener('abort', () => service.kill('SIGTERM'));
await ended;
await Promise.all([pages?.close(), mail?.close()]);
process.exit();
