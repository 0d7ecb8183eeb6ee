import { expect, it } from 'vitest';
import { z } from 'zod';
import { type RouteName, routes } from './routes.ts';

/** Text that an address may hold although it is neither a number, an id of ours nor one of a few words. */
const HARMLESS = new Set(['shop', 'cursor', 'family']);

it.each(Object.keys(routes) as RouteName[])('%s has no room in its address for what somebody typed', (name) => {
  const row = routes[name];
  const parts = [...('params' in row ? [row.params] : []), ...('query' in row ? [row.query] : [])];
  for (const part of parts) {
    const { properties = {} } = z.toJSONSchema(part, { io: 'output' });
    for (const [field, schema] of Object.entries(properties)) {
      if (HARMLESS.has(field) || typeof schema !== 'object') continue;
      const closed = schema.enum !== undefined || schema.format === 'uuid' || schema.type === 'integer';
      expect(closed, `${field} takes any text`).toBe(true);
    }
  }
  for (const [, field = ''] of name.matchAll(/:(\w+)/g)) expect(['shop', 'id', 'other', 'version']).toContain(field);
});
