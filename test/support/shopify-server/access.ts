import { type DocumentNode, getNamedType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { PublishedSchema } from './schema.ts';

/** The first thing of a query that the granted scopes do not reach, with the scopes that would do; null: all is granted. */
export function deniedIn(
  { schema, access }: PublishedSchema,
  document: DocumentNode,
  granted: ReadonlySet<string>,
): { readonly field: string; readonly scopes: readonly string[] } | null {
  let denied: { field: string; scopes: readonly string[] } | null = null;
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          const parent = info.getParentType()?.name;
          const type = getNamedType(info.getType())?.name ?? '';
          const needed = access.get(`${parent}.${node.name.value}`) ?? access.get(type);
          if (denied === null && needed !== undefined && !needed.some((scope) => granted.has(scope)))
            denied = { field: node.name.value, scopes: needed };
        },
      },
    }),
  );
  return denied;
}
