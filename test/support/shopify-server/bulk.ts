import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';

export interface BulkPace {
  /** Objects a second. */
  readonly objectsPerSecond: number;
}

export interface BulkOperation {
  readonly id: string;
  status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'EXPIRED';
  readonly createdAt: number;
  file: Buffer;
  objects: number;
  roots: number;
  errorCode: string | null;
}

const MOST_AT_ONCE = 5;
const MOST_CONNECTIONS = 5;
const DEEPEST = 2;

type Json = Record<string, unknown>;

/** Bulk operations as documented: five at once, at most five connections two levels deep and none within a list, one line an object. */
export class BulkOperations {
  readonly all = new Map<string, BulkOperation>();
  readonly #schema: GraphQLSchema;
  readonly #pace: BulkPace;
  readonly #now: () => number;
  readonly #rootOf: () => unknown;
  #count = 0;

  constructor(schema: GraphQLSchema, pace: BulkPace, now: () => number, rootOf: () => unknown) {
    this.#schema = schema;
    this.#pace = pace;
    this.#now = now;
    this.#rootOf = rootOf;
  }

  run(query: string, grouped: boolean): { operation: object | null; errors: readonly object[] } {
    const running = [...this.all.values()].filter((one) => this.#settled(one).status === 'RUNNING');
    if (running.length >= MOST_AT_ONCE)
      return {
        operation: null,
        errors: [{ code: 'LIMIT_REACHED', field: null, message: 'Too many bulk operations are running' }],
      };
    const document = parse(query);
    const wrong = validate(this.#schema, document).map(({ message }) => message)[0] ?? against(this.#schema, document);
    if (wrong !== null) return { operation: null, errors: [{ code: 'INVALID', field: ['query'], message: wrong }] };
    this.#count += 1;
    const operation: BulkOperation = {
      id: `gid://shopify/BulkOperation/${this.#count}`,
      status: 'RUNNING',
      createdAt: this.#now(),
      file: Buffer.alloc(0),
      objects: 0,
      roots: 0,
      errorCode: null,
    };
    this.#write(operation, document, grouped);
    this.all.set(operation.id, operation);
    return { operation: { id: operation.id, status: 'CREATED' }, errors: [] };
  }

  state(id: string, base: string): object | null {
    const operation = this.all.get(id);
    if (operation === undefined) return null;
    const { status, objects, roots, file, errorCode } = this.#settled(operation);
    const done = status === 'COMPLETED';
    const share = done
      ? 1
      : Math.min(
          ((this.#now() - operation.createdAt) / 1_000) * (this.#pace.objectsPerSecond / Math.max(objects, 1)),
          1,
        );
    return {
      id,
      status,
      errorCode,
      url: done && file.length > 0 ? `${base}/bulk/${encodeURIComponent(id)}.jsonl` : null,
      fileSize: done ? String(file.length) : null,
      objectCount: String(Math.floor(objects * share)),
      rootObjectCount: String(Math.floor(roots * share)),
    };
  }

  /** Its pace is Shopify's to say: it is done once that many objects have had their time. */
  #settled(operation: BulkOperation): BulkOperation {
    const due = operation.createdAt + (operation.objects / this.#pace.objectsPerSecond) * 1_000;
    if (operation.status === 'RUNNING' && this.#now() >= due) operation.status = 'COMPLETED';
    return operation;
  }

  #write(operation: BulkOperation, document: DocumentNode, grouped: boolean): void {
    const result = execute({ schema: this.#schema, document, rootValue: this.#rootOf() });
    if (result instanceof Promise) throw new Error('A shop in memory answers at once');
    if (result.errors !== undefined) throw new Error(result.errors[0]?.message);
    const [root] = Object.values(result.data ?? {}) as { edges: { node: Json }[] }[];
    const lines: string[] = [];
    const later: string[] = [];
    for (const { node } of root?.edges ?? []) {
      operation.roots += 1;
      put(node, null, lines, grouped ? lines : later);
    }
    lines.push(...(grouped ? [] : later.toReversed()));
    operation.objects = lines.length;
    operation.file = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  }
}

/** An object on a line of its own, its children below it with their parent's id. */
function put(node: Json, parent: string | null, lines: string[], children: string[]): void {
  const connections = Object.entries(node).filter(([, value]) => isConnection(value));
  const own = Object.fromEntries(Object.entries(node).filter(([, value]) => !isConnection(value)));
  lines.push(JSON.stringify(parent === null ? own : { ...own, __parentId: parent }));
  for (const [, value] of connections)
    for (const { node: child } of (value as { edges: { node: Json }[] }).edges)
      put(child, String(node.id), children, children);
}

const isConnection = (value: unknown): boolean => typeof value === 'object' && value !== null && 'edges' in value;

/** What a bulk query may not do, in words; null: nothing. */
function against(schema: GraphQLSchema, document: DocumentNode): string | null {
  let connections = 0;
  let wrong: string | null = null;
  const info = new TypeInfo(schema);
  const depthOf: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter() {
          const type = info.getType();
          const name = getNamedType(type)?.name ?? '';
          if (name.endsWith('Connection')) {
            connections += 1;
            if (depthOf.filter((kind) => kind === 'connection').length > DEEPEST)
              wrong ??= 'Bulk queries cannot be more than two connections deep';
            if (depthOf.includes('list'))
              wrong ??= 'Bulk queries cannot contain a connection field within a list field';
            depthOf.push('connection');
          } else depthOf.push(isListType(getNullableType(type)) && name !== '' && !isEdges(name) ? 'list' : 'other');
        },
        leave() {
          depthOf.pop();
        },
      },
    }),
  );
  if (connections === 0) return 'Bulk queries must contain at least one connection';
  if (connections > MOST_CONNECTIONS) return 'Bulk queries cannot contain more than 5 connections';
  if (rootFields(document).length !== 1) return 'Bulk queries have one field at the top';
  return wrong;
}

const isEdges = (name: string): boolean => name.endsWith('Edge');

const rootFields = (document: DocumentNode): readonly FieldNode[] =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? fieldsOf(definition.selectionSet) : [],
  );
const fieldsOf = (set: SelectionSetNode): readonly FieldNode[] =>
  set.selections.filter((selection): selection is FieldNode => selection.kind === Kind.FIELD);
