#!/usr/bin/env node
// Starts the command line under the Node that this project pins, whatever Node the machine has. Plain JavaScript, because an
// older Node must be able to read it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = new URL('../src/cli.ts', import.meta.url);
const pinned = fileURLToPath(
  new URL(
    process.platform === 'win32' ? '../node_modules/node/bin/node.exe' : '../node_modules/node/bin/node',
    import.meta.url,
  ),
);
const [major, minor] = process.versions.node.split('.').map(Number);
const PINNED_MAJOR = 24;

if (major === PINNED_MAJOR) {
  await import(cli.href);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [fileURLToPath(cli), ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Evenhand cannot start ${pinned}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal === null) process.exit(code ?? 1);
    process.kill(process.pid, signal);
  });
} else if (major > PINNED_MAJOR || (major === 22 && minor >= 18) || (major === 23 && minor >= 6)) {
  await import(cli.href);
} else {
  console.error(
    `Evenhand needs Node 24, which "npm ci" in its folder brings along; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}
