import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultShopSettings } from '../ports.ts';
import { JURISDICTIONS_FOLDER, readLaws } from './jurisdictions.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand-jurisdictions-'));
  cpSync(JURISDICTIONS_FOLDER, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const change = (name: string, from: string, to: string) => {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  writeFileSync(file, text.replace(from, to));
};

describe('readLaws', () => {
  it('reads what comes with Evenhand, and says what binds a shop', () => {
    const laws = readLaws();
    expect(laws.book.map(({ code }) => code)).toEqual(['cn', 'eu', 'il', 'nl', 'pl', 'uk', 'us']);
    const shop = { jurisdictions: ['NL'], settings: defaultShopSettings };
    expect(laws.of(shop).facts).toEqual({ onlinePlatform: false, withdrawalWithoutSignIn: false });
    expect(laws.of({ ...shop, settings: { ...defaultShopSettings, onlinePlatform: true } }).onlyForPlatforms).toEqual(
      [],
    );
  });

  it('takes a jurisdiction more from one file more', () => {
    const text = readFileSync(join(folder, 'us.json'), 'utf8');
    writeFileSync(join(folder, 'ca.json'), text.replaceAll('"us', '"ca').replace('"US"', '"CA"'));
    expect(readLaws(folder).of({ jurisdictions: ['CA'], settings: defaultShopSettings }).unknown).toEqual([]);
  });

  it.each([
    ['nl.json', '"nl_claims"', '"nl claims"', /nl\.json, at entries\.1\.id: is not a name in lower case/],
    ['nl.json', '"claimsYears": 5', '"claimsYears": "five"', /nl\.json, at entries\.1\.parameters\.claimsYears/],
    ['nl.json', '"code": "nl"', '"code": "nn"', /nl\.json: its code is "nn", so it must be called nn\.json/],
    ['nl.json', '"within": "eu"', '"within": "us"', /"nl_guarantee" replaces "eu_guarantee", which is not in/],
    ['nl.json', '{', '{{', /nl\.json cannot be read/],
    ['eu.json', '2026-06-19', '2026-06-31', /eu\.json, at entries\.2\.from: is not a day such as 2026-06-19/],
    ['uk.json', 'https://ico', 'http://ico', /uk\.json, at bodies\.1\.url: is not an address that begins with https/],
    ['uk.json', '"worn": "diminished_value"', '"worn": "kept"', /uk\.json, at entries\.1\.parameters\.worn/],
    ['uk.json', '"topic": "contact"', '"topic": "contacts"', /uk\.json, at entries\.3\.topic/],
  ])('stops at the start when %s has %s as %s', (file, from, to, message) => {
    change(file, from, to);
    expect(() => readLaws(folder)).toThrow(message);
  });
});
