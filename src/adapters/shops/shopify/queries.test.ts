import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { deniedIn } from '../../../../test/support/shopify-server/access.ts';
import { requestedCost } from '../../../../test/support/shopify-server/cost.ts';
import { publishedSchema, WITHOUT_SCHEMA } from '../../../../test/support/shopify-server/schema.ts';
import * as everything from './queries.ts';
import { grantedScopes, SCOPES } from './scopes.ts';

const published = publishedSchema();
const queries: readonly (readonly [string, string])[] = [
  ...Object.entries(everything).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  ['bulkCustomers', everything.bulkCustomers(null)],
  ['bulkCustomers since', everything.bulkCustomers('2026-01-01T00:00:00.000Z')],
  ['bulkOrders', everything.bulkOrders(null)],
  ['bulkOrders since', everything.bulkOrders('2026-01-01T00:00:00.000Z')],
];

describe.skipIf(published === null)(
  `Shopify's published schema${published === null ? ` (${WITHOUT_SCHEMA})` : ''}`,
  () => {
    it.each(queries)('takes %s', (_, query) => {
      expect(validate(published?.schema as never, parse(query)).map(({ message }) => message)).toEqual([]);
    });

    it.each(queries)('is satisfied with the scopes we ask for: %s', (_, query) => {
      const granted = grantedScopes(SCOPES.map(({ name }) => name));
      expect(deniedIn(published as never, parse(query), granted)).toBeNull();
    });

    it.each(queries.filter(([name]) => !name.startsWith('bulk')))(
      'costs no more than one query may: %s',
      (_, query) => {
        const [operation] = parse(query).definitions;
        if (operation?.kind !== 'OperationDefinition' || published === null) throw new Error('Not an operation');
        const ids = Array.from({ length: 20 }, (_, index) => `gid://shopify/Refund/${index}`);
        expect(requestedCost(published.schema, operation, { ids })).toBeLessThanOrEqual(1_000);
      },
    );
  },
);
