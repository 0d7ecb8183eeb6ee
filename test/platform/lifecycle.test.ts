import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canReach, serverIdentity } from '../../src/adapters/postgres/server/identity.ts';
import { createEmptyDatabase, dropDatabase, onDatabase } from '../support/database.ts';
import {
  embeddedUrl,
  makeHome,
  PROJECT,
  postmasterOf,
  runProgram,
  startService,
  stopService,
  type User,
} from '../support/service-process.ts';

const isRoot = process.getuid?.() === 0;
const anotherUser: User | undefined = isRoot ? serverIdentity(join(PROJECT, 'nothing-here')) : undefined;
const CLI = 'src/cli.ts';

/** What an ordinary user of this machine could not do with this checkout, no test can do for them. */
const otherUserCanRead =
  anotherUser !== undefined &&
  canReach(anotherUser, join(PROJECT, 'package.json')) &&
  canReach(anotherUser, process.execPath);

const status = async (url: string, path: string): Promise<unknown> => {
  const answer = await fetch(`${url}${path}`);
  return [answer.status, await answer.json()];
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe.each([
  { who: 'the user of this run', user: undefined, script: 'scripts/start.ts', runs: true },
  // The pages of this checkout may need a build, and another user could not write them.
  { who: 'an ordinary user, started by root', user: anotherUser, script: 'src/main.ts', runs: otherUserCanRead },
])('the service as $who, in a 0700 home with a space in its path', ({ user, script, runs }) => {
  let home: ReturnType<typeof makeHome>;
  beforeEach(() => {
    home = makeHome(user);
  });
  afterEach(() => home.remove());

  test.skipIf(!runs)(
    'starts, refuses a second start, survives kill -9 and stops at Ctrl-C',
    { timeout: 180_000 },
    async () => {
      const start = { dataFolder: home.dataFolder, user };
      const first = await startService(start, script);
      expect(first.out()).toContain('the first visit makes you its owner');
      expect(await status(first.url, '/healthz')).toEqual([200, { status: 'ok' }]);
      expect(await status(first.url, '/readyz')).toEqual([200, { status: 'ready' }]);

      const second = runProgram('src/main.ts', [], start);
      expect(await second.ended).toBe(1);
      expect(second.err()).toBe(
        `Evenhand already serves the data in ${home.dataFolder} (process ${first.process.pid}, ${first.url}): stop that one first, or choose another folder with EVENHAND_DATA.\n`,
      );

      await onDatabase(embeddedUrl(home.dataFolder), async (client) => {
        await client.query('create table acknowledged (n int)');
        await client.query('insert into acknowledged values (1)');
      });
      const orphan = postmasterOf(home.dataFolder);
      first.process.kill('SIGKILL');
      expect(await first.ended).toBe('SIGKILL');
      expect(postmasterOf(home.dataFolder)).toEqual(orphan);

      const recovered = await startService(start);
      expect(await status(recovered.url, '/readyz')).toEqual([200, { status: 'ready' }]);
      expect(postmasterOf(home.dataFolder)).toEqual(orphan);
      const kept = await onDatabase(embeddedUrl(home.dataFolder), (client) =>
        client.query('select n from acknowledged'),
      );
      expect(kept.rows).toEqual([{ n: 1 }]);

      expect(await stopService(recovered)).toBe(0);
      expect(recovered.err()).toBe('');
      expect(recovered.out()).toMatch(/Stopping: finishing what is under way\nStopped\n$/);
      expect(postmasterOf(home.dataFolder)).toBeNull();
      expect(isRunning(orphan?.pid ?? 0)).toBe(false);
    },
  );
});

describe('the data folder', () => {
  let home: ReturnType<typeof makeHome>;
  beforeEach(() => {
    home = makeHome();
  });
  afterEach(() => home.remove());

  test('keeps every committed row when the service and its database are killed together', {
    timeout: 120_000,
  }, async () => {
    const first = await startService(home);
    const url = embeddedUrl(home.dataFolder);
    let acknowledged = 0;
    await onDatabase(url, async (client) => {
      client.on('error', () => undefined);
      await client.query('create table acknowledged (n int)');
      const write = async (): Promise<void> => {
        while (true) {
          await client.query('insert into acknowledged values ($1)', [acknowledged + 1]);
          acknowledged += 1;
        }
      };
      const writing = write().catch(() => undefined);
      await new Promise((next) => setTimeout(next, 300));
      first.process.kill('SIGKILL');
      process.kill(postmasterOf(home.dataFolder)?.pid ?? 0, 'SIGKILL');
      await writing;
    }).catch(() => undefined);
    expect(acknowledged).toBeGreaterThan(0);

    const again = await startService(home);
    const found = await onDatabase(embeddedUrl(home.dataFolder), (client) =>
      client.query<{ count: number }>('select count(*)::int as count from acknowledged'),
    );
    expect(found.rows[0]?.count).toBeGreaterThanOrEqual(acknowledged);
    expect(await stopService(again)).toBe(0);
  });

  test('a command without a running service starts the database and stops it again, also two at once on a new folder', {
    timeout: 120_000,
  }, async () => {
    const commands = [1, 2].map(() => runProgram(CLI, ['status', '--json'], home));
    for (const command of commands) {
      expect([
        await command.ended,
        command.err().replaceAll(/^(Making the database|Brought the tables).*\n/gm, ''),
      ]).toEqual([0, '']);
      expect(JSON.parse(command.out())).toMatchObject({
        dataFolder: home.dataFolder,
        database: 'embedded',
        shops: 0,
        events: 0,
      });
    }
    expect(postmasterOf(home.dataFolder)).toBeNull();
    expect(readdirSync(join(home.dataFolder, 'postgres'))).toEqual(['18']);
  });

  test('a command beside a running service uses its database and leaves it running', { timeout: 120_000 }, async () => {
    const service = await startService(home);
    const before = postmasterOf(home.dataFolder);
    const command = runProgram(CLI, ['status'], home);
    expect([await command.ended, command.err()]).toEqual([0, '']);
    expect(postmasterOf(home.dataFolder)).toEqual(before);
    expect(await status(service.url, '/readyz')).toEqual([200, { status: 'ready' }]);
    expect(await stopService(service)).toBe(0);
  });

  test('stops when the shell that npm put between is killed', { timeout: 120_000 }, async () => {
    const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" "${join(PROJECT, 'src/main.ts')}"; true`], {
      cwd: tmpdir(),
      env: { ...process.env, PORT: '0', EVENHAND_DATA: home.dataFolder, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    const closed = new Promise<void>((resolve) => shell.stdout.on('close', () => resolve()));
    await new Promise<void>((resolve) => {
      shell.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (out.includes('is ready at')) resolve();
      });
    });
    shell.kill('SIGTERM');
    await closed;
    expect(out).toMatch(/Stopped\n$/);
    expect(postmasterOf(home.dataFolder)).toBeNull();
  });

  test('keeps its secrets and its database to itself', { timeout: 120_000 }, async () => {
    const service = await startService(home);
    for (const path of ['.', 'secrets', 'postgres/18', 'logs'])
      expect(statSync(join(home.dataFolder, path)).mode & 0o077).toBe(0);
    for (const path of ['secrets/master.key', 'secrets/postgres.password', 'server.json', 'logs/postgres.log']) {
      expect(statSync(join(home.dataFolder, path)).mode & 0o077).toBe(0);
    }
    const url = new URL(embeddedUrl(home.dataFolder));
    url.password = 'wrong';
    await expect(onDatabase(url.href, (client) => client.query('select 1'))).rejects.toThrow(
      'password authentication failed',
    );
    url.password = '';
    await expect(onDatabase(url.href, (client) => client.query('select 1'))).rejects.toThrow();

    const marked = 'a-person@example.com';
    await onDatabase(embeddedUrl(home.dataFolder), async (client) => {
      await client.query('create table unique_name (name text primary key)');
      await client.query('insert into unique_name values ($1)', [marked]);
      await expect(client.query('insert into unique_name values ($1)', [marked])).rejects.toThrow('duplicate key');
      await expect(client.query(`select '${marked}'::int`)).rejects.toThrow('invalid input syntax');
    });
    expect(await stopService(service)).toBe(0);
    expect(readFileSync(join(home.dataFolder, 'logs', 'postgres.log'), 'utf8')).not.toContain(marked);
  });

  test('a port in use and a bad variable are one clear line each, and nothing is left running', {
    timeout: 120_000,
  }, async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const late = runProgram('src/main.ts', [], { ...home, environment: { PORT: String(port) } });
    expect(await late.ended).toBe(1);
    expect(late.err()).toMatch(
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use by another program: [^\\n]*PORT=\\d+\\.\\n$`),
    );
    taken.close();
    const wrong = runProgram('src/main.ts', [], { ...home, environment: { PORT: 'http' } });
    expect([await wrong.ended, wrong.err()]).toEqual([
      1,
      'PORT must be a whole number from 0 to 65535 (0 takes any free port).\n',
    ]);
    expect(postmasterOf(home.dataFolder)).toBeNull();
  });
});

describe("a server of one's own (DATABASE_URL, PostgreSQL 15)", () => {
  let home: ReturnType<typeof makeHome>;
  let databaseUrl: string;
  beforeEach(async () => {
    home = makeHome();
    databaseUrl = await createEmptyDatabase({ server: 'oldest' });
  });
  afterEach(async () => {
    await home.remove();
    await dropDatabase(databaseUrl);
  });

  test('is used instead of the embedded one, by one service a folder', { timeout: 120_000 }, async () => {
    const start = { ...home, environment: { DATABASE_URL: databaseUrl } };
    const service = await startService(start);
    expect(await status(service.url, '/readyz')).toEqual([200, { status: 'ready' }]);
    expect(existsSync(join(home.dataFolder, 'postgres'))).toBe(false);
    const second = runProgram('src/main.ts', [], start);
    expect(await second.ended).toBe(1);
    expect(second.err()).toMatch(/^Evenhand already serves the data in [^\n]*\n$/);
    const command = runProgram(CLI, ['status', '--json'], start);
    expect(await command.ended).toBe(0);
    expect(JSON.parse(command.out())).toMatchObject({ database: 'own', postgres: expect.stringMatching(/^15\./) });
    expect(await stopService(service)).toBe(0);
    const shops = await onDatabase(databaseUrl, (client) => client.query('select count(*)::int as count from shop'));
    expect(shops.rows).toEqual([{ count: 0 }]);
  });

  test('that does not answer is one clear line without the password', async () => {
    const gone = new URL(databaseUrl);
    gone.port = '1';
    gone.password = 's3cret';
    const program = runProgram('src/main.ts', [], { ...home, environment: { DATABASE_URL: gone.href } });
    expect(await program.ended).toBe(1);
    expect(program.err()).toMatch(/^The database in DATABASE_URL cannot be used: [^\n]*\n$/);
    expect(program.err()).not.toContain('s3cret');
  });
});
