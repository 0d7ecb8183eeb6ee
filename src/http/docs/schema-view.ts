import { type Html, html } from '../html.ts';

/** As much of JSON Schema as our own schemas use. */
export interface Schema {
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
}

const DEEPEST = 6;

/** The fields of an object as nested lists: name, type, whether needed, limits, meaning. */
export function schemaView(schema: Schema, reads: 'request' | 'answer', depth = 0): Html {
  const kinds = titledChoices(schema);
  if (kinds.length > 0)
    return html`${kinds.map((kind) => html`<details><summary><code>${kind.title ?? ''}</code></summary>${schemaView(kind, reads, depth + 1)}</details>`)}`;
  const inner = innerObject(schema);
  if (inner?.properties === undefined || depth > DEEPEST) return html`<p class="type">${typeWords(schema)}</p>`;
  const needed = new Set(inner.required ?? []);
  const rows = Object.entries(inner.properties).map(([name, field]) => {
    const nested = titledChoices(field).length > 0 ? field : innerObject(field);
    return html`<li>
      <code>${name}</code> <span class="type">${typeWords(field)}</span>${reads === 'request' && needed.has(name) ? html` <b>required</b>` : null}
      ${field.description === undefined ? null : html`<span class="meaning">${field.description}</span>`}
      ${nested === null ? null : schemaView(nested, reads, depth + 1)}
    </li>`;
  });
  return html`<ul class="fields">${rows}</ul>`;
}

/** Choices that have names of their own, such as the kinds of events. */
function titledChoices(schema: Schema): readonly Schema[] {
  const choices = schema.items === undefined ? (schema.oneOf ?? []) : (schema.items.oneOf ?? []);
  return choices.filter((choice) => choice.title !== undefined);
}

/** The object behind "list of" and "or null". */
function innerObject(schema: Schema): Schema | null {
  if (schema.properties !== undefined) return schema;
  if (schema.items !== undefined) return innerObject(schema.items);
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  for (const choice of choices) {
    const found = innerObject(choice);
    if (found !== null) return found;
  }
  return typeof schema.additionalProperties === 'object' ? innerObject(schema.additionalProperties) : null;
}

/** "list of text", "whole number 1–200", "allow | challenge". */
export function typeWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices?.every((choice) => choice.title !== undefined)) return 'one of these kinds';
  if (choices !== undefined) return [...new Set(choices.map(typeWords))].join(' or ');
  if (schema.type === 'array')
    return `list of ${typeWords(schema.items ?? {})}${range(schema.minItems, schema.maxItems)}`;
  if (schema.type === 'string') {
    if (schema.format !== undefined) return FORMATS[schema.format] ?? schema.format;
    return `text${range(schema.minLength, schema.maxLength)}`;
  }
  if (schema.type === 'integer') return `whole number${range(safe(schema.minimum), safe(schema.maximum))}`;
  if (schema.type === 'number') return `number${range(schema.minimum, schema.maximum)}`;
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'null') return 'null';
  if (schema.type === 'object' || schema.properties !== undefined) return 'object';
  return 'anything';
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'id',
  'date-time': 'instant (ISO 8601, UTC)',
  email: 'e-mail address',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
};

const safe = (limit: number | undefined): number | undefined =>
  limit === undefined || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;

function range(from: number | undefined, to: number | undefined): string {
  if (from === undefined && to === undefined) return '';
  if (to === undefined) return ` (${from} or more)`;
  if (from === undefined) return ` (up to ${to})`;
  return ` (${from}–${to})`;
}
