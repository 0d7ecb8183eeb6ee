import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changed, smallPolicy } from '../../../test/support/policy.ts';
import { runCommandLine } from '../frame.ts';
import { COMMANDS } from './index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenhand policy '));
  writeFileSync(join(folder, 'small.yaml'), smallPolicy);
  writeFileSync(join(folder, 'stricter.yaml'), changed(smallPolicy, ['at_least: 50 %', 'at_least: 60 %']));
  writeFileSync(join(folder, 'broken.yaml'), changed(smallPolicy, ['gravity: minor', 'gravity: mild']));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function evenhand(words: readonly string[], workingFolder = folder) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(words, {
    registry: COMMANDS,
    terminal: {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      raw: () => undefined,
      isScreen: false,
      columns: 80,
    },
    environment: {},
    workingFolder,
    signal: new AbortController().signal,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('policy check', () => {
  it('passes the shipped policies', async () => {
    expect(await evenhand(['policy', 'check', 'policies/fair-play.yaml'], root)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^policies\/fair-play\.yaml: nothing to object to\. \d+ tests passed\.$/),
    });
  });

  it('names file, line, column, rule and reason, and fails', async () => {
    const { code, out } = await evenhand(['policy', 'check', 'test/fixtures/policies/unfair.yaml'], root);
    expect(code).toBe(1);
    expect(out).toContain(
      'test/fixtures/policies/unfair.yaml:12:11 error (fairness rule 1) This rule can fire on a number of times alone',
    );
    expect(out).toMatch(/\d+ errors, \d+ warnings\. 0 of 0 tests passed\.$/);
  });

  it('holds a policy against the law of every place that is named', async () => {
    writeFileSync(
      join(folder, 'locking.yaml'),
      changed(smallPolicy, [
        'surfaces: [purchase], for: 1 year, after_previous: 30 days',
        'surfaces: [return], for: 1 year, after_previous: 30 days',
      ]),
    );
    const check = (...words: string[]) => evenhand(['policy', 'check', 'locking.yaml', ...words]);
    expect(await check()).toMatchObject({
      code: 1,
      out: expect.stringContaining('a blocked customer keeps (fairness rule 6)'),
    });
    const both = await check('--jurisdiction', 'uk', '--jurisdiction', 'nl');
    expect(both.out).toContain(
      'Consumer Contracts (Information, Cancellation and Additional Charges) Regulations 2013',
    );
    expect(both.out).toContain('art. 11a');
    expect(await check('--jurisdiction', 'br')).toMatchObject({
      code: 2,
      err: 'Nothing is known about the law of "BR". Known are cn, eu, il, nl, pl, uk, us, and every country of the EU.',
    });
    expect((await check('--jurisdiction=')).err).toBe('--jurisdiction is empty: give CODE.');
  });

  it('prints JSON', async () => {
    const { out } = await evenhand(['policy', 'check', 'broken.yaml', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      findings: [{ line: 9, about: 'schema', severity: 'error' }],
    });
  });

  it('prints the JSON Schema', async () => {
    const { out } = await evenhand(['policy', 'check', '--schema']);
    expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(join(root, 'policies/policy.schema.json'), 'utf8')));
  });

  it('says what is missing', async () => {
    expect((await evenhand(['policy', 'check'])).err).toContain('"policy check" needs FILE');
    expect(await evenhand(['policy', 'check', 'nothing.yaml'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no file nothing.yaml.'),
    });
    expect((await evenhand(['policy', 'check', '.'])).err).toContain('. is not a file.');
  });
});

describe('policy render', () => {
  it('tells the policy to customers or staff', async () => {
    expect((await evenhand(['policy', 'render', 'small.yaml'])).out).toContain(
      'This is when you send back 50% or more of what you buy, by value',
    );
    expect((await evenhand(['policy', 'render', 'small.yaml', '--for', 'staff'])).out).toContain(
      'Return rate by value: 50% or more',
    );
  });

  it('names the first problem of a policy it cannot read', async () => {
    expect(await evenhand(['policy', 'render', 'broken.yaml'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('broken.yaml:9:14: "mild" is not one of the words for "gravity".'),
    });
  });
});

describe('policy diff', () => {
  it('tells what changes', async () => {
    expect((await evenhand(['policy', 'diff', 'small.yaml', 'stricter.yaml'])).out).toBe(
      '“Sends most of it back”: the limit for “Return rate by value” rises from 50% to 60%.',
    );
    expect((await evenhand(['policy', 'diff', 'small.yaml', 'small.yaml'])).out).toBe('The two policies say the same.');
    expect(JSON.parse((await evenhand(['policy', 'diff', 'small.yaml', 'stricter.yaml', '--json'])).out)).toHaveLength(
      1,
    );
  });
});
