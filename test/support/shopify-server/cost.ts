import {
  type ConstValueNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/*
 * Calculated query cost as Shopify documents it: scalars and enums 0, objects 1, interfaces and unions the most that any of their types
 * costs, connections by `first` and `last`, a mutation 10.
 */

type Variables = Readonly<Record<string, unknown>>;

const MUTATION = 10;

/** What a query may cost, before it runs. */
export function requestedCost(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Variables): number {
  if (operation.operation === 'mutation') return operation.selectionSet.selections.length * MUTATION;
  return selected(schema, 'QueryRoot', operation.selectionSet, variables);
}

/** What it did cost, by what it gave. */
export function actualCost(
  _schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  data: Readonly<Record<string, unknown>> | null,
): number {
  if (operation.operation === 'mutation') return operation.selectionSet.selections.length * MUTATION;
  return data === null ? 0 : given(data) - 1;
}

function selected(schema: GraphQLSchema, typeName: string, set: SelectionSetNode, variables: Variables): number {
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === 'InlineFragment') {
      const name = selection.typeCondition?.name.value ?? typeName;
      cost += selected(schema, name, selection.selectionSet, variables);
    } else if (selection.kind === 'Field') cost += fieldCost(schema, typeName, selection, variables);
  }
  return cost;
}

function fieldCost(schema: GraphQLSchema, typeName: string, field: FieldNode, variables: Variables): number {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isAbstractType(type)) return 0;
  const definition = 'getFields' in type ? type.getFields()[field.name.value] : undefined;
  if (definition === undefined || field.selectionSet === undefined) return 0;
  const inner = getNamedType(definition.type);
  if (isLeafType(inner)) return 0;
  const size = sizeOf(field, variables);
  if (inner.name.endsWith('Connection'))
    return 1 + Math.max(size ?? 0, 0) * itemCost(schema, inner.name, field.selectionSet, variables);
  const one = 1 + selected(schema, inner.name, field.selectionSet, variables);
  return isListType(getNullableType(definition.type)) ? (size ?? 1) * one : one;
}

function itemCost(schema: GraphQLSchema, connection: string, set: SelectionSetNode, variables: Variables): number {
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind !== 'Field' || selection.name.value === 'pageInfo') continue;
    cost += fieldCost(schema, connection, { ...selection, arguments: [] }, variables);
  }
  return cost;
}

function sizeOf(field: FieldNode, variables: Variables): number | null {
  for (const argument of field.arguments ?? []) {
    const value = constantOf(argument.value, variables);
    if (['first', 'last'].includes(argument.name.value) && typeof value === 'number') return value;
    if (argument.name.value === 'ids' && Array.isArray(value)) return value.length;
  }
  return null;
}

function constantOf(node: ValueNode | ConstValueNode, variables: Variables): unknown {
  if (node.kind === 'Variable') return variables[node.name.value];
  return node.kind === 'IntValue' ? Number(node.value) : null;
}

/** Every object costs 1; of a connection only its nodes and itself. */
function given(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + given(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  let cost = 1;
  for (const [key, each] of Object.entries(value)) if (key !== 'pageInfo') cost += given(each);
  return cost;
}

export interface Bucket {
  readonly maximum: number;
  readonly restoreRate: number;
}

/** A leaky bucket of points: what was asked for must be there before, and what was not used comes back. */
export class Throttle {
  readonly #bucket: Bucket;
  readonly #now: () => number;
  #available: number;
  #at: number;
  /** Points that were paid in all. */
  spent = 0;

  constructor(bucket: Bucket, now: () => number) {
    this.#bucket = bucket;
    this.#now = now;
    this.#available = bucket.maximum;
    this.#at = now();
  }

  take(points: number): boolean {
    this.#restore();
    if (points > this.#available) return false;
    this.#available -= points;
    return true;
  }

  settle(requested: number, actual: number): void {
    this.spent += actual;
    this.#available = Math.min(this.#available + requested - actual, this.#bucket.maximum);
  }

  status() {
    this.#restore();
    return {
      maximumAvailable: this.#bucket.maximum,
      currentlyAvailable: Math.floor(this.#available),
      restoreRate: this.#bucket.restoreRate,
    };
  }

  #restore(): void {
    const now = this.#now();
    this.#available = Math.min(
      this.#available + ((now - this.#at) / 1_000) * this.#bucket.restoreRate,
      this.#bucket.maximum,
    );
    this.#at = now;
  }
}
