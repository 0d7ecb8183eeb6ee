import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { listenForChanges } from './changes.ts';

let server: Server | null = null;
afterEach(() => new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve()))));

it('tries one connection at a time while nobody answers, less and less often, and none after its end', async () => {
  const seen: number[] = [];
  server = createServer((socket: Socket) => {
    seen.push(performance.now());
    socket.destroy();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = listenForChanges(`postgres://nobody:secret@127.0.0.1:${port}/none`, {
    onChange: () => undefined,
    onListening: () => undefined,
  });
  await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(5);
  await stop();
  // 50, 100, 200 and 400 ms lie between five attempts; two lines at once would need half of that.
  expect((seen[4] ?? 0) - (seen[0] ?? 0)).toBeGreaterThanOrEqual(740);
  const count = seen.length;
  await pause(1_500);
  expect(seen.length).toBe(count);
});
