import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';

const FILE = 'admin_2026-10.json.gz';
/** Beside the project, or where `node scripts/shopify-schema.ts` put it. */
const PLACES = [resolve('../shared/data/shopify-schema', FILE), resolve('node_modules/.cache/shopify-schema', FILE)];

export interface PublishedSchema {
  readonly schema: GraphQLSchema;
  /** Which scopes a mutation, a root query or a type needs: any of them will do. By "Mutation.tagsAdd", "QueryRoot.refund", "Return". */
  readonly access: ReadonlyMap<string, readonly string[]>;
}

let loaded: PublishedSchema | null | undefined;

/** Shopify's own schema of the Admin API 2026-10; null where there is none: tests are then skipped, saying so. */
export function publishedSchema(): PublishedSchema | null {
  if (loaded === undefined) {
    const place = PLACES.find((path) => existsSync(path));
    loaded = place === undefined ? null : load(place);
  }
  return loaded;
}

export const WITHOUT_SCHEMA = `Shopify's schema is not here: run "node scripts/shopify-schema.ts" to fetch it`;

interface Restricted {
  readonly name: string;
  readonly requiredAccess?: string | null;
  readonly fields?: readonly Restricted[] | null;
}

function load(path: string): PublishedSchema {
  const { data } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as { data: IntrospectionQuery };
  const types = data.__schema.types as unknown as readonly Restricted[];
  const access = new Map<string, readonly string[]>();
  for (const type of types) {
    note(access, type.name, type.requiredAccess);
    if (type.name !== 'Mutation' && type.name !== 'QueryRoot') continue;
    for (const field of type.fields ?? []) note(access, `${type.name}.${field.name}`, field.requiredAccess);
  }
  // It deprecates fields that its interfaces do not, which graphql-js would refuse.
  return { schema: buildClientSchema(data, { assumeValid: true }), access };
}

function note(access: Map<string, readonly string[]>, name: string, text: string | null | undefined): void {
  const scopes = [...(text ?? '').matchAll(/\b(?:read|write)_[a-z_]+\b/g)].map(([scope]) => scope);
  if (scopes.length > 0) access.set(name, scopes);
}
