import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { problem as problemSchema } from '../../contracts/common.ts';
import { fileRoutes, listFormat } from '../../contracts/files.ts';
import { importPreview, listsExport } from '../../contracts/lists.ts';
import { formatInstant } from '../../core/shared/time.ts';
import { acceptedTags } from '../../core/shared/words.ts';
import type { Languages } from '../../ports/languages.ts';
import type { ListEntry } from '../../ports/lists.ts';
import type { Imports } from '../../workflows/console/imports.ts';
import type { SessionDeps } from '../../workflows/desk/sessions.ts';
import { allEntries, firewallFile } from '../../workflows/lists/export.ts';
import { previewFile } from '../../workflows/lists/preview-file.ts';
import type { ListDeps } from '../../workflows/lists/write-entries.ts';
import { guard, working } from '../guard.ts';
import { problem, refused, sendProblem } from '../problem.ts';
import { ProblemWords } from '../problem-words.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';
import { isMeant } from './files.ts';

export interface ListFileDeps extends SessionDeps, ListDeps {
  readonly languages: Languages;
  readonly largestUpload: number;
  readonly imports: Imports;
}

const shopParams = z.object({ shop: z.string() });

/** Lists as files: what one would do, and what is on them. */
export function listFileRoutes(app: FastifyInstance, deps: ListFileDeps): void {
  const words = new ProblemWords(deps.languages);

  const PREVIEW = 'POST /api/shops/:shop/lists/preview';
  app.post(
    '/api/shops/:shop/lists/preview',
    {
      onRequest: guard(deps, fileRoutes[PREVIEW].access),
      bodyLimit: deps.largestUpload,
      schema: {
        tags: ['internal'],
        summary: fileRoutes[PREVIEW].summary,
        description:
          'multipart/form-data with the fields "format" and "meant", then the file in "file", plain or as .gz.',
        consumes: ['multipart/form-data'],
        params: shopParams,
        response: { 200: importPreview, '4xx': problemSchema },
      },
    },
    async (request, reply) => {
      const part = request.isMultipart() ? await request.file() : undefined;
      if (part === undefined)
        return sendProblem(reply, problem(415, 'Send the file as multipart/form-data in the field "file".'));
      const field = part.fields.format;
      const format = listFormat.safeParse(
        field !== undefined && !Array.isArray(field) && field.type === 'field' ? field.value : undefined,
      );
      if (!format.success) {
        part.file.resume();
        const message = `must come before the file and be ${listFormat.options.join(', ')}`;
        return sendProblem(reply, problem(400, `"format" ${message}.`, { errors: [{ field: 'format', message }] }));
      }
      const { shop } = working(request);
      const file = { stream: part.file, name: part.filename.slice(0, 200) };
      const preview = await deps.imports.reading(file, (source) =>
        previewFile(deps, shop, { format: format.data, source, meant: isMeant(part) }),
      );
      if (part.file.truncated)
        return sendProblem(reply, problem(413, 'The request is larger than this address accepts.'));
      if (!preview.ok) return sendProblem(reply, refused(preview.error));
      const language = deps.languages.firstOf(acceptedTags(request.headers['accept-language']));
      return reply.send({
        ...preview.value,
        refusals: preview.value.refusals.map(({ where, message, unlessMeant }) => ({
          where: words.say(language, where),
          message: words.say(language, message),
          unlessMeant,
        })),
      });
    },
  );

  const EXPORT = 'POST /api/shops/:shop/lists/export';
  app.post(
    '/api/shops/:shop/lists/export',
    {
      onRequest: guard(deps, fileRoutes[EXPORT].access),
      schema: { tags: ['internal'], summary: fileRoutes[EXPORT].summary, params: shopParams, body: listsExport },
    },
    async (request, reply) => {
      const { shop } = working(request);
      const { as, list } = listsExport.parse(request.body);
      const now = deps.clock.now();
      const { lists } = deps.store;
      if (as === 'csv')
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="lists-${shop.slug}.csv"`)
          .send(Readable.from(listsCsv(allEntries(lists, shop.id, { list: list ?? null, types: [], now }))));
      const file = await firewallFile(lists, shop.id, as, { now, comments: false });
      return reply
        .type('text/plain; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename="lists-${shop.slug}-${as}.${as === 'cloudflare' ? 'csv' : 'conf'}"`,
        )
        .header('x-left-out', String(file.leftOut))
        .send(file.text);
    },
  );
}

/** In the columns that the format lists-csv reads, with more behind them. An entry whose value was erased has none to write. */
async function* listsCsv(pages: AsyncIterable<readonly ListEntry[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK +
    csvLine(['list', 'type', 'value', 'reason', 'until', 'answer', 'created', 'by', 'hits', 'last_hit']);
  for await (const page of pages)
    yield page
      .filter(({ value }) => value !== null)
      .map((entry) =>
        csvLine([
          entry.list,
          entry.type,
          entry.value,
          entry.reason,
          formatInstant(entry.until),
          entry.answer,
          formatInstant(entry.createdAt),
          entry.createdBy?.name ?? null,
          entry.hits,
          entry.lastHitAt === null ? null : formatInstant(entry.lastHitAt),
        ]),
      )
      .join('');
}
