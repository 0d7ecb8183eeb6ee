import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmptyDatabase, dropDatabase } from '../../test/support/database.ts';
import type { Terminal } from './frame.ts';
import { runService } from './service.ts';

let folder: string;
let databaseUrl: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand service '));
  databaseUrl = await createEmptyDatabase({ server: 'newest' });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await dropDatabase(databaseUrl);
});

test('a stop lets the request under way finish, takes no other, and waits for no idle connection', async () => {
  const lines: string[] = [];
  let said: (url: string) => void = () => undefined;
  const ready = new Promise<string>((resolve) => {
    said = resolve;
  });
  const terminal: Terminal = {
    out: (line) => {
      lines.push(line);
      const url = /ready at (\S+)/.exec(line)?.[1];
      if (url !== undefined) said(url);
    },
    err: (line) => lines.push(`! ${line}`),
    raw: () => undefined,
    isScreen: false,
    columns: 80,
  };
  let finish: () => void = () => undefined;
  const begun = Promise.withResolvers<void>();
  const controller = new AbortController();
  const running = runService({
    environment: { EVENHAND_DATA: folder, DATABASE_URL: databaseUrl, PORT: '0' },
    workingFolder: folder,
    terminal,
    signal: controller.signal,
    build: async () => {
      const app = Fastify();
      app.get('/slow', async () => {
        begun.resolve();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return { done: true };
      });
      return app;
    },
  });
  const url = await ready;
  const idle = connect(Number(new URL(url).port), '127.0.0.1');
  await new Promise<void>((resolve) => idle.once('connect', () => resolve()));
  const cut = new Promise<void>((resolve) => idle.once('close', () => resolve()));
  const slow = fetch(`${url}/slow`);
  await begun.promise;

  const begin = performance.now();
  controller.abort();
  await new Promise((next) => setTimeout(next, 150));
  await expect(fetch(`${url}/slow`)).rejects.toThrow();
  finish();
  expect(await (await slow).json()).toEqual({ done: true });
  expect(await running).toBe(0);
  await cut;
  expect(performance.now() - begin).toBeLessThan(5_000);
  expect(lines.at(-1)).toBe('Stopped');
});
