import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onDatabase } from '../../../../test/support/database.ts';
import { runningPostmaster } from './postmaster.ts';
import { openEmbeddedServer, openOwnServer } from './server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand server '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the embedded server', () => {
  const open = () => openEmbeddedServer({ folder, durable: false });
  const running = () => runningPostmaster(join(folder, 'postgres', '18'));

  test('is started once for all who open it at the same time, and stopped by the last who closes', async () => {
    const users = await Promise.all([open(), open(), open()]);
    const pid = running()?.pid;
    expect(new Set(users.map((user) => user.adminUrl('postgres'))).size).toBe(1);
    await users[0]?.close();
    await users[1]?.close();
    expect(running()?.pid).toBe(pid);
    await users[2]?.close();
    expect(running()).toBeNull();
  });

  test('never stays behind when all close at once', async () => {
    const users = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(users.map((user) => user.close()));
    expect(running()).toBeNull();
  });

  test('is served by one at a time; the right is kept when the server drops its sessions, and free after a close', async () => {
    const [first, second] = [await open(), await open()];
    expect(await first.claim('evenhand 1 http://one')).toBeNull();
    expect(await second.claim('evenhand 2')).toBe('evenhand 1 http://one');
    await onDatabase(first.adminUrl('postgres'), (client) =>
      client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'evenhand%'"),
    );
    await pause(1_000);
    expect(await second.claim('evenhand 2')).toBe('evenhand 1 http://one');
    await first.close();
    expect(await second.claim('evenhand 2')).toBeNull();
    await second.close();
    expect(running()).toBeNull();
  });

  test('comes back on the port it had', async () => {
    const first = await open();
    const url = first.adminUrl('postgres');
    await first.close();
    const again = await open();
    expect(again.adminUrl('postgres')).toBe(url);
    await again.close();
  });
});

describe("a server of one's own", () => {
  let server: NetServer;
  afterEach(() => server.close());

  test('that is older than 15 is refused in one line', async () => {
    server = await pretendToBe('14.13', 140_013);
    const { port } = server.address() as AddressInfo;
    await expect(openOwnServer(`postgres://role:s3cret@127.0.0.1:${port}/shop`, folder)).rejects.toThrow(
      /^The server in DATABASE_URL is PostgreSQL 14\.13; Evenhand needs 15 or newer\.$/,
    );
  });

  test('of 15 is accepted', async () => {
    server = await pretendToBe('15.0', 150_000);
    const { port } = server.address() as AddressInfo;
    const opened = await openOwnServer(`postgres://role:s3cret@127.0.0.1:${port}/shop`, folder);
    expect(opened.version).toBe('15.0');
    await opened.close();
  });
});

/** Speaks just enough of the PostgreSQL protocol (version 3) to let anybody in and answer the question for its version. */
async function pretendToBe(version: string, number: number): Promise<NetServer> {
  const message = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(5);
    head.write(type, 0);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number) => Buffer.from([value >> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
  const text = (value: string) => Buffer.from(`${value}\0`);
  const column = (name: string) =>
    Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);
  const field = (value: string) => Buffer.concat([int32(value.length), Buffer.from(value)]);
  const ready = message('Z', Buffer.from('I'));
  const answer = Buffer.concat([
    message('T', Buffer.concat([int16(2), column('version'), column('number')])),
    message('D', Buffer.concat([int16(2), field(version), field(String(number))])),
    message('C', text('SELECT 1')),
    ready,
  ]);
  const listening = createServer((socket) => {
    let welcomed = false;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (!welcomed) socket.write(Buffer.concat([message('R', int32(0)), ready]));
      else if (data.toString('latin1', 0, 1) === 'Q') socket.write(answer);
      welcomed = true;
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return listening;
}
