import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { derivedKey, keptSecret, masterKey } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand secrets '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the master key', () => {
  test('is made once, for the owner only, and then kept', () => {
    const first = masterKey(folder, undefined);
    expect(first).toHaveLength(32);
    expect(masterKey(folder, undefined)).toEqual(first);
    expect(statSync(join(folder, 'secrets', 'master.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'secrets'))).toEqual(['master.key']);
  });

  test('is the given one where one is given, and nothing is written', () => {
    const given = new Uint8Array(32).fill(9);
    expect(masterKey(folder, given)).toBe(given);
    expect(existsSync(join(folder, 'secrets'))).toBe(false);
  });

  test('is refused when its file is damaged, instead of being made anew', () => {
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets', 'master.key'), 'c2hvcnQ=');
    expect(() => masterKey(folder, undefined)).toThrow(/master\.key is damaged/);
  });
});

test('a kept secret stays what it was first', () => {
  expect(keptSecret(folder, 'word', () => 'first')).toBe('first');
  expect(keptSecret(folder, 'word', () => 'second')).toBe('first');
});

test('derived keys differ by purpose and by master key, and by nothing else', () => {
  const [a, b] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  expect(derivedKey(a, 'one')).toEqual(derivedKey(a, 'one'));
  expect(derivedKey(a, 'one')).not.toEqual(derivedKey(a, 'two'));
  expect(derivedKey(a, 'one')).not.toEqual(derivedKey(b, 'one'));
});
