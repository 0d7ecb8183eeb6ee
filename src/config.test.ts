import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({}, '/srv/shop')).toEqual({
      port: 4040,
      host: '127.0.0.1',
      dataFolder: resolve(import.meta.dirname, '..', 'data'),
      databaseUrl: undefined,
      serviceDatabaseUrl: undefined,
      readDatabaseUrl: undefined,
      owner: undefined,
      demo: false,
      publicUrl: 'http://127.0.0.1:4040',
      mailServer: undefined,
      privateAddresses: false,
      networksFolder: undefined,
      masterKey: undefined,
    });
  });

  test('takes what the environment says', () => {
    const config = readConfig(
      {
        PORT: '0',
        HOST: '0.0.0.0',
        EVENHAND_DATA: '../my data',
        DATABASE_URL: 'postgres://admin:secret@db.example:5432/shop',
        EVENHAND_OWNER_EMAIL: 'owner@example.com',
        EVENHAND_OWNER_PASSWORD: 'a long enough password',
        EVENHAND_DEMO: '1',
        EVENHAND_PRIVATE_ADDRESSES: '1',
        EVENHAND_NETWORKS: 'networks',
        EVENHAND_MASTER_KEY: key,
      },
      '/srv/shop',
    );
    expect(config).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      dataFolder: '/srv/my data',
      demo: true,
      privateAddresses: true,
      networksFolder: '/srv/shop/networks',
    });
    expect(config.owner).toEqual({ email: 'owner@example.com', password: 'a long enough password' });
    expect(config.masterKey).toEqual(new Uint8Array(32).fill(7));
  });

  test('knows where customers reach it', () => {
    expect(readConfig({ EVENHAND_PUBLIC_URL: 'https://fair.example.com/' }, '/srv').publicUrl).toBe(
      'https://fair.example.com',
    );
    expect(readConfig({ HOST: '0.0.0.0', PORT: '80' }, '/srv').publicUrl).toBe('http://localhost:80');
    for (const wrong of [
      'fair.example.com',
      'ftp://fair.example',
      'https://fair.example/?a=b',
      'https://me@fair.example',
    ])
      expect(() => readConfig({ EVENHAND_PUBLIC_URL: wrong }, '/srv')).toThrow(
        'EVENHAND_PUBLIC_URL must be the address',
      );
  });

  test('an empty variable counts as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', EVENHAND_MASTER_KEY: '' }, '/srv').port).toBe(4040);
  });

  test.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '70000' }, 'PORT must be a whole number'],
    [{ PORT: '4e3' }, 'PORT must be a whole number'],
    [{ DATABASE_URL: 'mysql://x:s3cret@y/z' }, 'DATABASE_URL must look like postgres://'],
    [{ DATABASE_URL: 'postgres://role:s3cret@host' }, 'DATABASE_URL must look like postgres://'],
    [{ EVENHAND_SERVICE_DATABASE_URL: 'postgres://a:b@c/d' }, 'EVENHAND_SERVICE_DATABASE_URL needs DATABASE_URL'],
    [
      { EVENHAND_OWNER_EMAIL: 'not an address', EVENHAND_OWNER_PASSWORD: 's3cret' },
      'EVENHAND_OWNER_EMAIL must be an e-mail address',
    ],
    [{ EVENHAND_OWNER_EMAIL: 'a@b.c' }, 'EVENHAND_OWNER_PASSWORD is not: set both or neither'],
    [{ EVENHAND_OWNER_PASSWORD: 's3cret' }, 'EVENHAND_OWNER_EMAIL is not: set both or neither'],
    [{ EVENHAND_DEMO: 'maybe' }, 'EVENHAND_DEMO must be 1 or 0'],
    [{ EVENHAND_MASTER_KEY: 's3cret' }, 'EVENHAND_MASTER_KEY must be 32 bytes in base64'],
    [{ EVENHAND_MASTER_KEY: Buffer.alloc(31).toString('base64') }, 'EVENHAND_MASTER_KEY must be 32 bytes in base64'],
  ])('refuses %o in one line that names the variable and repeats no secret', (environment, message) => {
    const read = () => readConfig(environment, '/srv');
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ name: 'Refusal' }));
    expect(read).not.toThrow(/s3cret|\n/);
  });
});
