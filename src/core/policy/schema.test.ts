import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metricNames } from '../metrics/types.ts';
import { policyJsonSchema } from './schema.ts';

const folder = new URL('../../../policies/', import.meta.url);

describe('the JSON Schema of policies', () => {
  it('is the one that is shipped; when the document changes, write it out again with "policy check --schema"', () => {
    expect(JSON.parse(readFileSync(new URL('policy.schema.json', folder), 'utf8'))).toEqual(policyJsonSchema());
  });

  it('offers every metric and refuses unknown names', () => {
    const text = JSON.stringify(policyJsonSchema());
    for (const name of metricNames) expect(text).toContain(`"${name}"`);
    expect(text).toContain('"additionalProperties":false');
  });

  it('is named at the top of every shipped policy, so that editors find it', () => {
    const policies = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    expect(policies.length).toBeGreaterThan(1);
    for (const name of policies)
      expect(readFileSync(new URL(name, folder), 'utf8')).toMatch(
        /^# yaml-language-server: \$schema=\.\/policy\.schema\.json\n/,
      );
  });
});
