import type { ColumnType } from 'kysely';
import type { Instant } from '../../core/shared/time.ts';

/** timestamptz: read as an Instant (milliseconds, by the type parser in connect.ts), written as ISO 8601 text. */
export type At = ColumnType<Instant, string, string>;
export type AtOrNull = ColumnType<Instant | null, string | null | undefined, string | null>;
export type Defaulted<T> = ColumnType<T, T | undefined, T>;
export type DefaultedAt = ColumnType<Instant, string | undefined, string>;
/** json and jsonb: read parsed, written as text. */
export type Json<T> = ColumnType<T, string, string>;
export type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
