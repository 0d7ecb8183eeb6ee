/** A JSON Schema, as far as the API's document uses it. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly summary?: string;
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

/** An OpenAPI 3.1 document, as the server gives it at /docs/openapi.json. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks?: Readonly<Record<string, { readonly post: Operation }>>;
}

/** What the SDK's types are called, by the address. */
const NAMES: Readonly<Record<string, string>> = {
  '/v1/events': 'Events',
  '/v1/decisions': 'Decision',
  '/v1/customers/lookup': 'Customer',
  '/v1/mail/bounces': 'Bounce',
};

const HEAD = `// Made from the API's own document; a test fails when it has gone stale. To make it anew: npm run generate, in sdk/.`;

/** The TypeScript types of everything under /v1 and of the webhooks. Throws on an address that has no name here. */
export function sdkTypes(document: ApiDocument): string {
  const parts = [HEAD];
  let problem: Schema | undefined;
  for (const [path, { post }] of Object.entries(document.paths)) {
    if (!path.startsWith('/v1/') || post === undefined) continue;
    const name = NAMES[path];
    if (name === undefined) throw new Error(`${path} has no name for its types: give it one in scripts/sdk-types.ts`);
    const [asked, answered] = [schemaOf(post.requestBody), schemaOf(post.responses['200'])];
    problem ??= schemaOf(post.responses['4XX']);
    const kinds = asked.properties?.events?.items?.oneOf;
    parts.push(
      kinds === undefined
        ? `/** POST ${path}: ${post.summary} */\nexport type ${name}Request = ${typeOf(asked)};`
        : events(kinds),
      `export type ${name}Response = ${typeOf(answered)};`,
    );
  }
  parts.push(`/** What is answered instead of success (RFC 9457). */\nexport type Problem = ${typeOf(problem ?? {})};`);
  if (document.webhooks !== undefined) parts.push(webhooks(document.webhooks));
  return `${parts.join('\n\n')}\n`;
}

/** Each kind of event has the same outside, and a body of its own. */
function events(kinds: readonly Schema[]): string {
  const { kind: _kind, body: _body, ...outside } = kinds[0]?.properties ?? {};
  const required = (kinds[0]?.required ?? []).filter((each) => each !== 'kind' && each !== 'body');
  const bodies = kinds.map(
    ({ title, properties }) => `  readonly ${key(title ?? '')}: ${typeOf(properties?.body ?? {}, 1)};`,
  );
  return [
    `/** What events of each kind say. */\nexport interface EventBodies {\n${bodies.join('\n')}\n}`,
    'export type EventKind = keyof EventBodies;',
    `/** What every event says of itself. */\nexport type EventEnvelope = ${typeOf({ type: 'object', properties: outside, required, additionalProperties: false })};`,
    `/** One thing that happened, as POST /v1/events takes it. */
export type ReportedEvent = {
  readonly [K in EventKind]: EventEnvelope & { readonly kind: K } & (object extends EventBodies[K]
      ? { readonly body?: EventBodies[K] | undefined }
      : { readonly body: EventBodies[K] });
}[EventKind];`,
  ].join('\n\n');
}

function webhooks(hooks: NonNullable<ApiDocument['webhooks']>): string {
  const rows = Object.entries(hooks).map(([topic, { post }]) => {
    const data = schemaOf(post.requestBody).properties?.data ?? {};
    return `  /** ${post.summary} */\n  readonly ${key(topic)}: ${typeOf(data, 1)};`;
  });
  return `/** What webhooks of each topic tell. */\nexport interface WebhookData {\n${rows.join('\n')}\n}`;
}

function schemaOf(body: Body | undefined): Schema {
  const schema = body?.content?.['application/json']?.schema;
  if (schema === undefined) throw new Error('An address of the document has no JSON body');
  return schema;
}

function typeOf(schema: Schema, depth = 0): string {
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map((each) => typeOf(each, depth)))].join(' | ');
  const { type } = schema;
  if (Array.isArray(type)) return type.map((each: string) => typeOf({ ...schema, type: each }, depth)).join(' | ');
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return arrayOf(typeOf(schema.items ?? {}, depth));
    case 'object':
      return objectOf(schema, depth);
    default:
      return 'unknown';
  }
}

const arrayOf = (item: string): string => (/^[\w]+$/.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`);

function objectOf({ properties = {}, required = [], additionalProperties }: Schema, depth: number): string {
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(([name, schema]) => {
    const type = typeOf(schema, depth + 1);
    const comment = schema.description === undefined ? '' : `${indent}/** ${schema.description} */\n`;
    return `${comment}${indent}readonly ${key(name)}${required.includes(name) ? `: ${type}` : `?: ${type} | undefined`};`;
  });
  if (lines.length > 0) return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
  const open = typeof additionalProperties === 'object' ? typeOf(additionalProperties, depth) : 'never';
  return `Readonly<Record<string, ${open}>>`;
}

const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);
const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
