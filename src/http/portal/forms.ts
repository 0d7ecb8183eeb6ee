import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  LARGEST_FILE_MB,
  LARGEST_TOGETHER_MB,
  MOST_FILES,
  SentFiles,
} from '../../workflows/appeals/files/sent-files.ts';
import { customerRefusal } from '../../workflows/appeals/refusal.ts';
import type { AppealRefused, SentFile } from '../../workflows/appeals/types.ts';

/** A form as it was sent. */
export interface SentForm {
  readonly field: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  readonly files: readonly SentFile[];
  /** Why its files were not taken in; they are then left out. */
  readonly refused: AppealRefused | null;
}

/** Forms without files are small. */
const LARGEST_FORM = 64_000;
const MEGABYTE = 1_000_000;
/** A form with files, as a whole: somewhat more than is taken in, so that a little too much is refused by name. */
export const LARGEST_UPLOAD = LARGEST_TOGETHER_MB * 2 * MEGABYTE;
const MOST_FIELDS = 200;
const LARGEST_FIELD = 60_000;

/** Reads plain forms of the pages below; those with files are read by `readUpload`. */
export function plainForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST_FORM },
    async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
  );
}

export function readPlain(request: FastifyRequest): SentForm {
  const sent = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  return { field: (name) => sent.get(name) ?? '', all: (name) => sent.getAll(name), files: [], refused: null };
}

/** Reads a form with its files. What is not taken in is read to its end and forgotten, so that the browser gets an answer. */
export async function readUpload(request: FastifyRequest): Promise<SentForm> {
  if (!request.isMultipart()) return readPlain(request);
  const fields = new Map<string, string[]>();
  const sent = new SentFiles();
  let refused: AppealRefused | null = null;
  const parts = request.parts({
    limits: {
      files: MOST_FILES * 4,
      fileSize: LARGEST_FILE_MB * MEGABYTE + 1,
      fields: MOST_FIELDS,
      fieldSize: LARGEST_FIELD,
      parts: MOST_FIELDS + MOST_FILES * 4,
    },
  });
  try {
    for await (const part of parts) {
      if (part.type === 'field') {
        fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)]);
        continue;
      }
      if (refused === null) {
        const taken = await sent.take(part.filename ?? '', part.file.iterator({ destroyOnReturn: false }));
        if (!taken.ok) refused = taken.error;
      }
      part.file.resume();
    }
  } catch (error) {
    if (!isLimit(error)) throw error;
    refused ??= customerRefusal('too-many-files', { count: MOST_FILES });
  }
  return {
    field: (name) => fields.get(name)?.[0] ?? '',
    all: (name) => fields.get(name) ?? [],
    files: refused === null ? sent.files : [],
    refused,
  };
}

const LIMITS: ReadonlySet<string> = new Set(['FST_FILES_LIMIT', 'FST_FIELDS_LIMIT', 'FST_PARTS_LIMIT']);
const isLimit = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && LIMITS.has(String(error.code));

/**
 * Whether a form came from a page of ours. The browser says which site caused it, where it says so; and the form holds what only
 * a page of ours could know. (With no referrer told, browsers send the origin "null".)
 */
export function isOurs(request: FastifyRequest, csrf: string, form: SentForm): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = request.headers;
  if (origin !== undefined && origin !== 'null' && !(URL.canParse(origin) && new URL(origin).host === request.host))
    return false;
  const [given, right] = [Buffer.from(form.field('csrf')), Buffer.from(csrf)];
  return given.length === right.length && right.length > 0 && timingSafeEqual(given, right);
}
