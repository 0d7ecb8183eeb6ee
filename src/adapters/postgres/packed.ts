import { type RawBuilder, sql } from 'kysely';

const SEPARATOR = '\u001f';
const NULL = '~';

/** Types whose text form can hold neither the separator nor the mark for null. */
type PackedType = 'bigint' | 'integer' | 'boolean' | 'uuid' | 'bytea' | 'json' | 'jsonb' | 'timestamptz' | 'text';

/**
 * One column of many rows as a single text parameter, for `unnest`. Several times cheaper than an array literal, which must
 * quote and escape every element: JSON never holds a bare control character, and neither may a `text` value given here.
 */
export function packed(type: PackedType, values: readonly (string | number | boolean | null)[]): RawBuilder<unknown> {
  const texts = values.map((value) => {
    if (value === null) return NULL;
    if (type === 'text' && (value === NULL || value === '' || String(value).includes(SEPARATOR)))
      throw new Error('A text that cannot be packed');
    return String(value);
  });
  return sql`string_to_array(${texts.join(SEPARATOR)}::text, ${SEPARATOR}::text, ${NULL}::text)::${sql.raw(type)}[]`;
}

/** How a bytea looks in a packed column. */
export function hex(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}
