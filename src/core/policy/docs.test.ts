import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english } from '../../../test/support/languages.ts';
import { obligation, surface } from '../events/measures.ts';
import { parsePolicy } from './parse.ts';
import { sayObligation } from './say.ts';
import { policyJsonSchema } from './schema.ts';

const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');

function keysOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) found.add(name);
    keysOf(value, found);
  }
  return found;
}

describe('docs/policy.md', () => {
  it('names every word a policy can hold', () => {
    const keys = keysOf(policyJsonSchema());
    expect(keys.size).toBeGreaterThan(30);
    for (const key of keys) expect(page, key).toContain(key);
    for (const name of surface.options) expect(page).toContain(`\`${name}\``);
  });

  it('gives each obligation the words customers read', () => {
    for (const name of obligation.options)
      expect(page).toMatch(
        new RegExp(`\\| \`${name}\` \\| .+ \\| ${sayObligation(english, name).replaceAll('.', '\\.')} \\|`),
      );
  });

  it('shows examples that can be read', () => {
    const block = (start: string) => {
      const from = page.indexOf(`\n${start}`) + 1;
      const lines = page.slice(from).split('\n');
      const end = lines.findIndex((line) => line !== '' && !line.startsWith('    '));
      return lines
        .slice(0, end === -1 ? undefined : end)
        .map((line) => line.slice(4))
        .join('\n');
    };
    const indent = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n');
    const rule = block('    - id: sends-most-back').replace(
      'tests: […]',
      `${block('    tests:\n').trimEnd().split('\n').join('\n  ')}`,
    );
    const document = block('    name: Our policy')
      .replace('rules: […]', () => `rules:\n${indent(rule)}`)
      .replace('ladders: […]', () => `ladders:\n${indent(block('    - id: returns\n'))}`)
      .replace(/live: \[…\].*\n/, () => block('    live:\n'));
    const parsed = parsePolicy(document);
    expect(parsed.ok ? [] : parsed.error).toEqual([]);
  });
});
